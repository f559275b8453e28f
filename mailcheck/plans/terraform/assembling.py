"""RRsets as they will be, put together of what resources say.

A resource of Route 53 is an RRset, or one variant of it; one of Cloudflare is a single record. So an
RRset is all that the plan has at its name and type, changed or not. What is there beside the plan, made
by hand or by another configuration, nobody can know of by it: single records stay beside what the plan
says, as they are live, unless it cannot be told which of them go; a note says so. Variants beside it
are not judged.

Where several providers serve a zone, what each says is a variant.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.errors import Problem
from mailcheck.plans.plan import PlannedRemoval, PlannedRRset
from mailcheck.plans.route53_sets import RecordSet, given_out
from mailcheck.plans.terraform.kinds import Data
from mailcheck.plans.terraform.resources import shown_address
from mailcheck.plans.terraform.single_records import Group, SingleRecords, rrset_of
from mailcheck.plans.terraform.values import HiddenError, WrongError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from mailcheck.errors import Place
    from mailcheck.plans.terraform.places import Places
    from mailcheck.plans.terraform.said import Key, Reader, Said

MOST_NAMED = 3
"""RRsets, or resources, that one note names."""


class Assembling:
    """Collects what resources say, and what is wrong with it in ``problems``."""

    def __init__(self, reader: Reader, places: Places) -> None:
        self.problems: list[Problem] = []
        self._reader = reader
        self._places = places
        self._single = SingleRecords(reader, places, self.problems)
        self._groups: dict[Key, Group] = {}
        self._notes: dict[str, dict[Key, None]] = {}

    def was(self, said: Said) -> None:
        """Take in what is there before the change."""
        self._group(said).was.append(said)

    def will(self, said: Said) -> None:
        """Take in what will be there."""
        self._group(said).will.append(said)

    def _group(self, said: Said) -> Group:
        return self._groups.setdefault(said.key, Group())

    def removals(self) -> Iterator[PlannedRemoval]:
        """Yield what will not be there any more."""
        for key, group in self._groups.items():
            if group.changes and not group.will:
                if key.name == key.zone and key.rdtype in ("NS", "SOA"):
                    self._note("stays, for the provider keeps it itself", key)
                    continue
                if self._single.taken(group) is not None:
                    continue  # others may be left beside it
                if self._single.is_part(group.was[0]):
                    self._note(_SINGLE, key)
                elif _variant_of(group.was[0]):
                    self._note(_VARIANTS, key)
                yield PlannedRemoval(*key, self._place(group.was[0]))

    def rrsets(self) -> Iterator[PlannedRRset]:
        """Yield what will be there, whole, where anything of it changes."""
        for key, group in self._groups.items():
            if group.changes and group.will:
                yield from self._rrsets(key, group)
            elif group.changes and (takes := self._single.taken(group)) is not None:
                nothing = rrset_of(key, Data(0), "", self._place(group.was[0]))
                yield replace(nothing, takes=takes)

    def notes(self, whole: Container[str]) -> Iterator[str]:
        """Yield what of it cannot be known; of zones that are *whole*, all is."""
        for text, keys in self._notes.items():
            unseen = text in (_SINGLE, _VARIANTS, _TOGETHER, _ADDED)
            names = [f"{k.name} {k.rdtype}" for k in keys if not (unseen and k.zone in whole)]
            if names:
                more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
                yield f"{', '.join(names[:MOST_NAMED])}{more}: {text}"

    def _rrsets(self, key: Key, group: Group) -> Iterator[PlannedRRset]:
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
        found = [(name, [*self._of_one(key, Group([], said))]) for name, said in providers.items()]
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

    def _of_one(self, key: Key, group: Group) -> Iterator[PlannedRRset]:
        parts: list[tuple[Said, Data]] = []
        found: dict[tuple[str, Data], RecordSet] = {}
        for said in group.will:
            try:
                data = self._reader.data(said)
                variants = _variants(said, data)
            except WrongError as wrong:
                self.problems.append(Problem(self._place(said), wrong.what, wrong.expected))
                continue
            if self._single.is_part(said):
                parts.append((said, data))
                continue
            if said.kind.adds and said.resource.created:
                self._note(_ADDED, key)
            for variant, of_it in variants:
                one = _record_set(said, rrset_of(key, of_it, variant, self._place(said)))
                if variant:
                    self._note(_TOGETHER if one.is_multivalue else _VARIANTS, key)
                found.setdefault((variant, of_it), one)
        yield from given_out(found.values())
        if parts and not self._single.stay(parts, group):
            made = self._single.together(key, parts)
            takes = self._single.taken(group, made.values)
            if takes is None or not made.values:
                self._note(_SINGLE, key)
            yield replace(made, takes=takes) if made.values else made

    def _lost(self, key: Key, group: Group) -> PlannedRRset | None:
        """Return the RRset, if one resource gives it up and another takes it over, and it may be lost.

        Terraform does both in no order. If making it fails while it is there, the change has to be
        made again; if it does not, it may be deleted afterwards.
        """
        given_up = {
            _variant_of(left): left
            for left in group.was
            if left.resource.will is None and not self._single.is_part(left)
        }
        for new in group.will if given_up else ():
            if new.resource.was is None and (left := given_up.get(_variant_of(new))):
                old, own = (shown_address(one.resource.address) for one in (left, new))
                text = f"given up by {old} and taken over by {own}"
                if new.kind.overwrites(new.values):
                    why = f"{text} in no order, so that it may be gone (a moved block keeps it)"
                    return rrset_of(key, Data(0, unknown=why), "", self._place(new))
                self._note(f"{text}: {_MAY_FAIL}", key)
        return None

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
_MAY_FAIL = (
    "judged as it will be, but the apply may fail where it is made before it is deleted; a moved "
    "block avoids that"
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
