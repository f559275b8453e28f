"""Driving coroutines: each runs until it waits for the world, and on when its answers are there."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from mailcheck.engine.asking import Asking
from mailcheck.engine.ending import closing, crashed, returned
from mailcheck.engine.known import Known
from mailcheck.engine.nodes import PENDING, Derived, Driven, Leaf, QuestionCycle
from mailcheck.question import NotObserved, Question

if TYPE_CHECKING:
    from mailcheck.question import World


class Driving:
    """Asks each question once in its life, however many coroutines need it.

    ``window`` is how many leaf questions may be open in the world at a time, its ``limits`` how
    many of one kind. What the world is handed it begins at once, so that none is begun at rest.
    """

    def __init__(self, world: World, window: int) -> None:
        self.world = world
        self._known = Known()
        self._ready: deque[Driven] = deque()
        self._asking = Asking(world, window, self._settle)

    @property
    def questions_begun(self) -> int:
        """How many leaf questions the world was handed."""
        return self._asking.begun

    def run(self, node: Driven) -> None:
        """Have the coroutine of *node* begin when things go on."""
        self._ready.append(node)

    def go_on(self) -> None:
        """Run coroutines until each waits for the world; keep the window full."""
        ready, asking = self._ready, self._asking
        while True:
            while ready:
                self._resume(ready.popleft())
            if not asking.ask_next() and not self._begin_more():
                return

    def step(self) -> None:
        """Go on, or wait for the world where nothing can go on.

        Raises:
            QuestionCycle: if nothing is asked that could be waited for.
        """
        self.go_on()
        self.expect_progress()
        self.world.step()
        self.go_on()

    def expect_progress(self) -> None:
        """Insist that the world has something to deliver.

        Raises:
            QuestionCycle: if it has not: then somebody waits for himself.
        """
        if not self._asking.open:
            raise QuestionCycle("nothing is being asked, yet a judgement waits")

    def rest(self) -> None:
        """Let everything begun come to its end and begin nothing new.

        Called before somebody else's code runs for an unknown time: no timer of ours runs
        meanwhile, so our absence cannot look like packet loss, and no session stays half open.
        """
        while self._asking.open:
            self.world.step()

    def poll(self) -> None:
        """Take in what has come without waiting for more, and ask on."""
        if self._asking.open:
            self.world.poll()
        self.go_on()
        if self._asking.open:
            self.world.poll()

    def forget_unseen(self, node: Driven) -> None:
        """Ask again, when it is needed again, what was unobserved for *node*."""
        self._known.forget(node.in_vain())

    def close(self) -> None:
        """Drop every coroutine and the world."""
        waiting = [*self._known.waiters(), *self._ready]
        while waiting:
            node = waiting.pop()
            if node.coroutine is not None:
                node.coroutine.close()
                node.coroutine = None
                waiting.extend(node.waiters)
        self._ready.clear()
        self._asking.clear()
        self._known.clear()
        self.world.close()

    def _begin_more(self) -> bool:
        """Begin something that has not begun; return whether there was anything."""
        return False

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
