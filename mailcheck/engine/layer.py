"""A world above another one: its answers are worked out from what is asked of the one below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from mailcheck.engine.ending import crashed
from mailcheck.engine.nodes import Errand, Leaf
from mailcheck.question import NotObserved

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from mailcheck.engine.driving import Driving
    from mailcheck.question import Fact, Question, Unobserved

Way: TypeAlias = "Callable[[Question[Any]], Coroutine[Any, Any, Fact]]"
"""How a question is answered: a coroutine over questions to the world below."""


class Layer:
    """Answers each question in its *way*, by asking *below*, which may be driven by others as well.

    What several questions need of the world below is asked there once. Whoever made *below* closes
    it.
    """

    def __init__(self, below: Driving, way: Way) -> None:
        self._below = below
        self._way = way
        self._delivered = False
        self._closed = False
        self._in_vain: dict[Question[Any], Errand] = {}

    @property
    def limits(self) -> Mapping[type, int]:
        """Those of the world below: what waits there would fill the window for nothing."""
        return self._below.world.limits

    def answer(self, question: Question[Any], deliver: Callable[[Fact | Unobserved], None]) -> None:
        """Send somebody down for the answer. What was sought in vain before is sought anew."""
        if earlier := self._in_vain.pop(question, None):
            self._below.forget_unseen(earlier)
        errand = Errand()
        errand.coroutine = self._answered(question, errand, deliver)
        self._below.run(errand)

    def step(self) -> None:
        """Drive the engine below until something is delivered."""
        self._delivered = False
        self._below.go_on()
        while not self._delivered:
            self._below.expect_progress()
            self._below.world.step()
            self._below.go_on()

    def poll(self) -> None:
        """Take in what has come below."""
        self._below.poll()

    async def stepped(self) -> None:
        """Do the same as :meth:`step` inside the caller's event loop."""
        self._delivered = False
        self._below.go_on()
        while not self._delivered:
            self._below.expect_progress()
            await self._below.world.stepped()
            self._below.go_on()

    def close(self) -> None:
        """Deliver nothing any more."""
        self._closed = True

    async def _answered(
        self,
        question: Question[Any],
        errand: Errand,
        deliver: Callable[[Fact | Unobserved], None],
    ) -> None:
        answer: Any
        try:
            answer = await self._way(question)
        except NotObserved as error:
            answer = error.unobserved
            self._in_vain[question] = errand
        except Exception as error:  # noqa: BLE001  a bug ends its question, not the run
            answer = crashed(Leaf(question), error)
        if not self._closed:
            self._delivered = True
            deliver(answer)
