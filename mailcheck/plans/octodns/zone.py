"""The records of one zone as octoDNS gathers them from its sources (``octodns.zone.base``)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailcheck.evidence import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mailcheck.errors import Place
    from mailcheck.plans.octodns.record import Record
    from mailcheck.source.problems import Problems


@dataclass(slots=True)
class Zone:
    """A zone, whose ``name`` has no final dot, in A-labels.

    ``below`` are the zones in it that are configured as well, relative to it: records there are
    theirs. ``stays`` tell of the name, relative, and the type of an RRset that octoDNS leaves as it
    is live.
    """

    name: str
    place: Place
    lenient: bool = False
    below: frozenset[str] = frozenset()
    drops_below: bool = False
    records: dict[tuple[str, str], Record] = field(default_factory=dict)
    stays: list[Callable[[str, str], bool]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, record: Record, problems: Problems, *, replace: bool = False) -> None:
        """Add *record*, in the place of one of its name and type only if it may *replace* it."""
        key = (record.name, record.rdtype)
        if (child := self._child_of(record)) and not self._belongs(record, child, problems):
            return
        if key in self.records and not replace:
            before = self.records[key].place
            problems.add(
                record.place,
                f"{self.shown(record)} stands here a second time",
                f"it was in {before.file}:{before.line} already; keep one of them",
            )
            return
        self.records[key] = record

    def put(self, record: Record) -> None:
        """Put *record* in the place of the one of its name and type."""
        self.records[record.name, record.rdtype] = record

    def remove(self, record: Record) -> None:
        """Take *record* out."""
        self.records.pop((record.name, record.rdtype), None)

    def __iter__(self) -> Iterator[Record]:
        return iter(tuple(self.records.values()))

    def shown(self, record: Record) -> str:
        """Return what messages call *record*."""
        owner = f"{record.name}.{self.name}" if record.name else self.name
        return f"{visible(owner, 260)} {visible(record.rdtype, 40)}"

    def _child_of(self, record: Record) -> str:
        if not self.below:
            return ""
        name = record.name
        while name:
            if name in self.below:
                return name
            name = name.partition(".")[2]
        return ""

    def _belongs(self, record: Record, child: str, problems: Problems) -> bool:
        """Whether *record* has its place here although the zone *child* is below: NS and DS do."""
        if record.name == child and record.rdtype in {"NS", "DS"}:
            return True
        if self.lenient or record.lenient:
            # octoDNS hands it on; nobody is answered with it, since the name is another zone's.
            self.notes.append(f"{self.shown(record)} lies in the zone {child}.{self.name}")
        elif not self.drops_below:
            problems.add(
                record.place,
                f"{self.shown(record)} lies in the zone {child}.{self.name}, which is configured",
                "expected it there",
            )
        return False


def check(zone: Zone, problems: Problems) -> None:
    """Add what cannot be together in *zone* (``cname-coexistence``), were octoDNS lenient or not.

    No server can hold it, so there is nothing to judge.
    """
    types: dict[str, set[str]] = {}
    for record in zone:
        types.setdefault(record.name, set()).add(record.rdtype)
    for record in zone:
        beside = types[record.name] - {record.rdtype}
        if record.is_flattened:
            beside &= {"A", "AAAA", "ALIAS"}
        elif record.rdtype != "CNAME":
            continue
        if beside:
            others = ", ".join(visible(other, 40) for other in sorted(beside))
            problems.add(record.place, f"{zone.shown(record)} stands beside {others}")
        if record.rdtype == "CNAME" and not record.name and not zone.lenient and not record.lenient:
            problems.add(
                record.place, f"{zone.shown(record)}: the apex cannot be an alias", "write ALIAS"
            )
        if record.rdtype == "ALIAS" and record.name and not zone.lenient and not record.lenient:
            problems.add(record.place, f"{zone.shown(record)} is not at the apex", "write CNAME")
