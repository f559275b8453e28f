"""What of a referral is believed."""

from __future__ import annotations

import pytest

from mailcheck.facts.dns import DnsAnswer, name_server, told
from mailcheck.facts.referral import Zone, hosts_named, zone_below
from mailcheck.question import Unobserved

NS = name_server("192.0.2.1", "ns.b.example")
BESIDE = name_server("192.0.2.2", "ns.other.test")


def referral(cut: str) -> DnsAnswer:
    hosts = ("ns.b.example", "ns.other.test")
    return DnsAnswer("a.b.example", "A", "referral", cut=cut, delegated_to=hosts, glue=(NS, BESIDE))


def test_a_referral_gives_the_zone_its_servers_and_their_addresses() -> None:
    below = zone_below(referral("b.example"), "example", "a.b.example")
    assert below == Zone("b.example", ("ns.b.example", "ns.other.test"), (NS,))


def test_the_root_may_give_every_address() -> None:
    below = zone_below(referral("b.example"), ".", "a.b.example")
    assert below is not None
    assert below.glue == (NS, BESIDE)


@pytest.mark.parametrize(
    ("zone", "hosts"),
    [
        pytest.param("example.com NS", ("a.example.net", "b.example.net"), id="a zone"),
        pytest.param(". NS", (".",), id="the root, as a null server"),
    ],
)
def test_ns_records_name_servers(zone: str, hosts: tuple[str, ...]) -> None:
    _, answer = told(zone, " | ".join("." if host == "." else f"{host}." for host in hosts))
    assert isinstance(answer, DnsAnswer)
    assert hosts_named(answer) == hosts


@pytest.mark.parametrize(
    ("cut", "zone"),
    [
        pytest.param("example", "example", id="to the zone itself"),
        pytest.param("example", "b.example", id="upward"),
        pytest.param(".", "b.example", id="to the root"),
        pytest.param("c.example", "example", id="sideways"),
        pytest.param("x.a.b.example", "example", id="past the name"),
        pytest.param("b.example", "other.test", id="of a zone that has no say"),
    ],
)
def test_a_referral_that_does_not_lead_down_to_the_name_is_none(cut: str, zone: str) -> None:
    assert zone_below(referral(cut), zone, "a.b.example") is None


@pytest.mark.parametrize("said", ["192.0.2.1", "NODATA", "NXDOMAIN", "REFUSED-BY-AUTHORITY"])
def test_nothing_else_is_a_referral(said: str) -> None:
    assert zone_below(told("a.b.example A", said)[1], "example", "a.b.example") is None
    assert zone_below(Unobserved("timeout"), "example", "a.b.example") is None
