"""Data of records, with absolute names."""

from __future__ import annotations

import pytest

from mailcheck.plans.terraform.data import rdata
from mailcheck.plans.terraform.values import WrongError


@pytest.mark.parametrize(
    ("rdtype", "text", "data"),
    [
        ("MX", "10 mail.example.com", "10 mail.example.com."),
        ("MX", "10 mail.example.com.", "10 mail.example.com."),
        ("MX", "0 .", "0 ."),
        ("MX", "10 bücher.example", "10 xn--bcher-kva.example."),
        ("CNAME", "Mail.Example.com", "Mail.Example.com."),
        ("SRV", "0 5 993 imap.example.com", "0 5 993 imap.example.com."),
        ("AAAA", "2001:DB8::1", "2001:db8::1"),
        ("TLSA", "3 1 1 " + "ab" * 32, "3 1 1 " + "ab" * 32),
        ("CAA", '0 issue "a; b=(c)"', '0 issue "a; b=(c)"'),
        ("CAA", '0 issue "ca.example.net"', '0 issue "ca.example.net"'),
    ],
)
def test_data(rdtype: str, text: str, data: str) -> None:
    assert rdata(rdtype, text) == data


@pytest.mark.parametrize(
    ("rdtype", "text"),
    [
        ("MX", "mail.example.com"),
        ("MX", ""),
        ("A", "192.0.2.256"),
        ("A", "192.0.2.1 192.0.2.2"),
        ("A", "192.0.2.1\n192.0.2.2"),
        ("MX", "10 mail.example.com ; the old one"),
        ("MX", "10 ( mail.example.com )"),
        ("CNAME", "a..b"),
        ("CNAME", "é" * 64),
        ("ALIAS", "a.example.com"),
        ("ANY", "a"),
        ("OPT", "a"),
        ("TXT", '"' + "a" * 256 + '"'),
        ("SRV", "0 0 99999 a"),
        ("LOC", "1e999"),
        ("TYPE1", "\\# 4 x"),
    ],
)
def test_what_is_none(rdtype: str, text: str) -> None:
    with pytest.raises(WrongError, match="is no data of"):
        rdata(rdtype, text)


def test_what_has_no_preference_is_shown_one() -> None:
    said = "is no data of 'MX', such as 10 mail.example.com: expecting an integer"
    with pytest.raises(WrongError, match=said):
        rdata("MX", "mail.example.com")


@pytest.mark.parametrize("text", ['"' + '\\"' * 500_000, '"\\' * 500_000, "a " * 500_000])
def test_hostile_data_are_read_once(text: str) -> None:
    with pytest.raises(WrongError):
        rdata("MX", text)
