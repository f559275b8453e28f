"""The plan that ``octodns.provider.plan.PlanJson`` writes: changes, by target and by zone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from mailcheck.errors import Place
from mailcheck.evidence import visible
from mailcheck.plans.names import full_name
from mailcheck.plans.octodns.published import ADDRESSES, Target, rrsets_of
from mailcheck.plans.octodns.rdata import TYPES
from mailcheck.plans.octodns.record import read_record
from mailcheck.plans.octodns.values import Fields, UnreadableError, placed
from mailcheck.plans.plan import Plan, PlannedRemoval, PlannedRRset
from mailcheck.source.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.plans.document import Document
    from mailcheck.plans.octodns.record import Record
    from mailcheck.plans.plan import Given

_Key: TypeAlias = tuple[str, str, str]
"""Zone, name and type."""

_KEYS = frozenset({"changes", "meta"})
"""What is said of a zone; octoDNS before 1.11 has no ``meta``."""

_NEW = frozenset({"create", "update"})


def is_plan(document: Document) -> bool:
    """Whether *document* is such a plan. One without changes is ``{}``, which may be anything."""
    targets = document.value
    if not isinstance(targets, dict) or not targets:
        return False
    return all(isinstance(zones, dict) and zones for zones in targets.values()) and all(
        isinstance(one, dict) and "changes" in one and one.keys() <= _KEYS
        for zones in targets.values()
        for one in zones.values()
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
                one = _AtTarget(target, name, document.shown, problems)
                one.read(plan["changes"])
                changes.add(one)
    plan = changes.plan()
    problems.raise_any()
    return plan


class _AtTarget:
    """Collects what becomes of the RRsets of one zone at one target."""

    def __init__(self, target: str, zone: str, shown: str, problems: Problems) -> None:
        self.target = target
        self.zone = zone
        self.shown = shown
        self.problems = problems
        self.made: dict[_Key, dict[str, PlannedRRset]] = {}
        self.gone: dict[_Key, PlannedRemoval] = {}

    def read(self, changes: Any) -> None:
        """Add *changes*."""
        for change in changes if isinstance(changes, list) else [None]:
            parts = change if isinstance(change, dict) else {}
            kind, name, rdtype = (parts.get(key) for key in ("type", "name", "record_type"))
            if isinstance(kind, str) and isinstance(name, str) and isinstance(rdtype, str):
                self._change(kind, name, rdtype, parts)
            else:
                what = "a change has no type, name or record_type"
                way = "expected what octoDNS 1.9.1 or later writes"
                self.problems.add(self._place(self.zone), what, way)

    def _place(self, what: str) -> Place:
        return Place(self.shown, 1, of=visible(f"{what} at {self.target}", 400))

    def _change(self, kind: str, name: str, rdtype: str, parts: dict[str, Any]) -> None:
        owner = f"{name}.{self.zone}" if name else self.zone
        place = self._place(f"{owner} {rdtype}")
        try:
            if kind == "delete":
                full = full_name(owner)
                for gone in _answered(name, rdtype, parts.get("existing")):
                    removal = PlannedRemoval(self.zone, full, gone, place)
                    self.gone.setdefault((self.zone, full, gone), removal)
            elif kind in _NEW:
                record = self._record(name, rdtype, parts.get("new"), place)
                for rrset in _rrsets(record, self.zone, self.target) if record else ():
                    made = self.made.setdefault((self.zone, rrset.name, rrset.rdtype), {})
                    made.setdefault(rrset.variant, rrset)
            else:
                what = f"{visible(kind, 40)} is no change"
                self.problems.add(place, what, "known: create, update, delete")
        except ValueError as error:
            self.problems.add(place, str(error))

    def _record(self, name: str, rdtype: str, new: Any, place: Place) -> Record | None:
        if not isinstance(new, dict) or "ttl" not in new:
            raise UnreadableError("it has no new record with a ttl")
        fields = Fields({**placed(new, place), "type": rdtype}.items(), place)
        # What octoDNS planned has passed its validators.
        return read_record(name, fields, place, self.problems, lenient=True)


class _Changes:
    """Collects what becomes of each RRset, which has to be the same for all targets."""

    def __init__(self, shown: str, problems: Problems) -> None:
        self.shown = shown
        self.problems = problems
        self.made: dict[_Key, dict[str, PlannedRRset]] = {}
        self.gone: dict[_Key, PlannedRemoval] = {}
        self.by: dict[_Key, str] = {}

    def add(self, one: _AtTarget) -> None:
        """Add what becomes of a zone at one target. A type that changes is deleted and created."""
        for key in {**one.made, **one.gone}:
            made, gone = one.made.get(key, {}), one.gone.get(key)
            if key not in self.by:
                self.by[key] = one.target
                if made:
                    self.made[key] = made
                elif gone is not None:
                    self.gone[key] = gone
            elif _said(self.made.get(key, {})) != _said(made):
                places = [rrset.place for rrset in made.values()]
                places += [gone.place] if gone else []
                zone, name, rdtype = key
                self.problems.add(
                    places[0],
                    f"{name} {rdtype} becomes another at {visible(self.by[key], 100)}",
                    f"the targets of {zone} differ: propose the plan for one of them",
                )

    def plan(self) -> Plan:
        """Return all of it."""
        rrsets = tuple(rrset for made in self.made.values() for rrset in made.values())
        return Plan(self.shown, rrsets, tuple(self.gone.values()))


def _answered(name: str, rdtype: str, existing: Any) -> tuple[str, ...]:
    """Return the types of which nothing is left where a record of *rdtype* is deleted."""
    fields = existing if isinstance(existing, dict) else {}
    options = fields.get("octodns")
    cloudflare = options.get("cloudflare") if isinstance(options, dict) else None
    is_proxied = isinstance(cloudflare, dict) and bool(cloudflare.get("proxied"))
    if rdtype in {"ALIAS", "URLFWD"} or (rdtype == "CNAME" and not name):
        return ADDRESSES
    if is_proxied and rdtype in {"A", "AAAA", "CNAME"}:
        return (rdtype, *ADDRESSES) if rdtype == "CNAME" else ADDRESSES
    if "/" in rdtype:
        values = fields.get("values", [fields.get("value")])
        kinds = (
            [one.get("type") for one in values if isinstance(one, dict)]
            if (isinstance(values, list))
            else []
        )
        return tuple(kind for kind in kinds if kind in TYPES) or ADDRESSES
    if rdtype not in TYPES:
        raise UnreadableError(f"octoDNS has no type {visible(rdtype, 40)}")
    return (rdtype,)


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
