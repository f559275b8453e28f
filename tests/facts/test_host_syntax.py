"""What Postfix takes for a host name and for an EHLO argument."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.host_syntax import (
    host_name_fault,
    is_address_literal,
    is_bare_address,
    read_helo,
)

if TYPE_CHECKING:
    import ipaddress

LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("mail.example.com", id="plain"),
        pytest.param("MAIL.Example.COM", id="upper case"),
        pytest.param("localhost", id="single label"),
        pytest.param("a_b.example.com", id="underscore"),
        pytest.param("_dmarc.example.com", id="leading underscore"),
        pytest.param("3com.com", id="leading digit"),
        pytest.param("1.2.3.a", id="digits but for one letter"),
        pytest.param("a--b.example", id="two hyphens inside"),
        pytest.param("1.2-3", id="a hyphen is no digit"),
        pytest.param("a" * 63 + ".example", id="longest label"),
        pytest.param(".".join(["a" * 63] * 4), id="255 characters"),
    ],
)
def test_host_names(name: str) -> None:
    assert host_name_fault(name) == ""


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        pytest.param("", "empty", id="empty"),
        pytest.param("a..b", "empty label", id="empty label"),
        pytest.param(".a.b", "empty label", id="leading dot"),
        pytest.param("a.b.", "empty label", id="trailing dot"),
        pytest.param(".", "empty label", id="root"),
        pytest.param("-a.b", "hyphen", id="leading hyphen"),
        pytest.param("a-.b", "hyphen", id="hyphen before dot"),
        pytest.param("a.b-", "hyphen", id="trailing hyphen"),
        pytest.param("a.-.b", "hyphen", id="a label of one hyphen"),
        pytest.param("a b.example", "character", id="space"),
        pytest.param("a\x1b[31m.example", "\\x1b", id="terminal escape"),
        pytest.param("메일.한국", "character", id="not ASCII"),
        pytest.param("[192.0.2.1]", "character", id="brackets"),
        pytest.param("12345", "digits", id="digits"),
        pytest.param("192.0.2.1", "digits", id="address"),
        pytest.param("1.2.3", "digits", id="too few octets"),
        pytest.param("a" * 64 + ".example", "63", id="label too long"),
        pytest.param(".".join(["a" * 63] * 3 + ["a" * 62, "a"]), "255", id="name too long"),
    ],
)
def test_what_is_no_host_name(name: str, fault: str) -> None:
    assert fault in host_name_fault(name)


@pytest.mark.parametrize(
    ("text", "name", "fault"),
    [
        pytest.param("mail.example.com", "mail.example.com", "", id="qualified"),
        pytest.param("Mail.Example.COM", "mail.example.com", "", id="case"),
        pytest.param("mail.example.com.", "", "invalid-name", id="trailing dot"),
        pytest.param(".".join(["a" * 63] * 4)[:253], ".".join(["a" * 63] * 4)[:253], "", id="253"),
        pytest.param(".".join(["a" * 63] * 4)[:254], "", "invalid-name", id="too long for DNS"),
        pytest.param("mail.example.com..", "", "invalid-name", id="two trailing dots"),
        pytest.param(".", "", "invalid-name", id="a dot"),
        pytest.param("localhost", "", "not-fully-qualified", id="single label"),
        pytest.param("localhost.", "", "not-fully-qualified", id="single label and dot"),
        pytest.param("192.0.2.1", "", "not-fully-qualified", id="bare IPv4"),
        pytest.param("2001:db8::1", "", "not-fully-qualified", id="bare IPv6"),
        pytest.param("1.2.3", "", "invalid-name", id="digits that are no address"),
        pytest.param("300.0.2.1", "", "invalid-name", id="octet out of range"),
        pytest.param("a b", "", "invalid-name", id="space"),
        pytest.param("[192.0.2.1]", "", "", id="IPv4 literal"),
        pytest.param("[IPv6:2001:db8::1]", "", "", id="IPv6 literal"),
        pytest.param("[ipv6:2001:db8::1]", "", "", id="IPv6 literal, prefix in lower case"),
        pytest.param("[2001:db8::1]", "", "invalid-name", id="IPv6 without prefix"),
        pytest.param("[192.0.2.1", "", "invalid-name", id="bracket not closed"),
        pytest.param("[192.0.2.1]x", "", "invalid-name", id="text after the bracket"),
        pytest.param("[mail.example.com]", "", "invalid-name", id="name in brackets"),
        pytest.param("[]", "", "invalid-name", id="nothing in brackets"),
        pytest.param("[0.1.2.3]", "", "invalid-name", id="octet 0 first"),
        pytest.param("[IPv6:fe80::1%eth0]", "", "invalid-name", id="scope"),
    ],
)
def test_read_helo(text: str, name: str, fault: str) -> None:
    helo = read_helo(text)
    assert (helo.name, helo.fault) == (name, fault)
    assert bool(helo.why) == bool(fault)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        pytest.param("[192.0.2.1]", "192.0.2.1", id="IPv4"),
        pytest.param("[192.000.002.001]", "192.0.2.1", id="leading zeros"),
        pytest.param("[IPv6:2001:db8::1]", "2001:db8::1", id="IPv6"),
        pytest.param("[ipv6:2001:DB8:0::1]", "2001:db8::1", id="IPv6, spelled otherwise"),
        pytest.param("[IPv6:::ffff:192.0.2.1]", "192.0.2.1", id="IPv4 mapped"),
    ],
)
def test_what_a_literal_spells(text: str, address: str) -> None:
    assert str(read_helo(text).address) == address


@pytest.mark.parametrize("text", ["192.0.2.1", "mail.example.com", "[mail.example.com]", "[]"])
def test_what_is_no_literal_spells_nothing(text: str) -> None:
    assert read_helo(text).address is None


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        pytest.param("192.0.2.1", True, id="IPv4"),
        pytest.param("2001:db8::1", True, id="IPv6"),
        pytest.param("[192.0.2.1]", False, id="literal"),
        pytest.param("192.0.2.256", False, id="octet out of range"),
        pytest.param("1-2-3-4.example.com", False, id="name"),
    ],
)
def test_is_bare_address(text: str, bare: bool) -> None:  # noqa: FBT001  a column of the table
    assert is_bare_address(text) is bare


@given(st.lists(LABEL, min_size=2, max_size=5).map(".".join))
def test_names_of_legal_labels_are_legal_unless_all_digits(name: str) -> None:
    assert bool(host_name_fault(name)) == name.replace(".", "").isdigit()


@given(st.ip_addresses())
def test_every_address_makes_a_literal(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    text = f"[{address}]" if address.version == 4 else f"[IPv6:{address}]"
    this_network = address.version == 4 and 0 < int(address) < 2**24
    assert is_address_literal(text) != this_network
    mapped = address.version == 6 and address.ipv4_mapped
    assert read_helo(text).address == (None if this_network else mapped or address)


@given(st.text(max_size=300))
def test_any_text_is_read_without_surprise(text: str) -> None:
    helo = read_helo(text)
    if helo.name:
        assert (host_name_fault(helo.name), helo.fault) == ("", "")
        assert "." in helo.name
    assert helo.why.isprintable()
