"""Record sets of Route 53, several of which may share a name and a type.

Each has an identifier then, and different clients are given different ones: by weight, latency,
place, network or health. Those that are "multivalue" are given together, at random eight healthy
ones. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.plans.plan import PlannedRRset

MOST_AT_ONCE = 8
"""Multivalue sets in one answer."""


@dataclass(frozen=True, slots=True)
class RecordSet:
    """One set; ``rrset`` is what it holds, its ``variant`` the identifier.

    ``weight`` is that of a weighted set. ``is_checked`` says whether a health check may take it out
    of answers.
    """

    rrset: PlannedRRset
    weight: int | None = None
    is_multivalue: bool = False
    is_checked: bool = False


def given_out(sets: Iterable[RecordSet]) -> tuple[PlannedRRset, ...]:
    """Return what clients are given of *sets*, which are all that are known, of any names."""
    groups: dict[tuple[str, str, str], list[RecordSet]] = {}
    for one in sets:
        rrset = one.rrset
        groups.setdefault((rrset.zone, rrset.name, rrset.rdtype), []).append(one)
    return tuple(rrset for group in groups.values() for rrset in _of_one_name(group))


def _of_one_name(group: list[RecordSet]) -> list[PlannedRRset]:
    if all(one.is_multivalue for one in group):
        return _together(group)
    # A weight of 0 takes a set out of answers as long as any other has one and is healthy.
    if any(one.weight and not one.is_checked for one in group):
        group = [one for one in group if one.weight != 0]
    return [one.rrset for one in group]


def _together(group: list[RecordSet]) -> list[PlannedRRset]:
    first = group[0].rrset
    values = tuple(dict.fromkeys(value for one in group for value in one.rrset.values))
    unknown = next((one.rrset.unknown for one in group if one.rrset.unknown), "")
    if len(group) > MOST_AT_ONCE:
        unknown = f"{MOST_AT_ONCE} multivalue sets at random, of {len(group)}"
    whole = replace(first, values=values, unknown=unknown, variant="")
    checked = [one.rrset for one in group if one.is_checked]
    if not checked or len(group) == 1:
        return [whole]
    # What is left of them depends on health: all of them, or any single one in the end.
    return [replace(whole, variant="all that are healthy"), *(one.rrset for one in group)]
