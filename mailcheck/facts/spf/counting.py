"""The limits of an evaluation, counted over all that a record leads to (RFC 7208 §4.6.4).

Counted is what a client meets that no address matches: it comes furthest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from mailcheck.evidence import visible
from mailcheck.facts.spf.result import MOST_VOIDS
from mailcheck.facts.spf.terms import Directive
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.facts.spf.place import Place, Reached
    from mailcheck.facts.spf.terms import Qualifier, Term

SHOWN_TERMS = 12
"""Terms of one record that a breakdown names; the others it counts."""

SHOWN_DEPTH = 3

FAMILIES = (4, 6)


def ending(place: Place) -> tuple[Qualifier | None, tuple[Reached, ...]]:
    """Return the qualifier of the term that decides about strangers, and the way to it.

    That is ``all``, or an ``exists`` that finds something for everybody. None if there is no such
    term, or none that is known. Through ``include`` only ``+all`` decides: with any other the
    include does not match (§5.2).
    """
    for reached in place.terms:
        term = reached.term
        if not isinstance(term, Directive):
            if reached.below is None:
                return None, (reached,)
            found, way = ending(reached.below)
            return found, (reached, *way)
        if term.mechanism == "all" or _exists(reached):
            return term.qualifier, (reached,)
        if term.mechanism == "include" and reached.below:
            found, way = ending(reached.below)
            if found == "+":
                return term.qualifier, (reached, *way)
    return None, ()


def _exists(reached: Reached) -> bool:
    found = reached.found
    is_exists = isinstance(reached.term, Directive) and reached.term.mechanism == "exists"
    return is_exists and not isinstance(found, Unobserved | None) and found.status == "data"


def met_by_strangers(place: Place) -> Iterator[Reached]:
    """Yield the terms of *place* that a client comes to whom no address matches."""
    _, way = ending(place)
    for reached in place.terms:
        yield reached
        if way and reached is way[0]:
            return


def places(place: Place) -> Iterator[Place]:
    """Yield the records that an evaluation may come to, in order."""
    yield place
    for reached in met_by_strangers(place):
        if reached.below:
            yield from places(reached.below)


def lookups(place: Place) -> int:
    """Return how many terms ask DNS; ``%{p}`` counts as one, once (§4.6.4)."""
    return _terms(place) + _asks_for_p(place)


def _terms(place: Place) -> int:
    return sum(map(_cost, met_by_strangers(place)))


def _cost(reached: Reached) -> int:
    return reached.asks + (_terms(reached.below) if reached.below else 0)


def _asks_for_p(place: Place) -> bool:
    return any(
        (reached.spec is not None and "p" in reached.spec.letters)
        or (reached.below is not None and _asks_for_p(reached.below))
        for reached in met_by_strangers(place)
    )


def breakdown(place: Place, depth: int = SHOWN_DEPTH) -> str:
    """Return where the lookups come from: ``mx 1, include:a.example 3 (a 1, include:b.example 1)``."""
    asking = [reached for reached in met_by_strangers(place) if reached.asks]
    said = [_part(reached, depth) for reached in asking[:SHOWN_TERMS]]
    if left := asking[SHOWN_TERMS:]:
        said.append(f"{len(left)} more terms {sum(map(_cost, left))}")
    if depth == SHOWN_DEPTH and _asks_for_p(place):
        said.append("%{p} 1")
    return ", ".join(said)


def _part(reached: Reached, depth: int) -> str:
    text = f"{visible(reached.term.text, 80)} {_cost(reached)}"
    within = breakdown(reached.below, depth - 1) if reached.below and depth > 1 else ""
    return f"{text} ({within})" if within else text


@dataclass(frozen=True, slots=True)
class Void:
    """A lookup that found nothing, or may have.

    ``disputed`` if it is for an exchange of ``mx``, which not all receivers count, or for the reverse
    name of the client, which most have who may send.
    """

    rdtype: str
    name: str
    unknown: Unobserved | None = None
    disputed: bool = False

    def __str__(self) -> str:
        return f"{self.rdtype} of {visible(to_u_labels(self.name), 80)}"


_REVERSE = Void("PTR", "the client", disputed=True)


@dataclass(frozen=True, slots=True)
class Match:
    """A term by which some client passes; ``unknown`` says that this could not be found out.

    Whom ``ptr`` and macros let pass is not in the record, and may be nobody.
    """

    unknown: bool = False


Event: TypeAlias = "Void | Match"


def events(place: Place, version: int, *, passing: bool = True) -> Iterator[Event]:
    """Yield what clients of IPv4 or IPv6 meet, in order.

    ``passing`` says whether those that pass here pass in the end.
    """
    for reached in met_by_strangers(place):
        term = reached.term
        passes = passing and not (isinstance(term, Directive) and term.qualifier != "+")
        if reached.below:
            yield from events(reached.below, version, passing=passes)
        else:
            found = _of_term(reached, version)
            yield from (one for one in found if passes or isinstance(one, Void))


def _of_term(reached: Reached, version: int) -> Iterator[Event]:
    term = reached.term
    if isinstance(term, Directive) and term.network is not None:
        if term.network.version == version:
            yield Match()
        return
    if isinstance(term, Directive) and term.mechanism == "all":
        yield Match()
    if isinstance(term, Directive) and term.mechanism == "ptr":
        yield _REVERSE
    if reached.found is not None:
        yield from _of_answer(reached.found, reached.target, matches=not _is_of_hosts(term))
    for host in reached.hosts:
        found = _of_answer(host.of_family(version), host.name, matches=True)
        disputed = reached.found is not None
        yield from (replace(v, disputed=disputed) if isinstance(v, Void) else v for v in found)


def _is_of_hosts(term: Term) -> bool:
    return isinstance(term, Directive) and term.mechanism in ("a", "mx")


def _of_answer(answer: DnsAnswer | Unobserved, name: str, *, matches: bool) -> Iterator[Event]:
    if isinstance(answer, Unobserved):
        if matches:
            yield Match(unknown=True)
        yield Void("address", name, answer)
    elif answer.status in ("nodata", "nxdomain"):
        yield Void(answer.rdtype, answer.name)
    elif matches:
        yield Match()


@dataclass(frozen=True, slots=True)
class TooMany:
    """More lookups find nothing for clients of these ``families`` than may: the ``voids``."""

    families: tuple[int, ...]
    voids: tuple[Void, ...]

    def __str__(self) -> str:
        once = tuple(dict.fromkeys(map(str, self.voids)))
        names = ", ".join(once[:5])
        more = len(once) - 5
        count = f" and {more} more" if more > 0 else ""
        who = f"for IPv{self.families[0]} clients, " if len(self.families) == 1 else ""
        return (
            f"{who}{len(self.voids)} lookups find nothing, and {MOST_VOIDS} should at most: "
            f"{names}{count}"
        )


def too_many_voids(
    place: Place, *, at_worst: bool = False, widely: bool = False
) -> tuple[TooMany | None, bool]:
    """Return the lookups that find nothing, if they are too many, and whether that does harm.

    It does if it is so for clients of both families; or for one, and the record lets clients of it
    pass behind the last that may be void. With *at_worst* unknown lookups find nothing either, and
    *widely* those count that are disputed: the RFC limits "terms", which some take for lookups.
    """
    found: dict[int, tuple[Void, ...]] = {}
    harm = False
    for version in FAMILIES:
        voids = [_REVERSE] * (widely and _asks_for_p(place))
        for event in events(place, version):
            if event.unknown and not at_worst:
                continue
            if isinstance(event, Void):
                voids += [event] if widely or not event.disputed else []
            else:
                harm = harm or len(voids) > MOST_VOIDS
        if len(voids) > MOST_VOIDS:
            found[version] = tuple(voids)
    if not found:
        return None, False
    if len(found) == len(FAMILIES):
        return TooMany(FAMILIES, found[4]), True
    [(version, of_it)] = found.items()
    return TooMany((version,), of_it), harm
