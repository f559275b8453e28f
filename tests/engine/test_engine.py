"""The engine: each question once, within limits, in order, and never a hang or a traceback."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.engine import Engine
from mailcheck.engine.engine import BETWEEN_POLLS
from mailcheck.engine.known import KEPT, Known
from mailcheck.evidence import Evidence
from mailcheck.finding import Finding, met, unmet
from mailcheck.question import NotObserved, Question, Unobserved, all_of, each_of, question
from mailcheck.verdict import Crash

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable
    from random import Random


@dataclass(frozen=True, slots=True)
class Number:
    """A fact that shows itself."""

    value: int
    says: str = ""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """One line."""
        return (Evidence(self.says, str(self.value)),) if self.says else ()


@question
class Ask(Question[Number]):
    """A leaf question."""

    number: int


@question
class Sum(Question[Number]):
    """A composite question over leaves."""

    numbers: tuple[int, ...]

    async def derive(self) -> Number:
        """Add them up."""
        return Number(sum(fact.value for fact in await all_of(map(Ask, self.numbers))))


@question
class Chain(Question[Number]):
    """A composite question as deep as its number (a kind that awaits its own, for the test)."""

    depth: int

    async def derive(self) -> Number:
        """Go down by one."""
        deeper: Question[Number] = Chain(self.depth - 1) if self.depth else Ask(0)
        return Number((await deeper).value + 1)


@question
class Circle(Question[Number]):
    """A composite question that waits, after some steps, for itself."""

    step: int
    length: int

    async def derive(self) -> Number:
        """Go round."""
        return await Circle((self.step + 1) % self.length, self.length)


@question
class Broken(Question[Number]):
    """A composite question whose code has a fault."""

    async def derive(self) -> Number:
        """Ask something, then crash."""
        await Ask(1)
        raise ZeroDivisionError("a fault of ours")


@question
class Silent(Question[Number]):
    """A composite question that asks nothing at all."""

    async def derive(self) -> Number:
        """Know it already."""
        return Number(42)


class Scripted:
    """A world that delivers in an order of its own and keeps a record.

    ``pick`` chooses which of the open questions is delivered next, by index. Numbers answer
    themselves; those in ``lost`` are unobserved.
    """

    limits: ClassVar[dict[type, int]] = {}

    def __init__(self, pick: Callable[[int], int] = lambda _: 0, lost: Iterable[int] = ()) -> None:
        self.asked: list[Question[Any]] = []
        self.most_open = 0
        self.closed = False
        self.lost = set(lost)
        self._pick = pick
        self._open: list[tuple[Question[Any], Callable[[Any], None]]] = []

    def answer(self, question: Question[Any], deliver: Callable[[Any], None]) -> None:
        """Put the question in line."""
        self.asked.append(question)
        self._open.append((question, deliver))
        self.most_open = max(self.most_open, len(self._open))

    def step(self) -> None:
        """Deliver one answer."""
        asked, deliver = self._open.pop(self._pick(len(self._open)))
        assert isinstance(asked, Ask)
        says = f"number {asked.number}"
        if asked.number in self.lost:
            deliver(Unobserved("lost", evidence=(Evidence(says, "lost"),)))
        else:
            deliver(Number(asked.number, says))

    def poll(self) -> None:
        """Deliver one answer, if one is open."""
        if self._open:
            self.step()

    async def stepped(self) -> None:
        """Deliver one answer, after others had their turn."""
        await asyncio.sleep(0)
        if self._open:
            self.step()

    def close(self) -> None:
        """Remember it."""
        self.closed = True


def adds_up_to(total: int, *numbers: int) -> Callable[[], Coroutine[Any, Any, Finding]]:
    """Return a judge over the sum of *numbers*."""

    async def judge() -> Finding:
        found = await Sum(numbers)
        return met() if found.value == total else unmet("wrong", str(found.value))

    return judge


async def awaits(asked: Question[Number]) -> Finding:
    """Judge that *asked* can be had."""
    await asked
    return met()


# ── asking ───────────────────────────────────────────────────────────────────────────────────


def test_a_question_is_asked_once_however_many_need_it() -> None:
    world = Scripted()
    engine = Engine(world)
    nodes = [engine.plan(adds_up_to(6, 1, 2, 3)) for _ in range(20)]
    nodes += [engine.plan(adds_up_to(3, 1, 2)) for _ in range(20)]
    assert all(engine.finish(node).outcome == met() for node in nodes)
    assert Counter(world.asked) == {Ask(1): 1, Ask(2): 1, Ask(3): 1}
    assert engine.questions_begun == 3


def test_the_same_question_twice_in_one_await_is_asked_once() -> None:
    async def judge() -> Finding:
        one, other = await all_of([Ask(5), Ask(5)])
        return met() if one is other else unmet("wrong", "two facts")

    world = Scripted()
    engine = Engine(world)
    assert engine.finish(engine.plan(judge)).outcome == met()
    assert world.asked == [Ask(5)]


@pytest.mark.parametrize("window", [1, 3, 10])
def test_no_more_questions_are_open_than_the_window_holds(window: int) -> None:
    world = Scripted()
    engine = Engine(world, window=window)
    nodes = [engine.plan(adds_up_to(9 * n + 3, 3 * n, 3 * n + 1, 3 * n + 2)) for n in range(30)]
    assert all(engine.finish(node).outcome == met() for node in nodes)
    assert world.most_open == window


def test_questions_of_a_kind_keep_to_their_limit_and_let_others_pass() -> None:
    @question
    class Slow(Question[Number]):
        n: int

    class Limited(Scripted):
        limits: ClassVar[dict[type, int]] = {Slow: 2}

        def answer(self, question: Question[Any], deliver: Callable[[Any], None]) -> None:
            super().answer(Ask(question.n) if isinstance(question, Slow) else question, deliver)

    async def slow(n: int) -> Finding:
        await Slow(n)
        return met()

    world = Limited()
    engine = Engine(world)
    slow_ones = [engine.plan(partial(slow, n)) for n in range(5)]
    quick = engine.plan(adds_up_to(9, 9))
    engine.finish(slow_ones[0])
    assert world.asked[:3] == [Ask(0), Ask(1), Ask(9)]
    assert engine.finish(quick).outcome == met()
    assert all(engine.finish(node).outcome == met() for node in slow_ones)


def test_a_judge_that_cannot_be_begun_ends_its_own_test_only() -> None:
    def judge() -> Any:
        raise ValueError("not even a coroutine")

    engine = Engine(Scripted())
    guilty, innocent = engine.plan(judge), engine.plan(adds_up_to(1, 1))
    assert engine.finish(innocent).outcome == met()
    assert isinstance(engine.finish(guilty).outcome, Crash)


def test_judgements_begin_in_the_order_they_were_planned() -> None:
    begun: list[int] = []

    def judging(number: int) -> Callable[[], Coroutine[Any, Any, Finding]]:
        async def judge() -> Finding:
            begun.append(number)
            await Ask(number)
            return met()

        return judge

    engine = Engine(Scripted(), window=2)
    nodes = [engine.plan(judging(number)) for number in range(6)]
    engine.finish(nodes[0])
    assert begun == [0, 1, 2], "one more takes the room of the one that is done"
    engine.finish(nodes[5])
    assert begun[3] == 5, "the one that is waited for goes before those that are not"
    for node in nodes:
        engine.finish(node)
    assert begun == [0, 1, 2, 5, 3, 4]


def test_nothing_is_begun_before_somebody_waits() -> None:
    world = Scripted()
    engine = Engine(world)
    engine.plan(adds_up_to(1, 1))
    assert world.asked == []


def test_inside_a_running_loop_several_wait_at_once() -> None:
    engine = Engine(Scripted(), window=2)
    nodes = [engine.plan(adds_up_to(n, n)) for n in range(5)]

    async def main() -> list[Any]:
        return await asyncio.gather(*(engine.finished(node) for node in nodes))

    assert all(judged.outcome == met() for judged in asyncio.run(main()))


# ── answers ──────────────────────────────────────────────────────────────────────────────────


@given(st.randoms(use_true_random=False), st.integers(1, 4), st.sets(st.integers(0, 9)))
def test_the_order_of_answers_changes_nothing(chance: Random, window: int, lost: set[int]) -> None:
    def outcomes(world: Scripted, window: int) -> list[Any]:
        engine = Engine(world, window=window)
        nodes = [engine.plan(adds_up_to(0, *range(n, n + 4))) for n in range(7)]
        judged = [engine.finish(node) for node in nodes]
        return [(one.outcome, one.evidence) for one in judged]

    straight = outcomes(Scripted(lost=lost), 500)
    assert outcomes(Scripted(chance.randrange, lost), window) == straight


def test_evidence_is_every_leaf_once_in_the_order_asked() -> None:
    async def judge() -> Finding:
        await Ask(7)
        await Sum((1, 7, 3))
        return met()

    engine = Engine(Scripted(pick=lambda open_: open_ - 1))
    judged = engine.finish(engine.plan(judge))
    assert [line.subject for line in judged.evidence] == ["number 7", "number 1", "number 3"]


@question
class Apart(Question[Number]):
    """A question about the run: what it rests on is nobody's evidence."""

    number: int
    aside: ClassVar[bool] = True

    async def derive(self) -> Number:
        return await Ask(self.number)


