"""What a proposed change says about a zone, as a list: what it writes, and what it removes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.rdatatype

from mailcheck.facts.change.changes import ChangedRRset, CopiedRRset, ZoneChange
from mailcheck.facts.records import normal_name
from mailcheck.world.proposed.patch.patch import Patch
from mailcheck.world.proposed.unserved import UnservedZone
from mailcheck.world.proposed.zone import ProposedZone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailcheck.errors import Place
    from mailcheck.world.proposed.authority import Authority
    from mailcheck.world.proposed.patch.patch import Removed


def change_to(authority: Authority) -> ZoneChange:
    """Return what *authority* changes; servers hand the list of a zone to nobody (RFC 5936 §5)."""
    origin, by = authority.origin, authority.by
    if isinstance(authority, Patch):
        written: dict[Removed, Place | None] = {
            at: one.place for at, one in authority.replaced.items()
        }
        written |= {at: one.place for at, one in authority.unknown.items()}
        written |= {at: one.place for at, one in authority.flattened.items()}
        written |= {at: one.place for at, one in authority.amended.items()}
        return ZoneChange(
            origin,
            by,
            whole=authority.whole,
            written=_rrsets(written),
            removed=_rrsets(authority.removed),
            planned=authority.planned,
            copied=tuple(
                CopiedRRset(
                    normal_name(name),
                    dns.rdatatype.to_text(kind),
                    normal_name(one.target),
                    one.place,
                )
                for (name, kind), one in authority.flattened.items()
            ),
            varied=frozenset(
                (normal_name(name), dns.rdatatype.to_text(kind)) for name, kind in authority.varied
            ),
            left=authority.stays is not None,
        )
    if isinstance(authority, UnservedZone):
        return ZoneChange(origin, by, whole=True, planned=True)
    if not isinstance(authority, ProposedZone) or authority.zone is None:
        return ZoneChange(origin, by, whole=True)
    places: dict[Removed, Place | None] = {}
    for name, node in authority.zone.nodes.items():
        for kind in node:
            records = authority.records.get((name, kind))
            places[name, kind] = records[0].place if records else None
    return ZoneChange(origin, by, whole=True, written=_rrsets(places))


def _rrsets(places: Mapping[Removed, Place | None]) -> tuple[ChangedRRset, ...]:
    return tuple(
        ChangedRRset(normal_name(name), dns.rdatatype.to_text(kind) if kind else "", place)
        for (name, kind), place in places.items()
    )
