"""RRsets as they will be, put together of what resources say.

A resource of Route 53 is an RRset, or one variant of it; one of Cloudflare is a single record. So an
RRset is all that the plan has at its name and type, changed or not. What is there beside the plan, made
by hand or by another configuration, nobody can know of by it: single records beside it stay live and
are not judged, and neither are variants; a note says so.

An RRset that one resource gives up and another takes over (``delete`` and ``create`` of the same
name and type, in any order) is there after the change.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailcheck.errors import Problem
from mailcheck.plans.plan import PlannedRemoval, PlannedRRset
from mailcheck.plans.terraform.kinds import Data
from mailcheck.plans.terraform.resources import shown_address
from mailcheck.plans.terraform.values import HiddenError, WrongError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from mailcheck.errors import Place
    from mailcheck.plans.terraform.places import Places
    from mailcheck.plans.terraform.said import Key, Reader, Said

MOST_NAMED = 3
"""RRsets, or resources, that one note names."""


@dataclass(slots=True)
class _Group:
    """What resources say of one RRset."""

    was: list[Said] = field(default_factory=list)
    will: list[Said] = field(default_factory=list)

    @property
    def changes(self) -> bool:
        return any(one.resource.changes for one in (*self.was, *self.will))


class Assembling:
    """Collects what resources say, and what is wrong with it in ``problems``."""

    def __init__(self, reader: Reader, places: Places) -> None:
        self.problems: list[Problem] = []
        self._reader = reader
        self._places = places
        self._groups: dict[Key, _Group] = {}
        self._notes: dict[str, dict[Key, None]] = {}

    def was(self, said: Said) -> None:
        """Take in what is there before the change."""
        self._group(said).was.append(said)

    def will(self, said: Said) -> None:
        """Take in what will be there."""
        self._group(said).will.append(said)

    def _group(self, said: Said) -> _Group:
        return self._groups.setdefault(said.key, _Group())

    def removals(self) -> Iterator[PlannedRemoval]:
        """Yield what will not be there any more."""
        for key, group in self._groups.items():
            if group.changes and not group.will:
                if key.name == key.zone and key.rdtype in ("NS", "SOA"):
                    self._note("stays, for the provider keeps it itself", key)
                    continue
                if self._is_part(group.was[0]):
                    self._note(_SINGLE if group.was[0].kind.part else _TOGETHER, key)
                elif any(name for name, _ in _variants(group.was[0], Data(0))):
                    self._note(_VARIANTS, key)
                yield PlannedRemoval(*key, self._place(group.was[0]))

    def rrsets(self) -> Iterator[PlannedRRset]:
        """Yield what will be there, whole, where anything of it changes."""
        for key, group in self._groups.items():
            if group.changes and group.will:
                yield from self._rrsets(key, group)

    def notes(self, whole: Container[str]) -> Iterator[str]:
        """Yield what of it cannot be known; of zones that are *whole*, all is."""
        for text, keys in self._notes.items():
            unseen = text in (_SINGLE, _VARIANTS, _TOGETHER)
            names = [f"{k.name} {k.rdtype}" for k in keys if not (unseen and k.zone in whole)]
            if names:
                more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
                yield f"{', '.join(names[:MOST_NAMED])}{more}: {text}"

    def _rrsets(self, key: Key, group: _Group) -> Iterator[PlannedRRset]:
        parts: list[tuple[Said, Data]] = []
        found: dict[tuple[str, Data], PlannedRRset] = {}
        taken_over = {one.resource.address for one in group.will if one.resource.created}
        left = {one.resource.address for one in group.was if one.resource.will is None}
        if taken_over and left:
            self._note(f"given up by {_of(left)} and taken over by {_of(taken_over)}", key)
        for said in group.will:
            try:
                data = self._reader.data(said)
                variants = _variants(said, data)
            except WrongError as wrong:
                self.problems.append(Problem(self._place(said), wrong.what, wrong.expected))
                continue
            if self._is_part(said):
                parts.append((said, data))
                continue
            for variant, of_it in variants:
                if variant:
                    self._note(_VARIANTS, key)
                rrset = _rrset(key, of_it, variant, self._place(said))
                found.setdefault((variant, of_it), rrset)
        yield from found.values()
        if parts and not self._stays(parts, group):
            self._note(_SINGLE if parts[0][0].kind.part else _TOGETHER, key)
            yield self._together(key, parts)

    def _stays(self, parts: Iterable[tuple[Said, Data]], group: _Group) -> bool:
        """Whether the same single records are there before: only a comment or the like changes."""
        try:
            before = [self._reader.data(said) for said in group.was]
        except WrongError:
            return False
        return sorted(map(repr, before)) == sorted(repr(data) for _, data in parts) and not any(
            one.unknown for one in before
        )

    def _together(self, key: Key, parts: list[tuple[Said, Data]]) -> PlannedRRset:
        changed = [said for said, _ in parts if said.resource.changes]
        place = self._place(changed[0] if changed else parts[0][0])
        for said, data in parts:
            if data.unknown:
                return _rrset(key, data, "", self._place(said))
        for said, data in parts:
            if data.target:
                if len(parts) > 1:
                    what = f"{key.name} {key.rdtype} is an alias, and has other records as well"
                    self.problems.append(Problem(self._place(said), what))
                return _rrset(key, data, "", self._place(said))
        values = dict.fromkeys(value for _, data in parts for value in data.values)
        ttl = min(data.ttl for _, data in parts)
        return _rrset(key, Data(ttl, tuple(values)), "", place)

    def _is_part(self, said: Said) -> bool:
        try:
            return said.kind.is_part(said.values)
        except (HiddenError, WrongError):
            return False

    def _note(self, text: str, key: Key) -> None:
        self._notes.setdefault(text, {})[key] = None

    def _place(self, said: Said) -> Place:
        return self._places.of(said.resource)


_SINGLE = (
    "its resources are single records; those that this configuration does not manage are not seen"
)
_VARIANTS = (
    "clients are given one of several; those that this configuration does not manage are not seen"
)
_TOGETHER = (
    "its values are given together; those that this configuration does not manage are not seen"
)


def _of(addresses: Iterable[str]) -> str:
    return shown_address(min(addresses))


def _variants(said: Said, data: Data) -> Iterable[tuple[str, Data]]:
    try:
        return said.kind.variants(said.values, data, said.key.rdtype).items()
    except HiddenError:
        return ((said.resource.address, data),)


def _rrset(key: Key, data: Data, variant: str, place: Place) -> PlannedRRset:
    return PlannedRRset(
        *key,
        data.ttl,
        place,
        values=data.values,
        unknown=data.unknown,
        target=data.target,
        variant=variant,
    )