def test_what_stands_aside_is_no_evidence_and_is_asked_again_all_the_same() -> None:
    async def judge() -> Finding:
        await each_of([Ask(1), Apart(2)])
        await Ask(3)
        return met()

    world = Scripted(lost=[2, 3])
    engine = Engine(world)
    judgement = engine.plan(judge)
    judged = engine.finish(judgement)
    assert [line.subject for line in judged.evidence] == ["number 1", "number 3"]
    engine.forget(judgement)
    engine.finish(judgement)
    assert engine.questions_begun == 5


def test_a_fact_that_asks_nothing_has_no_evidence_and_does_no_harm() -> None:
    engine = Engine(Scripted())
    assert engine.finish(engine.plan(lambda: awaits(Silent()))).evidence == ()


def test_a_judge_that_does_not_handle_it_is_inconclusive() -> None:
    engine = Engine(Scripted(lost=[2]))
    judged = engine.finish(engine.plan(adds_up_to(3, 1, 2)))
    assert isinstance(judged.outcome, Unobserved)
    assert judged.outcome.cause == "lost"
    assert [line.result for line in judged.evidence] == ["1", "lost"]


def test_a_world_may_answer_at_once() -> None:
    class Prompt(Scripted):
        def answer(self, question: Question[Any], deliver: Callable[[Any], None]) -> None:
            assert isinstance(question, Ask)
            deliver(Number(question.number))

    engine = Engine(Prompt())
    assert engine.finish(engine.plan(adds_up_to(6, 1, 2, 3))).outcome == met()


