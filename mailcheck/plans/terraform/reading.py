"""A plan, read: its resources in order, and what all of them together make of DNS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailcheck.errors import Place, Problem, SourceError
from mailcheck.plans.plan import Plan, Unserved
from mailcheck.plans.terraform import unread
from mailcheck.plans.terraform.assembling import MOST_NAMED, Assembling
from mailcheck.plans.terraform.configuration import Configuration
from mailcheck.plans.terraform.places import Places
from mailcheck.plans.terraform.providers import RECORDS, ZONES
from mailcheck.plans.terraform.resources import Resource, resource, shown_address
from mailcheck.plans.terraform.said import NamelessError, Reader
from mailcheck.plans.terraform.tokens import without_keys
from mailcheck.plans.terraform.values import WrongError
from mailcheck.plans.terraform.zones import Zones

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mailcheck.plans.plan import Given
    from mailcheck.plans.terraform.values import Values

MOST_PROBLEMS = 100
"""Problems that are told of one plan."""


def planned(plan: Mapping[str, Any], shown: str, given: Given) -> Plan:
    """Return what *plan* makes of DNS.

    Raises:
        SourceError: if any record that it changes cannot be read.
    """
    reading = _Reading(plan, shown, given)
    reading.read()
    return reading.result()


class _Reading:
    """One plan, while it is read."""

    def __init__(self, plan: Mapping[str, Any], shown: str, given: Given) -> None:
        self._plan = plan
        self._shown = shown
        self._problems: list[Problem] = []
        configuration = Configuration(plan.get("configuration"))
        self._resources = [*self._of_interest(plan.get("resource_changes") or [])]
        self._zones = Zones(plan, self._resources, ZONES, configuration, given.zones_of)
        self._places = Places(given.project, shown, configuration)
        self._reader = Reader(self._zones, configuration)
        self._assembling = Assembling(self._reader, self._places)
        self._private: dict[str, set[str]] = {}
        self._nameless: dict[str, int] = {}
        self._whole: dict[str, None] = {}

    def _of_interest(self, entries: list[Any]) -> Iterator[Resource]:
        for entry in entries:
            kind = entry.get("type") if isinstance(entry, dict) else None
            if not isinstance(kind, str):
                what = "an entry of resource_changes has no type"
                self._problems.append(Problem(Place(self._shown, 1), what, "each has one"))
            elif (
                kind in RECORDS
                or kind in ZONES
                or unread.has_records(kind)
                or unread.is_private(kind)
            ):
                try:
                    yield resource(entry)
                except WrongError as wrong:
                    address = entry.get("address")
                    of = shown_address(address) if isinstance(address, str) else ""
                    place = Place(self._shown, 1, 1, of)
                    self._problems.append(Problem(place, wrong.what, wrong.expected))

    def read(self) -> None:
        """Take in all resources."""
        records = [one for one in self._resources if one.managed and one.type in RECORDS]
        for one in records:
            for values in (one.was, one.will):
                if values:
                    self._zones.learn(one, values, RECORDS[one.type])
        for one in records:
            self._read(one)
        for one in self._resources:
            if one.managed and one.changes and one.type not in RECORDS and one.type not in ZONES:
                self._unread(one)

    def _read(self, one: Resource) -> None:
        try:
            if one.was and not RECORDS[one.type].whole:
                for said in self._said(one, one.was):
                    self._assembling.was(said)
            if one.will:
                for said in self._said(one, one.will, counts=one.changes):
                    self._assembling.will(said)
        except WrongError as wrong:
            # What stays as it is has been published already, and needs no saying.
            if one.changes:
                place = self._places.of(one)
                self._problems.append(Problem(place, wrong.what, wrong.expected))

    def _said(self, one: Resource, values: Values, *, counts: bool = False) -> Iterator[Any]:
        kind = RECORDS[one.type]
        zone = self._reader.zone(one, values, kind)
        if zone.private:
            if one.changes:
                at = f"{zone.name} ({shown_address(zone.address)})"
                self._private.setdefault(at, set()).add(one.address)
            return
        if counts and kind.whole:
            self._whole[zone.name] = None
        for said in self._reader.each(zone, one, values, kind):
            if not isinstance(said, NamelessError):
                yield said
            elif counts:
                text = f"{without_keys(one.address)} in {zone.name}{said.text}"
                self._nameless[text] = self._nameless.get(text, 0) + 1

    def _unread(self, one: Resource) -> None:
        if unread.is_private(one.type):
            self._private.setdefault(one.type, set()).add(one.address)
            return
        what = f"{one.type} has DNS records, and is not understood"
        self._problems.append(Problem(self._places.of(one), what, unread.WAY_OUT))

    def result(self) -> Plan:
        """Return what was taken in.

        Raises:
            SourceError: if anything was wrong.
        """
        rrsets, removals = tuple(self._assembling.rrsets()), tuple(self._assembling.removals())
        if problems := [*self._problems, *self._assembling.problems]:
            told = sorted(problems)[:MOST_PROBLEMS]
            if more := len(problems) - len(told):
                told.append(Problem(told[-1].place, f"there are {more} more problems in this plan"))
            raise SourceError(told)
        unserved = tuple(self._unserved())
        said = {one.zone for one in rrsets} - {one.zone for one in unserved}
        made = [zone for zone in self._zones.table.whole() if zone in said]
        whole = dict.fromkeys((*self._whole, *made))
        notes = (*self._assembling.notes(whole), *self._notes(made))
        return Plan(self._shown, rrsets, removals, tuple(whole), unserved=unserved, notes=notes)

    def _unserved(self) -> Iterator[Unserved]:
        for removed in self._zones.table.removed():
            place = self._places.of(removed.maker or removed.resource)
            why = f"the zone is deleted by {place.line_of}"
            if removed.maker:
                why = (
                    f"the zone is made anew, maybe with other name servers, by {place.line_of}, and "
                    "nobody delegates it to those yet"
                )
            yield Unserved(removed.zone.name, why, place)

    def _notes(self, made: Iterable[str]) -> Iterator[str]:
        for name in made:
            yield f"{name}: the zone is new, so nothing is in it but what the plan says"
        for text, count in self._nameless.items():
            yield f"{_times(count)} of {text}: its name is known only after apply, so it is not judged"
        for private, addresses in self._private.items():
            yield f"{_times(len(addresses))} of {private}: private, so mail servers elsewhere do not see it"
        if self._plan.get("complete") is False:
            yield "the plan is not complete: what it leaves for later is judged as it is now"
        deferred = self._plan.get("deferred_changes")
        if isinstance(deferred, list) and (names := [*_deferred(deferred)]):
            more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
            yield f"deferred, and not judged: {', '.join(names[:MOST_NAMED])}{more}"


def _times(count: int) -> str:
    return f"{count} resource{'s' * (count != 1)}"


def _deferred(entries: list[Any]) -> Iterator[str]:
    for entry in entries:
        change = entry.get("resource_change") if isinstance(entry, dict) else None
        if isinstance(change, dict) and isinstance(change.get("type"), str):
            kind, address = change["type"], change.get("address")
            if (kind in RECORDS or unread.has_records(kind)) and isinstance(address, str):
                yield shown_address(address)
