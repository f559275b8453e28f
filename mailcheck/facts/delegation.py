"""Which servers a zone is delegated to, found without trusting a resolver that fails for it."""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.facts.dns import DnsAnswer, DnsQuery, NameServer, ServerQuery
from mailcheck.names import is_under, parent, parse_address
from mailcheck.question import NotObserved, Question, Unobserved, each_of, question

MAX_REFERRALS = 8
"""Zone cuts followed below the first zone a resolver knows; real names have one or two."""

MAX_SERVERS = 16
"""Servers of one zone that are asked; the root itself has thirteen."""


@question
class Delegation(Question["DelegationFact"]):
    """The servers of the zone that holds *name*.

    The run's resolver is asked for the NS of the name and, as long as it knows none, of the names
    above it. Where it failed on the way up (SERVFAIL, REFUSED), the servers found are asked
    directly for the zones below, so that a zone whose own servers refuse is still found through
    its parent.
    """

    name: str

    async def derive(self) -> DelegationFact:
        """Ask the resolver first, then down from the zone it knows."""
        zone, answer, failed = await _closest(self.name)
        servers, unknown = await _addresses(answer.texts, (), zone)
        if failed:
            zone, servers, unknown = await _descend(self.name, zone, servers, unknown)
        return DelegationFact(zone, servers, unknown)


@dataclass(frozen=True, slots=True)
class DelegationFact:
    """``zone`` and its ``servers``; ``unknown`` says why some of them have no known address."""

    zone: str
    servers: tuple[NameServer, ...]
    unknown: tuple[Unobserved, ...] = ()


async def _closest(name: str) -> tuple[str, DnsAnswer, bool]:
    """Return the closest zone at or above *name* that the resolver knows, and whether it failed."""
    failed = False
    zone = name
    while True:
        [answer] = await each_of([DnsQuery(zone, "NS")])
        if isinstance(answer, Unobserved):
            if zone == ".":
                raise NotObserved(answer)
            failed = True
        elif answer.status == "data" and not answer.aliases:
            return zone, answer, failed
        elif zone == ".":
            raise NotObserved(
                Unobserved("no-root", "the resolver knows no name servers of the root")
            )
        zone = parent(zone)


async def _descend(
    name: str, zone: str, servers: tuple[NameServer, ...], unknown: tuple[Unobserved, ...]
) -> tuple[str, tuple[NameServer, ...], tuple[Unobserved, ...]]:
    """Follow referrals from *zone* towards *name*, asking each zone's servers directly."""
    for _ in range(MAX_REFERRALS):
        answers = await each_of(ServerQuery(name, "NS", server) for server in servers)
        seen = (answer for answer in answers if isinstance(answer, DnsAnswer))
        referral = next((answer for answer in seen if _is_below(answer, zone, name)), None)
        if referral is None:
            break
        parent_zone, zone = zone, referral.cut
        servers, unknown = await _addresses(referral.delegated_to, referral.glue, parent_zone)
    return zone, servers, unknown


def _is_below(answer: DnsAnswer, zone: str, name: str) -> bool:
    """Whether *answer* refers from *zone* down to a zone that holds *name*; sideways is not."""
    return (
        answer.status == "referral"
        and answer.cut != zone
        and is_under(answer.cut, zone)
        and is_under(name, answer.cut)
    )


async def _addresses(
    names: tuple[str, ...], glue: tuple[NameServer, ...], bailiwick: str
) -> tuple[tuple[NameServer, ...], tuple[Unobserved, ...]]:
    """Find the addresses of servers; glue counts only for names under *bailiwick*."""
    hosts = [name.removesuffix(".") for name in sorted(names)][:MAX_SERVERS]
    found = [g for g in glue if g.name in hosts and is_under(g.name, bailiwick)]
    bare = [host for host in hosts if all(g.name != host for g in found)]
    queries = [DnsQuery(host, rdtype) for host in bare for rdtype in ("A", "AAAA")]
    unknown = []
    for query, answer in zip(queries, await each_of(queries), strict=True):
        if isinstance(answer, Unobserved):
            unknown.append(answer)
        else:
            found += [NameServer(parse_address(text), query.name) for text in answer.texts]
    return tuple(dict.fromkeys(found)), tuple(unknown)
