"""A file that may be of any zone: one sentence says of which, and no other is judged by it."""

from __future__ import annotations

from typing import Any

import pytest

from mailcheck.engine import Engine, Layer
from mailcheck.errors import Place
from mailcheck.evidence import Evidence
from mailcheck.facts.change.proposed import Proposed, ProposedCopy, ProposedCopyFact
from mailcheck.facts.dns import DnsQuery, told
from mailcheck.finding import Finding, met
from mailcheck.question import Question, Unobserved, each_of
from mailcheck.world.proposed import ProposedNetwork
from mailcheck.world.proposed.nameless import NamelessZone
from mailcheck.world.told import ToldWorld
from mailcheck.zones.fault import Fault
from tests.world.proposed.zones import proposed

NO_NAME = Fault("syntax", "nothing says which zone this is", Place("new.txt", 4), refuses=True)
NAMELESS = NamelessZone("new.txt", lambda zone: proposed(zone, "@ MX 10 mail\n"), (NO_NAME,))
NAMED = proposed("example.net", "@ MX 10 mail\nmail A 192.0.2.25\n")


def ask(question: Question[Any]) -> Any:
    """Return what the network will answer, of which the live one says another thing."""
    network = ProposedNetwork({zone.origin: zone for zone in (NAMELESS, NAMED)})
    live = told("example.com MX", "10 live.example.com.")
    engine = Engine(Layer(Engine(ToldWorld([live])), network.answer))
    got: list[Any] = []

    async def judge() -> Finding:
        got.extend(await each_of([question]))
        return met()

    engine.finish(engine.plan(judge))
    return got[0]


@pytest.mark.parametrize("zone", ["example.com", "example.org", "."])
def test_it_is_taken_for_the_zone_that_a_sentence_names(zone: str) -> None:
    copy = ask(ProposedCopy(zone))
    assert isinstance(copy, ProposedCopyFact)
    assert copy.by == f"{zone}.zone"


def test_a_zone_with_a_file_of_its_own_is_that() -> None:
    assert ask(ProposedCopy("example.net")) == ProposedCopyFact(NAMED.by, NAMED.faults)


@pytest.mark.parametrize("asked", ["example.com MX", ". DS"])
def test_nothing_else_is_judged_as_though_it_were_live(asked: str) -> None:
    answer = ask(DnsQuery(*asked.split()))
    assert isinstance(answer, Unobserved)
    assert answer.cause == "zone-does-not-load"
    assert "new.txt does not say of which zone it is" in answer.text
    assert answer.evidence == (Evidence("new.txt:4", NO_NAME.text, place=NO_NAME.place),)


def test_names_of_other_zones_are_what_their_files_say() -> None:
    assert ask(DnsQuery("example.net", "MX")).texts == ("10 mail.example.net.",)


def test_every_name_may_be_proposed() -> None:
    assert ask(Proposed("example.com")).by == "new.txt"
