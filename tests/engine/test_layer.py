"""A world above another: each question once below, whoever asks, and nothing is lost or hangs."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from mailcheck.engine import Engine, Layer
from mailcheck.evidence import Evidence
from mailcheck.finding import Finding, met, unmet
from mailcheck.question import Question, Unobserved, all_of, question
from mailcheck.world.told import ToldWorld

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Number:
    """A fact that shows itself."""

    value: int

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """One line."""
        return (Evidence("number", str(self.value)),)


@question
class Ask(Question[Number]):
    """A leaf question."""

    number: int


@question
class Double(Question[Number]):
    """A leaf question that the world below does not know."""

    number: int


async def way(asked: Question[Any]) -> Any:
    """Double what is below; pass on the rest."""
    if isinstance(asked, Double):
        if asked.number < 0:
            raise ValueError("no negative numbers")
        return Number(2 * (await Ask(asked.number)).value)
    return await asked


async def adds_up(numbers: tuple[int, ...], total: int) -> Finding:
    """Judge whether the doubles of *numbers* come to *total*."""
    facts = await all_of(map(Double, numbers))
    return met() if sum(fact.value for fact in facts) == total else unmet("wrong", "no")


class Counting(ToldWorld):
    """Counts what it is asked, and can be told more."""

    def __init__(self, *known: int) -> None:
        self.table: dict[Question[Any], Any] = {Ask(number): Number(number) for number in known}
        self.asked: list[Question[Any]] = []
        super().__init__({})

    def _look_up(self, question: Question[Any]) -> Any:
        self.asked.append(question)
        return self.table.get(question, Unobserved("timeout"))


def layered(*known: int) -> tuple[Counting, Engine, Engine]:
    """Return a world, the engine on it, and the engine above."""
    world = Counting(*known)
    below = Engine(world)
    return world, below, Engine(Layer(below, way))


def judged(engine: Engine, numbers: tuple[int, ...], total: int) -> Callable[[], Any]:
    """Plan a judgement; return what finishes it."""
    planned = engine.plan(adds_up, numbers, total)
    return lambda: engine.finish(planned).outcome


def test_an_answer_is_worked_out_from_below() -> None:
    _, _, above = layered(1, 2)
    assert judged(above, (1, 2), 6)() == met()


def test_what_several_need_is_asked_below_once() -> None:
    world, _, above = layered(1, 2, 3)
    for finish in [judged(above, (1, 2), 6), judged(above, (2, 1), 6), judged(above, (3,), 6)]:
        assert finish() == met()
    assert sorted(asked.number for asked in world.asked) == [1, 2, 3]  # type: ignore[attr-defined]  # they are Ask


def test_both_engines_share_what_is_asked() -> None:
    world, below, above = layered(1)
    assert judged(above, (1,), 2)() == met()

    async def same(number: int) -> Finding:
        return met() if (await Ask(number)).value == number else unmet("wrong", "no")

    assert below.finish(below.plan(same, 1)).outcome == met()
    assert world.asked == [Ask(1)]


def test_what_cannot_be_found_out_below_cannot_be_above() -> None:
    _, _, above = layered(1)
    outcome = judged(above, (1, 7), 16)()
    assert isinstance(outcome, Unobserved)
    assert outcome.cause == "timeout"


def test_a_bug_on_the_way_ends_its_question_only() -> None:
    _, _, above = layered(1)
    bad, good = judged(above, (-1,), 0), judged(above, (1,), 2)
    outcome = bad()
    assert isinstance(outcome, Unobserved)
    assert (outcome.cause, "no negative numbers" in outcome.text) == ("check-crashed", True)
    assert good() == met()


def test_what_is_asked_again_is_asked_again_below() -> None:
    world, _, above = layered()
    planned = above.plan(adds_up, (5,), 10)
    assert isinstance(above.finish(planned).outcome, Unobserved)
    world.table[Ask(5)] = Number(5)
    above.forget(planned)
    assert above.finish(planned).outcome == met()
    assert world.asked == [Ask(5), Ask(5)]


def test_evidence_is_that_of_the_facts_above() -> None:
    _, _, above = layered(4)
    planned = above.plan(adds_up, (4,), 8)
    assert [str(line) for line in above.finish(planned).evidence] == ["number → 8"]


def test_the_same_in_a_running_loop() -> None:
    async def asked() -> Any:
        _, _, above = layered(1, 2)
        return (await above.finished(above.plan(adds_up, (1, 2), 6))).outcome

    assert asyncio.run(asked()) == met()


def test_more_questions_than_the_window_of_either() -> None:
    world = Counting(*range(2000))
    below = Engine(world, window=7)
    above = Engine(Layer(below, way), window=50)
    numbers = tuple(range(2000))
    assert judged(above, numbers, sum(numbers) * 2)() == met()
    assert len(world.asked) == 2000


@pytest.mark.parametrize("begun", [0, 1])
def test_closing_drops_what_is_open(begun: int) -> None:
    _, below, above = layered(1, 2)
    judgements = [above.plan(adds_up, (number,), 2 * number) for number in (1, 2)]
    for judgement in judgements[:begun]:
        above.finish(judgement)
    above.go_on()
    above.close()
    below.close()
    assert [judgement.done for judgement in judgements] == [True] * begun + [False] * (2 - begun)


@pytest.mark.parametrize("closed", [False, True])
def test_what_is_closed_delivers_nothing_though_others_go_on_below(*, closed: bool) -> None:
    below, got = Engine(Counting(1)), list[Any]()
    layer = Layer(below, way)
    layer.answer(Double(1), got.append)
    if closed:
        layer.close()
    below.step()
    assert got == ([] if closed else [Number(2)])


def test_no_more_is_open_above_than_the_world_below_takes() -> None:
    class Narrow(Counting):
        limits: ClassVar[dict[type, int]] = {Ask: 3}

    assert Layer(Engine(Narrow()), way).limits == {Ask: 3}


def test_what_has_come_below_is_taken_in_without_waiting() -> None:
    """As a run does while other people's tests are set up."""

    class Late(Counting):
        polled = 0

        def answer(self, question: Question[Any], deliver: Callable[[Any], None]) -> None:
            self.come = partial(deliver, self._look_up(question))

        def poll(self) -> None:
            self.polled += 1
            self.come()

    world = Late(1)
    above = Engine(Layer(Engine(world), way))
    planned = above.plan(adds_up, (1,), 2)
    for _ in range(3):  # down, up again, and on
        above.poll()
    assert (planned.done, world.polled) == (True, 1)
