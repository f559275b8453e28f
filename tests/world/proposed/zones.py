"""Zones that are proposed, from text: one record a line, names in full or below the origin."""

from __future__ import annotations

import dns.name
import dns.rdatatype
import dns.rrset
import dns.zonefile

from mailcheck.world.proposed import ProposedZone
from mailcheck.zones.placed import PlacedRecord
from mailcheck.zones.zone import Zone

APEX = """\
@ SOA ns1 hostmaster 1 7200 3600 1209600 300
@ NS ns1.example.net.
"""


def proposed(origin: str, text: str) -> ProposedZone:
    """Return the zone *origin* of the usual apex and of *text*, whose first line is line 3."""
    name = dns.name.from_text(origin)
    rrsets: dict[tuple[dns.name.Name, dns.rdatatype.RdataType], dns.rrset.RRset] = {}
    records: dict[tuple[dns.name.Name, dns.rdatatype.RdataType], list[PlacedRecord]] = {}
    for number, line in enumerate((APEX + text).splitlines(), 1):
        [read] = dns.zonefile.read_rrsets(line, origin=name, relativize=False, default_ttl=3600)
        key = read.name, read.rdtype
        rrsets.setdefault(key, read).update(read)  # type: ignore[no-untyped-call]  # not typed there
        file = f"{origin}.zone"
        placed = [PlacedRecord(read.name, read.ttl, rdata, file, number) for rdata in read]
        records.setdefault(key, []).extend(placed)
    return ProposedZone(origin, f"{origin}.zone", Zone.of(name, rrsets.values()), records)
