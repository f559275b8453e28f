"""Questions are values; awaiting one yields it and brings its fact or raises afresh."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.question import NotObserved, Question, Unobserved, all_of, each_of, question

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from mailcheck.evidence import Evidence


@dataclass(frozen=True)
class Number:
    """A fact."""

    value: int

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Nothing worth a line."""
        return ()


@question
class Ask(Question[Number]):
    """A leaf question."""

    name: str


@question
class Twice(Question[Number]):
    """A composite question."""

    name: str

    async def derive(self) -> Number:
        """Double it."""
        return Number(2 * (await Ask(self.name)).value)


TIMEOUT = Unobserved("timeout")


def drive(coroutine: Coroutine[Any, Any, Any], *answers: Any) -> tuple[list[Any], Any]:
    """Send *answers* in turn; return what was yielded and what was returned."""
    yielded = []
    sent: Any = None
    pending = list(answers)
    while True:
        try:
            yielded.append(coroutine.send(sent))
        except StopIteration as stop:
            return yielded, stop.value
        sent = pending.pop(0)


async def ask(name: str) -> int:
    """Await one question."""
    return (await Ask(name)).value


def test_questions_that_ask_the_same_are_equal_and_hash_alike() -> None:
    assert Ask("a") == Ask("a") != Ask("b")
    assert len({Ask("a"), Ask("a"), Twice("a")}) == 2


def test_a_question_is_frozen_and_has_no_dict() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(Ask("a"), "name", "b")  # noqa: B010  the point is that it cannot be set
    assert not hasattr(Ask("a"), "__dict__")


def test_a_composite_question_is_no_leaf() -> None:
    assert (Ask.is_leaf(), Twice.is_leaf()) == (True, False)


def test_a_leaf_cannot_be_derived() -> None:
    with pytest.raises(TypeError, match="a world answers it"):
        drive(Ask("a").derive())


def test_awaiting_yields_the_question_and_returns_its_fact() -> None:
    assert drive(ask("a"), Number(3)) == ([Ask("a")], 3)


def test_what_is_unobserved_is_raised_with_the_value() -> None:
    with pytest.raises(NotObserved) as caught:
        drive(ask("a"), TIMEOUT)
    assert caught.value.unobserved is TIMEOUT


def test_every_await_raises_its_own_exception() -> None:
    raised = []
    for _ in range(2):
        with pytest.raises(NotObserved) as caught:
            drive(ask("a"), TIMEOUT)
        raised.append(caught.value)
    assert raised[0] is not raised[1]


def test_each_of_gives_a_fact_or_the_unobserved_for_each_in_order() -> None:
    yielded, got = drive(each_of([Ask("a"), Ask("b")]), (Number(1), TIMEOUT))
    assert yielded == [(Ask("a"), Ask("b"))]
    assert got == (Number(1), TIMEOUT)


def test_each_of_nothing_asks_nothing() -> None:
    assert drive(each_of([])) == ([], ())


def test_each_of_takes_a_generator() -> None:
    yielded, _ = drive(each_of(Ask(n) for n in "ab"), (Number(1), Number(2)))
    assert yielded == [(Ask("a"), Ask("b"))]


def test_all_of_gives_the_facts_in_order() -> None:
    assert drive(all_of([Ask("a"), Ask("b")]), (Number(1), Number(2)))[1] == (Number(1), Number(2))


def test_all_of_raises_for_the_first_unobserved_in_order() -> None:
    with pytest.raises(NotObserved) as caught:
        drive(all_of([Ask("a"), Ask("b"), Ask("c")]), (Number(1), TIMEOUT, Unobserved("servfail")))
    assert caught.value.unobserved is TIMEOUT
