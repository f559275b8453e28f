"""Lookups of an evaluation that find nothing (RFC 7208 §4.6.4), counted as lookups are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from mailcheck.evidence import visible
from mailcheck.facts.spf.evaluation.result import MOST_VOIDS
from mailcheck.facts.spf.record.terms import Directive
from mailcheck.facts.spf.validity.counting import asks_for_p, met_by_strangers
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.facts.spf.record.terms import Term
    from mailcheck.facts.spf.validity.place import Place, Reached

FAMILIES = (4, 6)


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


def events(
    place: Place, version: int, *, passing: bool = True, surely: bool = False
) -> Iterator[Event]:
    """Yield what clients of IPv4 or IPv6 meet, in order; or what they meet *surely*.

    ``passing`` says whether those that pass here pass in the end.
    """
    for reached in met_by_strangers(place, surely=surely):
        term = reached.term
        passes = passing and not (isinstance(term, Directive) and term.qualifier != "+")
        if reached.below:
            yield from events(reached.below, version, passing=passes, surely=surely)
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
    place: Place, *, at_worst: bool = False, widely: bool = False, surely: bool = False
) -> tuple[TooMany | None, bool]:
    """Return the lookups that find nothing, if they are too many, and whether that does harm.

    It does if it is so for clients of both families; or for one, and the record lets clients of it
    pass behind the last that may be void. With *at_worst* unknown lookups find nothing either, and
    *widely* those count that are disputed: the RFC limits "terms", which some take for lookups.
    *surely* only those count that are met whatever is not known of records and of ``exists``.
    """
    found: dict[int, tuple[Void, ...]] = {}
    harm = False
    for version in FAMILIES:
        voids = [_REVERSE] * (widely and asks_for_p(place))
        for event in events(place, version, surely=surely):
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