# ── faults of ours ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("length", [1, 2, 5])
def test_a_circle_of_questions_is_named_and_does_not_hang(length: int) -> None:
    engine = Engine(Scripted())
    outcome = engine.finish(engine.plan(lambda: awaits(Circle(0, length)))).outcome
    assert isinstance(outcome, Unobserved)
    assert outcome.cause == "check-crashed"
    assert "a question waits for itself" in outcome.text
    assert outcome.text.count("Circle(") == length + 1


def test_a_circle_does_not_disturb_other_judgements() -> None:
    engine = Engine(Scripted())
    engine.plan(lambda: awaits(Circle(0, 3)))
    assert engine.finish(engine.plan(adds_up_to(3, 1, 2))).outcome == met()


@pytest.mark.parametrize(
    "strange",
    [
        pytest.param(None, id="nothing"),
        pytest.param("Ask(1)", id="a text"),
        pytest.param([Ask(1)], id="a list of questions"),
        pytest.param((Ask(1), "Ask(2)"), id="a tuple with something else"),
    ],
)
def test_awaiting_anything_else_is_a_crash(strange: Any) -> None:
    class Strange:
        def __await__(self) -> Any:
            return (yield strange)

    async def judge() -> Finding:
        await Strange()
        return met()

    engine = Engine(Scripted())
    outcome = engine.finish(engine.plan(judge)).outcome
    assert isinstance(outcome, Crash)
    assert "awaits questions and nothing else" in str(outcome.error)


