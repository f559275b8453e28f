"""What was probably meant by a term that cannot be read."""

from __future__ import annotations

import pytest

from mailcheck.facts.spf.record.meaning import meant, readable


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("192.0.2.0/24", "ip4:192.0.2.0/24"),
        ("ip4:2001:db8::1", "ip6:2001:db8::1"),
        ("~inc:a.b", "~include:a.b"),
        ("moo", ""),
        ("ip4:192.0.2.0/33", ""),
        ("include:", ""),
    ],
)
def test_one_term(written: str, term: str) -> None:
    assert meant(written) == term


def test_what_can_be_read_means_itself() -> None:
    assert readable("include:a.b") == "include:a.b"
    assert readable("include:") == ""
