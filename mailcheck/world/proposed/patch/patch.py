"""A change to a part of a zone: the narrow interface for whatever knows what will be different.

A patch file is one source of it; a plan of Terraform, a dry run of octoDNS or a batch of Route 53
are others. Each says, of one zone:

- which RRsets will be there (``replaced``), whole, be they new or not;
- which RRsets will not (``removed``), one of a name or all of them: then the name has only what is
  ``replaced`` there;
- which RRsets will be there with values that nobody knows yet (``unknown``): an address that is
  given out when the change is made. A name that is unknown itself cannot be said;
- which RRsets will be copied from elsewhere, whenever somebody asks (``flattened``);
- which records come to an RRset that is live, or go from it, whatever else is in it (``amended``);

and where each of these stands. Everything else stays as it is live, which nobody has to know in
advance, unless the patch is of the ``whole`` zone. The file of a zone is a
:class:`mailcheck.world.proposed.zone.ProposedZone`; a change to several zones is a patch of each.

Answers are those of the zone's servers after the change (RFC 1034 §4.3.2, RFC 4592), worked out in
``lookup.py`` from what these servers say now, or in ``whole.py``. Only they are asked, never a resolver, which
would keep a denial. Two things no server shows, and they are taken for absent: types of a touched
name that are unusual (:data:`mailcheck.world.proposed.patch.live.USUAL`), and names below a removed
one whose labels are (:data:`mailcheck.world.proposed.patch.live.BELOW`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import dns.name
from dns.rdatatype import CDNSKEY, CDS, DNAME, DNSKEY, NS, NSEC3PARAM, SOA, RdataType

from mailcheck.facts.records import normal_name
from mailcheck.world.proposed.patch.live import downwards, wildcard_of
from mailcheck.world.proposed.patch.lookup import said
from mailcheck.world.proposed.patch.whole import said_of_whole, zone_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from dns.rrset import RRset

    from mailcheck.errors import Place
    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.world.proposed.patch.amended import AmendedRRset
    from mailcheck.world.proposed.patch.copied import Copied
    from mailcheck.world.proposed.zone import Cut, Written
    from mailcheck.zones.zone import Zone

Removed: TypeAlias = "tuple[dns.name.Name, RdataType | None]"
"""An RRset that will not be there; without a type, every RRset of the name that is not replaced."""


KEPT = frozenset({SOA, NS, DNSKEY, CDS, CDNSKEY, NSEC3PARAM})
"""Types that a provider has at the apex of a zone, and no plan need say: it counts the serial, names
its own servers, and signs with its own keys, which it announces (RFC 7344). Other apex types are the
customer's."""


class PlacedRRset(NamedTuple):
    """An RRset, and where it is written."""

    rrset: RRset
    place: Place | None


class FlattenedRRset(NamedTuple):
    """Records that a provider copies from the name *target* whenever it is asked, and shows no alias.

    They are those of the same type that *target* has then; ``ttl`` is that of the copies, unless
    the originals have less. The owner has no such record of its own.
    """

    target: dns.name.Name
    ttl: int
    place: Place | None


