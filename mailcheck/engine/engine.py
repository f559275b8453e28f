"""The engine: drives the coroutines of judgements and of composite questions.

It has no I/O, no clock and no event loop of its own. Judgements are queued in the order of the
tests and begun while there is room in the window, so that the first verdict comes after one round
trip and memory does not grow with what has not been begun.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mailcheck.engine.ending import crashed, returned
from mailcheck.engine.nodes import PENDING, Node, QuestionCycle, Start
from mailcheck.question import NotObserved, Question

if TYPE_CHECKING:
    from mailcheck.evidence import Evidence
    from mailcheck.question import World
    from mailcheck.verdict import Outcome


@dataclass(frozen=True, slots=True)
class Judged:
    """How one judgement ended, and everything that was seen on the way."""

    outcome: Outcome
    evidence: tuple[Evidence, ...]


class Engine:
    """Asks each question once in its life, however many judgements need it.

    ``window`` is how many leaf questions may be open in the world at a time, its ``limits`` how
    many of one kind. What the world is handed it begins at once, so that none is begun at rest.
    ``questions_begun`` counts them.
    """

    def __init__(self, world: World, window: int = 500) -> None:
        self.world = world
        self.window = window
        self.questions_begun = 0
        self._nodes: dict[Question[Any], Node] = {}
        self._queued: deque[Node] = deque()
        self._leaves: dict[type, deque[Node]] = {}
        self._ready: deque[Node] = deque()
        self._open: Counter[type] = Counter()

    def plan(self, start: Start) -> Node:
        """Queue a judgement; *start* makes its coroutine when its turn comes."""
        node = Node(None, start=start)
        self._queued.append(node)
        return node

    def finish(self, node: Node) -> Judged:
        """Drive everything until *node* has its outcome."""
        self._begin(node)
        while not node.done:
            self._advance()
            if not node.done:
                self._expect_progress()
                self.world.step()
        return Judged(node.answer, node.evidence())

    async def finished(self, node: Node) -> Judged:
        """Do the same as :meth:`finish` inside a running event loop."""
        self._begin(node)
        while not node.done:
            self._advance()
            if not node.done:
                self._expect_progress()
                await self.world.stepped()
        return Judged(node.answer, node.evidence())

    def rest(self) -> None:
        """Let everything begun come to its end and begin nothing new.

        Called before somebody else's code runs for an unknown time: no timer of ours runs
        meanwhile, so our absence cannot look like packet loss, and no session stays half open.
        """
        while self._open.total():
            self.world.step()

    def forget(self, node: Node) -> None:
        """Ask again what was unobserved for *node*, and judge it anew when it is finished next."""
        for leaf in node.in_vain():
            self._drop(leaf)
        node.answer = PENDING
        node.asked.clear()
        node.awaited = ()
        node.begun = False
        self._queued.appendleft(node)

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

    def _expect_progress(self) -> None:
        if not self._open.total():
            raise QuestionCycle("nothing is being asked, yet a judgement waits")

    def _advance(self) -> None:
        """Run coroutines until each waits for the world; keep the window full."""
        while True:
            while self._ready:
                self._resume(self._ready.popleft())
            waiting = sum(map(len, self._leaves.values()))
            if (leaf := self._next_leaf()) is not None:
                self._begin_leaf(leaf)
            elif self._queued and self._open.total() + waiting < self.window:
                self._begin(self._queued.popleft())
            else:
                return

    def _begin(self, node: Node) -> None:
        """Make the coroutine of a judgement, if that was not done before its turn came."""
        if node.begun or node.start is None:
            return
        node.begun = True
        try:
            node.coroutine = node.start()
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001  whatever a check raises ends its test only
            self._settle(node, crashed(node, error))
        else:
            self._ready.append(node)

    def _next_leaf(self) -> Node | None:
        """Take the next leaf question for which the window and the limit of its kind have room."""
        if self._open.total() >= self.window:
            return None
        for kind, waiting in self._leaves.items():
            if waiting and self._open[kind] < self.world.limits.get(kind, self.window):
                return waiting.popleft()
        return None

    def _begin_leaf(self, node: Node) -> None:
        question = node.question
        assert question is not None
        self._open[type(question)] += 1
        self.questions_begun += 1

        def deliver(answer: Any) -> None:
            self._open[type(question)] -= 1
            self._settle(node, answer)

        try:
            self.world.answer(question, deliver)
        except Exception as error:  # noqa: BLE001  a bug in a probe ends its question only
            deliver(crashed(node, error))

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
            self._settle(node, returned(node, stop.value))
        except NotObserved as error:
            self._settle(node, error.unobserved)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001  SystemExit and pytest's outcomes among them
            self._settle(node, crashed(node, error))

    def _await(self, node: Node, asked: Any) -> None:
        node.single = isinstance(asked, Question)
        questions = (asked,) if node.single else asked
        if not isinstance(questions, tuple) or not all(isinstance(q, Question) for q in questions):
            assert node.coroutine is not None
            node.coroutine.close()
            raise TypeError(f"awaited {asked!r}; a judge awaits questions and nothing else")
        node.awaited = tuple(self._node(q) for q in questions)
        node.asked.extend(node.awaited)
        if node.question is not None:
            for other in node.awaited:
                other.askers.append(node)
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
                self._leaves.setdefault(type(question), deque()).append(node)
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
        stale = [leaf]
        while stale:
            node = stale.pop()
            if node.question is not None and self._nodes.get(node.question) is node:
                del self._nodes[node.question]
                stale.extend(node.askers)
