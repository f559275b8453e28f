"""What is authorised: counted, and told."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from mailcheck.facts.spf.evaluation.result import Fault
from mailcheck.facts.spf.networks.authorised import (
    Ended,
    Listed,
    SpfNetworksFact,
    Unlisted,
    addresses,
    counted,
    merged,
    told_term,
)


@pytest.mark.parametrize(
    ("networks", "count"),
    [
        pytest.param((), 0, id="nothing"),
        pytest.param(("192.0.2.1/32",), 1, id="an address"),
        pytest.param(("192.0.2.0/24", "192.0.2.128/25"), 256, id="one within another"),
        pytest.param(("2001:db8::/128",), 1, id="an address of IPv6"),
        pytest.param(("2001:db8::1/128", "2001:db8::/64"), 1, id="of one site"),
        pytest.param(("2001:db8::/47",), 2, id="two sites"),
        pytest.param(("2001:db8:0:1::/64", "2001:db8:1::/48", "192.0.2.1/32"), 3, id="together"),
        pytest.param(("0.0.0.0/0", "::/0"), 2**32 + 2**48, id="everything"),
    ],
)
def test_addresses_of_ipv4_are_counted_and_sites_of_ipv6(
    networks: tuple[str, ...], count: int
) -> None:
    assert counted(map(ip_network, networks)) == count


def test_what_overlaps_or_touches_is_one_network() -> None:
    networks = ("2001:db8::/33", "192.0.2.0/25", "192.0.2.128/25", "192.0.2.7/32", "2001:db8::/32")
    assert [str(n) for n in merged(map(ip_network, networks))] == ["192.0.2.0/24", "2001:db8::/32"]


def test_the_addresses_of_a_family() -> None:
    networks = [ip_network("192.0.2.0/31"), ip_network("2001:db8::/32")]
    assert addresses(networks, 4).size == 2


def test_a_fact_knows_all_its_networks_and_whom_it_cannot_count() -> None:
    path = ("example.com",)
    fact = SpfNetworksFact(
        None,
        "example.com",
        (Listed(path, "a", (ip_network("192.0.2.1"),)), Listed(path, "b", (ip_network("::1"),))),
        (Unlisted(path, "ptr", passes=True), Unlisted(path, "-exists:x.example", passes=False)),
    )
    assert [str(n) for n in fact.networks] == ["192.0.2.1/32", "::1/128"]
    assert [one.term for one in fact.uncountable] == ["ptr"]


@pytest.mark.parametrize(
    ("families", "said"),
    [
        pytest.param((4, 6), "too much", id="all clients"),
        pytest.param((6,), "for IPv6, too much", id="one family"),
    ],
)
def test_it_tells_for_whom_an_evaluation_ends(families: tuple[int, ...], said: str) -> None:
    assert str(Ended("example.com", families, Fault("too-many-voids", "too much"))) == said


def test_domains_are_told_in_u_labels_and_hostile_terms_are_escaped() -> None:
    path = ("b.example", "xn--mller-kva.example")
    assert told_term(path, "ptr\x1b") == "müller.example: ptr\\x1b"
