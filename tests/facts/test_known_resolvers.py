"""Resolvers by the name of their operator."""

from __future__ import annotations

import ipaddress
from dataclasses import replace

import pytest

from mailcheck.facts.dns import NameServer, name_server
from mailcheck.facts.known_resolvers import KNOWN, PUBLIC, ResolverName, named, public_operator


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        pytest.param("KT", ["168.126.63.1", "168.126.63.2"], id="KT"),
        pytest.param("skt", ["219.250.36.130", "210.220.163.82"], id="case"),
        pytest.param("LG U+", ["164.124.101.2", "203.248.252.2"], id="with a space"),
        pytest.param("lgu+", ["164.124.101.2", "203.248.252.2"], id="without it"),
        pytest.param("Google", ["8.8.8.8", "8.8.4.4"], id="Google"),
        pytest.param("Cloudflare", ["1.1.1.1", "1.0.0.1"], id="Cloudflare"),
        pytest.param("198.51.100.1", ["198.51.100.1"], id="an address"),
        pytest.param("2001:db8::53", ["2001:db8::53"], id="an IPv6 address"),
    ],
)
def test_servers(text: str, addresses: list[str]) -> None:
    assert [str(server.address) for server in ResolverName.parse(text).servers] == addresses


def test_servers_of_an_operator_carry_its_name() -> None:
    assert [str(server) for server in ResolverName.parse("kt").servers] == [
        "KT (168.126.63.1)",
        "KT (168.126.63.2)",
    ]


def test_an_address_of_an_operator_is_shown_with_its_name() -> None:
    [server] = ResolverName.parse("8.8.4.4").servers
    assert str(server) == "Google (8.8.4.4)"


@pytest.mark.parametrize("text", ["", "Quad10", "dns.google", "300.1.1.1"])
def test_what_is_neither_is_refused_with_the_known_names(text: str) -> None:
    with pytest.raises(ValueError, match=r"LG U\+"):
        ResolverName.parse(text)


def test_a_server_that_has_a_name_keeps_it() -> None:
    assert named(name_server("8.8.8.8", "mine")).name == "mine"
    kept = named(NameServer(ipaddress.ip_address("8.8.8.8"), port=5353))
    assert (kept.name, kept.port) == ("Google", 5353)


def test_no_address_is_of_two_operators() -> None:
    for operators in (KNOWN, PUBLIC):
        addresses = [address for known in operators.values() for address in known]
        assert len(addresses) == len(set(addresses))


def test_public_addresses_are_found_as_servers_are_shown() -> None:
    for operator, known in PUBLIC.items():
        for address in known:
            server = name_server(address)
            assert public_operator(str(server)) == operator, address
            assert public_operator(str(replace(server, port=5353, name="x.example"))) == operator


@pytest.mark.parametrize(
    ("address", "operator"),
    [
        pytest.param("208.67.222.123", "OpenDNS", id="a filter for families"),
        pytest.param("9.9.9.12", "Quad9", id="without a filter"),
        pytest.param("2620:fe::fe:10", "Quad9", id="over IPv6"),
        pytest.param("74.82.42.42", "Hurricane Electric", id="of a network"),
        pytest.param("156.154.70.5", "UltraDNS", id="a paid one's free one"),
        pytest.param("2a09::", "DNS.SB", id="zeros at the end"),
        pytest.param("86.54.11.100", "DNS4EU", id="of a union"),
        pytest.param("168.126.63.1", "", id="of an access provider"),
        pytest.param("2a09::1", "", id="a neighbour"),
        pytest.param("19.9.9.9", "", id="one that ends alike"),
    ],
)
def test_who_serves_everybody(address: str, operator: str) -> None:
    assert public_operator(str(name_server(address))) == operator
