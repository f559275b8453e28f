"""Lists that one judge sees: what it asks and is told, and what nobody else notices."""

from __future__ import annotations

import datetime
import ipaddress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.blocklists import ListPoints, Registry
from mailcheck.blocklists.registry import unknown
from mailcheck.checks.address.not_on import CHECK as NOT_ON
from mailcheck.checks.address.not_on import NotOn
from mailcheck.checks.address.not_on_any_blocklist import CHECK as NOT_ON_ANY
from mailcheck.checks.address.not_on_any_blocklist import NotOnAnyBlocklist
from mailcheck.engine import Engine
from mailcheck.facts.blocklists import ListZone, RunBlocklists, RunBlocklistsFact, told_lists
from mailcheck.facts.dns import told
from mailcheck.facts.own_lists import seeing
from mailcheck.finding import Finding
from mailcheck.question import Unobserved
from mailcheck.testing import ending
from mailcheck.verdict import Crash, Policy, verdict_of
from mailcheck.world.told import ToldWorld

if TYPE_CHECKING:
    from mailcheck.blocklists import Blocklist
    from mailcheck.check import Told
    from mailcheck.engine.nodes import Judge

A_DAY = datetime.date(2026, 1, 31)
IP = ipaddress.ip_address("203.0.113.25")
RUNS = unknown("run.example", default=True)
OURS = replace(unknown("ours.example", default=True), tests=None)


def said(zone: str, answer: str) -> tuple[Told, ...]:
    """Tell what a list that works says about 203.0.113.25."""
    return (
        told(f"25.113.0.203.{zone} A", answer),
        told(f"2.0.0.127.{zone} A", "127.0.0.2"),
        told(f"1.0.0.127.{zone} A", "NXDOMAIN"),
    )


def ends(engine: Engine, judge: Judge, wanted: Any) -> tuple[str, ...]:
    """Judge, and say how it ends."""
    judged = engine.finish(engine.plan(judge, wanted))
    return ending(verdict_of(judged.outcome, Policy(), A_DAY))


ASKS_OURS = NotOn(ListZone("ours.example"), IP)


@pytest.mark.parametrize("first", [pytest.param(True, id="first"), pytest.param(False, id="last")])
def test_a_list_is_what_its_own_block_says_and_for_nobody_else(
    first: bool,  # noqa: FBT001  a case
) -> None:
    """The one says that it has no test points; for the other it must have the usual ones."""
    engine = Engine(ToldWorld([told("25.113.0.203.ours.example A", "NXDOMAIN")]))
    judges = [seeing(NOT_ON.judge, (OURS,)), NOT_ON.judge]
    order = judges if first else judges[::-1]
    found = [ends(engine, judge, ASKS_OURS) for judge in order]
    expected = [("met",), ("inconclusive: not-told",)]
    assert found == (expected if first else expected[::-1])


def test_its_codes_are_read_as_it_says() -> None:
    one = replace(OURS, codes=())
    answers = said("ours.example", "127.0.0.2")
    judge = seeing(NOT_ON.judge, (one,))
    assert ends(Engine(ToldWorld(answers)), NOT_ON.judge, ASKS_OURS) == ("listed",)
    assert ends(Engine(ToldWorld(answers)), judge, ASKS_OURS) == ("inconclusive: undeclared-code",)


def test_its_test_points_are_those_it_says() -> None:
    one = replace(unknown("ours.example"), tests=ListPoints("127.0.0.9", ""))
    absent = told("25.113.0.203.ours.example A", "NXDOMAIN")
    point = told("9.0.0.127.ours.example A", "127.0.0.2")
    judge = seeing(NOT_ON.judge, (one,))
    assert ends(Engine(ToldWorld([absent, point])), judge, ASKS_OURS) == ("met",)


@pytest.mark.parametrize(
    ("lists", "end"),
    [
        pytest.param((), "met", id="without"),
        pytest.param((OURS,), "listed", id="with it"),
        pytest.param((replace(OURS, default=False),), "met", id="with one that is not asked"),
    ],
)
def test_any_blocklist_is_also_its_own(lists: tuple[Blocklist, ...], end: str) -> None:
    answers = (*said("run.example", "NXDOMAIN"), *said("ours.example", "127.0.0.2"))
    judge = seeing(NOT_ON_ANY.judge, lists)
    engine = Engine(ToldWorld([told_lists(RUNS), *answers]))
    assert ends(engine, judge, NotOnAnyBlocklist(IP)) == (end,)
    assert ends(engine, NOT_ON_ANY.judge, NotOnAnyBlocklist(IP)) == ("met",)


def test_what_the_run_knows_stays_as_it_is() -> None:
    lesser = replace(RUNS, default=False, codes=())
    seen = RunBlocklistsFact(Registry({RUNS.zone: RUNS})).seeing((lesser, OURS))
    assert seen.registry.find("run.example") is RUNS
    assert {one.zone for one in seen.by_default("ip4")} == {"ours.example", "run.example"}


def test_a_network_that_does_not_hold_it_has_it_in_no_set() -> None:
    run = RunBlocklistsFact(Registry({}), holds=lambda zone: zone == "theirs.example")
    assert run.seeing((OURS,)).by_default("ip4") == ()


def test_a_judge_that_crashes_crashes() -> None:
    async def judge() -> Finding:
        await RunBlocklists()
        raise ZeroDivisionError

    engine = Engine(ToldWorld([]))
    judged = engine.finish(engine.plan(seeing(judge, (OURS,))))
    assert isinstance(judged.outcome, Crash)
    assert isinstance(judged.outcome.error, ZeroDivisionError)


def test_what_is_unobserved_stays_so() -> None:
    """And a judge that is given up is closed."""
    closed: list[bool] = []

    async def judge() -> Finding:
        try:
            await RunBlocklists()
        finally:
            closed.append(True)
        return Finding()

    engine = Engine(ToldWorld([(RunBlocklists(), Unobserved("no-lists"))]))
    judged = engine.finish(engine.plan(seeing(judge, (OURS,))))
    assert isinstance(judged.outcome, Unobserved)
    assert closed == [True]
