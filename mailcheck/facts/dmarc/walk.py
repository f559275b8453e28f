"""The DNS Tree Walk, which finds Organizational Domains (RFC 9989 §4.10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.facts.dmarc.published import PublishedDmarc, PublishedDmarcFact
from mailcheck.facts.existence import absence
from mailcheck.question import Question, Unobserved, each_of, question

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.facts.dmarc.record import DmarcRecord
    from mailcheck.finding import Reason

KEPT_LABELS = 7
"""Labels that are left of a longer name after its first query. So there are eight queries at most."""


def walked_names(domain: str) -> tuple[str, ...]:
    """Return the names a walk from *domain* asks for, in its order, if nothing ends it sooner."""
    labels = domain.split(".")
    above = labels[1:] if len(labels) <= KEPT_LABELS else labels[-KEPT_LABELS:]
    return (domain, *(".".join(above[i:]) for i in range(len(above))))


def organizational_domain(domain: str, found: Iterable[tuple[str, str]]) -> str:
    """Return the Organizational Domain of *domain* (RFC 9989 §4.10.2).

    *found* are the names that have a record and what it says of ``psd``, from the longest name to
    the shortest; what stands behind the first ``y`` or ``n`` is not looked at.
    """
    organizational = domain
    for name, psd in found:
        if psd == "n":
            return name
        if psd == "y" and name != domain:
            below = len(name.split(".")) + 1
            return ".".join(domain.split(".")[-below:])
        organizational = name
        if psd == "y":
            break
    return organizational


@question
class DmarcWalk(Question["DmarcWalkFact"]):
    """A walk from *domain* upwards. All names are asked at once, which shows no more than in turn."""

    domain: str

    async def derive(self) -> DmarcWalkFact:
        """Look at each name, and cut off what lies behind the end of the walk."""
        steps: list[PublishedDmarcFact | Unobserved] = []
        for step in await each_of(map(PublishedDmarc, walked_names(self.domain))):
            steps.append(step)
            if isinstance(step, PublishedDmarcFact) and step.record and step.record.psd != "u":
                break
        return DmarcWalkFact(self.domain, tuple(steps))


@dataclass(frozen=True, slots=True)
class DmarcWalkFact:
    """What stands at each name of a walk from ``domain``, in its order, up to where it ends."""

    domain: str
    steps: tuple[PublishedDmarcFact | Unobserved, ...]

    @property
    def unknown(self) -> Unobserved | None:
        """The first step that could not be had. It may have ended the walk, and decided anything."""
        return next((step for step in self.steps if isinstance(step, Unobserved)), None)

    @property
    def refused(self) -> Reason | None:
        """Why no receiver comes to the end of the walk, if a zone's own servers refuse a step."""
        steps = (s for s in self.steps if isinstance(s, PublishedDmarcFact))
        return next((absence(s.answer) for s in steps if s.answer.status == "refused"), None)

    @property
    def found(self) -> tuple[tuple[str, DmarcRecord], ...]:
        """The names that have a record, and the record."""
        steps = (s for s in self.steps if isinstance(s, PublishedDmarcFact))
        return tuple((step.domain, step.record) for step in steps if step.record)

    @property
    def organizational(self) -> str:
        """The Organizational Domain, as far as the steps are known."""
        return organizational_domain(self.domain, ((at, r.psd) for at, r in self.found))
