"""The limits of an evaluation, counted over all that a record leads to (RFC 7208 §4.6.4).

Counted is what a client meets that no address matches: it comes furthest. What a silent include
holds is not known; if everybody passes it, nobody comes to what is behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.spf.evaluation.result import MOST_LOOKUPS
from mailcheck.facts.spf.record.terms import Directive

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
        if reached.matches_everybody:
            return term.qualifier, (reached,)
        if term.mechanism == "include" and reached.below:
            found, way = ending(reached.below)
            if found == "+":
                return term.qualifier, (reached, *way)
    return None, ()


def met_by_strangers(place: Place, *, surely: bool = False) -> Iterator[Reached]:
    """Yield the terms of *place* that a client may come to whom no address matches.

    With *surely*, those that it comes to whatever is in the records that are not known, and whether
    or not an ``exists`` that is not known finds anything.
    """
    for reached in place.terms:
        yield reached
        if reached.may_decide if surely else reached.decides:
            return


def in_order(place: Place) -> Iterator[Reached]:
    """Yield the terms that such a client may come to, those of includes after the include."""
    for reached in met_by_strangers(place):
        yield reached
        if reached.below:
            yield from in_order(reached.below)


def places(place: Place, *, surely: bool = False) -> Iterator[Place]:
    """Yield the records that an evaluation may come to, in order; or those that it comes to *surely*."""
    yield place
    for reached in met_by_strangers(place, surely=surely):
        if reached.below:
            yield from places(reached.below, surely=surely)


def lookups(place: Place) -> int:
    """Return how many terms ask DNS; ``%{p}`` counts as one, once (§4.6.4).

    Where these are too many, and it may be that nobody comes to so many, those are not counted that
    nobody may come to.
    """
    return _count(place, surely=in_doubt(place))


def in_doubt(place: Place) -> bool:
    """Whether terms that ask are too many, and it may be that nobody comes to so many."""
    return _count(place) > MOST_LOOKUPS >= _count(place, surely=True)


def _count(place: Place, *, surely: bool = False) -> int:
    return _terms(place, surely=surely) + asks_for_p(place, surely=surely)


def _terms(place: Place, *, surely: bool = False) -> int:
    return sum(_cost(reached, surely=surely) for reached in met_by_strangers(place, surely=surely))


def _cost(reached: Reached, *, surely: bool = False) -> int:
    return reached.asks + (_terms(reached.below, surely=surely) if reached.below else 0)


def asks_for_p(place: Place, *, surely: bool = False) -> bool:
    """Whether a macro stands for the name of the client."""
    return any(
        (reached.spec is not None and "p" in reached.spec.letters)
        or (reached.below is not None and asks_for_p(reached.below, surely=surely))
        for reached in met_by_strangers(place, surely=surely)
    )


def breakdown(place: Place) -> str:
    """Return where the lookups come from: ``mx 1, include:a.example 3 (a 1, include:b.example 1)``."""
    surely = in_doubt(place)
    said = _parts(place, SHOWN_DEPTH, surely=surely)
    return ", ".join([*said, *["%{p} 1"] * asks_for_p(place, surely=surely)])


def _parts(place: Place, depth: int, *, surely: bool) -> list[str]:
    asking = [reached for reached in met_by_strangers(place, surely=surely) if reached.asks]
    said = [_part(reached, depth, surely=surely) for reached in asking[:SHOWN_TERMS]]
    if left := asking[SHOWN_TERMS:]:
        cost = sum(_cost(reached, surely=surely) for reached in left)
        said.append(f"{len(left)} more terms {cost}")
    return said


def _part(reached: Reached, depth: int, *, surely: bool) -> str:
    text = f"{visible(reached.term.text, 80)} {_cost(reached, surely=surely)}"
    below = reached.below if depth > 1 else None
    within = _parts(below, depth - 1, surely=surely) if below else []
    return f"{text} ({', '.join(within)})" if within else text
