from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.tag_list import Fault, Tag, TagList, tag_list, without_space


def _pairs(read: TagList) -> dict[str, str]:
    assert not read.faults
    return {tag.name: tag.value for tag in read.tags}


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        pytest.param(b"a=b", {"a": "b"}, id="one pair"),
        pytest.param(b"a=b;", {"a": "b"}, id="a semicolon behind the last pair"),
        pytest.param(b"a=b; \t", {"a": "b"}, id="space behind the last semicolon"),
        pytest.param(b" a\t=  b ;c=d", {"a": "b", "c": "d"}, id="space around names and values"),
        pytest.param(b"a=b\r\n c\r\n\t; d=\r\n e", {"a": "b\r\n c", "d": "e"}, id="folded lines"),
        pytest.param(
            b"n=two  words; p=", {"n": "two  words", "p": ""}, id="space inside, no value"
        ),
        pytest.param(b"p=AB=; q==x", {"p": "AB=", "q": "=x"}, id="equals signs of base64"),
        pytest.param(b"P=a; p=b", {"P": "a", "p": "b"}, id="names differ by case"),
        pytest.param(b"x_1=y", {"x_1": "y"}, id="digits and underscores in a name"),
    ],
)
def test_pairs(text: bytes, pairs: dict[str, str]) -> None:
    assert _pairs(tag_list(text)) == pairs


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        pytest.param(b"", [Fault("empty", "")], id="nothing at all"),
        pytest.param(b";a=b", [Fault("empty", "")], id="a semicolon first"),
        pytest.param(b"a=b; ;c=d", [Fault("empty", " ")], id="nothing between two semicolons"),
        pytest.param(b"a=b;;", [Fault("empty", "")], id="two semicolons at the end"),
        pytest.param(b"a=b;c d", [Fault("no-equals-sign", "c d")], id="no equals sign"),
        pytest.param(b"a=b;=d", [Fault("name", "=d")], id="no name"),
        pytest.param(b"a=b;1c=d", [Fault("name", "1c=d")], id="a name that begins with a digit"),
        pytest.param(b"a=b;c-d=e", [Fault("name", "c-d=e")], id="a hyphen in a name"),
        pytest.param(b"a=b;c d=e", [Fault("name", "c d=e")], id="space inside a name"),
        pytest.param(b"a=b;c=\xc3\xa4", [Fault("value", "c=ä")], id="UTF-8 in a value"),
        pytest.param(b"a=b;c=\xe4", [Fault("value", "c=\ufffd")], id="Latin-1 in a value"),
        pytest.param(b"a=b;c=\x7f", [Fault("value", "c=\x7f")], id="a control character"),
        pytest.param(b"a=b;c=d\r\n", [Fault("value", "c=d\r\n")], id="a line break without fold"),
        pytest.param(b"a=b;c=d\ne", [Fault("value", "c=d\ne")], id="a bare line feed"),
        pytest.param(b"a=b;c=\xa0d", [Fault("value", "c=\ufffdd")], id="a no-break space"),
    ],
)
def test_parts_that_are_no_pair(text: bytes, faults: list[Fault]) -> None:
    read = tag_list(text)
    assert list(read.faults) == faults
    assert all(tag in (Tag("a", "b"), Tag("c", "d")) for tag in read.tags)


def test_of_a_tag_that_occurs_twice_the_first_value_counts() -> None:
    read = tag_list(b"v=1; p=a; p=b; t=; p=c; t=")
    assert read.duplicates == ("p", "t")
    assert read.values == {"v": "1", "p": "a", "t": ""}


def test_space_within_a_value_can_be_left_out() -> None:
    assert without_space(" AB \r\n\tCD== ") == "ABCD=="


_NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_]*", fullmatch=True)
_WORDS = st.from_regex(r"[!-:<-~]+", fullmatch=True)
_VALUES = st.lists(_WORDS).map(" \t".join)
_BLANKS = st.sampled_from(["", " ", "\t ", "\r\n ", " \r\n\t"])


@given(st.lists(st.tuples(_NAMES, _VALUES), min_size=1), st.data())
def test_what_was_written_is_read(pairs: list[tuple[str, str]], data: st.DataObject) -> None:
    spaced = ["".join((data.draw(_BLANKS), n, data.draw(_BLANKS), "=", v)) for n, v in pairs]
    end = data.draw(st.sampled_from(["", ";", "; "]))
    read = tag_list((";".join(spaced) + end).encode())
    assert read == TagList(tuple(Tag(*pair) for pair in pairs))


@given(st.binary())
def test_every_part_of_any_text_is_a_pair_or_a_fault(text: bytes) -> None:
    read = tag_list(text)
    parts = text.decode("utf-8", "replace").split(";")
    blank_end = len(parts) > 1 and not re.sub(r"[ \t]|\r\n(?=[ \t])", "", parts[-1])
    assert len(read.tags) + len(read.faults) == len(parts) - blank_end


def test_a_long_run_of_space_is_read_as_fast_as_text() -> None:
    text = b"a=" + b" " * 60_000 + b"x" + b" \t" * 2_000 + b"\xff"
    assert len(tag_list(text).faults) == 1
