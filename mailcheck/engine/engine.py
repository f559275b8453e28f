"""The engine: drives the coroutines of judgements and of composite questions.

It has no I/O, no clock and no event loop of its own. Judgements are queued in the order of the
tests and begun while there is room in the window, so that the first verdict comes after one round
trip, ``-x`` stops early, and memory does not grow with what has not been begun.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from mailcheck.engine.ending import crashed, returned
from mailcheck.engine.known import Known
from mailcheck.engine.nodes import PENDING, Derived, Driven, Judgement, Leaf, QuestionCycle
from mailcheck.question import NotObserved, Question

if TYPE_CHECKING:
    from mailcheck.engine.nodes import Judge
    from mailcheck.evidence import Evidence
    from mailcheck.question import World
    from mailcheck.verdict import Outcome

AHEAD = 2000
"""Judgements that may be begun before their tests: what a busy network answers in a lost packet's
time, so that one retry does not hold up the tests behind it."""

BETWEEN_POLLS = 16
"""Verdicts taken without a wait after which the world is asked what has come in, so that its
window is full while tests pass."""


class Judged:
    """How one judgement ended, and everything that was seen on the way."""

    __slots__ = ("_judgement", "outcome")

    def __init__(self, judgement: Judgement) -> None:
        self._judgement = judgement
        self.outcome: Outcome = judgement.answer

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """One line for each leaf question, in the order asked; made when it is read."""
        return self._judgement.evidence()


class Engine:
    """Asks each question once in its life, however many judgements need it.

    ``window`` is how many leaf questions may be open in the world at a time, its ``limits`` how
    many of one kind. What the world is handed it begins at once, so that none is begun at rest.
    ``questions_begun`` counts them.
    """

    def __init__(self, world: World, window: int = 500, ahead: int = AHEAD) -> None:
        self.world = world
        self.window = window
        self.ahead = ahead
        self.questions_begun = 0
        self._known = Known()
        self._queued: deque[Judgement] = deque()
        self._planned = 0
        self._now_at = 0
        self._polled = 0
        self._ready: deque[Driven] = deque()
        self._waiting: dict[type, deque[Leaf]] = {}
        self._waiting_in_all = 0
        self._open: dict[type, int] = {}
        self._open_in_all = 0

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
        return Judged(judgement)

    async def finished(self, judgement: Judgement) -> Judged:
        """Do the same as :meth:`finish` inside a running event loop."""
        self._turn_to(judgement)
        while judgement.answer is PENDING:
            self._advance()
            if judgement.answer is PENDING:
                self._expect_progress()
                await self.world.stepped()
        return Judged(judgement)

    def rest(self) -> None:
        """Let everything begun come to its end and begin nothing new.

        Called before somebody else's code runs for an unknown time: no timer of ours runs
        meanwhile, so our absence cannot look like packet loss, and no session stays half open.
        """
        while self._open_in_all:
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
        self._waiting.clear()
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
            if self._open_in_all:
                self.world.poll()
            self._advance()

    def _expect_progress(self) -> None:
        if not self._open_in_all:
            raise QuestionCycle("nothing is being asked, yet a judgement waits")

    def _advance(self) -> None:
        """Run coroutines until each waits for the world; keep the window full."""
        ready, queued = self._ready, self._queued
        while True:
            while ready:
                self._resume(ready.popleft())
            if self._waiting_in_all and (leaf := self._next_leaf()) is not None:
                self._ask(leaf)
            elif (
                queued
                and self._open_in_all + self._waiting_in_all < self.window
                and queued[0].order <= self._now_at + self.ahead
            ):
                self._begin(queued.popleft())
            else:
                return

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

    def _next_leaf(self) -> Leaf | None:
        """Take the next leaf question for which the window and the limit of its kind have room."""
        if self._open_in_all >= self.window:
            return None
        limits = self.world.limits
        for kind, waiting in self._waiting.items():
            if waiting and self._open.get(kind, 0) < limits.get(kind, self.window):
                self._waiting_in_all -= 1
                return waiting.popleft()
        return None

    def _ask(self, leaf: Leaf) -> None:
        kind = type(leaf.question)
        self._open[kind] = self._open.get(kind, 0) + 1
        self._open_in_all += 1
        self.questions_begun += 1

        def deliver(answer: Any) -> None:
            self._open[kind] -= 1
            self._open_in_all -= 1
            self._settle(leaf, answer)

        try:
            self.world.answer(leaf.question, deliver)
        except Exception as error:  # noqa: BLE001  a bug in a probe ends its question only
            deliver(crashed(leaf, error))

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
            self._settle(node, returned(node, stop.value))
        except NotObserved as error:
            self._settle(node, error.unobserved)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001  SystemExit and pytest's outcomes among them
            self._settle(node, crashed(node, error))

    def _await(self, node: Driven, asked: Any) -> None:
        if isinstance(asked, Question):
            node.single = True
            awaited: tuple[Leaf | Derived, ...] = (self._node(asked),)
        elif isinstance(asked, tuple) and all(isinstance(q, Question) for q in asked):
            node.single = False
            awaited = tuple(map(self._node, asked))
        else:
            error = TypeError(f"awaited {asked!r}; a judge awaits questions and nothing else")
            raise _closing(node, error)
        node.awaited = awaited
        node.asked += awaited
        missing = [n for n in dict.fromkeys(awaited) if n.answer is PENDING]
        for other in missing:
            if isinstance(other, Derived) and other.awaited and (way := other.way_to(node)):
                circle = " → ".join(repr(n.question) for n in (way[-1], *way))
                raise _closing(node, QuestionCycle(f"a question waits for itself: {circle}"))
        node.missing = len(missing)
        for other in missing:
            other.waiters += (node,)
        if not missing:
            self._ready.append(node)

    def _node(self, question: Question[Any]) -> Leaf | Derived:
        node = self._known.get(question)
        if node is None:
            node = self._known.add(question)
            if isinstance(node, Derived):
                node.coroutine = question.derive()
                self._ready.append(node)
            else:
                self._waiting.setdefault(type(question), deque()).append(node)
                self._waiting_in_all += 1
        return node

    def _settle(self, node: Leaf | Driven, answer: Any) -> None:
        node.answer = answer
        waiters, node.waiters = node.waiters, ()
        for waiter in waiters:
            waiter.missing -= 1
            if not waiter.missing:
                self._ready.append(waiter)


def _closing(node: Driven, error: Exception) -> Exception:
    """Close the coroutine of *node*, which cannot go on, and return *error*."""
    assert node.coroutine is not None
    node.coroutine.close()
    return error
