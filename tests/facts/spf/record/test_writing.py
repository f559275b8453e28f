"""Records as they are written out again."""

from __future__ import annotations

import pytest

from mailcheck.facts.spf.record.syntax import read_record
from mailcheck.facts.spf.record.writing import MOST_SHOWN, merged, published, with_terms, without


@pytest.mark.parametrize(
    ("records", "text"),
    [
        pytest.param((b"v=spf1 mx -all", b"v=spf1 mx a -all"), "v=spf1 mx a -all", id="alike"),
        pytest.param((b"v=spf1 mx -all", b"v=spf1 a ?all"), "v=spf1 mx a ~all", id="differing"),
        pytest.param((b"v=spf1 mx", b"v=spf1 a"), "v=spf1 mx a ~all", id="no all"),
        pytest.param((b"v=spf1 mx", b"v=spf1 redirect=a.b"), "", id="a redirect"),
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


def test_what_is_too_long_is_not_shown() -> None:
    longest = "v=spf1 " + "a" * (MOST_SHOWN - 7)
    assert published("example.com", longest)
    assert published("example.com", longest + "a") == ()
