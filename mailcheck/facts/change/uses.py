"""Who uses which names: what a change must not take away from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from mailcheck.facts.change.known_names import known_names
from mailcheck.facts.change.loss import has_data
from mailcheck.facts.change.pointers import ADDRESS, Need, needs_of
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mailcheck.facts.change.changes import ChangesFact, NamesInUseFact
    from mailcheck.facts.change.known_names import Asked, Asking, Said
    from mailcheck.facts.dns import DnsAnswer

Uses: TypeAlias = "dict[Need, dict[str, None]]"
"""What is needed of names, and by whom, in words and in order."""


async def uses_of(
    changes: ChangesFact, in_use: NamesInUseFact, asking: Asking
) -> tuple[Uses, list[Unobserved]]:
    """Return who uses what, names of the proposed zones first; and which changes are not known."""
    inside = [name for name in in_use.places if changes.around(name)]
    outside = [name for name in in_use.places if not changes.around(name)]
    uses: Uses = {}
    _use(uses, inside, in_use)
    unknown = []
    for change in changes.zones.values():
        known = await known_names(change, change.zone, in_use, asking)
        unknown += [known.unknown] if known.unknown else []
        for need, pointers in known.needs.items():
            uses.setdefault(need, {}).update(dict.fromkeys(map(str, pointers)))
    _use(uses, outside, in_use)
    return uses, unknown


def _use(uses: Uses, names: Sequence[str], in_use: NamesInUseFact) -> None:
    for name in names:
        for need in needs_of(name):
            uses.setdefault(need, {}).update(dict.fromkeys(in_use.users(name)))


def pairs_of(need: Need) -> list[Asked]:
    """Return what has to be asked for to know whether *need* is met."""
    return [(need.name, rdtype) for rdtype in need.rdtypes]


def may_be_lost(need: Need, after: Mapping[Asked, Said], changes: ChangesFact) -> bool:
    """Whether the change may be why *need* is not met *after* it."""
    said = [after[pair] for pair in pairs_of(need) if pair in after]
    if len(said) < len(need.rdtypes) or any(map(has_data, said)):
        return False
    if changes.around(need.name):
        return True
    # A name elsewhere is as it is live, unless its aliases lead here.
    return any(isinstance(one, Unobserved) or any(map(changes.around, one.aliases)) for one in said)


def lost(
    need: Need, live: Mapping[Asked, Said], after: Mapping[Asked, Said], changes: ChangesFact
) -> list[DnsAnswer] | Unobserved:
    """Return what is *live* of a need that is not met *after* the change, or why that is unknown.

    A name elsewhere that cannot be found out today either is no fault of the change.
    """
    pairs = [pair for pair in pairs_of(need) if pair in live]
    had = [said for pair in pairs if not isinstance(said := live[pair], Unobserved)]
    found = [said for said in had if said.status == "data"]
    missing = [said for pair in pairs if isinstance(said := live[pair], Unobserved)]
    unsure = [said for pair in pairs if isinstance(said := after[pair], Unobserved)]
    if found:
        return unsure[0] if unsure else found
    return missing[0] if missing and changes.around(need.name) else []


def what_is_needed(need: Need) -> str:
    """Name what *need* is about, for people."""
    return "the address" if need.rdtypes == ADDRESS else " or ".join(need.rdtypes)
