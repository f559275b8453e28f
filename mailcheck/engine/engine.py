"""The engine: drives the coroutines of judgements and of composite questions.

It has no I/O, no clock and no event loop of its own. Judgements are queued in the order of the
tests and begun while there is room in the window, so that the first verdict comes after one round
trip, ``-x`` stops early, and memory does not grow with what has not been begun.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mailcheck.engine.driving import Driving
from mailcheck.engine.ending import crashed
from mailcheck.engine.nodes import PENDING, Judgement

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


class Engine(Driving):
    """Judges requirements in the order of their tests.

    ``ahead`` is how many judgements may be begun before the one that is finished.
    """

    def __init__(self, world: World, window: int = 500, ahead: int = AHEAD) -> None:
        super().__init__(world, window)
        self.ahead = ahead
        self._queued: deque[Judgement] = deque()
        self._planned = 0
        self._now_at = 0
        self._polled = 0

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
            self.go_on()
            if judgement.answer is PENDING:
                self.expect_progress()
                self.world.step()
        return Judged(judgement.answer, judgement.evidence)

    async def finished(self, judgement: Judgement) -> Judged:
        """Do the same as :meth:`finish` inside a running event loop."""
        self._turn_to(judgement)
        while judgement.answer is PENDING:
            self.go_on()
            if judgement.answer is PENDING:
                self.expect_progress()
                await self.world.stepped()
        return Judged(judgement.answer, judgement.evidence)

    def forget(self, judgement: Judgement) -> None:
        """Ask again what was unobserved for *judgement*, and judge it anew when next finished."""
        self.forget_unseen(judgement)
        judgement.reset()
        self._queued.appendleft(judgement)

    def close(self) -> None:
        """Drop every coroutine and the world."""
        self._queued.clear()
        super().close()

    def _turn_to(self, judgement: Judgement) -> None:
        self._now_at = judgement.order
        self._begin(judgement)

    def _keep_up(self) -> None:
        """Now and then take in what came while verdicts were there already, and ask on."""
        self._polled += 1
        if self._polled >= BETWEEN_POLLS:
            self._polled = 0
            self.poll()

    def _begin_more(self) -> bool:
        """Begin the next judgement, unless the window is full or it is too far ahead."""
        queued = self._queued
        if not queued or not self._asking.has_room or queued[0].order > self._now_at + self.ahead:
            return False
        self._begin(queued.popleft())
        return True

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
            self.run(judgement)
