"""Which servers a zone is delegated to, found without trusting a resolver that fails for it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mailcheck.evidence import visible
from mailcheck.facts.dns import RESOLVER_FAILS, DnsQuery, NameServer, ServerQuery
from mailcheck.facts.iteration import MAX_SERVERS, Iteration
from mailcheck.facts.referral import Zone, hosts_named, zone_below
from mailcheck.facts.root import NO_RESOLVER, start
from mailcheck.names import parent, parse_address, to_u_labels
from mailcheck.question import NotObserved, Question, Unobserved, each_of, question

MAX_REFERRALS = 8
"""Zone cuts followed below the first zone a resolver knows; real names have one or two."""

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
    servers instead, where they can be asked. A run that asks no resolver goes down from the root,
    and has the parent's word in any case.
    """

    name: str
    confirmed: bool = False

    async def derive(self) -> DelegationFact:
        """Ask the resolver first, then down from a zone it knows."""
        try:
            zone, failed = await _closest(self.name)
        except NotObserved as error:
            if error.unobserved.cause != NO_RESOLVER:
                raise
            return await _from_the_root(self.name)
        if failed:
            zone = await _descended(self.name, zone)
        elif self.confirmed and zone.name != ".":
            zone = await _as_the_parent_says(self.name, zone)
        return _cut_short(zone, await _servers(zone, zone.hosts[:MAX_SERVERS]))


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


async def _from_the_root(name: str) -> DelegationFact:
    """Find the zone and the addresses of its servers without a resolver."""
    iteration = Iteration(await start())
    zone = await iteration.zone_of(name)
    found: list[NameServer] = []
    bare: list[str] = []
    for host in zone.hosts[:MAX_SERVERS]:
        servers = [server for server in zone.glue if server.name == host]
        for rdtype in () if servers else ("A", "AAAA"):
            servers += await iteration.look_up(host, rdtype)
        found += servers
        bare += [] if servers else [host]
    unknown = tuple(
        Unobserved("lame", f"no address is known of {visible(to_u_labels(host))}") for host in bare
    )
    return _cut_short(zone, DelegationFact(zone.name, tuple(dict.fromkeys(found)), unknown))


def _cut_short(zone: Zone, found: DelegationFact) -> DelegationFact:
    """Say how many of the servers of *zone* are left out, if any are."""
    if len(zone.hosts) <= MAX_SERVERS:
        return found
    shown = visible(to_u_labels(zone.name))
    text = f"only {MAX_SERVERS} of the {len(zone.hosts)} servers of {shown} are asked"
    return replace(found, unknown=(*found.unknown, Unobserved("too-many-servers", text)))


async def _closest(name: str) -> tuple[Zone, bool]:
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
            return Zone(name, hosts_named(answer)), failed
        elif answer.status == "refused":
            failed = True  # servers a zone is to move to have none of it: a resolver will fail
        elif name == ".":
            text = "the resolver knows no name servers of the root"
            raise NotObserved(Unobserved("no-root", text))
        name = parent(name)


async def _as_the_parent_says(name: str, zone: Zone) -> Zone:
    """Return what the servers of the zone above delegate to, or *zone* if they cannot be asked."""
    try:
        above, _ = await _closest(parent(zone.name))
    except NotObserved:
        return zone
    below = await _descended(name, above)
    return zone if below.name == above.name else below


async def _descended(name: str, zone: Zone) -> Zone:
    """Follow referrals from *zone* towards *name*."""
    for _ in range(MAX_REFERRALS):
        below = await _referral(name, zone)
        if below is None:
            break
        zone = below
    return zone


async def _referral(name: str, zone: Zone) -> Zone | None:
    """Ask the servers of *zone* for the zone below it that holds *name*, until one knows."""
    for host in zone.hosts[:TRIED]:
        for server in (await _servers(zone, (host,))).servers:
            [answer] = await each_of([ServerQuery(name, "NS", server)])
            if isinstance(answer, Unobserved):
                continue
            if below := zone_below(answer, zone.name, name):
                return below
            if answer.authoritative:
                return None
    return None


async def _servers(zone: Zone, hosts: tuple[str, ...]) -> DelegationFact:
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
