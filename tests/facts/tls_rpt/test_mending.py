from __future__ import annotations

import pytest

from mailcheck.facts.tls_rpt.mending import first_record, republished
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
    ],
)
def test_mended(text: str, mended: str) -> None:
    [line] = republished(TlsRptRecord(text.encode(), OWNER))
    assert line == f'{OWNER}.  3600  IN  TXT  "v=TLSRPTv1; {mended}"'


@pytest.mark.parametrize("text", ["v=TLSRPTv1", "v=TLSRPTv1; rua=x", "v=TLSRPTv1; rua=ftp://x"])
def test_nothing_is_left(text: str) -> None:
    assert republished(TlsRptRecord(text.encode(), OWNER)) == ()


def test_what_is_too_long_is_not_shown() -> None:
    uris = ",".join(f"mailto:a{i}@example.com" for i in range(60))
    assert republished(TlsRptRecord(f"v=TLSRPTv1; rua={uris}".encode(), OWNER)) == ()


def test_a_first_record() -> None:
    assert "rua=mailto:tlsrpt@example.com" in first_record("example.com")[0]
