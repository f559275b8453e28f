"""What the servers of a zone say now, read for what is written in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import dns.name

from mailcheck.evidence import visible
from mailcheck.facts.dns import DnsAnswer
from mailcheck.facts.iteration import Iteration
from mailcheck.facts.records import normal_name
from mailcheck.facts.referral import zone_below
from mailcheck.facts.root import start
from mailcheck.names import is_under, to_u_labels
from mailcheck.question import NotObserved, Question, Unobserved, each_of, question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.facts.referral import Zone

USUAL = (
    *("A", "AAAA", "MX", "TXT", "CNAME", "NS", "SRV", "CAA", "PTR", "TLSA", "SOA", "DS", "HTTPS"),
    *("SVCB", "DNAME", "SSHFP", "NAPTR"),
)
"""Types that are asked for to see whether a name has anything left."""

BELOW = (
    *("*", "_acme-challenge", "_dmarc", "_domainkey", "_mta-sts", "_report", "_spf", "_tcp"),
    *("_tls", "_udp", "autoconfig", "autodiscover", "mail", "mta-sts", "www"),
)
"""Labels that are asked for to see whether there is anything below a name."""

_BEHIND_AN_ALIAS = frozenset({"alias-loop", "alias-chain-too-long", "malformed", "servfail"})
"""Causes that may lie where an alias leads to: in a circle, or to a cut whose NS are asked for. The
alias itself can be asked for."""

_PROBES = 4
"""Names below a name that are asked for, each the wildcard below the one before."""

_STAR = dns.name.Name((b"*",))


@question
class ServedNow(Question[DnsAnswer]):
    """What the servers of *zone* say of *name*, as far as its first alias.

    A referral if it is delegated to others, ``refused`` if all refuse.
    """

    zone: str
    name: str
    rdtype: str

    async def derive(self) -> DnsAnswer:
        """Find the zone's servers from the zone above, and ask them for just that."""
        iteration = Iteration(await start())
        held = await iteration.zone_of(self.zone)
        shown = visible(to_u_labels(self.zone))
        if held.name != self.zone:
            text = f"{shown} is no zone: its names are in {visible(to_u_labels(held.name))}"
            raise NotObserved(Unobserved("patch-of-no-zone", text, shared=f"patch of {self.zone}"))
        answer = await iteration.ask(held, self.name, self.rdtype)
        if isinstance(answer, Unobserved):
            alias: DnsAnswer | Unobserved = answer
            if answer.cause in _BEHIND_AN_ALIAS and self.rdtype != "CNAME":
                alias = await iteration.ask(held, self.name, "CNAME")
            if isinstance(alias, Unobserved) or alias.status != "data" or alias.aliases:
                raise NotObserved(answer)
            first = tuple(text.removesuffix(".") or "." for text in alias.texts[:1])
            said = replace(alias, rdtype=self.rdtype, status="nodata", records=())
            return replace(said, aliases=first)
        if answer.aliases:
            first = answer.aliases[:1]
            return replace(answer, status="nodata", records=(), aliases=first, denier="")
        return answer


@dataclass(frozen=True, slots=True)
class Live:
    """The zone *origin* as it is. No name asked about lies below a cut or a DNAME of it."""

    origin: str

    async def said(self, name: dns.name.Name, rdtype: str) -> DnsAnswer:
        """Return what its servers say.

        Raises:
            NotObserved: if that cannot be known, they refuse, or speak for a zone above only.
        """
        answer = await ServedNow(self.origin, normal_name(name), rdtype)
        if unknown := self._speaks_not(answer):
            raise NotObserved(unknown)
        return answer

    async def each(
        self, name: dns.name.Name, rdtypes: tuple[str, ...]
    ) -> tuple[DnsAnswer | Unobserved, ...]:
        """Return what they say of several types, asked at once."""
        at = normal_name(name)
        answers = await each_of(ServedNow(self.origin, at, rdtype) for rdtype in rdtypes)
        return tuple(self._speaks_not(answer) or answer for answer in answers)

    def refers(self, answer: DnsAnswer, name: str) -> Zone | None:
        """Return the zone below that *answer* about *name* refers to."""
        return zone_below(answer, self.origin, name)

    async def exists(self, name: dns.name.Name) -> bool:
        """Whether *name* is in the zone, and not only covered by a wildcard (RFC 4592 §2.2.3).

        A wildcard that answers for a name answers for all below it, and in the same way. So where
        nothing answers for names below, or something else, the name itself is written. One that
        has what the wildcard has, and wildcards of that below it, is taken for covered.
        """
        if normal_name(name) == self.origin:
            return True
        if (await self.said(name, "A")).status == "nxdomain":
            return False
        wildcard = wildcard_of(name.parent())
        probe = name
        for _ in range(_PROBES):
            above, probe = probe, wildcard_of(probe)
            if probe == above:
                break
            if (answer := await self.said(probe, "A")).status == "nxdomain":
                return True
            if _gist(answer) != _gist(await self.said(wildcard, "A")):
                return True
        if wildcard == name:
            return await self.exists(name.parent())
        return await self._contents(name) != await self._contents(wildcard)

    async def _contents(self, name: dns.name.Name) -> list[tuple[str, ...]]:
        found = []
        for answer in await self.each(name, USUAL):
            if isinstance(answer, Unobserved):
                raise NotObserved(answer)
            found.append(_gist(answer))
        return found

    def _speaks_not(self, answer: DnsAnswer | Unobserved) -> Unobserved | None:
        """Say why *answer* says nothing of the zone, if it does not."""
        if isinstance(answer, Unobserved):
            return answer
        shown = visible(to_u_labels(self.origin))
        if answer.status == "refused":
            text = f"all servers of {shown} refuse, so nothing is known of what stays there"
            return Unobserved("refused", text, answer.evidence)
        if answer.denier and not is_under(answer.denier, self.origin):
            text = f"the servers of {shown} speak for a zone above"
            return Unobserved("lame", text, answer.evidence)
        return None


def _gist(answer: DnsAnswer) -> tuple[str, ...]:
    return (answer.status, *answer.aliases, *sorted(answer.texts))


def wildcard_of(encloser: dns.name.Name) -> dns.name.Name:
    """Return the wildcard right below *encloser*; the name itself if that would be too long."""
    try:
        return _STAR.concatenate(encloser)
    except dns.name.NameTooLong:
        return encloser


def downwards(apex: dns.name.Name, name: dns.name.Name) -> Iterator[dns.name.Name]:
    """Yield *apex* and the names from there down to *name*."""
    for labels in range(len(apex), len(name) + 1):
        yield name.split(labels)[1]
