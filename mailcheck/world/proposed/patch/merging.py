"""Several patches of one zone, which are one change: each says its part of it.

None may speak of what another speaks of, for nobody says which comes last: an RRset that one writes
is neither written nor removed by another, nor is its name removed whole; and none puts an alias
beside what another writes (RFC 1034 §3.6.2). What two remove alike is removed; where two only amend
an RRset, each leaves the records of the other, unless one takes what the other adds.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dns.rdatatype import CNAME

from mailcheck.errors import Place, Problem, SourceError
from mailcheck.world.proposed.patch.patch import Patch
from mailcheck.world.proposed.patch.written import BESIDE_AN_ALIAS
from mailcheck.zones.fault import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailcheck.world.proposed.patch.amended import AmendedRRset
    from mailcheck.world.proposed.zone import Written

_ONCE = "expected each name and type in one of them: leave one out, or plan both together"


def merged(patches: Sequence[Patch]) -> Patch:
    """Return what *patches* of one zone change together.

    Raises:
        SourceError: if two speak of the same, with a line of each.
    """
    found, *others = patches
    for other in others:
        problems: dict[Problem, None] = {}
        for one in (found, *found.variants):
            for another in (other, *other.variants):
                problems |= dict.fromkeys(_collisions(one, another))
                problems |= dict.fromkeys(_collisions(another, one, is_again=True))
        if problems:
            raise SourceError(tuple(problems))
        found = _both(found, other)
    return found


def _both(one: Patch, other: Patch) -> Patch:
    """Return one patch of two; of their variants, the first with the first, and so on."""
    count = 1 + max(len(one.variants), len(other.variants))
    first, *others = (_sum(one.variant(at), other.variant(at)) for at in range(count))
    return replace(first, variants=tuple(others))


def _sum(one: Patch, other: Patch) -> Patch:
    return Patch(
        one.origin,
        f"{one.by} and {other.by}",
        {**one.replaced, **other.replaced},
        {**other.removed, **one.removed},
        {**one.unknown, **other.unknown},
        flattened={**one.flattened, **other.flattened},
        amended=_amended(one, other),
        planned=one.planned or other.planned,
    )


def _amended(one: Patch, other: Patch) -> dict[Written, AmendedRRset]:
    both = {
        key: amended.together(other.amended[key])
        for key, amended in one.amended.items()
        if key in other.amended
    }
    return {**one.amended, **other.amended, **both}


def _collisions(one: Patch, other: Patch, *, is_again: bool = False) -> Iterator[Problem]:
    """Say where *other* writes what *one* speaks of; *is_again*: after the other way round.

    What both write is said once.
    """
    for name, rdtype in (*other.replaced, *other.unknown, *other.flattened, *other.amended):
        if _amend_alike(one, other, (name, rdtype)):
            continue
        here = other.place_of(name, rdtype) or Place(other.by, 1)
        subject = f"{shown(name)} {rdtype.name} is written"
        beside = [kind for kind in one.types_at(name) if kind not in BESIDE_AN_ALIAS]
        if rdtype in one.types_at(name):
            if not is_again:
                there = _shown(one, one.place_of(name, rdtype))
                yield Problem(here, f"{subject}, and in {there} too", _ONCE)
        elif one.has(name, rdtype):
            there = _shown(one, one.place_of(name, rdtype))
            yield Problem(here, f"{subject}, and removed in {there}", _ONCE)
        elif rdtype == CNAME and beside:
            what = f"{shown(name)} is an alias (CNAME), and has {beside[0].name}"
            there = _shown(one, one.place_of(name, beside[0]))
            yield Problem(here, f"{what} in {there}", _ONCE)


def _amend_alike(one: Patch, other: Patch, key: Written) -> bool:
    """Whether both amend an RRset, and neither takes what the other adds."""
    if key not in one.amended or key not in other.amended:
        return False
    is_removed = any((key[0], None) in patch.removed for patch in (one, other))
    return not is_removed and not one.amended[key].contradicts(other.amended[key])


def _shown(patch: Patch, place: Place | None) -> str:
    return place.line_of if place else patch.by
