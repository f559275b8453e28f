"""What a proposed change says about a zone, as a list: what it writes, and what it removes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.rdatatype

from mailcheck.facts.change import ChangedRRset, ZoneChange
from mailcheck.facts.records import normal_name
from mailcheck.world.proposed.zone import ProposedZone

if TYPE_CHECKING:
    from mailcheck.world.proposed.authority import Authority
    from mailcheck.world.proposed.zone import Written


def change_to(authority: Authority) -> ZoneChange:
    """Return what *authority* changes; servers hand the list of a zone to nobody (RFC 5936 §5)."""
    if not isinstance(authority, ProposedZone) or authority.zone is None:
        return ZoneChange(authority.origin, authority.by, whole=True)
    written = tuple(
        _rrset((name, rdtype), authority)
        for name, node in authority.zone.nodes.items()
        for rdtype in node
    )
    return ZoneChange(authority.origin, authority.by, whole=True, written=written)


def _rrset(written: Written, zone: ProposedZone) -> ChangedRRset:
    name, rdtype = written
    text = dns.rdatatype.to_text(rdtype)
    records = zone.records.get(written)
    return ChangedRRset(normal_name(name), text, records[0].place if records else None)
