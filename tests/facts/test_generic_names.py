"""Names that receivers take for a provider's own, and names that nobody takes for such."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.generic_names import ENOUGH, looks
from mailcheck.names import parse_address

ROWS = [
    tuple(line.split())
    for line in Path(__file__).with_name("generic_names.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
IPV4 = st.ip_addresses(v=4, network="192.0.0.0/3").map(lambda ip: ipaddress.IPv4Address(int(ip)))
IPV6 = st.ip_addresses(v=6, network="2001:db8::/32")


@pytest.mark.parametrize(
    ("verdict", "ip", "name"), [pytest.param(*row, id="-".join(row[2:0:-1])) for row in ROWS]
)
def test_names_of_the_world(verdict: str, ip: str, name: str) -> None:
    found = looks(name, None if ip == "-" else parse_address(ip))
    assert found.generic == (verdict == "generic"), found


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(ROWS) >= 150
    assert len(set(ROWS)) == len(ROWS)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        pytest.param("203-0-113-25.dsl.example.net", ["203-0-113-25", "dsl"], id="address, line"),
        pytest.param("dhcp-17.example.edu", ["dhcp", "17"], id="word and number"),
        pytest.param("cust-4711.example.net", ["cust"], id="one flag is not enough"),
        pytest.param("mail.example.com", [], id="nothing"),
        pytest.param("dynamic.example.net", ["dynamic"], id="outright"),
        pytest.param("host-0-113-25.example.net", ["0-113-25", "host"], id="three octets, host"),
    ],
)
def test_the_parts_that_speak_for_it_are_named(name: str, parts: list[str]) -> None:
    assert [s.part for s in looks(name, parse_address("203.0.113.25")).flags] == parts


@pytest.mark.parametrize(
    ("name", "part"),
    [
        pytest.param("static-203-0-113-25.example.net", "static", id="static"),
        pytest.param("smtp-203-0-113-25.cust.example.net", "smtp", id="mail"),
    ],
)
def test_what_clears_it_is_named(name: str, part: str) -> None:
    found = looks(name, parse_address("203.0.113.25"))
    assert (found.score >= ENOUGH, found.generic) == (True, False)
    assert [s.part for s in found.clears] == [part]


@pytest.mark.parametrize(
    ("allowed", "generic"),
    [
        pytest.param(["203-0-113-25.dsl.example.net"], False, id="the name"),
        pytest.param(["*.example.net"], False, id="the domain"),
        pytest.param(["*.example.com", "*.dsl.example.net"], False, id="one of several"),
        pytest.param(["*.example.org"], True, id="another domain"),
        pytest.param(["example.net"], True, id="the name above"),
    ],
)
def test_what_is_allowed_is_not_generic(*, allowed: list[str], generic: bool) -> None:
    assert looks("203-0-113-25.dsl.example.net.", allowed=allowed).generic == generic


def test_what_is_no_pattern_is_refused() -> None:
    with pytest.raises(ValueError, match="every domain"):
        looks("mail.example.com", allowed=["mail.*"])


@given(st.text(max_size=400), st.none() | IPV4 | IPV6)
def test_any_text_is_judged(name: str, ip: ipaddress.IPv4Address | None) -> None:
    found = looks(name, ip)
    assert found.score == sum(sign.weight for sign in found.flags)
    assert found.generic == (found.score >= ENOUGH and not found.clears)


@given(st.text(alphabet="0123456789abcdefxln-._dhcp", max_size=300), st.none() | IPV4 | IPV6)
def test_text_made_to_be_taken_apart_is_judged(name: str, ip: ipaddress.IPv4Address | None) -> None:
    assert all(sign.part and sign.why for sign in looks(name, ip).flags)


@given(
    ip=IPV4, order=st.permutations(range(4)), between=st.sampled_from("-._"), padded=st.booleans()
)
def test_octets_in_any_order_and_padded(
    *, ip: ipaddress.IPv4Address, order: list[int], between: str, padded: bool
) -> None:
    octets = [ip.packed[at] for at in order]
    written = between.join(f"{octet:03}" if padded else str(octet) for octet in octets)
    assert looks(f"h{written}.example.net", ip).generic


@given(ip=IPV4, turned=st.booleans(), between=st.sampled_from(["", "-"]))
def test_octets_in_hexadecimal(*, ip: ipaddress.IPv4Address, turned: bool, between: str) -> None:
    octets = bytes(reversed(ip.packed)) if turned else ip.packed
    written = octets.hex(between) if between else octets.hex()
    assert looks(f"x{written.upper()}.example.net", ip).generic


@given(ip=IPV6, turned=st.booleans(), between=st.sampled_from(["", ".", "-"]))
def test_nibbles_of_ipv6(*, ip: ipaddress.IPv6Address, turned: bool, between: str) -> None:
    nibbles = ip.packed.hex()[::-1] if turned else ip.packed.hex()
    assert looks(f"{between.join(nibbles)}.example.net", ip).generic


@given(
    st.from_regex(r"(mail|mx|smtp|mta)[a-z]{0,5}[0-9]?\.[a-z]{4,8}\.example", fullmatch=True), IPV4
)
def test_a_mail_host_with_a_name_of_its_own_is_never_generic(
    name: str, ip: ipaddress.IPv4Address
) -> None:
    assert not looks(name, ip).generic
