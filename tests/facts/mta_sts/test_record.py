"""Records of MTA-STS, by the grammar of RFC 8461 §3.1."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.mta_sts.record import read_record, records_among


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b"v=STSv1; id=20160831085700Z;", "20160831085700Z"),
        (b"v=STSv1;id=a", "a"),
        (b"v=STSv1; \t id=20160831085700Z  \t;\t ", "20160831085700Z"),
        (b"v=STSv1 ; id=a", "a"),
        (b"v=STSv1; id=" + b"Z9" * 16, "Z9" * 16),
        (b"v=STSv1; ext=a:b,c(d); id=a; a-b_c.d=<\\>", "a"),
        (b"v=STSv1; id=first; id=second", "first"),
        (b"v=STSv1; id=first; id=second-2", "first"),
        (b"v=STSv1; ID=b; id=a", "a"),
        (b"v=STSv1; id=a; v=STSv2", "a"),
        (b"v=STSv1; " + b"n" * 32 + b"=x; id=a", "a"),
    ],
)
def test_records(text: bytes, found: str) -> None:
    assert read_record(text) == found


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param(b"v=STSv1", "no id", id="nothing else"),
        pytest.param(b"v=STSv1;", "no id", id="a semicolon"),
        pytest.param(b"v=STSv1; ext=1", "no id", id="another field"),
        pytest.param(b"v=STSv1; ID=a", "no id", id="a name in capitals"),
        pytest.param(b"v=STSv1; id=", "is no field", id="an empty id"),
        pytest.param(b"v=STSv1; id=" + b"1" * 33, "1 to 32", id="33 characters"),
        pytest.param(b"v=STSv1; id=test-123", "1 to 32", id="a hyphen"),
        pytest.param(b"v=STSv1; id=a-b; id=ab", "1 to 32", id="the first of two is bad"),
        pytest.param("v=STSv1; id=\u00e9".encode(), "is no field", id="not ASCII"),
        pytest.param(b"v=STSv1; id=a b", "is no field", id="a space in the id"),
        pytest.param(b"v=STSv1; id = a", "is no field", id="spaces around the sign"),
        pytest.param(b"v=STSv1; id=a ", "is no field", id="a space at the end"),
        pytest.param(b"v=STSv1; id=a;;", "two semicolons", id="two semicolons at the end"),
        pytest.param(b"v=STSv1;; id=a", "two semicolons", id="two semicolons"),
        pytest.param(b"v=STSv1; id=a; more=", "is no field", id="an empty value"),
        pytest.param(b"v=STSv1; id=a; test==", "is no field", id="a sign in the value"),
        pytest.param(b"v=STSv1; id=a; 1%=a", "is no field", id="a percent sign in a name"),
        pytest.param(b"v=STSv1; id=a; _a=a", "is no field", id="a name that begins otherwise"),
        pytest.param(b"v=STSv1; id=a; " + b"n" * 33 + b"=1", "is no field", id="a long name"),
        pytest.param(b"v=STSv1; id=a; lonely", "is no field", id="no sign"),
        pytest.param(b"v=STSv1 id=a", "begins with", id="no semicolon"),
        pytest.param(b"v=STSv1, id=a", "begins with", id="a comma"),
        pytest.param(b"V=STSv1; id=a", "begins with", id="a capital"),
        pytest.param(b"v=STSv10; id=a", "begins with", id="another version"),
        pytest.param(b"v=STSv1\n; id=a", "begins with", id="a line feed"),
        pytest.param(b"", "begins with", id="nothing"),
    ],
)
def test_what_is_no_record_says_why(text: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_record(text)


def why_not(octets: bytes) -> str:
    """What is said against *octets*; nothing if they are well."""
    try:
        read_record(octets)
    except ValueError as error:
        return str(error)
    return ""


@given(st.binary(max_size=80))
def test_whatever_stands_there_can_be_told(octets: bytes) -> None:
    assert why_not(b"v=STSv1; " + octets).isprintable()


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        pytest.param((), 0, id="none"),
        pytest.param((b"v=STSv1; id=a",), 1, id="one"),
        pytest.param((b"v=STSv1; id=a", b"v=spf1 -all"), 1, id="beside another text"),
        pytest.param((b"v=STSv1;", b"v=STSv1; id=a"), 2, id="two, one of them bad"),
        pytest.param((b"v=STSv10; id=a", b"v=STSv1; id=a"), 1, id="another version"),
        pytest.param((b"v=stsv1; id=a",), 0, id="small letters"),
        pytest.param((b" v=STSv1; id=a",), 0, id="a space before"),
        pytest.param((b'"v=STSv1; id=a"',), 0, id="quoted twice"),
        pytest.param((b"v=STSv1 ; id=a",), 1, id="a space before the semicolon, alone"),
        pytest.param((b"v=STSv1 ; id=a", b"v=spf1"), 0, id="a space before it, not alone"),
        pytest.param((b"v=STSv1 id=a",), 0, id="no semicolon"),
    ],
)
def test_others_are_discarded(texts: tuple[bytes, ...], count: int) -> None:
    assert len(records_among(texts)) == count


def test_a_record_of_64_kb_costs_no_time() -> None:
    begun = time.process_time()
    assert why_not(b"v=STSv1; id=a" + b" " * 65_000 + b"b")
    assert time.process_time() - begun < 1
