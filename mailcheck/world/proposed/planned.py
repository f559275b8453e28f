"""What zones will hold by a plan: a patch of each zone of which it speaks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import dns.exception
import dns.name
import dns.rdata
import dns.rdatatype
from dns.rdatatype import CNAME, DNAME, NS, SOA

from mailcheck.errors import Problem, SourceError
from mailcheck.evidence import visible
from mailcheck.facts.records import normal_name
from mailcheck.names import is_under, to_u_labels
from mailcheck.world.proposed.patch.amended import AmendedRRset
from mailcheck.world.proposed.patch.patch import FlattenedRRset, Patch, PlacedRRset, UnknownRRset
from mailcheck.world.proposed.planned_data import PlannedData
from mailcheck.zones.loading.records import read_in
from mailcheck.zones.placed import PlacedRecord
from mailcheck.zones.reading.rdata_text import Names, clause

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dns.rdatatype import RdataType

    from mailcheck.errors import Place
    from mailcheck.plans.plan import Plan, PlannedRemoval, PlannedRRset
    from mailcheck.world.proposed.patch.patch import Removed
    from mailcheck.world.proposed.zone import Written

MOST_VARIANTS = 16
"""RRsets of which one is given to each client, that are judged one after the other."""

_APEX = (SOA, NS)

_ALONE = frozenset({CNAME, DNAME, NS, SOA})
"""Types of which others' records beside those of a plan are not looked for: none may be, or all are
the plan's."""


class _Set(NamedTuple):
    """An RRset of a plan, its name and type read."""

    key: Written
    said: PlannedRRset


def patches_of(plan: Plan) -> list[Patch]:
    """Return a patch of each zone that *plan* changes, or says whole.

    Raises:
        SourceError: if what it says of one no server would load, or it says it twice.
    """
    zones: dict[str, _PlannedZone] = {}

    def zone(name: str) -> _PlannedZone:
        if name not in zones:
            zones[name] = _PlannedZone(name, plan.by, is_whole=name in plan.whole)
        return zones[name]

    for name in plan.whole:
        zone(name)
    for left in plan.left:
        zone(left.zone).leave(left.stays)
    for rrset in plan.rrsets:
        zone(rrset.zone).put(rrset)
    for removal in plan.removals:
        zone(removal.zone).remove(removal)
    patches = [one.patch() for one in zones.values()]
    if problems := [problem for one in zones.values() for problem in one.problems]:
        raise SourceError(problems)
    return patches


