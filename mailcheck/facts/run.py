"""What a check may know about the run itself: its date, its resolvers, what its machine can do."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.question import Question, question

if TYPE_CHECKING:
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


@question
class RunRoutes(Question["RunRoutesFact"]):
    """Which families of addresses the machine of the run can send to."""


@dataclass(frozen=True, slots=True)
class RunRoutesFact:
    """Whether there is a route to public addresses of each family; nobody was asked."""

    ipv4: bool
    ipv6: bool

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Nothing worth a line."""
        return ()

    def __str__(self) -> str:
        return f"{'IPv4' if self.ipv4 else 'no route for IPv4'}, {'IPv6' if self.ipv6 else 'no route for IPv6'}"


@question
class RunLabel(Question["RunLabelFact"]):
    """A label that nobody has registered: asking for it shows what a resolver makes of nothing."""


@dataclass(frozen=True, slots=True)
class RunLabelFact:
    """One label of random letters, the same for the whole run."""

    label: str

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Nothing worth a line."""
        return ()


def told_date(day: str) -> tuple[RunDate, RunDateFact]:
    """Write down by hand the date of the run, as ``2026-01-31``."""
    return RunDate(), RunDateFact(datetime.date.fromisoformat(day))
