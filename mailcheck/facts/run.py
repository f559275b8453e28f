"""What a check may know about the run itself: its date, its resolvers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.question import Question, question

if TYPE_CHECKING:
    import datetime

    from mailcheck.evidence import Evidence
    from mailcheck.facts.dns import NameServer


@question
class RunDate(Question["RunDateFact"]):
    """The date of the run (UTC). A question, so that a recording and its certificates agree."""


@dataclass(frozen=True, slots=True)
class RunDateFact:
    """A day, UTC."""

    today: datetime.date

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Nothing worth a line."""
        return ()


@question
class RunResolvers(Question["RunResolversFact"]):
    """The resolvers that the run asks."""


@dataclass(frozen=True, slots=True)
class RunResolversFact:
    """The run's resolvers in the order they are asked."""

    resolvers: tuple[NameServer, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Nothing worth a line: their answers name them."""
        return ()