def test_awaiting_asyncio_is_a_crash() -> None:
    async def judge() -> Finding:
        await asyncio.sleep(0)
        return met()

    engine = Engine(Scripted())
    assert isinstance(engine.finish(engine.plan(judge)).outcome, Crash)


def test_a_judge_that_raises_is_a_crash_with_its_traceback() -> None:
    async def judge() -> Finding:
        await Ask(1)
        raise KeyError("a fault of ours")

    engine = Engine(Scripted())
    outcome = engine.finish(engine.plan(judge)).outcome
    assert isinstance(outcome, Crash)
    assert "a fault of ours" in outcome.traceback
    assert "in judge" in outcome.traceback


def test_an_interrupt_is_no_bug_of_the_judge_it_comes_in() -> None:
    async def judge() -> Finding:
        await Ask(1)
        raise KeyboardInterrupt

    engine = Engine(Scripted())
    planned = engine.plan(judge)
    with pytest.raises(KeyboardInterrupt):
        engine.finish(planned)
    engine.close()


def test_a_judge_that_returns_no_finding_is_a_crash() -> None:
    async def judge() -> Any:
        return True

    engine = Engine(Scripted())
    outcome = engine.finish(engine.plan(judge)).outcome
    assert isinstance(outcome, Crash)
    assert "not a finding" in str(outcome.error)


def test_whoever_needs_a_crashed_fact_is_inconclusive_and_shows_where() -> None:
    engine = Engine(Scripted())
    nodes = [engine.plan(lambda: awaits(Broken())) for _ in range(2)]
    for node in nodes:
        judged = engine.finish(node)
        assert isinstance(judged.outcome, Unobserved)
        assert (judged.outcome.cause, judged.outcome.not_evaluated) == ("check-crashed", False)
        assert judged.outcome.text == "Broken: ZeroDivisionError: a fault of ours"
        assert any("ZeroDivisionError" in line.result for line in judged.evidence)
        assert "in derive" in judged.outcome.traceback


def test_a_crashed_fact_is_one_unknown_part_among_others() -> None:
    async def judge() -> Finding:
        broken, fine = await each_of([Broken(), Sum((1, 2))])
        assert isinstance(broken, Unobserved)
        return met() if isinstance(fine, Number) else unmet("wrong", "")

    engine = Engine(Scripted())
    assert engine.finish(engine.plan(judge)).outcome == met()


def test_a_probe_that_raises_is_one_unknown_answer() -> None:
    class Faulty(Scripted):
        def answer(self, question: Question[Any], deliver: Callable[[Any], None]) -> None:
            if question == Ask(2):
                raise OSError("a fault of a probe")
            super().answer(question, deliver)

    engine = Engine(Faulty())
    outcome = engine.finish(engine.plan(adds_up_to(3, 1, 2))).outcome
    assert isinstance(outcome, Unobserved)
    assert outcome.cause == "check-crashed"


# ── resting, asking again, closing ───────────────────────────────────────────────────────────


