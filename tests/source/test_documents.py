"""Files: size, encoding, characters; and that nothing but SourceError ever comes out."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailcheck.errors import SourceError
from mailcheck.source.documents import MAX_BYTES, parse_documents, read_documents, read_text
from mailcheck.source.nodes import Mapping, Node, Scalar, Sequence
from mailcheck.source.problems import Problems
from mailcheck.source.quoting import quoted

if TYPE_CHECKING:
    from pathlib import Path

    from mailcheck.errors import Problem


def problems_of(path: Path) -> list[str]:
    with pytest.raises(SourceError) as caught:
        read_documents(path, "x.yml")
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(
            "a: b".encode("utf-16"), "x.yml:1:1: the file is UTF-16; save it as UTF-8", id="utf-16"
        ),
        pytest.param(
            "a: b".encode("utf-32"), "x.yml:1:1: the file is UTF-32; save it as UTF-8", id="utf-32"
        ),
        pytest.param(
            b"a: b\nc: d\xff\n",
            "x.yml:2:5: the byte 0xff is not UTF-8; save the file as UTF-8",
            id="latin-1",
        ),
        pytest.param(
            b"a: b\nc: \x00d",
            "x.yml:2:4: the control character U+0000 stands here; remove it;"
            " only in double quotes of YAML it can be written, as an escape",
            id="binary",
        ),
    ],
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "x.yml"
    path.write_bytes(content)
    assert problems_of(path) == [expected]


def test_a_byte_order_mark_is_no_content(tmp_path: Path) -> None:
    path = tmp_path / "x.yml"
    path.write_bytes(b"\xef\xbb\xbfa: b")
    document = read_documents(path, "x.yml")[0]
    assert isinstance(document, Mapping)
    assert document.entries[0][0].text == "a"
    assert document.place.column == 1


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert problems_of(tmp_path / "x.yml") == [
        "x.yml:1:1: the file cannot be read: No such file or directory"
    ]


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert problems_of(tmp_path) == ["x.yml:1:1: it is not a regular file; expected a text file"]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.yml")
    with pytest.raises(SourceError, match="not a regular file"):
        read_text(tmp_path / "x.yml", "x.yml")


def test_a_name_no_file_can_have(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_text(tmp_path / ("x" * 5000), "x.yml")


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "x.yml"
    with path.open("wb") as file:
        file.truncate(64 * 1024 * 1024)
    assert problems_of(path) == [
        "x.yml:1:1: the file is larger than 32 MB; split it into several files"
    ]
    assert MAX_BYTES < 64 * 1024 * 1024


def test_a_large_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.yml"
    path.write_text("".join(f"- domain d{n}.example.com has MX\n" for n in range(100_000)))
    document = read_documents(path, "x.yml")[0]
    assert isinstance(document, Sequence)
    assert len(document.items) == 100_000


def test_a_caller_that_collects_problems_gets_what_could_be_read() -> None:
    problems = Problems()
    documents = parse_documents("- {domain} has MX\n- a\n- b: 1\n  b: 2\n", "x.yml", problems)
    assert isinstance(documents[0], Sequence)
    assert len(documents[0].items) == 3
    assert [problem.place.line for problem in problems.found] == [1, 4]


def outcome(text: str) -> tuple[Node, ...] | tuple[Problem, ...]:
    """What becomes of *text*: its nodes, or what is said about it."""
    try:
        return parse_documents(text, "x.yml")
    except SourceError as error:
        return error.problems


@given(st.text())
def test_no_text_brings_it_down(text: str) -> None:
    for found in outcome(text):
        assert found.place.line >= 1


YAMLISH = st.lists(
    st.sampled_from(
        [
            *("- ", "a", ": ", "\n", "  ", "{", "}", "[", "]", "&x ", "*x", "!t ", "|", ">", "'"),
            *('"', "#", " #", "\\", "%", "---\n", "...\n", "\t", "?", ",", "<<", "@", "\r"),
            *("\x85", "\u2028"),
        ]
    ),
    max_size=25,
).map("".join)


@given(YAMLISH)
@example("- &x }")
def test_no_row_of_yaml_signs_brings_it_down(text: str) -> None:
    for found in outcome(text):
        assert found.place.line >= 1


@given(st.binary(max_size=200))
def test_no_bytes_bring_it_down(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.yml"
    path.write_bytes(content)
    with suppress(SourceError):
        read_documents(path, "x.yml")


PRINTABLE = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1)


@given(PRINTABLE)
def test_a_quoted_text_comes_back_as_it_was(text: str) -> None:
    assert text_of(parse_documents(f"- {quoted(text)}\n", "x.yml")) == text


@given(
    st.from_regex(r"[A-Za-z0-9.:_+-]*[A-Za-z0-9._+]", fullmatch=True).filter(
        lambda t: t[0].isalnum()
    )
)
def test_an_unquoted_text_stays_what_was_typed(text: str) -> None:
    assert text_of(parse_documents(f"- {text}\n", "x.yml")) == text


@pytest.mark.parametrize("text", ["no", "25:30", "1.10", "0o17", "2026-12-31", "null", "~", "1e3"])
def test_no_text_becomes_a_number_a_date_or_a_truth(text: str) -> None:
    assert text_of(parse_documents(f"- {text}\n", "x.yml")) == text


def text_of(documents: tuple[Node, ...]) -> str:
    [sequence] = documents
    assert isinstance(sequence, Sequence)
    [item] = sequence.items
    assert isinstance(item, Scalar)
    return item.text
