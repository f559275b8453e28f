"""Who uses which names: what a change must not take away from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mailcheck.evidence import visible
from mailcheck.facts.change.elsewhere import used_elsewhere
from mailcheck.facts.change.known_names import known_names
from mailcheck.facts.change.loss import has_data
from mailcheck.facts.change.pointers import ADDRESS, ANYTHING, POINTING, Need, needs_of
from mailcheck.facts.change.wildcards import Wildcards
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mailcheck.facts.change.asking import Asked, Asking, Said
    from mailcheck.facts.change.changes import ChangesFact, NamesInUseFact
    from mailcheck.facts.change.elsewhere import Elsewhere
    from mailcheck.facts.change.pointers import Uses
    from mailcheck.facts.dns import DnsAnswer


SHOWN_USERS = 3
"""Users of one name whose records are evidence."""


class Usage(NamedTuple):
    """Who uses what, names of the proposed zones first; and what could not be found out of it.

    ``unknown`` says why nothing is known of a change, ``elsewhere`` who else may use anything, and
    so may ``left_out`` RRsets that changes write and that were not looked at. So what is taken away
    explicitly is among the ``uses`` then, though nobody is known to use it.
    """

    uses: Uses
    unknown: list[Unobserved]
    elsewhere: Elsewhere
    left_out: int = 0

    @property
    def doubt(self) -> Unobserved:
        """Say who may use anything."""
        if self.elsewhere.unheard:
            return self.elsewhere.doubt
        text = (
            f"what {self.left_out} RRsets point at that the change writes was not looked at, and "
            "they may use what it removes"
        )
        return Unobserved("not-compared", text)


async def usage_of(changes: ChangesFact, in_use: NamesInUseFact, asking: Asking) -> Usage:
    """Find out who uses what of all names that are known."""
    inside = [name for name in in_use.places if changes.around(name)]
    outside = [name for name in in_use.places if not changes.around(name)]
    uses: Uses = {}
    _use(uses, inside, in_use)
    for name in inside:
        if Need(name, ADDRESS) in uses:
            uses[Need(name, ANYTHING)] = dict.fromkeys(in_use.users(name))
    unknown = []
    for change in changes.zones.values():
        known = await known_names(change, change.zone, in_use, asking)
        unknown += [known.unknown] if known.unknown else []
        for need, pointers in known.needs.items():
            uses.setdefault(need, {}).update({str(by): (by.name, by.rdtype) for by in pointers})
    elsewhere = await used_elsewhere(outside, changes, in_use, asking)
    for need, by_whom in elsewhere.uses.items():
        uses.setdefault(need, {}).update(by_whom)
    written = (one for change in changes.zones.values() for one in change.written)
    pointing = ((one.name, one.rdtype) for one in written if one.rdtype in POINTING)
    left_out = asking.not_looked_up(pointing)
    if elsewhere.unheard or left_out:
        for need in _taken_away(changes):
            uses.setdefault(need, {})
    # The others are as they are live, unless a resolver keeps quiet about aliases.
    leading = elsewhere.aliases | elsewhere.unheard.keys()
    _use(uses, sorted(outside, key=lambda name: name not in leading), in_use)
    return Usage(uses, unknown, elsewhere, left_out)


def _use(uses: Uses, names: Sequence[str], in_use: NamesInUseFact) -> None:
    for name in names:
        for need in needs_of(name):
            uses.setdefault(need, {}).update(dict.fromkeys(in_use.users(name)))


def _taken_away(changes: ChangesFact) -> Iterator[Need]:
    """Yield what may be lost with what the changes remove."""
    for change in changes.zones.values():
        for one in change.removed:
            if one.rdtype in ("", "CNAME"):
                yield from needs_of(one.name)
            else:
                yield Need(one.name, ADDRESS if one.rdtype in ADDRESS else (one.rdtype,))


def explicitly(changes: ChangesFact) -> frozenset[Asked]:
    """Return what the changes say that they remove; without a type, all of the name."""
    removed = (one for change in changes.zones.values() for one in change.removed)
    return frozenset((one.name, one.rdtype) for one in removed)


def _is_taken_away(need: Need, removed: frozenset[Asked]) -> bool:
    """Whether a change says that it removes what *need* may rest on."""
    return any((need.name, rdtype) in removed for rdtype in ("", "CNAME", *need.rdtypes))


def not_decided(
    uses: Uses, after: Mapping[Asked, Said], removed: frozenset[Asked]
) -> list[Unobserved]:
    """Return doubt where used names are *removed* by a change, and some were not asked for."""
    left = 0
    for need in uses:
        if _is_taken_away(need, removed):
            said = [after[pair] for pair in pairs_of(need) if pair in after]
            left += len(said) < len(need.rdtypes) and not any(map(has_data, said))
    text = f"the change removes {left} more used names, and whether they resolve was not asked for"
    return [Unobserved("not-compared", text)] if left else []


def is_a_guess(need: Need) -> bool:
    """Whether it is a guess that whoever uses the name needs that: few hosts have MX, or a text."""
    return need.rdtypes in (("MX",), ANYTHING)


def wildcards_behind(
    uses: Uses, after: Mapping[Asked, Said], changes: ChangesFact
) -> dict[Asked, str]:
    """Return what of the *uses* is there *after* the changes by a wildcard, and by which."""
    zones = {zone: Wildcards(change) for zone, change in changes.zones.items()}
    found = {}
    for pair in (pair for need in uses for pair in pairs_of(need)):
        change = changes.around(pair[0])
        if change and pair in after and has_data(after[pair]):
            found[pair] = zones[change.zone].behind(*pair)
    return {pair: wildcard for pair, wildcard in found.items() if wildcard}


def shown_users(users: Mapping[str, Asked | None]) -> list[Asked]:
    """Return the records of *users* that are evidence."""
    return [pair for pair in users.values() if pair][:SHOWN_USERS]


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
    need: Need,
    live: Mapping[Asked, Said],
    after: Mapping[Asked, Said],
    changes: ChangesFact,
    removed: frozenset[Asked] = frozenset(),
) -> list[DnsAnswer] | Unobserved:
    """Return what is *live* of a need that is not met *after* the change, or why that is unknown.

    A name elsewhere that cannot be found out today either is no fault of the change. Nor is a guess
    that was not asked for, unless it is what the change has *removed*.
    """
    pairs = [pair for pair in pairs_of(need) if pair in live]
    had = [said for pair in pairs if not isinstance(said := live[pair], Unobserved)]
    found = [said for said in had if said.status == "data"]
    missing = [said for pair in pairs if isinstance(said := live[pair], Unobserved)]
    unsure = [said for pair in pairs if isinstance(said := after[pair], Unobserved)]
    if found:
        return unsure[0] if unsure else found
    is_open = not is_a_guess(need) or _is_taken_away(need, removed)
    if len(pairs) < len(need.rdtypes) and is_open:
        return Unobserved("not-compared", f"{visible(need.name)} is missing, and too many more are")
    return missing[0] if missing and changes.around(need.name) else []


def what_is_needed(need: Need, found: Sequence[DnsAnswer]) -> str:
    """Name what is *found* of *need*, for people."""
    types = dict.fromkeys(answer.rdtype for answer in found)
    return "the address" if need.rdtypes == ADDRESS else " and ".join(types)
