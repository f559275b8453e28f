"""Which names the suites of a run refer to, gathered before anything is asked."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from mailcheck.address_blocks import AddressBlock
from mailcheck.facts.blocklists import ListZone
from mailcheck.facts.change.changes import NamesInUseFact
from mailcheck.names import Address, Domain, reverse_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.check import Check
    from mailcheck.errors import Place

LIMIT = 100_000
"""Names that are kept."""

PLACES = 3
"""Places that are kept of one name: they are shown, and nobody reads more."""


class Names:
    """Gathers the names among the parameters of requirements."""

    def __init__(self) -> None:
        self._places: dict[str, list[Place]] = {}
        self._more: set[str] = set()
        self._judged: set[str] = set()
        self._zones: set[str] = set()

    @property
    def all(self) -> tuple[str, ...]:
        """The names that are kept, and those of which sentences judge the change."""
        return (*self._places, *self._judged)

    def add(self, check: Check[Any], params: Any, place: Place) -> None:
        """Take note of what the sentence at *place* refers to; one that judges a change uses nothing."""
        values = (getattr(params, field.name) for field in dataclasses.fields(params))
        names = dict.fromkeys(name for value in values for name in _names(value))
        if check.judges_change == "copy":
            self._zones.add(params.domain)
        if check.judges_change:
            self._judged.update(names)
            return
        for name in names:
            self._note(name, place)

    def fact(self) -> NamesInUseFact:
        """Return what is known so far."""
        places = {name: tuple(places) for name, places in self._places.items()}
        return NamesInUseFact(places, len(self._more), frozenset(map(str, self._zones)))

    def _note(self, name: str, place: Place) -> None:
        if name not in self._places and len(self._places) >= LIMIT:
            self._more.add(name)
            return
        places = self._places.setdefault(name, [])
        if len(places) < PLACES and place not in places:
            places.append(place)


def _names(value: Any) -> Iterator[str]:
    """Yield the names in *value*: a list's zone is not the suite's, and plain text is no name."""
    match value:
        case tuple():
            for one in value:
                yield from _names(one)
        case ListZone():
            return
        case Domain():
            yield str(value)
        case AddressBlock():
            yield from map(reverse_name, value.addresses)
        case str() if type(value) is not str:
            _, _, name = value.rpartition("@")
            if "." in name and (read := _read(name)):
                yield read
        case _ if isinstance(value, Address):
            yield reverse_name(value)


def _read(text: str) -> str:
    """Return the name that *text* is: an EHLO name or a pattern may be none."""
    try:
        return str(Domain.parse(text))
    except ValueError:
        return ""