def test_rest_finishes_what_was_begun_and_begins_nothing() -> None:
    async def judge() -> Finding:
        await Ask(1)
        await Ask(2)
        return met()

    world = Scripted()
    engine = Engine(world, window=2)
    node = engine.plan(judge)
    others = [engine.plan(adds_up_to(n, n)) for n in range(10, 20)]
    engine.finish(others[0])
    asked = list(world.asked)
    engine.rest()
    assert world.asked == asked
    assert engine.finish(node).outcome == met()
    assert all(engine.finish(other).outcome == met() for other in others)


def test_rest_with_nothing_open_returns() -> None:
    Engine(Scripted()).rest()


def test_forget_asks_again_only_what_was_unobserved() -> None:
    world = Scripted(lost=[2])
    engine = Engine(world)
    node, other = engine.plan(adds_up_to(6, 1, 2, 3)), engine.plan(adds_up_to(4, 1, 3))
    assert isinstance(engine.finish(node).outcome, Unobserved)
    engine.finish(other)
    world.lost.clear()
    world.asked.clear()
    engine.forget(node)
    assert engine.finish(node).outcome == met()
    assert world.asked == [Ask(2)]


def test_forget_asks_again_for_a_fact_that_its_answers_left_unknown() -> None:
    @question
    class Refused(Question[Number]):
        async def derive(self) -> Number:
            await Ask(1)
            raise NotObserved(Unobserved("list-refuses"))

    async def judge() -> Finding:
        await Ask(2)
        await Refused()
        return met()

    world = Scripted()
    engine = Engine(world)
    node = engine.plan(judge)
    engine.finish(node)
    world.asked.clear()
    engine.forget(node)
    engine.finish(node)
    assert world.asked == [Ask(1)]


def test_forget_of_what_was_observed_asks_nothing() -> None:
    world = Scripted()
    engine = Engine(world)
    node = engine.plan(adds_up_to(7, 1, 2))
    first = engine.finish(node).outcome
    engine.forget(node)
    assert engine.finish(node).outcome == first
    assert world.asked == [Ask(1), Ask(2)]


def test_a_judgement_that_crashed_can_be_asked_again() -> None:
    tries = iter([KeyError("once"), None])

    async def judge() -> Finding:
        await Ask(1)
        if error := next(tries):
            raise error
        return met()

    engine = Engine(Scripted())
    node = engine.plan(judge)
    assert isinstance(engine.finish(node).outcome, Crash)
    engine.forget(node)
    assert engine.finish(node).outcome == met()


def test_close_closes_what_waits_and_the_world() -> None:
    closed: list[str] = []

    async def waiting() -> Finding:
        try:
            await Sum((8, 9))
        finally:
            closed.append("judge")
        return met()

    world = Scripted()
    engine = Engine(world, window=2)
    first = engine.plan(adds_up_to(1, 1))
    keep = waiting()
    engine.plan(lambda: keep)
    engine.finish(first)
    engine.close()
    assert (closed, world.closed) == (["judge"], True)


# ── size ─────────────────────────────────────────────────────────────────────────────────────


def test_ten_thousand_judgements_over_few_questions() -> None:
    world = Scripted()
    engine = Engine(world)
    nodes = [engine.plan(adds_up_to(n % 7, n % 7)) for n in range(10_000)]
    assert all(engine.finish(node).outcome == met() for node in nodes)
    assert len(world.asked) == 7


def test_ten_thousand_judgements_waited_for_backwards() -> None:
    engine = Engine(Scripted(), window=10)
    nodes = [engine.plan(adds_up_to(n % 7, n % 7)) for n in range(10_000)]
    assert all(engine.finish(node).outcome == met() for node in reversed(nodes))


def test_a_chain_of_questions_deeper_than_the_stack() -> None:
    engine = Engine(Scripted())
    judged = engine.finish(engine.plan(lambda: awaits(Chain(20_000))))
    assert judged.outcome == met()
    assert [line.subject for line in judged.evidence] == ["number 0"]


