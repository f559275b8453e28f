"""One record of Cloudflare's, and what its servers answer for it.

- What is proxied has addresses of the proxy, of both families, whatever it leads to.
- A CNAME at the apex is flattened: it answers with the addresses of its target, and other records
  may stand beside it; so does one that is marked. Whether all of a zone are flattened is a setting
  of the zone, which no export has.
- SOA and the NS records of the zone are Cloudflare's own: an export has the first, with a serial of
  the moment, and is to be edited before use.

https://developers.cloudflare.com/dns/cname-flattening/ and …/dns/proxy-status/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mailcheck.names import is_under
from mailcheck.plans.gathering import ADDRESSES
from mailcheck.plans.names import full_name
from mailcheck.plans.plan import PlannedRRset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.errors import Place

AUTOMATIC_TTL = 300
"""Seconds; exports and the API have 1 in its place."""

PROXIED = "addresses of Cloudflare's proxy"

_PROXIABLE = (*ADDRESSES, "CNAME")


class CloudflareRecord(NamedTuple):
    """A record; ``name`` is absolute, and ``data`` in presentation form with absolute names."""

    name: str
    rdtype: str
    ttl: int
    data: str
    place: Place
    is_proxied: bool = False
    is_flattened: bool = False


def published(record: CloudflareRecord, zone: str) -> Iterator[PlannedRRset]:
    """Yield what the servers of *zone* answer with because of *record*.

    Raises:
        ValueError: if it does not lie in the zone; the text is a clause.
    """
    name, rdtype = record.name, record.rdtype
    if rdtype == "SOA" or (rdtype == "NS" and name == zone):
        return
    if not is_under(name, zone):
        raise ValueError(f"{name} does not lie in the zone {zone}")
    if zone != "." and name.endswith(f".{zone}.{zone}"):
        raise ValueError(f"{name} repeats the name of the zone: its last dot is missing")
    ttl = AUTOMATIC_TTL if record.ttl == 1 else record.ttl
    if record.is_proxied and rdtype in _PROXIABLE:
        for one in ADDRESSES:
            yield PlannedRRset(zone, name, one, AUTOMATIC_TTL, record.place, unknown=PROXIED)
    elif rdtype == "CNAME" and (record.is_flattened or name == zone):
        target = full_name(record.data)
        for one in ADDRESSES:
            yield PlannedRRset(zone, name, one, ttl, record.place, target=target)
    else:
        yield PlannedRRset(zone, name, rdtype, ttl, record.place, (record.data,))
