"""The zones that are proposed, and which of them nobody asked about: a slip in the name, mostly."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from mailcheck.names import parent, parse_address, reverse_name, to_u_labels
from mailcheck.world.proposed.zone import ProposedZone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.world.proposed.authority import Authority

NAMES = 500
"""Names outside of all zones that are kept: those that the sentences begin with come first."""

COMPARED = 200
"""Zones that are compared with those names."""

_BETWEEN = re.compile(r'[\s"=,;@/]+')
"""What stands between names and addresses in the data of records."""

_NAME = re.compile(r"[\w-]+(?:\.[\w-]+)+")
"""A name without escapes: texts are full of what is none."""

LETTERS = 2
"""Letters that a slip gets wrong: it leaves out, adds, changes or swaps them."""


class Zones:
    """Finds who proposes a zone among *authorities*, by their origins, and notes who was found."""

    def __init__(self, authorities: Mapping[str, Authority]) -> None:
        self.authorities = authorities
        self._asked: set[str] = set()
        self._elsewhere: dict[str, None] = {}
        self._led_to: set[str] = set()
        self._are_looked_through = False

    def around(self, name: str, rdtype: str = "A") -> Authority | None:
        """Return who proposes the closest zone around *name*; the DS of a zone is its parent's."""
        zones = self.authorities
        at = parent(name) if rdtype == "DS" and name in zones and name != "." else name
        while at not in zones:
            if at == ".":
                return None
            at = parent(at)
        return zones[at]

    def asked(self, name: str, rdtype: str) -> Authority | None:
        """Do the same for somebody who asks about *name*."""
        authority = self.around(name, rdtype)
        if authority is not None:
            self._asked.add(authority.origin)
        elif len(self._elsewhere) < NAMES:
            self._elsewhere[name] = None
        return authority

    def leads(self, answer: DnsAnswer) -> None:
        """Note the zones that *answer* leads to from elsewhere, by a name or an address in it."""
        here = self.around(answer.name)
        for name in _names_in(answer):
            there = self.around(name)
            if there is not None and there is not here:
                self._led_to.add(there.origin)

    def all_are_looked_through(self) -> None:
        """Note that a sentence asks about all zones, whatever they are called.

        That is no reason any more to think that one is called as it should be.
        """
        self._are_looked_through = True

    def unasked(self, named: Iterable[str]) -> dict[str, str]:
        """Return the zones that nobody asked about, each with who proposes it and what may be meant.

        *named* are the names that the sentences of the run have. A file that is named after one
        zone and holds another is asked about by either.
        """
        zones, asked = self.authorities, set(self._asked)
        if self._are_looked_through:
            about = {found.origin for name in named if (found := self.around(name))}
            asked &= about | self._led_to
        files = {zones[one].by for one in asked & zones.keys() if _is_file(zones[one])}
        left = {
            zone: by.by
            for zone, by in zones.items()
            if zone not in asked and not (_is_file(by) and by.by in files)
        }
        meant = {zone: self._meant(zone) for zone in islice(left, COMPARED)}
        return {
            zone: f"{to_u_labels(zone)} ({by}){meant.get(zone, '')}" for zone, by in left.items()
        }

    def _meant(self, zone: str) -> str:
        """Return the question whether a name that was asked about is meant, if one is that near."""
        candidates = dict.fromkeys(
            name
            for one in self._elsewhere
            for name in _upwards(one)
            if abs(len(name) - len(zone)) <= LETTERS
        )
        for letters in range(1, LETTERS + 1):
            for name in candidates:
                if is_near(zone, name, letters):
                    return f"; did you mean {to_u_labels(name)}?"
        return ""


def is_near(one: str, other: str, letters: int) -> bool:
    """Whether *other* is *one* with no more than so many *letters* wrong."""
    if one == other:
        return True
    if not letters or not (one and other):
        return len(one) + len(other) <= letters
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    at = min(len(one), len(other)) if at is None else at
    one, other, left = one[at:], other[at:], letters - 1
    return (
        is_near(one[1:], other, left)
        or is_near(one, other[1:], left)
        or is_near(one[1:], other[1:], left)
        or (one[1:2] + one[:1] == other[:2] and is_near(one[2:], other[2:], left))
    )


def _names_in(answer: DnsAnswer) -> Iterator[str]:
    """Yield the aliases of *answer*, and what looks like a name or an address in its records."""
    yield from answer.aliases
    for text in answer.texts:
        for word in filter(None, _BETWEEN.split(text)):
            try:
                yield reverse_name(parse_address(word))
            except ValueError:
                name = word.rpartition(":")[2].removesuffix(".").lower()
                if _NAME.fullmatch(name):
                    yield name


def _upwards(name: str) -> Iterator[str]:
    """Yield *name* and the names above it that have two labels at least."""
    while "." in name.strip("."):
        yield name
        name = parent(name)


def _is_file(authority: Authority) -> bool:
    return isinstance(authority, ProposedZone)
