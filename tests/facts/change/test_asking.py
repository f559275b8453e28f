"""How many RRsets one sentence asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mailcheck.engine import Engine
from mailcheck.facts.change.asking import AFTER_LIMIT, LIMIT, Asking
from mailcheck.facts.change.changes import ChangedRRset, ChangesFact, CopiedRRset, ZoneChange
from mailcheck.finding import Finding, met
from mailcheck.world.told import ToldWorld

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

WRITTEN = (ChangedRRset("a.example", "NS"),)
FILE = ZoneChange("a.example", "zones/a", whole=True, written=WRITTEN)
SERVERS = ZoneChange("a.example", "ns1.b.example", whole=True)
PATCH = ZoneChange("a.example", "zones/a", whole=False, written=WRITTEN)


def asked(asking: Asking, ask: Callable[[], Awaitable[None]]) -> str:
    """Ask, and return the advice."""

    async def judge() -> Finding:
        await ask()
        return met()

    engine = Engine(ToldWorld(()))
    engine.finish(engine.plan(judge))
    return "".join(one.text for one in asking.advice)


@pytest.mark.parametrize(
    ("change", "looked_up"),
    [
        pytest.param(FILE, AFTER_LIMIT + 1, id="in a file"),
        pytest.param(SERVERS, AFTER_LIMIT, id="of servers"),
        pytest.param(PATCH, AFTER_LIMIT, id="what stays is asked of servers"),
    ],
)
def test_so_many_are_asked_for_and_the_others_are_counted(
    change: ZoneChange, looked_up: int
) -> None:
    pairs = [(f"h{n}.a.example", "MX") for n in range(AFTER_LIMIT + 1)]
    asking = Asking(ChangesFact({"a.example": change}))
    counts: list[int] = []

    async def ask() -> None:
        counts.append(len(await asking.published(pairs)))
        counts.append(len(await asking.after(pairs)))

    left = AFTER_LIMIT + 1 - LIMIT
    assert asked(asking, ask) == (
        f"{left} more RRsets were not compared: one sentence asks for no more"
    )
    assert counts == [LIMIT, looked_up]


def test_what_is_looked_up_in_files_has_a_limit_too() -> None:
    asking = Asking(ChangesFact({"a.example": FILE}))
    counts: list[int] = []

    async def ask() -> None:
        pairs = [(f"h{n}.a.example", "MX") for n in range(3)]
        counts.append(len(await asking.after(pairs, in_files=2)))
        counts.append(len(await asking.after([("b.example", "MX")])))

    text = "1 more RRset was not compared: one sentence asks for no more"
    assert asked(asking, ask) == text
    assert counts == [2, 1]


def test_what_a_whole_zone_copies_from_elsewhere_is_asked_of_somebody() -> None:
    copied = tuple(CopiedRRset(f"h{n}.a.example", "MX", "b.example") for n in range(2))
    asking = Asking(ChangesFact({"a.example": replace(FILE, copied=copied)}))
    counts: list[int] = []

    async def ask() -> None:
        pairs = [(f"h{n}.a.example", "MX") for n in range(3)]
        counts.append(len(await asking.after(pairs, at_most=1)))

    asked(asking, ask)
    assert counts == [2]


def test_where_something_is_left_of_a_whole_zone_somebody_is_asked() -> None:
    asking = Asking(ChangesFact({"a.example": replace(FILE, left=True)}))
    counts: list[int] = []

    async def ask() -> None:
        counts.append(len(await asking.after([("a.example", "MX"), ("b.a.example", "MX")], 1)))

    asked(asking, ask)
    assert counts == [1]


def test_what_is_asked_for_later_was_not_left_out() -> None:
    asking = Asking(ChangesFact({}))
    pair = ("b.example", "MX")

    async def ask() -> None:
        await asking.published([pair], at_most=0)
        await asking.after([pair], at_most=0)
        await asking.own([pair])

    assert asked(asking, ask) == ""
