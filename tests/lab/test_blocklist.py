"""Blocklist zones as RFC 5782 lays them out."""

from __future__ import annotations

from ipaddress import IPv4Address, ip_address

import dns.name
import dns.rdatatype
import pytest

from mailcheck.lab.blocklist import Blocklist, query_name

ORIGIN = dns.name.from_text("dul.example")
V6 = "2001:db8::25"
V6_NAME = "5.2." + "0." * 22 + "8.b.d.0.1.0.0.2"
LIST = Blocklist(
    ORIGIN,
    {
        ip_address("203.0.113.9"): (IPv4Address("127.0.0.3"), IPv4Address("127.0.0.10")),
        ip_address(V6): (IPv4Address("127.0.0.2"),),
    },
    'see "us" \\ $',
)


@pytest.mark.parametrize(
    ("name", "rdtype", "found"),
    [
        pytest.param("9.113.0.203", "A", {"127.0.0.3", "127.0.0.10"}, id="listed, two codes"),
        pytest.param("9.113.0.203", "TXT", {'"see \\"us\\" \\\\ $"'}, id="the text"),
        pytest.param(V6_NAME, "A", {"127.0.0.2"}, id="IPv6"),
        pytest.param("2.0.0.127", "A", {"127.0.0.2"}, id="test point"),
        pytest.param("1.0.0.127", "A", set(), id="what must not be listed"),
        pytest.param("2.0.0.0.0.0.f.7.f.f.f.f." + "0." * 19 + "0", "A", {"127.0.0.2"}, id="test 6"),
        pytest.param("8.113.0.203", "A", set(), id="not listed"),
    ],
)
def test_entries(name: str, rdtype: str, found: set[str]) -> None:
    """A for each code, TXT for the text, both families, the test points."""
    zone = LIST.zone(ip_address("198.18.0.100"))
    rrset = zone.rrset(dns.name.from_text(name, ORIGIN), dns.rdatatype.from_text(rdtype))
    assert found == {str(record) for record in rrset or ()}


def test_a_list_without_test_points_is_dead() -> None:
    """A list that answers nothing must not look as if it listed nobody."""
    zone = Blocklist(ORIGIN, {}, test_points=False).zone(ip_address("2001:db8::53"))
    host = dns.name.from_text("ns", ORIGIN)
    assert {ORIGIN, host} == set(zone.nodes)
    assert zone.rrset(host, dns.rdatatype.AAAA) is not None


def test_query_names() -> None:
    """RFC 5782 §2.1 and §2.4."""
    assert str(query_name(ip_address("203.0.113.9"), ORIGIN)) == "9.113.0.203.dul.example."
    assert f"{V6_NAME}.dul.example." == str(query_name(ip_address(V6), ORIGIN))
