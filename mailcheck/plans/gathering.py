"""Records that a plan has one by one, gathered into RRsets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailcheck.plans.plan import PlannedRRset

ADDRESSES = ("A", "AAAA")
"""The types that a provider fills in for an alias of its own, or puts its own servers into."""


@dataclass(slots=True)
class _Set:
    """An RRset as far as it is gathered, ``first`` its first record."""

    first: PlannedRRset
    ttl: int
    values: dict[str, None]
    unknown: str


@dataclass(slots=True)
class Gathered:
    """RRsets, each at the place of its first record."""

    _sets: dict[tuple[str, str, str], _Set] = field(default_factory=dict)

    def add(self, record: PlannedRRset) -> None:
        """Take in a record: an RRset of one value, or of none if that is unknown or an alias.

        The lowest TTL is that of all. What is unknown of one is unknown of all.

        Raises:
            ValueError: if an alias of the provider's has others beside it; the text is a clause.
        """
        key = (record.zone, record.name, record.rdtype)
        held = self._sets.get(key)
        if held is None:
            values = dict.fromkeys(record.values)
            self._sets[key] = _Set(record, record.ttl, values, record.unknown)
            return
        if held.first.target != record.target:
            raise ValueError(f"{record.name} has other {record.rdtype} records beside an alias")
        held.ttl = min(held.ttl, record.ttl)
        held.values.update(dict.fromkeys(record.values))
        held.unknown = held.unknown or record.unknown

    def holds(self, zone: str, name: str, rdtype: str) -> bool:
        """Whether there is such an RRset."""
        return (zone, name, rdtype) in self._sets

    def rrsets(self) -> tuple[PlannedRRset, ...]:
        """Return all."""
        return tuple(
            replace(one.first, ttl=one.ttl, values=tuple(one.values), unknown=one.unknown)
            for one in self._sets.values()
        )
