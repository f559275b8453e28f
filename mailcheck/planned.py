"""A requirement in its place: where it will be judged, and all that its verdict takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailcheck.engine import Engine
    from mailcheck.engine.nodes import Judgement
    from mailcheck.suite.requirement import Requirement


@dataclass(frozen=True, slots=True, eq=False)
class Planned:
    """A requirement that will be judged, and its place in an engine; *before* a change as well.

    So are its *variants*, after a change that gives something else to other clients.
    """

    requirement: Requirement
    engine: Engine
    judgement: Judgement
    before: Planned | None = None
    variants: tuple[Planned, ...] = ()

    @property
    def all(self) -> tuple[Planned, ...]:
        """What has to be judged for its verdict; what was before the change comes last."""
        before = (self.before,) if self.before else ()
        return (self, *self.variants, *before)

    @property
    def waited_for(self) -> Judgement:
        """What is judged just now, of all that has to be."""
        left = (one.judgement for one in self.all if not one.judgement.done)
        return next(left, self.judgement)
