"""The engine: drives the coroutines of judgements and of composite questions.

It has no I/O, no clock and no event loop of its own. Judgements are queued in the order of the
tests and begun while there is room in the window, so that the first verdict comes after one round
trip and memory does not grow with what has not been begun.
"""

from __future__ import annotations

import traceback
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mailcheck.engine.nodes import PENDING, Node, QuestionCycle, Start
from mailcheck.evidence import Evidence, visible
from mailcheck.finding import Finding
from mailcheck.question import NotObserved, Question, Unobserved
from mailcheck.verdict import Crash, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.question import World


@dataclass(frozen=True, slots=True)
class Judged:
    """How one judgement ended, and everything that was seen on the way."""

    outcome: Outcome
    evidence: tuple[Evidence, ...]


class Engine:
    """Asks each question once in its life, however many judgements need it.

    ``window`` is how many leaf questions may be open in the world at a time. ``questions_begun``
    counts what was handed to the world.
    """

    def __init__(self, world: World, window: int = 500) -> None:
        self.world = world
        self.window = window
        self.questions_begun = 0
        self._nodes: dict[Question[Any], Node] = {}
        self._queued: deque[Node] = deque()
        self._leaves: deque[Node] = deque()
        self._ready: deque[Node] = deque()
        self._open = 0

    def plan(self, start: Start) -> Node:
        """Queue a judgement; *start* makes its coroutine when its turn comes."""
        node = Node(None, start=start)
        self._queued.append(node)
        return node

    def finish(self, node: Node) -> Judged:
        """Drive everything until *node* has its outcome."""
        self._hurry(node)
        while not node.done:
            self._advance()
            if not node.done:
                self._expect_progress()
                self.world.step()
        return Judged(node.answer, node.evidence())

    async def finished(self, node: Node) -> Judged:
        """Do the same as :meth:`finish` inside a running event loop."""
        self._hurry(node)
        while not node.done:
            self._advance()
            if not node.done:
                self._expect_progress()
                await self.world.stepped()
        return Judged(node.answer, node.evidence())

    def ready(self, nodes: Iterable[Node]) -> Node:
        """Drive everything until one of *nodes* is done; return the first such."""
        waiting = list(nodes)
        while True:
            self._advance()
            for node in waiting:
                if node.done:
                    return node
            self._expect_progress()
            self.world.step()

    def rest(self) -> None:
        """Let everything begun come to its end and begin nothing new.

        Called before somebody else's code runs for an unknown time: no timer of ours runs
        meanwhile, so our absence cannot look like packet loss, and no session stays half open.
        """
        while self._open:
            self.world.step()

    def forget(self, node: Node) -> None:
        """Ask again what was unobserved for *node*, and judge it anew when it is finished next."""
        for leaf in node.in_vain():
            self._drop(leaf)
        node.answer = PENDING
        node.asked.clear()
        node.awaited = ()
        self._queued.append(node)

    def close(self) -> None:
        """Drop every coroutine and the world."""
        waiting = (waiter for node in self._nodes.values() for waiter in node.waiters)
        for node in (*waiting, *self._nodes.values(), *self._queued, *self._ready):
            if node.coroutine is not None:
                node.coroutine.close()
        self._queued.clear()
        self._ready.clear()
        self._leaves.clear()
        self.world.close()

    # ── driving ──────────────────────────────────────────────────────────────────────────────

    def _hurry(self, node: Node) -> None:
        """Put *node* first, if it waits to be begun."""
        if node.done or node.coroutine is not None or not self._queued:
            return
        if self._queued[0] is not node and node in self._queued:
            self._queued.remove(node)
            self._queued.appendleft(node)

    def _expect_progress(self) -> None:
        if not self._open:
            raise QuestionCycle("nothing is being asked, yet a judgement waits")

    def _advance(self) -> None:
        """Run coroutines until each waits for the world; keep the window full."""
        while True:
            while self._ready:
                self._resume(self._ready.popleft())
            if self._open >= self.window:
                return
            if self._leaves:
                self._begin_leaf(self._leaves.popleft())
            elif self._queued:
                self._begin(self._queued.popleft())
            else:
                return

    def _begin(self, node: Node) -> None:
        assert node.start is not None
        node.coroutine = node.start()
        self._ready.append(node)

    def _begin_leaf(self, node: Node) -> None:
        assert node.question is not None
        self._open += 1
        self.questions_begun += 1

        def deliver(answer: Any) -> None:
            self._open -= 1
            self._settle(node, answer)

        try:
            self.world.answer(node.question, deliver)
        except Exception as error:  # noqa: BLE001  a bug in a probe must not end the run
            deliver(_crashed(node, error))

    def _resume(self, node: Node) -> None:
        """Send the awaited answers to *node* and take what it yields or returns."""
        assert node.coroutine is not None
        answers = tuple(n.answer for n in node.awaited)
        sent = None if not node.asked and not node.awaited else answers
        if node.single and answers:
            sent = answers[0]
        node.awaited = ()
        try:
            self._await(node, node.coroutine.send(sent))
        except StopIteration as stop:
            self._settle(node, _returned(node, stop.value))
        except NotObserved as error:
            self._settle(node, error.unobserved)
        except Exception as error:  # noqa: BLE001  a bug in a check or a fact must not end the run
            self._settle(node, _crashed(node, error))

    def _await(self, node: Node, asked: Any) -> None:
        node.single = isinstance(asked, Question)
        questions = (asked,) if node.single else asked
        if not isinstance(questions, tuple) or not all(isinstance(q, Question) for q in questions):
            assert node.coroutine is not None
            node.coroutine.close()
            raise TypeError(f"awaited {asked!r}; a judge awaits questions and nothing else")
        node.awaited = tuple(self._node(q) for q in questions)
        node.asked.extend(node.awaited)
        for other in node.awaited:
            if not other.done and (path := other.path_to(node)) is not None:
                assert node.coroutine is not None
                node.coroutine.close()
                names = " → ".join(repr(n.question) for n in (node, *path))
                raise QuestionCycle(f"a question waits for itself: {names}")
        open_nodes = {id(n): n for n in node.awaited if not n.done}
        node.missing = len(open_nodes)
        for other in open_nodes.values():
            other.waiters.append(node)
        if not node.missing:
            self._ready.append(node)

    def _node(self, question: Question[Any]) -> Node:
        node = self._nodes.get(question)
        if node is None:
            node = self._nodes[question] = Node(question)
            if question.is_leaf():
                self._leaves.append(node)
            else:
                node.coroutine = question.derive()
                self._ready.append(node)
        return node

    def _settle(self, node: Node, answer: Any) -> None:
        node.answer = answer
        node.coroutine = None
        waiters, node.waiters = node.waiters, []
        for waiter in waiters:
            waiter.missing -= 1
            if not waiter.missing:
                self._ready.append(waiter)

    def _drop(self, leaf: Node) -> None:
        """Forget *leaf* and every composite answer that rests on it."""
        stale = [q for q, n in self._nodes.items() if n is leaf or leaf in n.leaves()]
        for question in stale:
            del self._nodes[question]


def _returned(node: Node, value: Any) -> Any:
    if node.question is None and not isinstance(value, Finding):
        return _crashed(node, TypeError(f"a judge returned {value!r}, not a finding"))
    return value


def _crashed(node: Node, error: Exception) -> Crash | Unobserved:
    text = "".join(traceback.format_exception(error))
    if node.question is None:
        return Crash(error, text)
    # Whoever awaits a crashed fact becomes inconclusive and shows where it crashed.
    seen = Evidence(repr(node.question), visible(repr(error)), visible(text, 4000))
    return Unobserved("check-crashed", f"{type(node.question).__name__}: {error}", (seen,))
