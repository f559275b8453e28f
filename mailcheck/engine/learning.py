"""Facts for their own sake: what a command wants to know where nothing is to be judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from mailcheck.finding import Finding, met
from mailcheck.question import each_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailcheck.engine.engine import Engine
    from mailcheck.question import Question, Unobserved

F = TypeVar("F")


def learn(engine: Engine, questions: Sequence[Question[F]]) -> tuple[F | Unobserved, ...]:
    """Drive *engine* until each of *questions* has its fact, or why there is none."""
    found: list[F | Unobserved] = []

    async def asking() -> Finding:
        found.extend(await each_of(questions))
        return met()

    engine.finish(engine.plan(asking))
    return tuple(found)
