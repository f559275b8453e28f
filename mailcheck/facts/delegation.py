"""Which servers a zone is delegated to, found without trusting a resolver that fails for it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mailcheck.facts.dns import RESOLVER_FAILS, DnsAnswer, DnsQuery, NameServer, ServerQuery
from mailcheck.names import is_under, parent, parse_address, to_u_labels
from mailcheck.question import NotObserved, Question, Unobserved, each_of, question

MAX_REFERRALS = 8
"""Zone cuts followed below the first zone a resolver knows; real names have one or two."""

MAX_SERVERS = 16
"""Servers of one zone that are asked; the root itself has thirteen."""

ADDRESSES = 8
"""Addresses of one family that are asked of one server; a stranger's zone says how many it has."""

TRIED = 4
"""Servers of a zone that are tried, one after the other, for a referral to the zone below."""


@question
class Delegation(Question["DelegationFact"]):
    """The servers of the zone that holds *name*.

    The run's resolver is asked for the NS of the name and, as long as it knows none, of the names
    above it. Where it failed on the way up (SERVFAIL, REFUSED), the servers found are asked
    directly for the zones below, so that a zone whose own servers refuse is still found through
    its parent. A resolver that is silent is not asked again for the names above.

    A resolver may also hold the NS of before a move. ``confirmed`` takes the word of the parent's
    servers instead, where they can be asked.
    """

    name: str
    confirmed: bool = False

    async def derive(self) -> DelegationFact:
        """Ask the resolver first, then down from a zone it knows."""
        zone, failed = await _closest(self.name)
        if failed:
            zone = await _descended(self.name, zone)
        elif self.confirmed and zone.name != ".":
            zone = await _as_the_parent_says(self.name, zone)
        found = await _servers(zone, zone.hosts[:MAX_SERVERS])
        if len(zone.hosts) <= MAX_SERVERS:
            return found
        shown = to_u_labels(zone.name)
        text = f"only {MAX_SERVERS} of the {len(zone.hosts)} servers of {shown} are asked"
        return replace(found, unknown=(*found.unknown, Unobserved("too-many-servers", text)))


@dataclass(frozen=True, slots=True)
class DelegationFact:
    """``zone`` and its ``servers``, one for each address.

    ``unknown`` says why some have no known address, or are not asked. ``without_address`` are the
    names of those that have none, or do not exist.
    """

    zone: str
    servers: tuple[NameServer, ...]
    unknown: tuple[Unobserved, ...] = ()
    without_address: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Zone:
    """A zone, the names of its servers, and addresses that came with a referral to it."""

    name: str
    hosts: tuple[str, ...]
    glue: tuple[NameServer, ...] = ()


async def _closest(name: str) -> tuple[_Zone, bool]:
    """Return the closest zone at or above *name* that the resolver knows, and whether it failed.

    Raises:
        NotObserved: if the resolver is silent, or knows nothing up to the root.
    """
    failed = False
    while True:
        [answer] = await each_of([DnsQuery(name, "NS")])
        if isinstance(answer, Unobserved):
            if name == "." or answer.cause not in RESOLVER_FAILS:
                raise NotObserved(answer)
            failed = True
        elif answer.status == "data" and not answer.aliases:
            return _Zone(name, tuple(t.removesuffix(".") or "." for t in answer.texts)), failed
        elif name == ".":
            text = "the resolver knows no name servers of the root"
            raise NotObserved(Unobserved("no-root", text))
        name = parent(name)


async def _as_the_parent_says(name: str, zone: _Zone) -> _Zone:
    """Return what the servers of the zone above delegate to, or *zone* if they cannot be asked."""
    try:
        above, _ = await _closest(parent(zone.name))
    except NotObserved:
        return zone
    below = await _descended(name, above)
    return zone if below.name == above.name else below


async def _descended(name: str, zone: _Zone) -> _Zone:
    """Follow referrals from *zone* towards *name*; glue counts only for names under the referrer."""
    for _ in range(MAX_REFERRALS):
        referral = await _referral(name, zone)
        if referral is None:
            break
        glue = tuple(server for server in referral.glue if is_under(server.name, zone.name))
        zone = _Zone(referral.cut, referral.delegated_to, glue)
    return zone


async def _referral(name: str, zone: _Zone) -> DnsAnswer | None:
    """Ask the servers of *zone* for the zone below it that holds *name*, until one knows."""
    for host in zone.hosts[:TRIED]:
        for server in (await _servers(zone, (host,))).servers:
            [answer] = await each_of([ServerQuery(name, "NS", server)])
            if isinstance(answer, Unobserved):
                continue
            if _is_below(answer, zone.name, name):
                return answer
            if answer.authoritative:
                return None
    return None


def _is_below(answer: DnsAnswer, zone: str, name: str) -> bool:
    """Whether *answer* refers from *zone* down to a zone that holds *name*; sideways is not."""
    return (
        answer.status == "referral"
        and answer.cut != zone
        and is_under(answer.cut, zone)
        and is_under(name, answer.cut)
    )


async def _servers(zone: _Zone, hosts: tuple[str, ...]) -> DelegationFact:
    """Find the addresses of *hosts*; a host with one address is known, whatever else is not."""
    found = [server for server in zone.glue if server.name in hosts]
    bare = [host for host in hosts if all(server.name != host for server in found)]
    queries = [DnsQuery(host, rdtype) for host in bare for rdtype in ("A", "AAAA")]
    failed: list[tuple[str, Unobserved]] = []
    extra: list[Unobserved] = []
    for query, answer in zip(queries, await each_of(queries), strict=True):
        if isinstance(answer, Unobserved):
            failed.append((query.name, answer))
            continue
        found += [NameServer(parse_address(text), query.name) for text in answer.texts[:ADDRESSES]]
        if len(answer.texts) > ADDRESSES:
            text = f"only {ADDRESSES} of the {len(answer.texts)} addresses of a server are asked"
            extra.append(Unobserved("too-many-servers", text))
    known = {server.name for server in found}
    unknown = {host for host, _ in failed}
    return DelegationFact(
        zone.name,
        tuple(dict.fromkeys(found)),
        (*(answer for host, answer in failed if host not in known), *extra),
        tuple(host for host in bare if host not in known | unknown),
    )
