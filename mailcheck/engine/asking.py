"""Leaf questions on their way through the world: within its window and its limits."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from mailcheck.engine.ending import crashed

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.engine.nodes import Leaf
    from mailcheck.question import World


class Asking:
    """Hands leaf questions to *world*, at most *window* at a time, and *settle*s what comes back.

    ``begun`` counts all that were handed over, ``open`` those that have no answer yet.
    """

    def __init__(self, world: World, window: int, settle: Callable[[Leaf, Any], None]) -> None:
        self.begun = 0
        self.open = 0
        self._world = world
        self._window = window
        self._settle = settle
        self._waiting: dict[type, deque[Leaf]] = {}
        self._waiting_in_all = 0
        self._open: dict[type, int] = {}

    @property
    def has_room(self) -> bool:
        """Whether the window would take more than is waiting already."""
        return self.open + self._waiting_in_all < self._window

    def add(self, leaf: Leaf) -> None:
        """Put *leaf* in line."""
        self._waiting.setdefault(type(leaf.question), deque()).append(leaf)
        self._waiting_in_all += 1

    def ask_next(self) -> bool:
        """Ask the next question for which the window and the limit of its kind have room.

        Return whether there was one.
        """
        if not self._waiting_in_all or self.open >= self._window:
            return False
        limits = self._world.limits
        for kind, waiting in self._waiting.items():
            if waiting and self._open.get(kind, 0) < limits.get(kind, self._window):
                self._waiting_in_all -= 1
                self._ask(waiting.popleft())
                return True
        return False

    def clear(self) -> None:
        """Forget what is waiting."""
        self._waiting.clear()
        self._waiting_in_all = 0

    def _ask(self, leaf: Leaf) -> None:
        kind = type(leaf.question)
        self._open[kind] = self._open.get(kind, 0) + 1
        self.open += 1
        self.begun += 1

        def deliver(answer: Any) -> None:
            self._open[kind] -= 1
            self.open -= 1
            self._settle(leaf, answer)

        try:
            self._world.answer(leaf.question, deliver)
        except Exception as error:  # noqa: BLE001  a bug in a probe ends its question only
            deliver(crashed(leaf, error))
