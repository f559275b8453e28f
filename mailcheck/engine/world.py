"""What the engine expects of whoever answers leaf questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.question import Fact, Question, Unobserved


class World(Protocol):
    """Where answers come from.

    The engine is single-threaded and owns no event loop: it begins questions with
    :meth:`answer` and lets the world work with :meth:`step` (or, inside a running event loop,
    :meth:`stepped`).
    """

    def answer(self, question: Question[Any], deliver: Callable[[Fact | Unobserved], None]) -> None:
        """Begin to answer *question*; call *deliver* exactly once, now or during a step."""

    def step(self) -> None:
        """Work until at least one begun question is delivered. Called only if one is open."""

    async def stepped(self) -> None:
        """Do the same as :meth:`step` inside the caller's running event loop."""

    def close(self) -> None:
        """Give up what is open and release sockets. Open questions are not delivered any more."""
