"""The plan that ``octodns.provider.plan.PlanJson`` writes: changes, by target and by zone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mailcheck.errors import Place
from mailcheck.evidence import visible
from mailcheck.plans.names import full_name
from mailcheck.plans.octodns.options import THE_PLAN
from mailcheck.plans.octodns.published import ADDRESSES, Target, rrsets_of
from mailcheck.plans.octodns.record import read_record
from mailcheck.plans.octodns.values import Fields, UnreadableError, placed
from mailcheck.plans.plan import Plan, PlannedRemoval, PlannedRRset
from mailcheck.source.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.plans.document import Document
    from mailcheck.plans.octodns.record import Record
    from mailcheck.plans.plan import Given

_NEW = frozenset({"create", "update"})


def is_plan(document: Document) -> bool:
    """Whether *document* is such a plan. One without changes is ``{}``, which may be anything."""
    value = document.value
    return (
        isinstance(value, dict)
        and bool(value)
        and all(
            isinstance(zones, dict)
            and zones
            and all(
                isinstance(one, dict) and {"changes", "meta"} == one.keys()
                for one in zones.values()
            )
            for zones in value.values()
        )
    )


def read_plan(document: Document, given: Given) -> Plan:
    """Read it.

    Raises:
        SourceError: with all that is wrong.
    """
    problems = Problems()
    changes = _Changes(document.shown, problems)
    for target, zones in document.value.items():
        for zone, plan in zones.items():
            try:
                name = full_name(zone)
            except ValueError as error:
                place = Place(document.shown, 1)
                problems.add(place, f"zone {visible(zone, 260)}: {error}")
                continue
            if given.zone is None or name == given.zone:
                changes.read(target, name, plan["changes"])
    plan = changes.plan()
    problems.raise_any()
    return plan


class _Changes:
    """Collects what becomes of each RRset, which has to be the same for all targets."""

    def __init__(self, shown: str, problems: Problems) -> None:
        self.shown = shown
        self.problems = problems
        self.made: dict[tuple[str, str, str], dict[str, PlannedRRset]] = {}
        self.gone: dict[tuple[str, str, str], PlannedRemoval] = {}
        self.by: dict[tuple[str, str, str], str] = {}

    def read(self, target: str, zone: str, changes: Any) -> None:
        """Add *changes* of *zone* at *target*."""
        start = Place(self.shown, 1, of=visible(f"{zone} at {target}", 300))
        if not isinstance(changes, list):
            self.problems.add(start, "changes are no list", "expected octoDNS' own output")
            return
        made: dict[tuple[str, str, str], dict[str, PlannedRRset]] = {}
        gone: dict[tuple[str, str, str], PlannedRemoval] = {}
        for change in changes:
            self._change(target, zone, change, made, gone)
        for key in {**made, **gone}:
            self._settle(key, target, made.get(key, {}), gone.get(key))

    def _change(
        self,
        target: str,
        zone: str,
        change: Any,
        made: dict[tuple[str, str, str], dict[str, PlannedRRset]],
        gone: dict[tuple[str, str, str], PlannedRemoval],
    ) -> None:
        kind, name, rdtype = (
            (change.get(key) for key in ("type", "name", "record_type"))
            if isinstance(change, dict)
            else (None, None, None)
        )
        if not (isinstance(kind, str) and isinstance(name, str) and isinstance(rdtype, str)):
            place = Place(self.shown, 1, of=visible(f"{zone} at {target}", 300))
            what = "a change has no type, name or record_type"
            self.problems.add(place, what, "expected octoDNS' own output")
            return
        owner = f"{name}.{zone}" if name else zone
        place = Place(self.shown, 1, of=visible(f"{owner} {rdtype} at {target}", 400))
        try:
            if kind == "delete":
                full = full_name(owner)
                for gone_type in ADDRESSES if rdtype == "ALIAS" else (rdtype,):
                    removal = PlannedRemoval(zone, full, gone_type, place)
                    gone.setdefault((zone, full, gone_type), removal)
            elif kind in _NEW:
                record = self._record(name, rdtype, change.get("new"), place)
                for rrset in _rrsets(record, zone, target) if record else ():
                    made.setdefault((zone, rrset.name, rrset.rdtype), {})[rrset.variant] = rrset
            else:
                self.problems.add(
                    place, f"{visible(kind, 40)} is no change", "known: create, update, delete"
                )
        except ValueError as error:
            self.problems.add(place, str(error))

    def _record(self, name: str, rdtype: str, new: Any, place: Place) -> Record | None:
        if not isinstance(new, dict) or "ttl" not in new:
            raise UnreadableError("it has no new record with a ttl")
        fields = Fields({**placed(new, place), "type": rdtype}.items(), place)
        # What octoDNS planned has passed its validators.
        return read_record(name, fields, place, self.problems, lenient=True)

    def _settle(
        self,
        key: tuple[str, str, str],
        target: str,
        made: dict[str, PlannedRRset],
        gone: PlannedRemoval | None,
    ) -> None:
        """Keep what becomes of one RRset. A type that changes is deleted and created."""
        if key in self.by:
            before = _said(self.made.get(key, {}))
            if before != _said(made):
                zone, name, rdtype = key
                place = next(iter(made.values())).place if made else gone.place if gone else None
                what = f"{name} {rdtype} becomes another at {visible(self.by[key], 100)}"
                self.problems.add(
                    place or Place(self.shown, 1),
                    what,
                    f"the targets of {zone} differ; propose the plan for one of them, or {THE_PLAN}",
                )
            return
        self.by[key] = target
        if made:
            self.made[key] = made
        elif gone is not None:
            self.gone[key] = gone

    def plan(self) -> Plan:
        """Return all of it."""
        rrsets = tuple(rrset for made in self.made.values() for rrset in made.values())
        return Plan(self.shown, rrsets, tuple(self.gone.values()))


def _said(made: dict[str, PlannedRRset]) -> dict[str, tuple[object, ...]]:
    return {
        variant: (rrset.ttl, frozenset(rrset.values), rrset.unknown, rrset.target)
        for variant, rrset in made.items()
    }


def _rrsets(record: Record, zone: str, target: str) -> Iterator[PlannedRRset]:
    # What is planned for a target is managed there, whatever its options say of others.
    options = {key: value for key, value in record.options.items() if key == "cloudflare"}
    there = [Target(target, is_cloudflare=True)]
    yield from rrsets_of(replace(record, options=options), zone, there, frozenset())
