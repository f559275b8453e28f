"""Records as they should stand."""

from __future__ import annotations

import pytest

from mailcheck.facts.dmarc.mending import first_record, in_one, mended, republished
from mailcheck.facts.dmarc.record import DmarcRecord, Policy
from mailcheck.facts.typed_text import MAX_READ, MAX_SHOWN


@pytest.mark.parametrize(
    ("tags", "changes", "after"),
    [
        ("p=reject", {}, "p=reject"),
        ("sp=none;; p=Reject; x=y; pct=9", {}, "p=reject; sp=none"),
        ("p=foo; adkim=strict; aspf=S", {}, "p=none; adkim=s; aspf=S"),
        ("rua=mailto:d@e.fg!1m, x", {}, "p=none; rua=mailto:d@e.fg"),
        ("p=none; rua=d@e.fg", {}, "p=none; rua=mailto:d@e.fg"),
        ("p=none; rua=x y", {}, "p=none"),
        ("p=none; t=y; np=none", {"p": "reject", "t": None}, "p=reject; np=none"),
        ("p=none", {"sp": "reject"}, "p=none; sp=reject"),
    ],
)
def test_mended(tags: str, changes: dict[str, str | None], after: str) -> None:
    assert mended(f"v=DMARC1; {tags}".encode(), changes=changes) == f"v=DMARC1; {after}".encode()


def test_a_long_record_is_not_shown() -> None:
    long = DmarcRecord(b"v=DMARC1; p=none; rua=mailto:d@e.fg?" + b"x" * MAX_SHOWN, "_dmarc.e.fg")
    assert republished(long) == ()
    assert len(republished(long, {"rua": None})) == 1
    junk = b"v=DMARC1; p=reject" + b";" * MAX_READ
    assert republished(DmarcRecord(junk, "_dmarc.e.fg")) == ()
    assert in_one("e.fg", "_dmarc.e.fg", junk) == ()


@pytest.mark.parametrize(
    ("texts", "policy", "after"),
    [
        ((b"v=DMARC1; p=none", b"v=DMARC1; p=reject; t=y"), "none", "p=reject; t=y"),
        ((b"v=DMARC1; p=reject; t=y",), "quarantine", "p=reject; t=y"),
        ((b"v=DMARC1; p=reject; t=y",), "reject", "p=reject"),
        ((b"p=none; sp=reject",), "quarantine", "p=quarantine; sp=reject"),
        ((b"v=DMARC 1",), "reject", "p=reject; rua=mailto:dmarc@e.fg"),
    ],
)
def test_in_one(texts: tuple[bytes, ...], policy: Policy, after: str) -> None:
    [record] = in_one("e.fg", "_dmarc.e.fg", *texts, policy=policy)
    assert record == f'_dmarc.e.fg.  3600  IN  TXT  "v=DMARC1; {after}"'


def test_a_first_record() -> None:
    assert first_record("example.com", "reject") == (
        '_dmarc.example.com.  3600  IN  TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@example.com"',
    )
