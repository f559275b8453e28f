"""The plan of zones that octoDNS manages whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from mailcheck.plans.octodns.published import ADDRESSES, rrsets_of
from mailcheck.plans.plan import Left, Plan, PlannedRRset

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from mailcheck.plans.octodns.published import Target
    from mailcheck.plans.octodns.zone import Zone
    from mailcheck.source.problems import Problems

_Stays: TypeAlias = "Callable[[str, str], bool]"


def planned(
    by: str,
    zones: Iterable[tuple[Zone, Sequence[Target]]],
    problems: Problems,
    notes: tuple[str, ...] = (),
) -> Plan:
    """Return the plan that makes *zones* what they are at their targets; it has at least one each."""
    rrsets: list[PlannedRRset] = []
    left: list[Left] = []
    whole: list[str] = []
    for zone, targets in zones:
        whole.append(zone.name)
        made = list(_managed(zone, targets, problems))
        stays = _stays_of(zone, targets)
        rrsets += made
        if stays is not None:
            rrsets += _open_apex(zone, {one.rdtype for one in made if one.name == zone.name}, stays)
            left.append(Left(zone.name, _absolute(stays, zone.name)))
    return Plan(by, tuple(rrsets), whole=tuple(whole), left=tuple(left), notes=notes)


def _managed(zone: Zone, targets: Sequence[Target], problems: Problems) -> Iterator[PlannedRRset]:
    taken = frozenset(zone.records)
    made: dict[tuple[str, str, str], PlannedRRset] = {}
    for record in zone:
        if any(target.manages(record) for target in targets):
            try:
                for rrset in rrsets_of(record, zone.name, targets, taken):
                    made.setdefault((rrset.name, rrset.rdtype, rrset.variant), rrset)
            except ValueError as error:
                problems.add(record.place, f"{zone.shown(record)}: {error}")
    yield from made.values()


def _stays_of(zone: Zone, targets: Sequence[Target]) -> _Stays | None:
    """Return what tells which RRsets of *zone*, by relative name, stay as they are; None if none do."""
    kept: set[tuple[str, str]] = set()
    for record in zone:
        if not any(target.manages(record) for target in targets):
            kept.add((record.name, "ALIAS" if record.is_flattened else record.rdtype))
    rules = tuple(zone.stays)
    if not kept and not rules:
        return None
    return lambda name, rdtype: (name, rdtype) in kept or any(rule(name, rdtype) for rule in rules)


def _open_apex(zone: Zone, made: Collection[str], stays: _Stays) -> Iterator[PlannedRRset]:
    """Leave open what is at the apex where an ALIAS would stay and addresses not, or they alone.

    What is live does not tell which of them it is. Addresses that are *made* leave no ALIAS there.
    """
    has_address = any(rdtype in made for rdtype in ADDRESSES)
    why = "octoDNS leaves either an ALIAS there or addresses, and removes the other"
    for rdtype in ADDRESSES:
        own = stays("", rdtype)
        if rdtype not in made and own is not stays("", "ALIAS") and (own or not has_address):
            yield PlannedRRset(zone.name, zone.name, rdtype, 0, zone.place, unknown=why)


def _absolute(stays: _Stays, zone: str) -> _Stays:
    return lambda name, rdtype: stays("" if name == zone else name.removesuffix(f".{zone}"), rdtype)
