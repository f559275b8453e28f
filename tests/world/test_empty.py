"""The world of a suite without a lab: it knows nothing, and says at once what to do."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.engine import Engine
from mailcheck.facts.dns import DnsQuery
from mailcheck.facts.run import RunDate
from mailcheck.facts.smtp.session import SmtpSession
from mailcheck.finding import Finding, met
from mailcheck.names import parse_address
from mailcheck.question import Unobserved
from mailcheck.world.empty import EmptyWorld

if TYPE_CHECKING:
    from mailcheck.question import Question


@pytest.mark.parametrize(
    "asked",
    [
        DnsQuery("example.com", "MX"),
        SmtpSession(parse_address("192.0.2.25"), 25),
        RunDate(),
    ],
    ids=["DNS", "SMTP", "date"],
)
def test_nothing_is_known(asked: Question[Any]) -> None:
    given: list[Any] = []
    EmptyWorld().answer(asked, given.append)
    [said] = given
    assert isinstance(said, Unobserved)
    assert (said.cause, said.not_evaluated) == ("not-in-lab", False)
    assert "no lab.yml" in said.text
    assert "--mail-live" in said.text
    assert "--mail-lab PATH" in said.text


def test_a_judgement_comes_to_its_end() -> None:
    async def judge() -> Finding:
        await DnsQuery("example.com", "MX")
        return met()

    engine = Engine(EmptyWorld())
    outcome = engine.finish(engine.plan(judge)).outcome
    assert isinstance(outcome, Unobserved)
    assert outcome.cause == "not-in-lab"


def test_there_is_nothing_to_wait_for_and_nothing_to_close() -> None:
    world = EmptyWorld()
    world.step()
    asyncio.run(world.stepped())
    world.close()
