"""A zone on the servers it is to move to: what they say together, and who among them does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.engine import Engine, Layer
from mailcheck.facts.authority import told_by
from mailcheck.facts.dns import DnsQuery, name_server, told
from mailcheck.finding import Finding, met
from mailcheck.question import Unobserved, each_of
from mailcheck.world.proposed import ProposedNetwork
from mailcheck.world.proposed.served import ServedZone
from mailcheck.world.told import ToldWorld

if TYPE_CHECKING:
    from mailcheck.check import Told

ONE = name_server("192.0.2.1", "ns1.agency.example")
TWO = name_server("192.0.2.2")
CHILD = name_server("192.0.2.3", "ns.child.example.com")
WHERE: tuple[Told, ...] = (
    told("ns1.agency.example A", "192.0.2.1"),
    told("ns1.agency.example AAAA", "NODATA"),
)


def ask(
    asked: str, *live: Told, servers: tuple[str, ...] = ("ns1.agency.example", "192.0.2.2")
) -> Any:
    """Return what will be said of a name of example.com, which moves to *servers*."""
    served = ServedZone("example.com", servers)
    network = ProposedNetwork({"example.com": served})
    engine = Engine(Layer(Engine(ToldWorld(live)), network.answer))
    got: list[Any] = []

    async def judge() -> Finding:
        got.extend(await each_of([DnsQuery(*asked.split())]))
        return met()

    engine.finish(engine.plan(judge))
    return got[0]


def both(asked: str, one: str, two: str) -> tuple[Told, ...]:
    """What each of the two servers says."""
    return (*WHERE, told_by(ONE, asked, one), told_by(TWO, asked, two))


@pytest.mark.parametrize(
    ("one", "two", "said"),
    [
        pytest.param("10 mx.", "10 mx.", "10 mx.", id="both agree"),
        pytest.param("10 mx.", "REFUSED-BY-AUTHORITY", "10 mx.", id="one refuses"),
        pytest.param("TIMEOUT", "10 mx.", "10 mx.", id="one is silent"),
        pytest.param("NODATA", "NODATA", "nodata", id="both deny"),
        pytest.param("10 mx.", "20 mx.", "proposed-servers-differ", id="they differ"),
        pytest.param("10 mx.", "NODATA", "proposed-servers-differ", id="one has no such record"),
        pytest.param(
            "REFUSED-BY-AUTHORITY", "REFUSED-BY-AUTHORITY", "refused", id="neither has the zone"
        ),
        pytest.param("TIMEOUT", "REFUSED-BY-AUTHORITY", "timeout", id="the silent one might know"),
        pytest.param("TIMEOUT", "TIMEOUT", "timeout", id="both are silent"),
        pytest.param("LAME", "LAME", "lame", id="neither has authority"),
    ],
)
def test_what_two_servers_say_together(one: str, two: str, said: str) -> None:
    answer = ask("example.com MX", *both("example.com MX", one, two))
    if isinstance(answer, Unobserved):
        assert answer.cause == said
    else:
        assert (answer.texts or (answer.status,)) == (said,)


def test_evidence_says_who_serves_it_and_who_does_not() -> None:
    live = both("example.com MX", "10 mx.", "REFUSED-BY-AUTHORITY")
    assert [str(line) for line in ask("example.com MX", *live).evidence] == [
        "example.com MX → 10 mx., proposed, authoritative, TTL 3600",
        "example.com MX → REFUSED, proposed, authoritative",
    ]


def test_servers_that_differ_are_named() -> None:
    answer = ask("example.com MX", *both("example.com MX", "10 mx.", "20 mx."))
    assert "ns1.agency.example (192.0.2.1) says 10 mx." in answer.text
    assert "192.0.2.2 says 20 mx." in answer.text


def test_an_alias_out_of_the_zone_leads_into_the_live_network() -> None:
    live = both(
        "www.example.com A", "-> web.example.net | 192.0.2.99", "-> web.example.net | NODATA"
    )
    answer = ask("www.example.com A", *live, told("web.example.net A", "192.0.2.80"))
    assert answer.texts == ("192.0.2.80",)


def test_a_server_without_an_address_is_no_server() -> None:
    live = (
        told("ns1.agency.example A", "NXDOMAIN"),
        told("ns1.agency.example AAAA", "NXDOMAIN"),
        told_by(TWO, "example.com MX", "REFUSED-BY-AUTHORITY"),
    )
    answer = ask("example.com MX", *live)
    assert isinstance(answer, Unobserved)


def test_servers_without_any_address_are_named_as_those_of_the_change() -> None:
    """A slip in the option: nothing is delegated to them yet."""
    none = (told("ns1.agency.example A", "NXDOMAIN"), told("ns1.agency.example AAAA", "NXDOMAIN"))
    answer = ask("example.com MX", *none, servers=("ns1.agency.example",))
    assert isinstance(answer, Unobserved)
    assert answer.text == "example.com is to move to ns1.agency.example: no address is known"


def test_nothing_is_known_without_the_addresses_of_the_servers() -> None:
    answer = ask("example.com MX", told("ns1.agency.example A", "SERVFAIL"))
    assert isinstance(answer, Unobserved)
