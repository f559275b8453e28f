"""Records as they should stand."""

from __future__ import annotations

import pytest

from mailcheck.facts.dmarc.mending import MAX_SHOWN, first_record, mended, republished
from mailcheck.facts.dmarc.record import DmarcRecord


@pytest.mark.parametrize(
    ("tags", "changes", "after"),
    [
        ("p=reject", {}, "p=reject"),
        ("sp=none;; p=Reject; x=y; pct=9", {}, "p=reject; sp=none"),
        ("p=foo; adkim=strict; aspf=S", {}, "p=none; aspf=S"),
        ("rua=mailto:d@e.fg!1m, x", {}, "p=none; rua=mailto:d@e.fg"),
        ("p=none; rua=d@e.fg", {}, "p=none; rua=mailto:d@e.fg"),
        ("p=none; rua=x y", {}, "p=none"),
        ("p=none; t=y; np=none", {"p": "reject", "t": None}, "p=reject; np=none"),
        ("p=none", {"sp": "reject"}, "p=none; sp=reject"),
    ],
)
def test_mended(tags: str, changes: dict[str, str | None], after: str) -> None:
    record = DmarcRecord(f"v=DMARC1; {tags}".encode())
    assert mended(record, changes) == f"v=DMARC1; {after}".encode()


def test_a_long_record_is_not_shown() -> None:
    long = DmarcRecord(b"v=DMARC1; p=none; rua=mailto:d@e.fg?" + b"x" * MAX_SHOWN, "_dmarc.e.fg")
    assert republished(long) == ()
    assert len(republished(long, {"rua": None})) == 1


def test_a_first_record() -> None:
    assert first_record("example.com", "reject") == (
        '_dmarc.example.com.  3600  IN  TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@example.com"',
    )
