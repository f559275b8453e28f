"""Records that a plan has one by one, gathered into RRsets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailcheck.plans.plan import PlannedRRset

ADDRESSES = ("A", "AAAA")
"""The types that a provider fills in for an alias of its own, or puts its own servers into."""


@dataclass(slots=True)
class Gathered:
    """RRsets, each at the place of its first record."""

    _sets: dict[tuple[str, str, str], PlannedRRset] = field(default_factory=dict)

    def add(self, record: PlannedRRset) -> None:
        """Take in a record: an RRset of one value, or of none if that is unknown or an alias.

        The lowest TTL is that of all. What is unknown of one is unknown of all.

        Raises:
            ValueError: if an alias of the provider's has others beside it; the text is a clause.
        """
        key = (record.zone, record.name, record.rdtype)
        held = self._sets.get(key)
        if held is None:
            self._sets[key] = record
            return
        if held.target != record.target:
            raise ValueError(f"{record.name} has other {record.rdtype} records beside an alias")
        self._sets[key] = replace(
            held,
            ttl=min(held.ttl, record.ttl),
            values=tuple(dict.fromkeys(held.values + record.values)),
            unknown=held.unknown or record.unknown,
        )

    def holds(self, zone: str, name: str, rdtype: str) -> bool:
        """Whether there is such an RRset."""
        return (zone, name, rdtype) in self._sets

    def addresses(self, record: PlannedRRset) -> None:
        """Take in both RRsets of addresses, of whichever type *record* is.

        Raises:
            ValueError: as :meth:`add` does.
        """
        for rdtype in ADDRESSES:
            self.add(replace(record, rdtype=rdtype))

    def rrsets(self) -> tuple[PlannedRRset, ...]:
        """Return all."""
        return tuple(self._sets.values())
