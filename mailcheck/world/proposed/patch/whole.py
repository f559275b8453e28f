"""What the servers of a zone will say of which a patch says everything: nobody need be asked.

But for what the provider keeps itself, which no plan says and stays as it is live.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.name
import dns.rdataclass
import dns.rdatatype
import dns.rrset

from mailcheck.evidence import visible
from mailcheck.names import to_u_labels
from mailcheck.question import NotObserved, Unobserved
from mailcheck.world.proposed.patch.cut import proposed_cut
from mailcheck.world.proposed.patch.live import Live
from mailcheck.world.proposed.patch.said import Wording, Written
from mailcheck.world.proposed.patch.written import is_mixture, mixture, written
from mailcheck.zones.zone import Zone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.world.proposed.patch.copied import Copied
    from mailcheck.world.proposed.patch.patch import Patch
    from mailcheck.world.proposed.zone import Cut


def zone_of(patch: Patch) -> Zone:
    """Return the zone of what *patch* says; RRsets of which the records are not known are empty."""
    return Zone.of(patch.apex, _rrsets(patch))


async def said_of_whole(
    patch: Patch, zone: Zone, name: str, rdtype: str
) -> DnsAnswer | Cut | Copied:
    """Return what will be said, going by *zone*, which is :func:`zone_of` the patch.

    Raises:
        NotObserved: if that cannot be known, or not before the change.
    """
    asked, wanted = dns.name.from_text(name), dns.rdatatype.from_text(rdtype)
    if asked == patch.apex and not patch.has(asked, wanted):
        return await _kept(patch, asked, rdtype)
    say = Wording(patch, asked, wanted)
    found = zone.lookup(asked, wanted)
    if found.rrset is None:
        return say.denial("nxdomain" if found.kind == "nxdomain" else "nodata")
    at, kind = found.wildcard or found.rrset.name, found.rrset.rdtype
    if found.kind in ("data", "alias"):
        if is_mixture(patch, at):
            raise mixture(patch, at)
        if flattened := patch.flattened.get((at, kind)):
            return say.copied(kind, flattened)
    proposed = written(patch, at, kind)
    assert proposed is not None
    if found.kind == "delegation":
        return await proposed_cut(patch, Live(patch.origin), proposed)
    if found.kind == "dname":
        return say.substituted(proposed)
    return say.found(kind, Written(proposed, None))


async def _kept(patch: Patch, apex: dns.name.Name, rdtype: str) -> DnsAnswer:
    """Return what the provider has at the apex itself, as it is live.

    Raises:
        NotObserved: if that cannot be known; there is none before the zone is.
    """
    try:
        return await Live(patch.origin).said(apex, rdtype)
    except NotObserved as error:
        if error.unobserved.cause != "patch-of-no-zone":
            raise
    shown = visible(to_u_labels(patch.origin))
    text = f"{shown} is no zone yet, and who serves it then makes its {rdtype} ({patch.by})"
    raise NotObserved(Unobserved("not-known-yet", text))


def _rrsets(patch: Patch) -> Iterator[dns.rrset.RRset]:
    yield from (one.rrset for one in patch.replaced.values())
    for name, kind in (*patch.unknown, *patch.flattened):
        yield dns.rrset.RRset(name, dns.rdataclass.IN, kind)
