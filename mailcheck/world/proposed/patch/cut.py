"""Delegations of a patched zone: to whom, and at which addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.name
from dns.rdatatype import AAAA, A

from mailcheck.evidence import Evidence, visible
from mailcheck.facts.dns import NameServer
from mailcheck.facts.records import normal_name
from mailcheck.facts.referral import Zone, hosts_named
from mailcheck.names import parse_address
from mailcheck.question import NotObserved
from mailcheck.world.proposed.patch.said import where
from mailcheck.world.proposed.zone import Cut

if TYPE_CHECKING:
    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.world.proposed.patch.live import Live
    from mailcheck.world.proposed.patch.patch import Patch, PlacedRRset


def zone_cut(live: Live, answer: DnsAnswer, at: dns.name.Name) -> Zone | None:
    """Return the zone that begins *at* a name, if *answer* about its NS shows that one does.

    Servers that have the zone below as well never refer to it.
    """
    if answer.status == "data" and not answer.aliases:
        return Zone(normal_name(at), hosts_named(answer))
    return live.refers(answer, normal_name(at))


async def proposed_cut(patch: Patch, live: Live, servers: PlacedRRset) -> Cut:
    """Return the cut that *patch* makes by the NS records *servers*."""
    rrset, place = servers
    below = normal_name(rrset.name)
    hosts = tuple(sorted(normal_name(record.target) for record in rrset))
    shown = ", ".join(f"{visible(host)}." for host in hosts)
    source = f"proposed, {where(patch, place)}"
    seen = Evidence(f"{visible(below)} NS", shown, source, place=place)
    glue = await _glue(patch, live, hosts, rrset.name, ())
    return Cut(below, hosts, glue, seen)


async def live_cut(patch: Patch, live: Live, zone: Zone, seen: Evidence) -> Cut:
    """Return the cut to *zone* that is there, with the addresses that its servers will have."""
    glue = await _glue(patch, live, zone.hosts, None, zone.glue)
    return Cut(zone.name, zone.hosts, glue, seen)


async def _glue(
    patch: Patch,
    live: Live,
    hosts: tuple[str, ...],
    cut: dns.name.Name | None,
    now: tuple[NameServer, ...],
) -> tuple[NameServer, ...]:
    """Return the addresses of *hosts*: those of the patch, else those that are given *now*.

    For hosts below a *cut* that is not there yet, the addresses they have now. Hosts for which
    there is none are looked up by whoever needs them, and so are those whose addresses are copied
    from elsewhere.
    """
    found: list[NameServer] = []
    for host in hosts:
        name = dns.name.from_text(host)
        is_glue = cut is not None and name.is_subdomain(cut)
        if not is_glue and any((name, rdtype) in patch.flattened for rdtype in (A, AAAA)):
            continue
        for version, rdtype in ((4, A), (6, AAAA)):
            key = (name, rdtype)
            if key in patch.replaced:
                texts = [record.address for record in sorted(patch.replaced[key].rrset)]
                found += [NameServer(parse_address(text), host) for text in texts]
            elif patch.has(name, rdtype):
                continue
            elif cut is None:
                found += [s for s in now if s.name == host and s.address.version == version]
            elif is_glue:
                try:
                    answer = await live.said(name, rdtype.name)
                    if answer.status == "data" and not answer.aliases and await live.exists(name):
                        found += [NameServer(parse_address(text), host) for text in answer.texts]
                except NotObserved:
                    continue
    return tuple(found)
