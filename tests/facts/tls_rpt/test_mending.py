from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.tls_rpt.faults import faults
from mailcheck.facts.tls_rpt.mending import first_record, mended, republished
from mailcheck.facts.tls_rpt.record import TlsRptRecord

OWNER = "_smtp._tls.example.com"


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("v=TLSRPTv1; rua=mailto:a@b.c", "rua=mailto:a@b.c"),
        ("v=TLSRPTv1; rua=a@b.c!1m; rua=https://d.e", "rua=mailto:a@b.c,https://d.e"),
        ("v=TLSRPTv1 ; x=y; =z; rua=mailto:a@b.c, ftp://x,", "rua=mailto:a@b.c; x=y"),
        ("v=TLSRPTv1; RUA=mailto:a@b.c; rua = https://d.e", "rua=mailto:a@b.c,https://d.e"),
        ("v=TLSRPTv1; rua=mailto:a@b.c, mailto:a@b.c", "rua=mailto:a@b.c"),
        ("v=TLSRPTv1 rua=mailto:a@b.c", "rua=mailto:a@b.c"),
        ("v=TLSRPTv1rua=mailto:a@b.c", "rua=mailto:a@b.c"),
        ("v=TLS-RPT 1, rua=mailto:a@b.c", "rua=mailto:a@b.c"),
        ("“v=TLSRPTv1\\; rua=mailto:a@b.c”", "rua=mailto:a@b.c"),
        ("v=TLSRPTv1; rua:mailto:a@b.c", "rua=mailto:a@b.c"),
        ("v=TLSRPTv1; rua mailto:a@b.c", "rua=mailto:a@b.c"),
        ("v=TLSRPTv1; mailto:a@b.c", "rua=mailto:a@b.c"),
        ("v=TLSRPTv1; rua=mailto:a@b.c; mailto:d@e.fg", "rua=mailto:a@b.c,mailto:d@e.fg"),
        ("v=TLSRPTv1; rua=mailto:a@b.c d@e.fg", "rua=mailto:a@b.c,mailto:d@e.fg"),
        ("v=TLSRPTv1; rua=http://d.e/x?a=b", "rua=https://d.e/x?a=b"),
        ("v=DMARC1; p=none; rua=mailto:tls-rpt@b.c", "rua=mailto:tls-rpt@b.c"),
        ("rua=mailto:tls-rpt@b.c", "rua=mailto:tls-rpt@b.c"),
        ("v=TLSRPTv1; rua=mailto:a@b.c; ruf=mailto:d@e.fg", "rua=mailto:a@b.c"),
        ("v=TLSRPTv1; ruf=mailto:d@e.fg", "rua=mailto:d@e.fg"),
        (
            "v=TLSRPTv1; rua=mailto:a@b.c; contact=d@e.fg; ask d@e.fg",
            "rua=mailto:a@b.c; contact=d@e.fg",
        ),
        ('_smtp._tls IN TXT "v=TLSRPTv1; rua=mailto:a@b.c"', "rua=mailto:a@b.c"),
    ],
)
def test_mended(text: str, mended: str) -> None:
    [line] = republished(OWNER, text.encode())
    assert line == f'{OWNER}.  3600  IN  TXT  "v=TLSRPTv1; {mended}"'


@pytest.mark.parametrize(
    "text", ["v=TLSRPTv1", "v=TLSRPTv1; rua=x", "v=TLSRPTv1; rua=ftp://x", "v=TLSRPTv1; rua=http:x"]
)
def test_nothing_is_left(text: str) -> None:
    assert republished(OWNER, text.encode()) == ()


def test_what_is_too_long_is_not_shown() -> None:
    uris = ",".join(f"mailto:a{i}@example.com" for i in range(60))
    assert republished(OWNER, f"v=TLSRPTv1; rua={uris}".encode()) == ()


def test_a_first_record() -> None:
    assert "rua=mailto:tlsrpt@example.com" in first_record("example.com")[0]


def test_several_texts() -> None:
    both = mended(b"v=TLSRPTv1; rua=mailto:a@b.c", b"v=TLSRPTv1; rua=https://d.e; x=y")
    assert both == b"v=TLSRPTv1; rua=mailto:a@b.c,https://d.e; x=y"


@given(st.binary() | st.text('v=TLSRPT1;rua:@.,! "\\').map(str.encode))
def test_what_is_mended_has_no_fault(text: bytes) -> None:
    record = TlsRptRecord(mended(text))
    assert not record.text or not faults(record)
