"""Whether an authenticated domain is aligned with the Author Domain (RFC 9989 §4.10.2)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from mailcheck.facts.dmarc.published import PublishedDmarc, PublishedDmarcFact
from mailcheck.facts.dmarc.walk import organizational_domain, walked_names
from mailcheck.facts.existence import absence
from mailcheck.question import NotObserved, Question, Unobserved, each_of, question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailcheck.finding import Reason

MAX_UNKNOWN = 4
"""Steps of two walks that may be unknown while it is tried whether they matter."""

_COULD_BE = ("", "u", "n", "y")
"""What an unknown step may turn out to be: no record, or one with this value of ``psd``."""


@question
class Organization(Question["OrganizationFact"]):
    """Whether *one* domain and the *other* have the same Organizational Domain."""

    one: str
    other: str

    async def derive(self) -> OrganizationFact:
        """Walk from both, unless they have no label in common that both walks come to.

        Raises:
            NotObserved: if a step is unknown, and what it may be decides.
        """
        walks = {domain: walked_names(domain) for domain in (self.one, self.other)}
        if walks[self.one][-1] != walks[self.other][-1]:
            return OrganizationFact(same=False)
        names = tuple(dict.fromkeys(name for walk in walks.values() for name in walk))
        steps = dict(zip(names, await each_of(map(PublishedDmarc, names)), strict=True))
        known, unknown = _sorted(steps)
        refused = {name: reason for name in unknown if (reason := _refusal(steps[name]))}
        if len(unknown) <= MAX_UNKNOWN:
            ends = {
                self._organizations({**known, **dict(zip(unknown, could_be, strict=True))})
                for could_be in product(_COULD_BE, repeat=len(unknown))
            }
            if len(verdicts := {one == other for one, other in ends}) == 1:
                return OrganizationFact(verdicts.pop(), *(ends.pop() if len(ends) == 1 else ()))
        for name in unknown:
            step = steps[name]
            if isinstance(step, Unobserved):
                raise NotObserved(step)
        return OrganizationFact(same=False, refused=next(iter(refused.values())))

    def _organizations(self, psd: Mapping[str, str]) -> tuple[str, str]:
        one, other = (
            organizational_domain(d, ((n, psd[n]) for n in walked_names(d) if psd[n]))
            for d in (self.one, self.other)
        )
        return one, other


def _sorted(
    steps: Mapping[str, PublishedDmarcFact | Unobserved],
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return what the known steps say of ``psd``, empty without a record; and the unknown ones."""
    known: dict[str, str] = {}
    for name, step in steps.items():
        if isinstance(step, PublishedDmarcFact) and not _refusal(step):
            known[name] = step.record.psd if step.record else ""
    return known, tuple(name for name in steps if name not in known)


def _refusal(step: PublishedDmarcFact | Unobserved) -> Reason | None:
    refuses = isinstance(step, PublishedDmarcFact) and step.answer.status == "refused"
    return absence(step.answer) if refuses and isinstance(step, PublishedDmarcFact) else None


@dataclass(frozen=True, slots=True)
class OrganizationFact:
    """Whether the domains have the ``same`` Organizational Domain, and ``one``'s and the ``other``'s.

    Both are empty where they were not needed. ``refused`` says why no receiver can find out.
    """

    same: bool
    one: str = ""
    other: str = ""
    refused: Reason | None = None
