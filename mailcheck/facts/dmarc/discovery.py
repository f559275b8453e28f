"""Which DMARC record applies to mail from a domain, and what it asks for (RFC 9989 §4.10.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.facts.dmarc.published import PublishedDmarc, PublishedDmarcFact
from mailcheck.facts.dmarc.record import DmarcRecord, lowered, weaker
from mailcheck.facts.dmarc.walk import DmarcWalk, walked_names
from mailcheck.facts.existence import REFUSED_BY_AUTHORITY, absence, denies_the_name
from mailcheck.facts.lookup import Lookup
from mailcheck.question import NotObserved, Question, Unobserved, each_of, question

if TYPE_CHECKING:
    from mailcheck.facts.dmarc.record import Policy
    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.finding import Reason


@question
class DmarcDiscovery(Question["DmarcDiscoveryFact"]):
    """The record that applies to mail from *domain*: its own, or the one it inherits."""

    domain: str

    async def derive(self) -> DmarcDiscoveryFact:
        """Look at the domain itself, and walk up only if it has no record.

        Raises:
            NotObserved: if a step of the walk that may decide is unknown.
        """
        own = await PublishedDmarc(self.domain)
        refused = absence(own.answer)
        if refused and refused.tag == REFUSED_BY_AUTHORITY:
            return DmarcDiscoveryFact(self.domain, own, refused=refused)
        if own.record:
            return DmarcDiscoveryFact(self.domain, own, self.domain, own.record)
        walk = await DmarcWalk(self.domain)
        if walk.unknown:
            raise NotObserved(walk.unknown)
        if walk.refused:
            return DmarcDiscoveryFact(self.domain, own, refused=walk.refused)
        # A walk that found anything ends with the record of the Organizational Domain, or with that
        # of its Public Suffix Domain, which counts only if the former has none.
        found = dict(walk.found)
        at = walk.organizational if walk.organizational in found else next(reversed(found), "")
        return DmarcDiscoveryFact(self.domain, own, at, found.get(at))


@dataclass(frozen=True, slots=True)
class DmarcDiscoveryFact:
    """Where the ``record`` that applies stands: ``at`` the domain itself or one above; none is empty.

    ``own`` is what stands at the domain itself. ``refused`` says why receivers cannot find out.
    """

    domain: str
    own: PublishedDmarcFact
    at: str = ""
    record: DmarcRecord | None = None
    refused: Reason | None = None

    @property
    def inherited(self) -> bool:
        """Whether the record stands above the domain."""
        return self.record is not None and self.at != self.domain

    @property
    def looked_at(self) -> tuple[str, ...]:
        """The names of which receivers ask for a record, if they find none."""
        return walked_names(self.domain)


@dataclass(frozen=True, slots=True)
class EffectivePolicy:
    """The policy that receivers apply to a domain.

    It comes from ``tag`` of the record that applies, which asks for what is ``said``; ``t=y`` makes
    it one level lower.
    """

    policy: Policy
    said: Policy
    tag: str


async def effective_policy(discovery: DmarcDiscoveryFact, wanted: Policy) -> EffectivePolicy | None:
    """Return the policy that applies to the domain; None where receivers apply no DMARC.

    Whether the domain exists is asked only if that may decide whether the policy is *wanted*.

    Raises:
        NotObserved: if it does decide, and nobody knows.
    """
    record = discovery.record
    policies = record.policies if record else None
    if record is None or policies is None:
        return None
    if not discovery.inherited:
        return _effective(record, "p", policies.p)
    of_existing = _effective(record, "sp" if "sp" in record.values else "p", policies.sp)
    if policies.np == policies.sp:
        return of_existing
    of_absent = _effective(record, "np", policies.np)
    weak = [weaker(each.policy, wanted) for each in (of_existing, of_absent)]
    if not any(weak):
        return of_existing
    [answer] = await each_of([Lookup(discovery.domain, "A")])
    if isinstance(answer, Unobserved):
        if not all(weak):
            raise NotObserved(answer)
        return of_existing
    return of_absent if _is_absent(answer, weak) else of_existing


def _effective(record: DmarcRecord, tag: str, said: Policy) -> EffectivePolicy:
    return EffectivePolicy(lowered(said) if record.testing else said, said, tag)


def _is_absent(answer: DnsAnswer, weak: list[bool]) -> bool:
    """Whether the domain is to be taken for absent: NXDOMAIN denies it (RFC 9989 §3.2.13).

    The name of an alias exists, but its target may not, and receivers see NXDOMAIN then as well. As
    they differ in what they make of it, the weaker policy is the one that is relied upon.
    """
    if not denies_the_name(answer):
        return False
    return not answer.aliases or not weak[0]