class UnknownRRset(NamedTuple):
    """An RRset whose values are not known: what they will be made of, in words, and where it says so."""

    text: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Patch:
    """A change to the zone *origin* (normal form), proposed *by* somebody, in words for people.

    All names lie in the zone. No RRset is in two of the mappings, a name that is removed whole
    excepted, and none of ``SOA`` and ``NS`` of the origin is removed: whoever makes a patch sees to
    that.

    If it is ``whole``, nothing else will be in the zone but what a provider keeps there itself, and
    what ``stays``, which tells by name (normal form) and type.

    ``variants`` are the zone as other clients are given it, by weight, place or health: what is
    said of the zone must hold of each. Each is a patch of the same origin that says everything, and
    has no variants itself; this patch is the first of them, and not among its ``variants``. One that
    was taken out of them knows what is ``varied``.
    """

    origin: str
    by: str
    replaced: Mapping[Written, PlacedRRset]
    removed: Mapping[Removed, Place | None] = field(default_factory=dict)
    unknown: Mapping[Written, UnknownRRset] = field(default_factory=dict)
    whole: bool = False
    flattened: Mapping[Written, FlattenedRRset] = field(default_factory=dict)
    amended: Mapping[Written, AmendedRRset] = field(default_factory=dict)
    variants: tuple[Patch, ...] = ()
    planned: bool = False
    """Whether a provider makes the change by the plan of another tool."""
    varied: frozenset[Written] = frozenset()
    stays: Callable[[str, str], bool] | None = None
    apex: dns.name.Name = field(init=False, repr=False)
    """The zone as a name."""
    given: frozenset[dns.name.Name] = field(init=False, repr=False)
    """Names that exist by what is replaced: the owners, and those above them (RFC 4592 §2.2.2)."""
    taken: frozenset[dns.name.Name] = field(init=False, repr=False)
    """Names that may exist no more: those of which something is removed, and those above them."""
    _zone: Zone | None = field(init=False, repr=False, compare=False)
    """What it says, as a zone, if there will be nothing else."""
    _owners: Mapping[dns.name.Name, tuple[RdataType, ...]] = field(init=False, repr=False)
    """The types that will be at each name that it says anything of."""
    _below: Mapping[dns.name.Name, Sequence[dns.name.Name]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Note which names exist by it, and which may not any more."""
        put = object.__setattr__
        put(self, "apex", dns.name.from_text(self.origin))
        owners: dict[dns.name.Name, tuple[RdataType, ...]] = {
            name: () for name, _ in (*self.removed, *self.amended)
        }
        added = (key for key, one in self.amended.items() if one.adds)
        for name, rdtype in (*self.replaced, *self.unknown, *self.flattened, *added):
            owners[name] = (*owners.get(name, ()), rdtype)
        taken = self._upwards(name for name, _ in (*self.removed, *self.amended))
        below: dict[dns.name.Name, list[dns.name.Name]] = {}
        for name in taken - {self.apex}:
            below.setdefault(name.parent(), []).append(name)
        put(self, "given", self._upwards(name for name, kinds in owners.items() if kinds))
        put(self, "taken", taken)
        put(self, "_owners", owners)
        put(self, "_below", below)
        put(self, "_zone", zone_of(self) if self.whole and not self.stays else None)

    async def answer(self, name: str, rdtype: str) -> DnsAnswer | Cut | Copied:
        """Return what the zone's servers will say; if that is what they say now, a live answer.

        Raises:
            NotObserved: if that cannot be known, or not before the change.
        """
        if self._zone is not None:
            return await said_of_whole(self, self._zone, name, rdtype)
        return await said(self, name, rdtype)

    def variant(self, number: int) -> Patch:
        """Return the zone as the clients of a variant are given it; 0 is the patch itself, the first.

        Where there are fewer, further clients are given the first.
        """
        if not self.variants:
            return self
        several = (self, *self.variants)
        keys = {key for one in several for key in (*one.replaced, *one.unknown, *one.flattened)}
        first, *others = [[one.records_of(key) for key in keys] for one in several]
        varied = {
            key
            for key, *records in zip(keys, first, *others, strict=True)
            if any(one != records[0] for one in records)
        }
        chosen = several[number] if number < len(several) else self
        return replace(chosen, variants=(), varied=frozenset(varied))

    def affects(self, name: dns.name.Name) -> bool:
        """Whether anything about *name* may be different: by it, what lies above, or a wildcard."""
        if self.whole:
            return True
        apex = self.apex
        for at in downwards(apex, name):
            if at == apex:
                if self.has(at, DNAME) or (at == name and at in self._owners):
                    return True
            elif at in self.given or at in self.taken:
                return True
            if at != name and self._touches_wildcard(at):
                return True
        return False

    def has(self, name: dns.name.Name, rdtype: RdataType) -> bool:
        """Whether it says anything about this RRset."""
        at = (name, rdtype)
        return rdtype in self.types_at(name) or at in self.amended or self.removes(name, rdtype)

    def removes(self, name: dns.name.Name, rdtype: RdataType) -> bool:
        """Whether the RRset will not be there any more, if it is live."""
        if rdtype in self.types_at(name):
            return False
        if self.whole:
            return not (name == self.apex and rdtype in KEPT) and not self._stays(name, rdtype)
        return (name, rdtype) in self.removed or (name, None) in self.removed

    def may_go(self, name: dns.name.Name) -> bool:
        """Whether *name* may exist no more, if it is live."""
        return self.whole or name in self.taken

    def types_at(self, name: dns.name.Name) -> tuple[RdataType, ...]:
        """Return the types that it says will be at *name*."""
        return self._owners.get(name, ())

    def children(self, name: dns.name.Name) -> Sequence[dns.name.Name]:
        """Return the names one label below *name* of which, or below which, something is removed."""
        return self._below.get(name, ())

    def place_of(self, name: dns.name.Name, rdtype: RdataType) -> Place | None:
        """Return the line that says what becomes of an RRset, or else one about its name."""
        at = (name, rdtype)
        for one in (self.replaced, self.unknown, self.flattened, self.amended):
            if at in one:
                return one[at].place
        for key in (at, (name, None)):
            if key in self.removed:
                return self.removed[key]
        for kind in self.types_at(name):
            return self.place_of(name, kind)
        return next((place for (at, _), place in self.removed.items() if at == name), None)

    def records_of(self, key: Written) -> tuple[object, ...]:
        """Return what an RRset will be, wherever that is written."""
        replaced, copied = self.replaced.get(key), self.flattened.get(key)
        target = copied and copied.target
        return replaced and replaced.rrset, target, key in self.unknown

    def _stays(self, name: dns.name.Name, rdtype: RdataType) -> bool:
        return self.stays is not None and self.stays(normal_name(name), rdtype.name)

    def _touches_wildcard(self, encloser: dns.name.Name) -> bool:
        wildcard = wildcard_of(encloser)
        return wildcard in self.given or wildcard in self.taken

    def _upwards(self, names: Iterable[dns.name.Name]) -> frozenset[dns.name.Name]:
        found: set[dns.name.Name] = set()
        for name in names:
            found.update(downwards(self.apex, name))
        return frozenset(found)
