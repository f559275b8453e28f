"""Names and addresses: one normal form, whatever was typed."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailcheck.names import (
    MAX_NAME,
    Address,
    Domain,
    HeloName,
    Port,
    RecordType,
    is_under,
    parent,
    parse_address,
    reverse_name,
    to_u_labels,
    written_out,
)

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Example.COM.", "example.com", id="case-and-dot"),
        pytest.param("_dmarc.example.com", "_dmarc.example.com", id="underscore"),
        pytest.param("후이즈검색.한국", "xn--c79as89aj0e29b77z.xn--3e0b707e", id="u-labels"),
        pytest.param(
            "_dmarc.후이즈검색.한국",
            "_dmarc.xn--c79as89aj0e29b77z.xn--3e0b707e",
            id="underscore-above-u-labels",
        ),
        pytest.param("Bücher.example", "xn--bcher-kva.example", id="upper-case-u-label"),
        pytest.param(
            "\uff45\uff58\uff41\uff4d\uff50\uff4c\uff45\u3002com", "example.com", id="full-width"
        ),
        pytest.param("localhost", "localhost", id="one-label"),
        pytest.param("123.example", "123.example", id="digits"),
    ],
)
def test_a_name_has_one_normal_form(text: str, expected: str) -> None:
    assert expected == Domain.parse(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("", "a name cannot be empty", id="empty"),
        pytest.param(".", "a name cannot be empty", id="root"),
        pytest.param("a..b", "'a..b' has an empty label", id="empty-label"),
        pytest.param("x" * 64, "has 64 characters, at most 63", id="long-label"),
        pytest.param("x." * 150 + "x", "a name of 301 characters is longer than 253", id="long"),
        pytest.param("-a.example", "is not letters, digits and hyphens", id="hyphen"),
        pytest.param("a b.example", "is not letters, digits and hyphens", id="space"),
        pytest.param("192.0.2.1", "'192.0.2.1' is an IP address, not a name", id="address"),
        pytest.param("[192.0.2.1]", "is an IP address, not a name", id="address-literal"),
        pytest.param(
            "\uff11\uff19\uff12.0.2.1", "is an IP address, not a name", id="full-width-address"
        ),
        pytest.param(
            "http://a.example", "'http://a.example' is a URL; its domain is a.example", id="url"
        ),
        pytest.param(
            "HTTPS://me:pw@A.example:8080/x@y?z", "is a URL; its domain is a.example", id="long-url"
        ),
        pytest.param("http://192.0.2.1/", "'http://192.0.2.1/' is a URL", id="url-of-an-address"),
        pytest.param(
            "postmaster@a.example",
            "'postmaster@a.example' is a mail address; its domain is a.example",
            id="mail-address",
        ),
        pytest.param(
            "mailto:me@a.example?x", "is a mail address; its domain is a.example", id="mailto"
        ),
        pytest.param("me@", "'me@' is a mail address", id="mail-address-without-domain"),
        pytest.param("\ud800.example", "is not a valid internationalised name", id="surrogate"),
        pytest.param("☃\u200d.example", "is not a valid internationalised name", id="joiner"),
    ],
)
def test_what_is_no_name_says_why(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        Domain.parse(text)


def normal_form(read: Callable[[str], Domain], text: str) -> str:
    try:
        name = read(text)
    except ValueError as error:
        return f"refused: {error}"
    assert type(name) is Domain
    return str(name)


LABELS = st.one_of(
    st.sampled_from(
        ["", "-a", "a-", "_", "1", "0x7f", "255", "a_b", "XN--3E0B707E", "xn--a", "x" * 63]
    ),
    st.sampled_from(
        ["x" * 64, "x" * 62 + "-", "a b", "[1", "a@b", "http://a", "a\n", "\u0661", "\uff11", "é"]
    ),
    st.from_regex(r"[a-zA-Z0-9_-]{1,4}", fullmatch=True),
)


@given(
    st.one_of(
        st.lists(LABELS, max_size=6).map(".".join),
        st.integers(245, 260).map(lambda size: ("abcdefg." * 40)[:size]),
    )
)
@example("192.0.2.1")
@example("1.2")
@example("a.1")
@example("::1")
def test_the_usual_names_are_read_like_all_others(text: str) -> None:
    assert normal_form(Domain.parse, text) == normal_form(Domain.parse_unusual, text)


@given(st.text(max_size=300))
def test_a_normal_form_stays_as_it_is(text: str) -> None:
    try:
        name = Domain.parse(text)
    except ValueError:
        return
    assert name.isascii()
    assert len(name) <= MAX_NAME
    assert Domain.parse(name) == name
    assert Domain.parse(name.upper() + ".") == name


@given(st.from_regex(r"[a-zäöü한국어中文]{1,10}(\.[a-zäöü한국어中文]{1,10}){0,3}", fullmatch=True))
def test_what_is_shown_can_be_typed(text: str) -> None:
    name = Domain.parse(text)
    assert Domain.parse(to_u_labels(name)) == name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("xn--bcher-kva.example", "bücher.example", id="u-label"),
        pytest.param("xn--\x00.example", "xn--\x00.example", id="no-a-label-stays"),
        pytest.param("example.com", "example.com", id="ascii"),
    ],
)
def test_names_are_shown_in_u_labels(name: str, expected: str) -> None:
    assert expected == to_u_labels(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("192.0.2.1", IPv4Address("192.0.2.1"), id="ipv4"),
        pytest.param("2001:DB8::1", IPv6Address("2001:db8::1"), id="ipv6"),
        pytest.param("[192.0.2.1]", IPv4Address("192.0.2.1"), id="literal"),
        pytest.param("[IPv6:2001:db8::1]", IPv6Address("2001:db8::1"), id="ipv6-literal"),
        pytest.param("::ffff:192.0.2.1", IPv4Address("192.0.2.1"), id="mapped"),
    ],
)
def test_addresses_are_read(text: str, expected: Address) -> None:
    assert expected == parse_address(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("192.0.2", id="three-parts"),
        pytest.param("192.0.2.256", id="too-large"),
        pytest.param("192.0.2.01", id="leading-zero"),
        pytest.param("192.0.2.0/24", id="network"),
        pytest.param("[192.0.2.1", id="half-a-literal"),
        pytest.param("192.0.2.1]", id="other-half"),
        pytest.param("fe80::1%eth0", id="scope"),
        pytest.param("1", id="number"),
        pytest.param("example.com", id="name"),
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not an IP address|has a scope"):
        parse_address(text)


@given(st.text())
def test_no_text_brings_the_readers_down(text: str) -> None:
    for kind in (Domain, HeloName, Port, RecordType):
        try:
            kind.parse(text)
        except ValueError as error:
            text = str(error)
    assert isinstance(text, str)


@given(st.ip_addresses())
def test_an_address_written_out_reads_back_and_splits_no_node_id(address: Address) -> None:
    text = written_out(address)
    assert "::" not in text
    assert ip_address(text) == address


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.1", "1.2.0.192.in-addr.arpa"),
        ("2001:db8::1", "1" + ".0" * 23 + ".8.b.d.0.1.0.0.2.ip6.arpa"),
    ],
)
def test_reverse_names(address: str, expected: str) -> None:
    assert expected == reverse_name(ip_address(address))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("mail.example.com", "mail.example.com", id="name"),
        pytest.param("Mail_1", "Mail_1", id="illegal-but-kept"),
        pytest.param("[192.0.2.1]", "[192.0.2.1]", id="literal"),
        pytest.param("bücher.example", "xn--bcher-kva.example", id="u-labels"),
        pytest.param("ü..", "ü..", id="not-convertible"),
    ],
)
def test_an_ehlo_name_is_kept_as_typed(text: str, expected: str) -> None:
    assert expected == HeloName.parse(text)


def test_an_ehlo_name_is_not_empty() -> None:
    with pytest.raises(ValueError, match="cannot be empty"):
        HeloName.parse("")


@pytest.mark.parametrize(("text", "expected"), [("25", 25), ("65535", 65535), ("025", 25)])
def test_ports_are_read(text: str, expected: int) -> None:
    assert expected == Port.parse(text)


@pytest.mark.parametrize("text", ["0", "65536", "-1", "2 5", "٢٥", "smtp", ""])
def test_what_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a port from 1 to 65535"):
        Port.parse(text)


def test_record_types_are_read_in_any_case() -> None:
    assert RecordType.parse("mx") == "MX"
    with pytest.raises(ValueError, match="'ANY' is not a record type; known: A, AAAA"):
        RecordType.parse("ANY")


@pytest.mark.parametrize(
    ("name", "above"),
    [
        ("mail.example.com", "example.com"),
        ("com", "."),
        (r"a\.b.example.com", "example.com"),
        (r"a\\.example.com", "example.com"),
        (r"a\000b.example.com", "example.com"),
        (r"a\.example", "."),
    ],
)
def test_parents_end_at_the_root(name: str, above: str) -> None:
    """A dot that is escaped is part of a label."""
    assert parent(name) == above


@pytest.mark.parametrize(
    ("name", "zone", "expected"),
    [
        ("example.com", "example.com", True),
        ("mail.example.com", "example.com", True),
        ("badexample.com", "example.com", False),
        ("com", "example.com", False),
        ("com", ".", True),
        (r"a\.b.example.com", "example.com", True),
        (r"a\.example.com", "example.com", False),
        (r"a\\.example.com", "example.com", True),
        (r"a\\\.example.com", "example.com", False),
        (r"a\.example.com", "com", True),
    ],
)
def test_what_stands_under_a_zone(name: str, zone: str, expected: bool) -> None:  # noqa: FBT001  a column of the table
    assert expected == is_under(name, zone)
