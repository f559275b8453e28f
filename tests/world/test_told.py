"""A world that was told its answers: for examples, and for tests of judges."""

from __future__ import annotations

import asyncio
import datetime
from functools import partial
from typing import Any

import pytest

from mailcheck.facts.change.changes import Changes, NamesInUse, NamesInUseFact
from mailcheck.facts.change.proposed import NOTHING_PROPOSED
from mailcheck.facts.dns import DnsQuery, told
from mailcheck.facts.run import RunDate, RunDateFact
from mailcheck.facts.scope import AddressScope, AddressScopeFact
from mailcheck.names import parse_address
from mailcheck.question import Question, Unobserved
from mailcheck.world.told import ToldWorld

MX = told("a.example MX", "10 mail.a.example.")
A = told("a.example A", "192.0.2.80")
DATE = (RunDate(), RunDateFact(datetime.date(2026, 1, 31)))


def given(world: ToldWorld, *asked: Question[Any]) -> list[tuple[Question[Any], Any]]:
    """Ask all, then step until all is delivered; return what came, in the order it came."""
    came: list[tuple[Question[Any], Any]] = []

    def take(one: Question[Any], answer: Any) -> None:
        came.append((one, answer))

    for one in asked:
        world.answer(one, partial(take, one))
    assert came == []
    for number in range(len(asked)):
        world.step()
        assert len(came) == number + 1
    return came


def test_answers_come_one_a_step_in_the_order_asked() -> None:
    world = ToldWorld([A, DATE, MX])
    assert given(world, MX[0], A[0], RunDate()) == [MX, A, DATE]


def test_backwards_they_come_in_the_reverse() -> None:
    world = ToldWorld([A, DATE, MX], backwards=True)
    assert given(world, MX[0], A[0], RunDate()) == [DATE, A, MX]


def test_what_nobody_told_is_unobserved() -> None:
    [(_, said)] = given(ToldWorld([MX]), DnsQuery("b.example", "MX"))
    assert isinstance(said, Unobserved)
    assert said.cause == "not-told"
    assert "b.example" in said.text


def test_an_unobserved_that_was_told_is_delivered() -> None:
    asked, timeout = told("a.example MX", "TIMEOUT")
    assert given(ToldWorld([(asked, timeout)]), asked) == [(asked, timeout)]


@pytest.mark.parametrize(
    ("address", "public"), [("203.0.113.25", True), ("2001:db8::1", True), ("10.0.0.1", False)]
)
def test_addresses_have_their_scope_and_documentation_is_public(
    address: str,
    public: bool,  # noqa: FBT001  a column of the table
) -> None:
    [(_, scope)] = given(ToldWorld([]), AddressScope(parse_address(address)))
    assert scope.public is public


def test_what_was_told_of_an_address_holds() -> None:
    asked = AddressScope(parse_address("203.0.113.25"))
    fact = AddressScopeFact(asked.address, public=False, special="a test")
    assert given(ToldWorld([(asked, fact)]), asked) == [(asked, fact)]


def test_it_steps_in_a_running_loop_too() -> None:
    came: list[Any] = []
    world = ToldWorld([MX])
    world.answer(MX[0], came.append)
    asyncio.run(world.stepped())
    assert came == [MX[1]]


def test_closed_it_delivers_no_more() -> None:
    came: list[Any] = []
    world = ToldWorld([MX])
    world.answer(MX[0], came.append)
    world.close()
    with pytest.raises(IndexError):
        world.step()
    assert came == []


def test_unless_it_is_told_of_a_change_there_is_none() -> None:
    asked = (Changes(), NamesInUse())
    assert [said for _, said in given(ToldWorld([]), *asked)] == [
        NOTHING_PROPOSED,
        NamesInUseFact(),
    ]
