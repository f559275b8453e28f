"""The limits of an evaluation, counted over all that a record leads to (RFC 7208 §4.6.4).

Counted is what a client meets that no address matches: it comes furthest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.spf.record.terms import Directive
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.facts.spf.record.terms import Qualifier
    from mailcheck.facts.spf.validity.place import Place, Reached

SHOWN_TERMS = 12
"""Terms of one record that a breakdown names; the others it counts."""

SHOWN_DEPTH = 3


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
    """Yield the terms of *place* that a client may come to whom no address matches."""
    for reached in place.terms:
        yield reached
        if _decides(reached):
            return


def _decides(reached: Reached) -> bool:
    """Whether nobody comes to what is behind *reached*."""
    term = reached.term
    is_all = isinstance(term, Directive) and term.mechanism == "all"
    return is_all or _exists(reached) or (reached.below is not None and _is_open(reached.below))


def _is_open(place: Place) -> bool:
    """Whether everybody passes; a term that says otherwise lets some come behind an include of it."""
    for reached in place.terms:
        if isinstance(reached.term, Directive) and reached.term.qualifier != "+":
            if _may_match(reached):
                return False
            continue
        if _decides(reached):
            return True
    return False


def _may_match(reached: Reached) -> bool:
    """Whether there is any client, as far as is known, that *reached* matches."""
    answers = [answer for host in reached.hosts for answer in (host.a, host.aaaa)]
    return not answers or any(isinstance(a, Unobserved) or a.status == "data" for a in answers)


def places(place: Place) -> Iterator[Place]:
    """Yield the records that an evaluation may come to, in order."""
    yield place
    for reached in met_by_strangers(place):
        if reached.below:
            yield from places(reached.below)


def lookups(place: Place) -> int:
    """Return how many terms ask DNS; ``%{p}`` counts as one, once (§4.6.4)."""
    return _terms(place) + asks_for_p(place)


def _terms(place: Place) -> int:
    return sum(map(_cost, met_by_strangers(place)))


def _cost(reached: Reached) -> int:
    return reached.asks + (_terms(reached.below) if reached.below else 0)


def asks_for_p(place: Place) -> bool:
    """Whether a macro stands for the name of the client."""
    return any(
        (reached.spec is not None and "p" in reached.spec.letters)
        or (reached.below is not None and asks_for_p(reached.below))
        for reached in met_by_strangers(place)
    )


def breakdown(place: Place, depth: int = SHOWN_DEPTH) -> str:
    """Return where the lookups come from: ``mx 1, include:a.example 3 (a 1, include:b.example 1)``."""
    asking = [reached for reached in met_by_strangers(place) if reached.asks]
    said = [_part(reached, depth) for reached in asking[:SHOWN_TERMS]]
    if left := asking[SHOWN_TERMS:]:
        said.append(f"{len(left)} more terms {sum(map(_cost, left))}")
    if depth == SHOWN_DEPTH and asks_for_p(place):
        said.append("%{p} 1")
    return ", ".join(said)


def _part(reached: Reached, depth: int) -> str:
    text = f"{visible(reached.term.text, 80)} {_cost(reached)}"
    within = breakdown(reached.below, depth - 1) if reached.below and depth > 1 else ""
    return f"{text} ({within})" if within else text
