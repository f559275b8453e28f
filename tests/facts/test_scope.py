"""Which addresses are public."""

from __future__ import annotations

import ipaddress

import pytest

from mailcheck.facts.scope import DOCUMENTATION, scope_of
from mailcheck.names import Network, parse_address


@pytest.mark.parametrize(
    "text",
    [
        "8.8.8.8",
        "121.53.206.36",
        "100.63.255.255",
        "168.63.129.17",
        "192.0.0.9",
        "192.0.0.10",
        "192.0.1.1",
        "172.32.0.1",
        "2001:4860:4860::8888",
        "64:ff9b::808:808",
    ],
)
def test_public(text: str) -> None:
    scope = scope_of(parse_address(text))
    assert scope.public
    assert scope.evidence == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("0.0.0.0", "this network"),
        ("10.1.2.3", "private use"),
        ("100.64.0.1", "carrier-grade NAT"),
        ("127.0.0.1", "loopback"),
        ("169.254.1.1", "link-local"),
        ("168.63.129.16", "Azure"),
        ("172.16.0.1", "private use"),
        ("172.31.255.255", "private use"),
        ("192.0.0.1", "protocol assignments"),
        ("192.0.0.11", "protocol assignments"),
        ("192.0.0.171", "protocol assignments"),
        ("192.0.0.192", "protocol assignments"),
        ("192.0.2.1", "documentation"),
        ("192.168.1.1", "private use"),
        ("198.19.255.255", "benchmarking"),
        ("224.0.0.1", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "reserved"),
        ("::1", "loopback"),
        ("::", "IPv4-compatible"),
        ("::7f00:1", "IPv4-compatible"),
        ("fec0::1", "site-local"),
        ("64:ff9b::a00:1", "10.0.0.1: private use"),
        ("2002:7f00:1::1", "127.0.0.1: loopback"),
        ("fe80::1", "link-local"),
        ("fd00::1", "unique local"),
        ("ff02::1", "multicast"),
        ("2001:db8::1", "documentation"),
        ("3fff::1", "documentation"),
        ("64:ff9b:1::1", "local-use"),
        ("100::1", "discard"),
        ("100:0:0:1::1", "reserved"),
        ("::ffff:0:10.0.0.1", "IPv4-translated"),
        ("4000::1", "reserved"),
        ("192.0.0.8", "dummy"),
    ],
)
def test_set_aside(text: str, why: str) -> None:
    scope = scope_of(parse_address(text))
    assert not scope.public
    assert why in scope.special
    assert why in scope.evidence[0].result


def test_an_ipv4_mapped_address_is_reachable_by_nobody() -> None:
    scope = scope_of(ipaddress.ip_address("::ffff:8.8.8.8"))
    assert not scope.public
    assert "IPv4-mapped" in scope.special


@pytest.mark.parametrize("text", ["192.0.2.1", "203.0.113.9", "2001:db8::1"])
def test_what_a_run_allows_counts_as_public(text: str) -> None:
    assert scope_of(parse_address(text), DOCUMENTATION).public


def test_what_is_allowed_in_one_family_says_nothing_of_the_other() -> None:
    allowed: tuple[Network, ...] = (ipaddress.ip_network("10.0.0.0/8"),)
    assert scope_of(parse_address("10.0.0.1"), allowed).public
    assert not scope_of(parse_address("fd00::1"), allowed).public
    assert not scope_of(parse_address("192.168.0.1"), allowed).public


def test_the_first_octet_decides_only_where_all_below_it_is_public() -> None:
    """Compared with what ipaddress knows, in every /8 and at the ends of what lies in it."""
    for first in range(256):
        for rest in ("0.0.0", "0.0.1", "64.0.1", "168.1.1", "254.1.1", "255.255.255"):
            address = ipaddress.ip_address(f"{first}.{rest}")
            expected = address.is_global and not address.is_multicast
            assert scope_of(address).public == expected, address
