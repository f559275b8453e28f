"""A zone that a plan deletes or makes anew: nothing of it is known, and all else is as it was."""

from __future__ import annotations

from typing import Any

import pytest

from mailcheck.engine import Engine, Layer
from mailcheck.errors import Place
from mailcheck.evidence import Evidence
from mailcheck.facts.change.proposed import Proposed
from mailcheck.facts.dns import DnsAnswer, DnsQuery, NameServer, ServerQuery, told
from mailcheck.finding import Finding, met
from mailcheck.names import parse_address
from mailcheck.question import Question, Unobserved, each_of
from mailcheck.world.proposed import ProposedNetwork
from mailcheck.world.proposed.unserved import UnservedZone
from mailcheck.world.told import ToldWorld
from tests.world.proposed.zones import proposed

HERE = Place("plan.json", 1, of="aws_route53_zone.main")
WHY = f"the zone is deleted by {HERE.line_of}"
GONE = UnservedZone("example.com", "plan.json", WHY, HERE)
PARENT = proposed("com", "example NS ns1.example.net.\nexample DS 1 13 2 " + "00" * 32 + "\n")
SERVER = NameServer(parse_address("192.0.2.53"), "ns1.example.net")


def ask(question: Question[Any], *live: Any) -> Any:
    """Return what the network will answer, of which the live one says *live*."""
    network = ProposedNetwork({zone.origin: zone for zone in (GONE, PARENT)})
    engine = Engine(Layer(Engine(ToldWorld([*live])), network.answer))
    got: list[Any] = []

    async def judge() -> Finding:
        got.extend(await each_of([question]))
        return met()

    engine.finish(engine.plan(judge))
    return got[0]


@pytest.mark.parametrize(
    ("asked", "live"),
    [
        ("example.com MX", "10 mail.example.com."),
        ("example.com NS", "ns1.example.net."),
        ("mail.example.com A", "192.0.2.25"),
        ("a.b.example.com TXT", '"x"'),
    ],
)
def test_nothing_of_it_is_judged_as_though_it_were_live(asked: str, live: str) -> None:
    answer = ask(DnsQuery(*asked.split()), told(asked, live))
    assert isinstance(answer, Unobserved)
    assert answer.cause == "not-known-yet"
    assert answer.text == f"what will be in example.com is not known before the change: {WHY}"
    line = Evidence("zone example.com", WHY, "proposed, plan.json", place=HERE)
    assert answer.evidence == (line,)


def test_its_servers_will_not_say_what_they_say_now() -> None:
    asked = ServerQuery("example.com", "MX", SERVER)
    now = DnsAnswer("example.com", "MX", "nodata", authoritative=True)
    assert ask(asked, (asked, now)).cause == "not-known-yet"


def test_who_delegates_it_goes_on_doing_so() -> None:
    asked = ServerQuery("example.com", "MX", SERVER)
    now = DnsAnswer("example.com", "MX", "referral", cut="example.com")
    assert ask(asked, (asked, now)) == now


def test_its_ds_is_that_of_the_zone_above() -> None:
    assert ask(DnsQuery("example.com", "DS")).status == "data"


def test_an_alias_into_it_leads_nowhere_that_is_known() -> None:
    alias = DnsAnswer("www.example.net", "A", "data", aliases=("www.example.com",))
    answer = ask(DnsQuery("www.example.net", "A"), (DnsQuery("www.example.net", "A"), alias))
    assert (answer.cause, WHY in answer.text) == ("not-known-yet", True)


def test_all_of_it_is_proposed() -> None:
    assert ask(Proposed("mail.example.com")).by == "plan.json"
    assert not ask(Proposed("example.net")).by
