"""What a plan makes of DNS: the one form that every reader of plans fills."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mailcheck.errors import Place
    from mailcheck.zone_name import ZoneName


@dataclass(frozen=True, slots=True)
class PlannedRRset:
    """An RRset as it will be, whole.

    ``zone`` and ``name`` are absolute and in the form of :func:`mailcheck.plans.names.full_name`.
    ``values`` are the data of its records in presentation form, with absolute names; so many at
    least as there is no reason why they are not known. These are the reasons:

    - ``unknown`` says in words what they will be made of, if nobody knows that before the change;
    - ``target`` is the name whose records of this type are returned as its own, as they are at the
      time: an alias of the provider's, which is no CNAME, and may stand at the apex.

    Of a provider whose resources are single records, ``takes`` are the data of those that go, none
    maybe, and ``values`` those of the plan that will be there; others that are live stay beside them.

    ``variant`` names one of several RRsets of which different clients are given different ones (by
    weight, place or health); what is said of the name must hold for each. ``ttl`` is in seconds.
    """

    zone: str
    name: str
    rdtype: str
    ttl: int
    place: Place
    values: tuple[str, ...] = ()
    unknown: str = ""
    target: str = ""
    variant: str = ""
    takes: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class PlannedRemoval:
    """An RRset that will not be there any more; without ``rdtype``, all of the name's."""

    zone: str
    name: str
    rdtype: str
    place: Place


@dataclass(frozen=True, slots=True)
class Left:
    """What a tool leaves as it is live in a zone that is ``whole`` otherwise: filters say so.

    ``stays`` tells, by the absolute name and the type, of an RRset that the plan does not mention.
    """

    zone: str
    stays: Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Unserved:
    """A zone of which nobody knows who serves it after the change: it is deleted, or made anew.

    One that is made anew may be on other name servers, to which nobody delegates it yet. ``why`` is
    a clause for people that names the resource; whatever else the plan says of the zone decides
    nothing.
    """

    zone: str
    why: str
    place: Place


@dataclass(frozen=True, slots=True)
class Plan:
    """All that one plan says.

    ``by`` is its file, for people. ``whole`` are the zones of which nothing else will be there but
    what the provider keeps itself, SOA and NS of the apex, and what is ``left``; of all others, what
    is not mentioned stays as it is live, unless the zone is ``unserved``. ``notes`` say what else in the plan
    concerns DNS and was not judged.
    """

    by: str
    rrsets: tuple[PlannedRRset, ...] = ()
    removals: tuple[PlannedRemoval, ...] = ()
    whole: tuple[str, ...] = ()
    left: tuple[Left, ...] = ()
    notes: tuple[str, ...] = ()
    unserved: tuple[Unserved, ...] = ()


class Text(Protocol):
    """A file that was read: what messages call it, and its text."""

    @property
    def shown(self) -> str:
        """Its path as messages show it."""

    @property
    def text(self) -> str:
        """Its text; octets that are not UTF-8 are surrogates."""


class Project(Protocol):
    """The files around a plan, as far as a change may have them read: those of the project."""

    def text(self, path: str, beside: str) -> Text | None:
        """Return the file at *path*, as seen from the folder of the one that is shown as *beside*.

        None if there is none, or it may not be read.
        """

    def files(self, folder: str, beside: str, ending: str) -> Iterable[Text]:
        """Yield the files right in *folder* whose names end with *ending*, in order of their names."""

    def folders(self, folder: str, beside: str, ending: str) -> Iterable[str]:
        """Yield the names of the folders right in *folder* that end with *ending*, in order."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the run says beside the plan.

    ``zone`` is the one that the file is given for (``csv:example.com=FILE``); ``zones_of`` are the
    zones of resources that do not tell theirs (``--mail-zone-of``), by the address of the resource,
    or by what the plan calls the zone (an identifier of the provider's).
    """

    project: Project
    zone: ZoneName | None = None
    zones_of: Mapping[str, ZoneName] = field(default_factory=dict)
