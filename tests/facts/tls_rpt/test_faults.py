from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.tls_rpt.faults import MOST, advice, faults
from mailcheck.facts.tls_rpt.record import TlsRptRecord

RUA = "rua=mailto:a@example.com"


def record(text: str) -> TlsRptRecord:
    return TlsRptRecord(f"v=TLSRPTv1{text}".encode(), "_smtp._tls.example.com")


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        (f"; {RUA}", []),
        (f"; {RUA};", []),
        (f"; {RUA}; x=y", []),
        ("", ["no-destination"]),
        (";", ["no-destination"]),
        ("; x=y", ["no-destination"]),
        ("; RUA=mailto:a@example.com", ["no-destination"]),
        ("; rua=", ["invalid-uri"]),
        (f"; {RUA},", ["invalid-uri"]),
        ("; rua=,, ,", ["invalid-uri"] * 4),
        (f"; {RUA};;", ["syntax-error"]),
        (f"; {RUA} other", ["invalid-uri"]),
        (f"; rua; {RUA}", ["syntax-error"]),
        ("; rua= mailto:a@example.com", ["syntax-error"]),
        (f"; {RUA};x=", ["syntax-error"]),
        ("; rua=http://example.com/x", ["unsupported-scheme"]),
        (f"; {RUA},http://example.com/x", ["unsupported-scheme"]),
    ],
)
def test_faults(text: str, tags: list[str]) -> None:
    assert [reason.tag for reason in faults(record(text))] == tags


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        (f"; {RUA}", []),
        (f"; {RUA}; {RUA}", ["several-rua"]),
        (f"; {RUA}; x=y; x=z; y=z;", ["unknown-field", "unknown-field"]),
        (f" ; {RUA}", ["space-before-semicolon"]),
        (f"; {RUA} ", ["space-at-end"]),
        (f"; {RUA}; ", []),
        ("", []),
    ],
)
def test_advice(text: str, tags: list[str]) -> None:
    assert [given.tag for given in advice(record(text))] == tags


def test_what_is_shown_has_an_end() -> None:
    assert len(faults(record(";" * 999 + f"; {RUA}" + "," * 999))) == 2 * MOST


@given(st.text("v=TLSRPT1;rua, \tmailto:@.\x1b"))
def test_what_has_no_fault_has_a_destination(text: str) -> None:
    read = record(text)
    found = faults(read)
    assert found or read.rua
    assert all(reason.text.isprintable() for reason in found)
