"""What a patch says itself will be written at a name, as far as it can be served."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dns.rdatatype import CNAME, KEY, NSEC, RRSIG, RdataType

from mailcheck.evidence import Evidence, visible
from mailcheck.facts.records import normal_name
from mailcheck.names import to_u_labels
from mailcheck.question import NotObserved, Unobserved
from mailcheck.world.proposed.patch.said import where

if TYPE_CHECKING:
    import dns.name

    from mailcheck.errors import Place
    from mailcheck.world.proposed.patch.patch import Patch, PlacedRRset

BESIDE_AN_ALIAS = frozenset({CNAME, KEY, NSEC, RRSIG})
"""Types that an alias may have (RFC 2181 §10.1, RFC 4034 §4)."""

_MIXED = "would be an alias (CNAME) and have other records"


def written(patch: Patch, name: dns.name.Name, rdtype: RdataType) -> PlacedRRset | None:
    """Return the RRset that *patch* writes, if it says which one there will be.

    Raises:
        NotObserved: if there will be one, and its values are not known yet.
    """
    key = (name, rdtype)
    if unknown := patch.unknown.get(key):
        raise _not_known_yet(patch, name, rdtype, visible(unknown.text), unknown.place)
    if copied := patch.flattened.get(key):  # of what the zone itself rests on, servers or a DNAME
        target = visible(to_u_labels(normal_name(copied.target)))
        raise _not_known_yet(patch, name, rdtype, f"records of {target}", copied.place)
    return patch.replaced.get(key)


def is_mixture(patch: Patch, name: dns.name.Name) -> bool:
    """Whether *patch* writes an alias and other data at *name*; the zone itself has SOA and NS."""
    types = patch.types_at(name)
    return CNAME in types and (name == patch.apex or not BESIDE_AN_ALIAS.issuperset(types))


def mixture(patch: Patch, name: dns.name.Name, live: tuple[str, ...] = ()) -> NotObserved:
    """Say that *name* would be an alias and have other data, by *patch* and what stays *live*.

    No server loads such a zone (RFC 1034 §3.6.2).
    """
    proposed = patch.types_at(name)
    place = patch.place_of(name, proposed[0])
    kinds = ", ".join(kind.name for kind in proposed)
    beside = f" and {', '.join(live)} live" if live else ""
    text = (
        f"{visible(normal_name(name))} {_MIXED}, {kinds} by {where(patch, place)}{beside}; no server "
        "loads such a zone, so remove what is not to stay"
    )
    seen = _line(patch, name, kinds, _MIXED, place)
    return NotObserved(Unobserved("alias-and-other-data", text, seen))


def _not_known_yet(
    patch: Patch, name: dns.name.Name, rdtype: RdataType, what: str, place: Place | None
) -> NotObserved:
    shown = f"{visible(normal_name(name))} {rdtype.name}"
    text = f"{shown} is known only after the change: {what} ({where(patch, place)})"
    seen = _line(patch, name, rdtype.name, what, place)
    return NotObserved(Unobserved("not-known-yet", text, seen))


def _line(
    patch: Patch, name: dns.name.Name, kinds: str, result: str, place: Place | None
) -> tuple[Evidence]:
    """Return the line of *patch* that leaves open what will be at *name*."""
    source = f"proposed, {where(patch, place)}"
    return (Evidence(f"{visible(normal_name(name))} {kinds}", result, source, place=place),)
