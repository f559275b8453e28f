"""Records as they are written out again."""

from __future__ import annotations

import pytest

from mailcheck.facts.spf.record.syntax import read_record
from mailcheck.facts.spf.record.writing import (
    MOST_SHOWN,
    all_last,
    before_all,
    behind_all,
    merged,
    published,
    with_terms,
    without,
)


@pytest.mark.parametrize(
    ("records", "text"),
    [
        pytest.param((b"v=spf1 mx -all", b"v=spf1 mx a -all"), "v=spf1 mx a -all", id="alike"),
        pytest.param((b"v=spf1 mx -all", b"v=spf1 a ?all"), "v=spf1 mx a ~all", id="differing"),
        pytest.param((b"v=spf1 mx all", b"v=spf1 a +all"), "v=spf1 mx a ~all", id="everybody"),
        pytest.param((b"v=spf1 mx", b"v=spf1 a"), "v=spf1 mx a ~all", id="no all"),
        pytest.param(
            (b"v=spf1 mx", b"v=spf1 redirect=a.b"), "v=spf1 mx include:a.b ~all", id="a redirect"
        ),
        pytest.param(
            (b"v=spf1 redirect=a.b -all", b"v=spf1 mx -all"), "v=spf1 mx -all", id="an idle one"
        ),
        pytest.param((b"v=spf1 redirect=a.b",) * 2, "v=spf1 redirect=a.b", id="the same twice"),
        pytest.param((b"v=spf1 mx", b"v=spf1 moo"), "", id="a fault"),
    ],
)
def test_several_records_are_merged(records: tuple[bytes, ...], text: str) -> None:
    assert merged(records) == text


def test_terms_are_put_in_and_taken_out() -> None:
    record = read_record(b"v=spf1  mx   a -all")
    mx, a, _ = record.directives
    assert without(record, [mx]) == "v=spf1 a -all"
    assert with_terms(record, ["ip4:192.0.2.1", "ip4:192.0.2.2"], a.position) == (
        "v=spf1  mx ip4:192.0.2.1 ip4:192.0.2.2 a -all"
    )


@pytest.mark.parametrize(
    ("terms", "text", "behind"),
    [
        pytest.param("-all mx include:a.b", "v=spf1 mx include:a.b -all", 2, id="first"),
        pytest.param("-all mx +all", "v=spf1 mx -all", 1, id="not for everybody"),
        pytest.param("all mx", "v=spf1 mx all", 1, id="for everybody, as it is"),
        pytest.param("a ~all mx -all", "v=spf1 a mx -all", 1, id="twice"),
        pytest.param("-all exp=a.b mx", "v=spf1 exp=a.b mx -all", 1, id="a modifier"),
        pytest.param("mx -all -all exp=a.b", "", 0, id="nothing behind"),
        pytest.param("mx", "", 0, id="no all"),
    ],
)
def test_all_stands_last(terms: str, text: str, behind: int) -> None:
    record = read_record(b"v=spf1 " + terms.encode())
    assert all_last(record) == text
    assert len(behind_all(record)) == behind


@pytest.mark.parametrize(
    ("terms", "text"),
    [
        ("mx -all exp=a.b", "v=spf1 mx a -all exp=a.b"),
        ("mx redirect=a.b", "v=spf1 mx a redirect=a.b"),
        ("mx", "v=spf1 mx a"),
    ],
)
def test_before_what_decides_about_all(terms: str, text: str) -> None:
    assert before_all(read_record(b"v=spf1 " + terms.encode()), ["a"]) == text


def test_what_is_too_long_is_not_shown() -> None:
    longest = "v=spf1 " + "a" * (MOST_SHOWN - 7)
    assert published("example.com", longest)
    assert published("example.com", longest + "a") == ()
