"""RRsets of which a change knows single records, and not those that somebody else put beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dns.rdtypes.txtbase import TXTBase
from dns.rrset import RRset

from mailcheck.world.proposed.patch.patch import PlacedRRset

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    import dns.name
    from dns.rdata import Rdata
    from dns.rdatatype import RdataType

    from mailcheck.errors import Place
    from mailcheck.facts.dns import DnsAnswer


class AmendedRRset(NamedTuple):
    """Records that come to those that are live, ``adds``, and that go from among them, ``takes``.

    ``ttl`` is that of the RRset then, in seconds.
    """

    adds: tuple[Rdata, ...]
    takes: tuple[Rdata, ...]
    ttl: int
    place: Place | None

    def amend(
        self, name: dns.name.Name, rdtype: RdataType, live: DnsAnswer | None
    ) -> tuple[PlacedRRset | None, bool]:
        """Return what will be at *name*, None if nothing, and whether any of it is *live* already."""
        goes, comes = _contents(self.takes), _contents(self.adds)
        stays = [
            record
            for record in (live.records if live else ())
            if _content(record) not in goes | comes
        ]
        records = (*self.adds, *stays)
        if not records:
            return None, False
        rrset = RRset(name, records[0].rdclass, rdtype)
        rrset.update_ttl(self.ttl)
        for record in records:
            rrset.add(record)
        return PlacedRRset(rrset, self.place), bool(stays)

    def contradicts(self, other: AmendedRRset) -> bool:
        """Whether one of the two takes what the other adds."""
        return not (
            _contents(self.adds).isdisjoint(_contents(other.takes))
            and _contents(self.takes).isdisjoint(_contents(other.adds))
        )

    def together(self, other: AmendedRRset) -> AmendedRRset:
        """Return what both do; the lowest TTL of those that add anything is that of all."""
        held = _contents(self.adds)
        adds = (*self.adds, *(one for one in other.adds if _content(one) not in held))
        first, *more = [one for one in (self, other) if one.adds] or (self, other)
        ttl = min(one.ttl for one in (first, *more))
        return AmendedRRset(adds, (*self.takes, *other.takes), ttl, first.place)


def _contents(records: Iterable[Rdata]) -> set[Hashable]:
    return {_content(record) for record in records}


def _content(record: Rdata) -> Hashable:
    """Return what *record* says: providers cut a text into strings as they like."""
    return b"".join(record.strings) if isinstance(record, TXTBase) else record
