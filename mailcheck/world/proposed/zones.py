"""The zones that are proposed, and which of them nobody asked about: a slip in the name, mostly."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from mailcheck.names import parent, to_u_labels
from mailcheck.world.proposed.zone import ProposedZone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mailcheck.world.proposed.authority import Authority

NAMES = 500
"""Names outside of all zones that are kept: those that the sentences begin with come first."""

COMPARED = 200
"""Zones that are compared with those names."""

LETTERS = 2
"""Letters that a slip gets wrong: it leaves out, adds, changes or swaps them."""


class Zones:
    """Finds who proposes a zone among *authorities*, by their origins, and notes who was found."""

    def __init__(self, authorities: Mapping[str, Authority]) -> None:
        self.authorities = authorities
        self._asked: set[str] = set()
        self._elsewhere: dict[str, None] = {}

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

    def unasked(self) -> dict[str, str]:
        """Return the zones that nobody asked about, each with who proposes it and what may be meant.

        A file that is named after one zone and holds another is asked about by either.
        """
        zones = self.authorities
        files = {zones[one].by for one in self._asked & zones.keys() if _is_file(zones[one])}
        left = {
            zone: by.by
            for zone, by in zones.items()
            if zone not in self._asked and not (_is_file(by) and by.by in files)
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


def _upwards(name: str) -> Iterator[str]:
    """Yield *name* and the names above it that have two labels at least."""
    while "." in name.strip("."):
        yield name
        name = parent(name)


def _is_file(authority: Authority) -> bool:
    return isinstance(authority, ProposedZone)
