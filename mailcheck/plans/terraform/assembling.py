"""RRsets as they will be, put together of what resources say.

A resource of Route 53 is an RRset, or one variant of it; one of Cloudflare is a single record. So an
RRset is all that the plan has at its name and type, changed or not. What is there beside the plan, made
by hand or by another configuration, nobody can know of by it: single records beside it stay live and
are not judged, and neither are variants; a note says so.

Where several providers serve a zone, what each says is a variant.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mailcheck.errors import Problem
from mailcheck.plans.plan import PlannedRemoval, PlannedRRset
from mailcheck.plans.route53_sets import RecordSet, given_out
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
                    self._note(_SINGLE, key)
                elif _variant_of(group.was[0]):
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
            unseen = text in (_SINGLE, _VARIANTS, _TOGETHER, _ADDED)
            names = [f"{k.name} {k.rdtype}" for k in keys if not (unseen and k.zone in whole)]
            if names:
                more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
                yield f"{', '.join(names[:MOST_NAMED])}{more}: {text}"

    def _rrsets(self, key: Key, group: _Group) -> Iterator[PlannedRRset]:
        """Yield the RRset: that of each provider as a variant, if several serve the zone."""
        if lost := self._lost(key, group):
            yield lost
            return
        providers: dict[str, list[Said]] = {}
        for said in group.will:
            providers.setdefault(said.resource.type.partition("_")[0], []).append(said)
        if len(providers) == 1:
            yield from self._of_one(key, group)
            return
        found = [(name, [*self._of_one(key, _Group([], said))]) for name, said in providers.items()]
        alike = {
            frozenset((one.values, one.unknown, one.target) for one in rrsets)
            for _, rrsets in found
        }
        if len(alike) == 1:
            yield from found[0][1]
            return
        for name, rrsets in found:
            for one in rrsets:
                yield replace(one, variant=f"{name} {one.variant}".rstrip())

    def _of_one(self, key: Key, group: _Group) -> Iterator[PlannedRRset]:
        parts: list[tuple[Said, Data]] = []
        found: dict[tuple[str, Data], RecordSet] = {}
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
            if said.kind.adds and said.resource.created:
                self._note(_ADDED, key)
            for variant, of_it in variants:
                one = _record_set(said, _rrset(key, of_it, variant, self._place(said)))
                if variant:
                    self._note(_TOGETHER if one.is_multivalue else _VARIANTS, key)
                found.setdefault((variant, of_it), one)
        yield from given_out(found.values())
        if parts and not self._stays(parts, group):
            self._note(_SINGLE, key)
            yield self._together(key, parts)

    def _lost(self, key: Key, group: _Group) -> PlannedRRset | None:
        """Return the RRset, if one resource gives it up and another takes it over, and it may be lost.

        Terraform does both in no order. If making it fails while it is there, the change has to be
        made again; if it does not, it may be deleted afterwards.
        """
        given_up = {
            _variant_of(left): left
            for left in group.was
            if left.resource.will is None and not self._is_part(left)
        }
        for new in group.will if given_up else ():
            if new.resource.was is None and (left := given_up.get(_variant_of(new))):
                old, own = (shown_address(one.resource.address) for one in (left, new))
                text = f"given up by {old} and taken over by {own}"
                if new.kind.overwrites(new.values):
                    why = f"{text} in no order, so that it may be gone (a moved block keeps it)"
                    return _rrset(key, Data(0, unknown=why), "", self._place(new))
                self._note(text, key)
        return None

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
_ADDED = "its records are added to those that are there, which are not seen"
_TOGETHER = (
    "its values are given together; those that this configuration does not manage are not seen"
)


def _variants(said: Said, data: Data) -> Iterable[tuple[str, Data]]:
    try:
        return said.kind.variants(said.values, data, said.key.rdtype).items()
    except HiddenError:
        return ((said.resource.address, data),)


def _record_set(said: Said, rrset: PlannedRRset) -> RecordSet:
    try:
        return said.kind.record_set(said.values, rrset)
    except (HiddenError, WrongError):  # each client may be given it
        return RecordSet(rrset)


def _variant_of(said: Said) -> str:
    """Return under which names *said* has variants, as one text; usually none."""
    try:
        return ", ".join(name for name, _ in _variants(said, Data(0)))
    except WrongError:  # of what is deleted nothing else matters
        return ""


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
