"""Whom the copies of a zone that moves name as its servers."""

from __future__ import annotations

import pytest

from mailcheck.engine import Engine
from mailcheck.facts.authority import told_by, told_servers
from mailcheck.facts.change.moving import old_nameservers
from mailcheck.facts.change.proposed import Proposed, ProposedFact
from mailcheck.facts.dns import name_server, told
from mailcheck.finding import Advice, Finding, met
from mailcheck.world.told import ToldWorld

NS1, NS2 = name_server("192.0.2.1", "ns1.new.example"), name_server("192.0.2.2", "ns2.new.example")
BY_NAME = ("ns1.new.example", "ns2.new.example")
BY_ADDRESS = ("192.0.2.1", "192.0.2.2")
NEW = "ns1.new.example. | ns2.new.example."


def advised(moves_to: tuple[str, ...], one: str, two: str, old: str = "192.0.2.9") -> list[Advice]:
    """What is advised of example.com, whose new servers have two copies."""
    world = (
        *told_servers("example.com", NS1, NS2),
        told_by(NS1, "example.com NS", one),
        told_by(NS2, "example.com NS", two),
        told("ns.old.example A", old),
        told("ns.old.example AAAA", "NODATA"),
        (Proposed("example.com"), ProposedFact(", ".join(moves_to), moves_to)),
    )
    engine = Engine(ToldWorld(world))
    got: list[Advice] = []

    async def judge() -> Finding:
        got.extend(await old_nameservers("example.com"))
        return met()

    engine.finish(engine.plan(judge))
    return got


@pytest.mark.parametrize("moves_to", [BY_NAME, BY_ADDRESS], ids=["by name", "by address"])
@pytest.mark.parametrize(
    ("one", "two", "old", "shown"),
    [
        pytest.param(NEW, NEW, "192.0.2.9", "", id="the new servers"),
        pytest.param(NEW, "ns1.new.example.", "192.0.2.9", "", id="not all of them"),
        pytest.param("ns.old.example.", NEW, "192.0.2.9", "ns.old.example", id="an old one"),
        pytest.param(NEW, f"{NEW} | ns.old.example.", "NODATA", "ns.old.example", id="no address"),
        pytest.param(NEW, "ns.old.example.", "192.0.2.2", "", id="a new one by another name"),
        pytest.param(NEW, "ns.old.example.", "TIMEOUT", "", id="nobody says where it is"),
        pytest.param("REFUSED-BY-AUTHORITY", "TIMEOUT", "192.0.2.9", "", id="no copy"),
    ],
)
def test_servers_that_the_zone_does_not_move_to_are_named(
    moves_to: tuple[str, ...], one: str, two: str, old: str, shown: str
) -> None:
    found = advised(moves_to, one, two, old)
    assert [one.text.rpartition(": ")[2] for one in found] == ([shown] if shown else [])
    assert {one.tag for one in found} <= {"old-nameservers"}


def test_of_a_zone_that_stays_nothing_is_asked() -> None:
    assert advised((), "ns.old.example.", "ns.old.example.") == []
