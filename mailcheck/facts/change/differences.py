"""Whether a proposed zone is known to differ from the one that is published."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dns.rdtypes.ANY.SOA import SOA

from mailcheck.evidence import visible
from mailcheck.facts.change.asking import Asking
from mailcheck.facts.change.changes import Changes, NamesInUse
from mailcheck.facts.change.known_names import known_names
from mailcheck.facts.change.loss import own_rrset
from mailcheck.facts.change.touched import pairs_of
from mailcheck.facts.dns import DnsAnswer
from mailcheck.finding import Advice, Finding, met
from mailcheck.names import parent, to_u_labels
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.facts.change.asking import Asked, Said
    from mailcheck.facts.change.changes import ZoneChange

SHOWN = 3
"""RRsets that differ, which are named; the rest is counted."""


class Differences(NamedTuple):
    """What differs, or why that is not known; ``delegated`` are the zones below, not looked into."""

    found: tuple[Asked, ...]
    doubt: Unobserved | None
    advice: tuple[Advice, ...]
    delegated: int

    @property
    def text(self) -> str:
        """What differs, for people."""
        shown = [f"{kind} of {visible(to_u_labels(name))}" for name, kind in self.found[:SHOWN]]
        more = len(self.found) - SHOWN
        return ", ".join([*shown, *([f"{more} more"] if more > 0 else [])])

    @property
    def none(self) -> Finding:
        """Conclude, where nothing was found, that nothing differs, unless that is in doubt."""
        if self.doubt:
            return Finding((), self.advice, self.doubt)
        text = "the serial is the published one, and nothing that is known of the zone differs"
        also = "; what it delegates was not compared" if self.delegated else ""
        return met(Advice("nothing-known-differs", text + also), *self.advice)


async def differences(zone: str, proposed: DnsAnswer, live: DnsAnswer) -> Differences:
    """Compare what is known of *zone*, TTLs too, and its SOA records but for their serials."""
    changes = await Changes()
    change = changes.to(zone)
    asking = Asking(changes)
    known = await known_names(change, zone, await NamesInUse(), asking)
    cuts = {one.name for one in change.written if one.rdtype == "NS"} - {zone}
    pairs = [pair for pair in pairs_of(known, zone) if _is_own(pair, zone, cuts)]
    now = known.own(zone, await asking.published(pairs))
    then = await asking.after(now)
    found: list[Asked] = (
        [(zone, "SOA")] if _without_serial(proposed) != _without_serial(live) else []
    )
    unknown = [known.unknown] if known.unknown else []
    for pair, said in now.items():
        will_be = then.get(pair)
        if isinstance(said, DnsAnswer) and isinstance(will_be, DnsAnswer):
            found += [pair] if _shown(said) != _shown(will_be) else []
        elif pair[0] not in cuts:
            unknown += [one for one in (said, will_be) if isinstance(one, Unobserved)]
    if left := asking.left_out(_written(change)):
        text = f"{left} more RRsets of the file were not compared with what is published"
        unknown.append(Unobserved("not-compared", text))
    await asking.show(found)
    return Differences(tuple(found), unknown[0] if unknown else None, asking.advice, len(cuts))


def _is_own(pair: Asked, zone: str, cuts: set[str]) -> bool:
    """Whether the zone itself has that RRset: its servers say nothing of what they delegate.

    Of the NS records in which a delegation begins it is seen whether there are others, or none.
    """
    name, rdtype = pair
    at = parent(name) if name in cuts and rdtype in ("NS", "DS") else name
    while at not in (zone, "."):
        if at in cuts:
            return False
        at = parent(at)
    return True


def _written(change: ZoneChange) -> Iterator[Asked]:
    return ((one.name, one.rdtype) for one in change.written)


def _shown(said: Said) -> object:
    """Return what of an answer the zone itself says: the RRset at the name, and its TTL."""
    if not isinstance(said, DnsAnswer):
        return None
    return own_rrset(said), said.ttl if said.status == "data" and not said.aliases else None


def _without_serial(said: DnsAnswer) -> tuple[object, int | None]:
    return said.of(SOA)[0].replace(serial=0), said.ttl
