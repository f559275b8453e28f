"""The plan of zones that octoDNS manages whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.plans.octodns.published import ADDRESSES, rrsets_of
from mailcheck.plans.plan import Left, Plan, PlannedRRset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mailcheck.plans.octodns.published import Target
    from mailcheck.plans.octodns.record import Record
    from mailcheck.plans.octodns.zone import Zone
    from mailcheck.source.problems import Problems


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
        kept: set[tuple[str, str]] = set()
        taken = frozenset(zone.records)
        made: dict[tuple[str, str, str], PlannedRRset] = {}
        for record in zone:
            is_managed = any(target.manages(record) for target in targets)
            if not is_managed and not _may_be_flattened(record):
                kept.add((record.name, record.rdtype))
                continue
            try:
                for rrset in rrsets_of(record, zone.name, targets, taken):
                    made.setdefault((rrset.name, rrset.rdtype, rrset.variant), rrset)
            except ValueError as error:
                problems.add(record.place, f"{zone.shown(record)}: {error}")
        rrsets += made.values()
        if kept or zone.stays:
            left.append(Left(zone.name, _stays(zone.name, frozenset(kept), tuple(zone.stays))))
    return Plan(by, tuple(rrsets), whole=tuple(whole), left=tuple(left), notes=notes)


def _may_be_flattened(record: Record) -> bool:
    """Whether nobody can tell by the answers if what is live is *record*, or one of another type.

    octoDNS leaves an ALIAS, say, that is live, and removes the addresses that are.
    """
    return not record.name and record.rdtype in {*ADDRESSES, "ALIAS", "CNAME"}


def _stays(
    zone: str, kept: frozenset[tuple[str, str]], rules: tuple[Callable[[str, str], bool], ...]
) -> Callable[[str, str], bool]:
    def stays(name: str, rdtype: str) -> bool:
        relative = "" if name == zone else name.removesuffix(f".{zone}")
        return (relative, rdtype) in kept or any(rule(relative, rdtype) for rule in rules)

    return stays
