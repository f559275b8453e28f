from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.tls_rpt.record import TlsRptRecord, is_record, looks_like_record


@pytest.mark.parametrize(
    ("text", "alone", "beside"),
    [
        ("v=TLSRPTv1;rua=x", True, True),
        ("v=TLSRPTv1;", True, True),
        ("v=TLSRPTv1", True, False),
        ("v=TLSRPTv1 \t; rua=x", True, False),
        ("v=tlsrptv1;", False, False),
        ("V=TLSRPTv1;", False, False),
        ("v = TLSRPTv1;", False, False),
        (" v=TLSRPTv1;", False, False),
        ("v=TLSRPTv10;", False, False),
        ("v=TLSRPTv2;", False, False),
        ("v=TLSRPTv1, rua=x", False, False),
        ("v=spf1 -all", False, False),
        ("", False, False),
    ],
)
def test_what_is_a_record(text: str, *, alone: bool, beside: bool) -> None:
    assert is_record(text.encode(), alone=True) is alone
    assert is_record(text.encode(), alone=False) is beside


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("v=TLSRPTv1;rua=x", [("rua", "x")]),
        ("v=TLSRPTv1; rua=x ;\ta=b;", [("rua", "x"), ("a", "b")]),
        ("v=TLSRPTv1; rua=x; \t", [("rua", "x")]),
        ("v=TLSRPTv1; rua=x;rua=y", [("rua", "x"), ("rua", "y")]),
        ("v=TLSRPTv1; 0" + "a" * 31 + "=<:~!", [("0" + "a" * 31, "<:~!")]),
        ("v=TLSRPTv1;", []),
        ("v=TLSRPTv1", []),
        ("v=TLSRPTv1; RUA=x", [("RUA", "x")]),
        ("v=TLSRPTv1; v=TLSRPTv1", [("v", "TLSRPTv1")]),
    ],
)
def test_fields(text: str, fields: list[tuple[str, str]]) -> None:
    read = TlsRptRecord(text.encode()).fields
    assert [(field.name, field.value) for field in read] == fields
    assert not any(field.fault for field in read)


@pytest.mark.parametrize(
    "part",
    [
        ";",
        "x",
        "rua",
        "rua =x",
        "rua= mailto:a@example.com",
        "=x",
        "x=",
        "x= y",
        "x=a b",
        "x=a=b",
        "x=é",
        "x=\x00",
        "_x=y",
        "-x=y",
        "x!=y",
        "x" * 33 + "=y",
    ],
)
def test_what_is_no_field(part: str) -> None:
    read = TlsRptRecord(f"v=TLSRPTv1; {part}; rua=x".encode()).fields
    assert read[0].fault
    assert not read[-1].fault


def test_every_rua_counts() -> None:
    record = TlsRptRecord(b"v=TLSRPTv1; rua=mailto:a@b.c \t,\thttps://d.e ; rua=x")
    assert [uri.text for uri in record.rua] == ["mailto:a@b.c", "https://d.e", "x"]


@pytest.mark.parametrize(
    ("text", "alike"),
    [
        ("v=TLSRPTv2; rua=x", True),
        ("v=tlsrpt", True),
        ('"v=TLSRPTv1; rua=x"', True),
        ("rua=mailto:x@y.z", True),
        ("TLSRPTv1;", True),
        ("v=spf1 -all", False),
        ("v=STSv1; id=1", False),
    ],
)
def test_what_looks_like_a_record(text: str, *, alike: bool) -> None:
    assert looks_like_record(text.encode()) is alike


@given(st.binary() | st.text("v=TLSRPT1;rua, \tmailto:@").map(str.encode))
def test_any_octets_are_read(text: bytes) -> None:
    record = TlsRptRecord(b"v=TLSRPTv1;" + text)
    assert all(field.fault or field.name for field in record.fields)
    assert all(uri.fault or uri.scheme for uri in record.rua)


def test_a_text_of_64_kb_costs_no_time() -> None:
    begun = time.process_time()
    assert not looks_like_record(b"v" + b" " * 65_000)
    assert time.process_time() - begun < 1
