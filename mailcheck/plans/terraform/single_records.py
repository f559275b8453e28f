"""RRsets of which each record is a resource of its own, beside those that others have put there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailcheck.errors import Problem
from mailcheck.plans.plan import PlannedRRset
from mailcheck.plans.terraform.kinds import Data
from mailcheck.plans.terraform.values import HiddenError, WrongError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from mailcheck.errors import Place
    from mailcheck.plans.terraform.places import Places
    from mailcheck.plans.terraform.said import Key, Reader, Said

_ALONE = frozenset({"CNAME", "NS"})
"""Types of which there is one record, or all are the plan's."""


@dataclass(slots=True)
class Group:
    """What resources say of one RRset, before the change and after it."""

    was: list[Said] = field(default_factory=list)
    will: list[Said] = field(default_factory=list)

    @property
    def changes(self) -> bool:
        """Whether any of them changes."""
        return any(one.resource.changes for one in (*self.was, *self.will))


class SingleRecords:
    """Puts them together; what is wrong with them comes to *problems*."""

    def __init__(self, reader: Reader, places: Places, problems: list[Problem]) -> None:
        self._reader = reader
        self._places = places
        self._problems = problems

    def taken(self, group: Group, stays: Container[str] = ()) -> tuple[str, ...] | None:
        """Return the data of single records that go, but for those of which the same *stays*.

        None if they are not known, or are not what servers have for them: a proxy stands before.
        """
        try:
            before = [self._reader.data(said) for said in group.was]
        except WrongError:
            return None
        if any(one.unknown or one.target for one in before):
            return None
        said = (*group.was, *group.will)
        if said[0].key.rdtype in _ALONE or not all(map(self.is_part, said)):
            return None
        values = dict.fromkeys(value for one in before for value in one.values)
        return tuple(value for value in values if value not in stays)

    def stay(self, parts: Iterable[tuple[Said, Data]], group: Group) -> bool:
        """Whether the same single records are there before: only a comment or the like changes."""
        try:
            before = [self._reader.data(said) for said in group.was]
        except WrongError:
            return False
        return sorted(map(repr, before)) == sorted(repr(data) for _, data in parts) and not any(
            one.unknown for one in before
        )

    def together(self, key: Key, parts: list[tuple[Said, Data]]) -> PlannedRRset:
        """Return the RRset of all that the plan has of it."""
        changed = [said for said, _ in parts if said.resource.changes]
        place = self._places.of((changed[0] if changed else parts[0][0]).resource)
        for said, data in parts:
            if data.unknown:
                return rrset_of(key, data, "", self._places.of(said.resource))
        for said, data in parts:
            if data.target:
                if len(parts) > 1:
                    what = f"{key.name} {key.rdtype} is an alias, and has other records as well"
                    self._problems.append(Problem(self._places.of(said.resource), what))
                return rrset_of(key, data, "", self._places.of(said.resource))
        values = dict.fromkeys(value for _, data in parts for value in data.values)
        ttl = min(data.ttl for _, data in parts)
        return rrset_of(key, Data(ttl, tuple(values)), "", place)

    def is_part(self, said: Said) -> bool:
        """Whether *said* is a single record."""
        try:
            return said.kind.is_part(said.values)
        except (HiddenError, WrongError):
            return False


def rrset_of(key: Key, data: Data, variant: str, place: Place) -> PlannedRRset:
    """Return the RRset that *data* are, or are of."""
    return PlannedRRset(
        *key,
        data.ttl,
        place,
        values=data.values,
        unknown=data.unknown,
        target=data.target,
        variant=variant,
    )
