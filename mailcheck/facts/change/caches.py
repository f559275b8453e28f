"""How long caches serve what was published before a change (RFC 1034 §4.3.4, RFC 2308 §5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dns.rdtypes.ANY.SOA import SOA

from mailcheck.evidence import visible
from mailcheck.finding import Advice
from mailcheck.names import to_u_labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailcheck.facts.dns import DnsAnswer

UNITS = (("d", 86400), ("h", 3600), ("min", 60), ("s", 1))
"""Units of time, and the seconds of each."""


class Kept(NamedTuple):
    """What caches keep for some seconds: the records of a name, or a denial of them."""

    name: str
    rdtype: str
    seconds: int
    denied: bool = False

    @property
    def what(self) -> str:
        """The answer that is old, for people."""
        of = f"{self.rdtype} of {visible(to_u_labels(self.name))}"
        return f"that there is no {of}" if self.denied else f"the old {of}"


def kept(live: DnsAnswer, soa: DnsAnswer | None = None) -> Kept | None:
    """Return how long caches keep the answer *live* of a zone's own server.

    For a denial that is the lesser of TTL and MINIMUM of the zone's *soa*. None if nobody knows: an
    alias and what it leads to are kept apart, each for its own time, and another zone's denial for
    as long as its own SOA says. None asks for a CNAME by itself, so no cache keeps that it is not there.
    """
    if live.aliases:
        return None
    if live.status == "data":
        return None if live.ttl is None else Kept(live.name, live.rdtype, live.ttl)
    if live.rdtype == "CNAME" or (soa and live.denier not in ("", soa.name)):
        return None
    if live.status in ("nodata", "nxdomain") and soa and soa.status == "data":
        [record, *_] = soa.of(SOA)
        seconds = record.minimum if soa.ttl is None else min(soa.ttl, record.minimum)
        return Kept(live.name, live.rdtype, seconds, denied=True)
    return None


def duration(seconds: int) -> str:
    """Write a duration in its largest units: ``1 h``, ``1 d 12 h``, ``5 min``; never too short."""
    if seconds > 3600:
        seconds = -(-seconds // 60) * 60
    if seconds > 86400:
        seconds = -(-seconds // 3600) * 3600
    parts = []
    for unit, size in UNITS:
        number, seconds = divmod(seconds, size)
        if number:
            parts.append(f"{number} {unit}")
    return " ".join(parts) or "0 s"


def cached_until(found: Sequence[Kept]) -> tuple[Advice, ...]:
    """Advise how long caches serve what they keep: of the longest, and how many are shorter."""
    longest = max(found, key=lambda one: (one.seconds, not one.denied), default=None)
    if longest is None or not longest.seconds:
        return ()
    others = len({(one.name, one.rdtype) for one in found}) - 1
    more = f", and {others} other old answers no longer than that" if others > 1 else ""
    more = ", and another old answer no longer than that" if others == 1 else more
    text = f"caches serve {longest.what} for up to {duration(longest.seconds)} after the change"
    return (Advice("cached-until", text + more),)
