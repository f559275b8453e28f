"""What each server of a zone says: the newest serial counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dns.rdtypes.ANY.SOA import SOA

from mailcheck.engine import Engine
from mailcheck.facts.change.every_server import SaidByEach, newest_soa
from mailcheck.facts.change.proposed import PublishedByEach, PublishedByEachFact
from mailcheck.facts.dns import DnsAnswer, NameServer, told
from mailcheck.finding import Finding, met
from mailcheck.question import Unobserved
from mailcheck.world.told import ToldWorld
from tests.facts.test_iteration import NS1, NS2, TLD, Holds, Internet, a_shop

ZONE = "shop.test"


def soa(serial: int) -> str:
    return f"ns1.shop.test. hostmaster.shop.test. {serial} 7200 3600 1209600 300"


def holds(serial: int) -> Holds:
    addresses = {f"{ns.name} A": str(ns.address) for ns in (NS1, NS2)}
    return Holds({ZONE: {f"{ZONE} SOA": soa(serial), **addresses}})


@pytest.mark.parametrize(
    ("second", "serials", "lines"),
    [
        pytest.param(holds(7), {5, 7}, 2, id="they differ"),
        pytest.param(holds(5), {5}, 0, id="they agree"),
        pytest.param(Holds(always="TIMEOUT"), {5}, 0, id="one is silent"),
        pytest.param(Holds(always="LAME DATA " + soa(7)), {5}, 0, id="one has no authority"),
        pytest.param(Holds(), {5}, 0, id="one refuses"),
    ],
)
@pytest.mark.parametrize("glue", [(NS1, NS2), (NS1,)], ids=["glue", "one without glue"])
def test_every_server_is_asked(
    second: Holds, serials: set[int], lines: int, glue: tuple[NameServer, ...]
) -> None:
    net = a_shop()
    net[TLD].cuts[ZONE] = ((NS1.name, NS2.name), glue)
    net |= {NS1: holds(5), NS2: second}
    internet = Internet(net)
    [found] = internet.find(SaidByEach(ZONE, "SOA"))
    assert isinstance(found, PublishedByEachFact), found
    assert {one.of(SOA)[0].serial for one in found.answers} == serials
    assert len(found.evidence) == lines


def answer(serial: int) -> DnsAnswer:
    _, said = told(f"{ZONE} SOA", soa(serial))
    assert isinstance(said, DnsAnswer)
    return replace(said, authoritative=True)


@pytest.mark.parametrize(
    ("others", "newest"),
    [
        pytest.param(PublishedByEachFact((answer(4), answer(6), answer(5))), 6, id="the newest"),
        pytest.param(PublishedByEachFact((answer(2**32 - 1),)), 5, id="before the end of numbers"),
        pytest.param(PublishedByEachFact(()), 5, id="nobody else"),
        pytest.param(Unobserved("timeout"), 5, id="nobody knows"),
    ],
)
def test_the_newest_serial_counts(others: PublishedByEachFact | Unobserved, newest: int) -> None:
    found: list[DnsAnswer] = []

    async def judge() -> Finding:
        found.append(await newest_soa(ZONE, answer(5)))
        return met()

    engine = Engine(ToldWorld([(PublishedByEach(ZONE, "SOA"), others)]))
    engine.finish(engine.plan(judge))
    assert found[0].texts == (soa(newest),)