def test_a_chain_that_ends_in_silence() -> None:
    engine = Engine(Scripted(lost=[0]))
    node = engine.plan(lambda: awaits(Chain(5_000)))
    assert isinstance(engine.finish(node).outcome, Unobserved)


# ── keeping up, and keeping little ───────────────────────────────────────────────────────────


class Counted(Scripted):
    """A world that answers when it is polled or stepped, all at once."""

    def __init__(self) -> None:
        super().__init__()
        self.polls = 0

    def poll(self) -> None:
        """Deliver everything."""
        self.polls += 1
        while self._open:
            super().step()

    def step(self) -> None:
        """Deliver everything."""
        while self._open:
            super().step()


def test_the_window_is_kept_full_while_verdicts_are_there_already() -> None:
    world = Counted()
    engine = Engine(world, window=2 * BETWEEN_POLLS)
    nodes = [engine.plan(adds_up_to(n, n)) for n in range(1000)]
    for done, node in enumerate(nodes):
        engine.finish(node)
        if done % BETWEEN_POLLS == BETWEEN_POLLS - 1 and done < 900:
            assert len(world.asked) > done + BETWEEN_POLLS, "the next ones are asked already"
    assert world.polls


def test_a_run_that_stops_early_has_asked_only_so_far_ahead() -> None:
    world = Counted()
    engine = Engine(world, window=50, ahead=100)
    nodes = [engine.plan(adds_up_to(n, n)) for n in range(1000)]
    for node in nodes[:200]:
        engine.finish(node)
    assert 200 < len(world.asked) <= 301


def test_tests_that_never_run_do_not_stop_the_asking_ahead() -> None:
    world = Counted()
    engine = Engine(world, window=50, ahead=100)
    nodes = [engine.plan(adds_up_to(n, n)) for n in range(1000)]
    for node in nodes[::4]:
        engine.finish(node)
    assert len(world.asked) == 1000


def test_a_fact_no_longer_kept_is_derived_again_and_nothing_is_asked_twice() -> None:
    world = Counted()
    engine = Engine(world)
    for n in range(3 * KEPT):
        engine.finish(engine.plan(adds_up_to(n, n)))
    assert isinstance(engine.finish(engine.plan(adds_up_to(1, 0))).outcome, Finding)
    assert len(world.asked) == 3 * KEPT


def test_derived_facts_are_kept_in_bounded_number() -> None:
    known = Known(kept=10)
    for n in range(1000):
        known.add_derived(Sum((n,)))
    assert not any(known.derived(Sum((n,))) for n in range(1000 - 2 * 10))
    assert all(known.derived(Sum((n,))) for n in range(1000 - 10, 1000))


def test_a_derived_fact_in_use_is_among_those_kept() -> None:
    known = Known(kept=10)
    used = known.add_derived(Sum((7,)))
    for n in range(1000, 1200):
        known.add_derived(Sum((n,)))
        assert known.derived(Sum((7,))) is used


def test_asking_again_derives_again_what_others_derived_meanwhile() -> None:
    world = Scripted(lost=[2])
    engine = Engine(world)
    both = [engine.plan(adds_up_to(3, 1, 2)), engine.plan(adds_up_to(5, 1, 2, 2))]
    for node in both:
        assert isinstance(engine.finish(node).outcome, Unobserved)
    world.lost.clear()
    for node in both:
        engine.forget(node)
        assert engine.finish(node).outcome == met()
    assert Counter(world.asked) == {Ask(1): 1, Ask(2): 2}


def test_a_judgement_takes_few_calls() -> None:
    """Counts are exact where times are not: what 100,000 judgements cost is decided here."""
    engine = Engine(Counted())
    nodes = [engine.plan(adds_up_to(n, n)) for n in range(1000)]
    calls = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        for node in nodes:
            engine.finish(node)
    finally:
        sys.setprofile(None)
    assert calls / len(nodes) < 75
