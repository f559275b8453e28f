"""The engine: drives the coroutines of judgements and of composite questions.

It has no I/O, no clock and no event loop of its own. Judgements are queued in the order of the
tests and begun while there is room in the window, so that the first verdict comes after one round
trip, ``-x`` stops early, and memory does not grow with what has not been begun.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mailcheck.engine.asking import Asking
from mailcheck.engine.ending import closing, crashed, returned
from mailcheck.engine.known import Known
from mailcheck.engine.nodes import PENDING, Derived, Driven, Judgement, Leaf, QuestionCycle
from mailcheck.question import NotObserved, Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.engine.nodes import Judge
    from mailcheck.evidence import Evidence
    from mailcheck.question import World
    from mailcheck.verdict import Outcome

AHEAD = 12_000
"""Judgements that may be begun before their tests: what is judged while a packet is waited for that
is lost, twice if need be, so that retries do not hold up the tests behind."""

BETWEEN_POLLS = 64
"""Verdicts taken without a wait after which the world is asked what has come in, so that its
window is full while tests pass."""


@dataclass(frozen=True, slots=True)
class Judged:
    """How one judgement ended; *seen* tells what was seen on the way."""

    outcome: Outcome
    seen: Callable[[], tuple[Evidence, ...]]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """One line for each leaf question, in the order asked; made when it is read."""
        return self.seen()


class Engine:
    """Asks each question once in its life, however many judgements need it.

    ``window`` is how many leaf questions may be open in the world at a time, its ``limits`` how
    many of one kind. What the world is handed it begins at once, so that none is begun at rest.
    ``ahead`` is how many judgements may be begun before the one that is finished.
    """

    def __init__(self, world: World, window: int = 500, ahead: int = AHEAD) -> None:
        self.world = world
        self.ahead = ahead
        self._known = Known()
        self._queued: deque[Judgement] = deque()
        self._planned = 0
        self._now_at = 0
        self._polled = 0
        self._ready: deque[Driven] = deque()
        self._asking = Asking(world, window, self._settle)

    @property
    def questions_begun(self) -> int:
        """How many leaf questions the world was handed."""
        return self._asking.begun

    def plan(self, judge: Judge, *given: Any) -> Judgement:
        """Queue a judgement; ``judge(*given)`` makes its coroutine when its turn comes."""
        judgement = Judgement(judge, given, self._planned)
        self._planned += 1
        self._queued.append(judgement)
        return judgement

    def finish(self, judgement: Judgement) -> Judged:
        """Drive everything until *judgement* has its outcome."""
        self._turn_to(judgement)
        if judgement.answer is not PENDING:
            self._keep_up()
        while judgement.answer is PENDING:
            self._advance()
            if judgement.answer is PENDING:
                self._expect_progress()
                self.world.step()
        return Judged(judgement.answer, judgement.evidence)

    async def finished(self, judgement: Judgement) -> Judged:
        """Do the same as :meth:`finish` inside a running event loop."""
        self._turn_to(judgement)
        while judgement.answer is PENDING:
            self._advance()
            if judgement.answer is PENDING:
                self._expect_progress()
                await self.world.stepped()
        return Judged(judgement.answer, judgement.evidence)

    def rest(self) -> None:
        """Let everything begun come to its end and begin nothing new.

        Called before somebody else's code runs for an unknown time: no timer of ours runs
        meanwhile, so our absence cannot look like packet loss, and no session stays half open.
        """
        while self._asking.open:
            self.world.step()

    def forget(self, judgement: Judgement) -> None:
        """Ask again what was unobserved for *judgement*, and judge it anew when next finished."""
        self._known.forget(judgement.in_vain())
        judgement.reset()
        self._queued.appendleft(judgement)

    def close(self) -> None:
        """Drop every coroutine and the world."""
        waiting = [*self._known.waiters(), *self._ready]
        while waiting:
            node = waiting.pop()
            if node.coroutine is not None:
                node.coroutine.close()
                node.coroutine = None
                waiting.extend(node.waiters)
        self._queued.clear()
        self._ready.clear()
        self._asking.clear()
        self._known.clear()
        self.world.close()

    # ── driving ──────────────────────────────────────────────────────────────────────────────

    def _turn_to(self, judgement: Judgement) -> None:
        self._now_at = judgement.order
        self._begin(judgement)

    def _keep_up(self) -> None:
        """Now and then take in what came while verdicts were there already, and ask on."""
        self._polled += 1
        if self._polled >= BETWEEN_POLLS:
            self._polled = 0
            if self._asking.open:
                self.world.poll()
            self._advance()
            if self._asking.open:
                self.world.poll()

    def _expect_progress(self) -> None:
        if not self._asking.open:
            raise QuestionCycle("nothing is being asked, yet a judgement waits")

    def _advance(self) -> None:
        """Run coroutines until each waits for the world; keep the window full."""
        ready, queued, asking = self._ready, self._queued, self._asking
        while True:
            while ready:
                self._resume(ready.popleft())
            if asking.ask_next():
                continue
            if not queued or not asking.has_room or queued[0].order > self._now_at + self.ahead:
                return
            self._begin(queued.popleft())

    def _begin(self, judgement: Judgement) -> None:
        """Make the coroutine of a judgement, if that was not done before its turn came."""
        if judgement.begun:
            return
        judgement.begun = True
        try:
            judgement.coroutine = judgement.judge(*judgement.given)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001  whatever a check raises ends its test only
            self._settle(judgement, crashed(judgement, error))
        else:
            self._ready.append(judgement)

    def _resume(self, node: Driven) -> None:
        """Send the awaited answers to *node* and take what it yields or returns."""
        assert node.coroutine is not None
        awaited = node.awaited
        sent: Any = None
        if awaited is not None:
            sent = awaited[0].answer if node.single else tuple([n.answer for n in awaited])
        try:
            self._await(node, node.coroutine.send(sent))
        except StopIteration as stop:
            self._end(node, returned(node, stop.value))
        except NotObserved as error:
            self._end(node, error.unobserved)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001  SystemExit and pytest's outcomes among them
            self._end(node, crashed(node, error))

    def _await(self, node: Driven, asked: Any) -> None:
        """Have *node* wait for what it yielded: one question, or a tuple of them."""
        if isinstance(asked, Question):
            node.single = True
            awaited: tuple[Leaf | Derived, ...] = (self._node(asked),)
            missing = awaited if awaited[0].answer is PENDING else ()
        elif isinstance(asked, tuple) and all(isinstance(q, Question) for q in asked):
            node.single = False
            awaited = tuple([self._node(q) for q in asked])
            missing = tuple(dict.fromkeys([n for n in awaited if n.answer is PENDING]))
        else:
            error = TypeError(f"awaited {asked!r}; a judge awaits questions and nothing else")
            raise closing(node, error)
        node.awaited = awaited
        node.asked += awaited
        node.missing = len(missing)
        for other in missing:
            if isinstance(other, Derived) and other.awaited and (way := other.way_to(node)):
                circle = " → ".join(repr(n.question) for n in (way[-1], *way))
                raise closing(node, QuestionCycle(f"a question waits for itself: {circle}"))
        for other in missing:
            other.waiters += (node,)
        if not missing:
            self._ready.append(node)

    def _node(self, question: Question[Any]) -> Leaf | Derived:
        known = self._known
        if question.is_leaf():
            leaf = known.leaf(question)
            if leaf is None:
                leaf = known.add_leaf(question)
                self._asking.add(leaf)
            return leaf
        node = known.derived(question)
        if node is None:
            node = known.add_derived(question)
            node.coroutine = question.derive()
            self._ready.append(node)
        return node

    def _end(self, node: Driven, answer: Any) -> None:
        node.coroutine = None
        node.awaited = ()
        self._settle(node, answer)

    def _settle(self, node: Leaf | Driven, answer: Any) -> None:
        node.answer = answer
        waiters, node.waiters = node.waiters, ()
        for waiter in waiters:
            waiter.missing -= 1
            if not waiter.missing:
                self._ready.append(waiter)