class _PlannedZone:
    """One zone, as far as the plan speaks of it, and what is wrong with that."""

    def __init__(self, zone: str, by: str, *, is_whole: bool) -> None:
        self.problems: list[Problem] = []
        self._by = by
        self._origin = dns.name.from_text(zone)
        self._is_whole = is_whole
        self._sets: dict[Written, list[PlannedRRset]] = {}
        self._removed: dict[Removed, Place | None] = {}
        self._stays: Callable[[str, str], bool] | None = None
        self._names = Names()
        self._data = PlannedData(self._names)

    def leave(self, stays: Callable[[str, str], bool]) -> None:
        """Take in what stays that the plan does not mention."""
        self._stays = stays

    def put(self, said: PlannedRRset) -> None:
        """Take in an RRset, or a variant of one."""
        key = self._key(said)
        if key is None:
            return
        name, rdtype = key
        others = self._sets.get(key, [])
        twin = next((one for one in others if one.variant == said.variant), None)
        twin = twin or next((one for one in others if not (one.variant and said.variant)), None)
        if twin:
            self._problem(said.place, f"{_shown(said)} is written, and in {twin.place.line_of} too")
        elif name == self._origin and rdtype == CNAME and not said.target:
            what = f"{_shown(said)}: the zone itself cannot be an alias"
            self._problem(said.place, what)
        elif said.takes is not None and rdtype in _ALONE and not said.values:
            self._removed.setdefault(key, said.place)
        else:
            self._sets.setdefault(key, []).append(said)

    def remove(self, said: PlannedRemoval) -> None:
        """Take in that an RRset goes, unless another takes its place."""
        key = self._key(said)
        if key is not None:
            self._removed.setdefault((key[0], key[1] if said.rdtype else None), said.place)

    def patch(self) -> Patch:
        """Return what becomes of the zone; for other clients, its variants."""
        for (name, rdtype), place in self._removed.items():
            gone = [k for k in _APEX if rdtype in (k, None) and (name, k) not in self._sets]
            if name == self._origin and gone:
                what = f"{_text(name)} is the zone itself, and needs its {gone[0].name}"
                self._problem(place, what)
        turns = [len(sets) for sets in self._sets.values() if len(sets) <= MOST_VARIANTS]
        first, *others = [self._in_turn(turn) for turn in range(max(turns, default=1))]
        return replace(first, variants=tuple(others)) if others else first

    def _in_turn(self, turn: int) -> Patch:
        """Return the zone as those see it who are given the variant *turn* of each RRset."""
        records: list[PlacedRecord] = []
        unknown: dict[Written, UnknownRRset] = {}
        flattened: dict[Written, FlattenedRRset] = {}
        places: dict[Written, Place] = {}
        for key, sets in self._sets.items():
            said = sets[turn % len(sets)]
            said = replace(said, place=_place(said))
            places[key] = said.place
            if len(sets) > MOST_VARIANTS:
                what = f"one of {len(sets)} RRsets, of which each client is given one"
                unknown[key] = UnknownRRset(what, said.place)
            elif said.unknown:
                unknown[key] = UnknownRRset(said.unknown, said.place)
            elif said.target:
                target = dns.name.from_text(said.target)
                flattened[key] = FlattenedRRset(target, said.ttl, said.place)
            else:
                records += self._records(key, said, is_first=turn == 0)
        tree, faults, _ = read_in(self._origin, records)
        for fault in faults if turn == 0 else ():
            if fault.refuses or fault.tag == "out-of-zone-data":
                self._problem(fault.place, fault.text.removesuffix(" and is ignored"))
        replaced = {
            (entry.name, rdtype): PlacedRRset(entry.rrset(), places[entry.name, rdtype])
            for node in tree.nodes.values()
            for rdtype, entry in node.items()
        }
        amended = self._amended(replaced) if not self._is_whole else {}
        written = {*replaced, *unknown, *flattened, *amended}
        removed = {key: place for key, place in self._removed.items() if key not in written}
        return Patch(
            normal_name(self._origin),
            self._by,
            replaced,
            removed,
            unknown,
            flattened=flattened,
            amended=amended,
            whole=self._is_whole,
            stays=self._stays,
            planned=True,
        )

    def _amended(self, replaced: dict[Written, PlacedRRset]) -> dict[Written, AmendedRRset]:
        """Take out of what is *replaced* what stands beside records of others."""
        amended: dict[Written, AmendedRRset] = {}
        for key, (said, *others) in self._sets.items():
            if said.takes is None or others or key[1] in _ALONE or said.unknown or said.target:
                continue
            added = replaced.pop(key, None)
            takes = (self._record(key[1], value, said, is_first=True) for value in said.takes)
            gone = tuple(rdata for rdata in takes if rdata)
            adds = tuple(added.rrset) if added else ()
            amended[key] = AmendedRRset(adds, gone, said.ttl, said.place)
        return amended

    def _records(
        self, key: Written, said: PlannedRRset, *, is_first: bool
    ) -> Iterable[PlacedRecord]:
        name, rdtype = key
        place = said.place
        if not said.values and said.takes is None and is_first:
            self._problem(place, f"{_shown(said)} has no value")
        for value in said.values:
            if rdata := self._record(rdtype, value, said, is_first=is_first):
                yield PlacedRecord(name, said.ttl, rdata, place.file, place.line, place.of)

    def _record(
        self, rdtype: RdataType, value: str, said: PlannedRRset, *, is_first: bool
    ) -> dns.rdata.Rdata | None:
        try:
            return self._data.read(rdtype, value)
        except (dns.exception.DNSException, ValueError) as error:
            if is_first:
                what = f"{_shown(said)} cannot be {visible(value, 60)}: {clause(error)}"
                self._problem(said.place, what)
            return None

    def _key(self, said: PlannedRRset | PlannedRemoval) -> Written | None:
        """Return name and type of what is *said*; None if that cannot be in the zone."""
        try:
            name = self._names.name(f"{said.name.removesuffix('.')}.", None)
            rdtype = dns.rdatatype.from_text(said.rdtype or "ANY")
        except (dns.exception.DNSException, ValueError) as error:
            what = f"{_shown(said)} cannot be in a zone: {str(error).rstrip('.')}"
            self._problem(said.place, what)
            return None
        if said.rdtype and dns.rdatatype.is_metatype(rdtype):
            self._problem(said.place, f"{_shown(said)}: that is no type of data in a zone")
        elif not is_under(normal_name(name), normal_name(self._origin)):
            what = f"{_shown(said)} lies outside of the zone {_text(self._origin)}"
            self._problem(said.place, what)
        else:
            return name, rdtype
        return None

    def _problem(self, place: Place | None, what: str) -> None:
        if place:
            self.problems.append(Problem(place, what))


def _place(said: PlannedRRset) -> Place:
    """Return where *said* stands, with the variant that it is: one place may have several."""
    place = said.place
    if not said.variant:
        return place
    return place._replace(of=f"{place.of} ({visible(said.variant, 40)})".lstrip())


def _shown(said: PlannedRRset | PlannedRemoval) -> str:
    return f"{visible(to_u_labels(said.name), 80)} {visible(said.rdtype, 20)}".rstrip()


def _text(name: dns.name.Name) -> str:
    return visible(to_u_labels(normal_name(name)), 80)
