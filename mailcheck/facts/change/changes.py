"""What is proposed in a run, zone by zone, and which names its suites refer to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from mailcheck.evidence import Evidence, visible
from mailcheck.facts.change.proposed import NOTHING_PROPOSED
from mailcheck.names import parent, to_u_labels
from mailcheck.question import NotObserved, Question, Unobserved, question
from mailcheck.zone_name import out_of_part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailcheck.errors import Place

SHOWN_ZONES = 5
"""Zones that evidence names; the rest is counted."""


class ChangedRRset(NamedTuple):
    """An RRset that a change writes or removes, and where; without a type, all of the name."""

    name: str
    rdtype: str
    place: Place | None = None


class CopiedRRset(NamedTuple):
    """An RRset that will be a copy of what *target* has of its type whenever somebody asks."""

    name: str
    rdtype: str
    target: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class ZoneChange:
    """What is proposed for *zone* (normal form), *by* a file or servers.

    A change to the ``whole`` zone leaves nothing that it does not write; any other removes what is
    ``removed`` and leaves the rest. Where servers propose it, which nobody can list, both are empty.
    What is ``copied`` is written as well. Of the ``varied`` names and types other clients are given
    other records, of which nobody can list those of today. If anything is ``left`` in a whole zone,
    that is as it is live, and nobody can list it either. One that is ``planned`` is made by a
    provider, who checks it and writes the SOA record.
    """

    zone: str
    by: str
    whole: bool
    written: tuple[ChangedRRset, ...] = ()
    removed: tuple[ChangedRRset, ...] = ()
    copied: tuple[CopiedRRset, ...] = ()
    planned: bool = False
    varied: frozenset[tuple[str, str]] = frozenset()
    left: bool = False

    @property
    def says_all(self) -> bool:
        """Whether what is not written will not be there."""
        return self.whole and not self.left


@question
class Changes(Question["ChangesFact"]):
    """What is proposed in this run."""


@dataclass(frozen=True, slots=True)
class ChangesFact:
    """The change to each zone, by the zone."""

    zones: Mapping[str, ZoneChange]

    def around(self, name: str) -> ZoneChange | None:
        """Return the change to the closest proposed zone around *name*."""
        at = name
        while at not in self.zones:
            if at == ".":
                return None
            at = parent(at)
        return self.zones[at]

    def to(self, domain: str) -> ZoneChange:
        """Return the change to the zone that holds *domain*.

        Raises:
            NotObserved: if none is proposed.
        """
        if change := self.around(domain):
            return change
        text = f"no change to {to_u_labels(domain)} is proposed in this run"
        raise NotObserved(Unobserved(NOTHING_PROPOSED.cause, text, not_evaluated=True))

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """One line: who proposes what."""
        shown = [f"{z.zone} by {z.by}" for z in self.zones.values()][:SHOWN_ZONES]
        more = len(self.zones) - SHOWN_ZONES
        shown += [f"{more} more"] if more > 0 else []
        return (Evidence("proposed change", visible(", ".join(shown))),)


@question
class NamesInUse(Question["NamesInUseFact"]):
    """The names that the suites of the run refer to: domains, hosts, reverse names of addresses."""


@dataclass(frozen=True, slots=True)
class NamesInUseFact:
    """Where each name is referred to first; ``more`` names are not kept.

    ``zones`` are those whose copies are asked about: a sentence about a change uses no name.
    """

    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    more: int = 0
    zones: frozenset[str] = frozenset()

    def users(self, name: str) -> tuple[str, ...]:
        """Return where *name* is referred to, or what leads to it by custom, in words."""
        places = self.places.get(name) or self.places.get(out_of_part(name), ())
        return tuple(place.line_of for place in places)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Nothing worth a line: reasons say who uses what."""
        return ()
