"""What is wrong at one place of a tree: with its record, and where the terms of that lead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.existence import REFUSED_BY_AUTHORITY, absence
from mailcheck.facts.spf.evaluation.result import MOST_NAMES
from mailcheck.facts.spf.record.meaning import one_meant
from mailcheck.facts.spf.record.terms import Directive
from mailcheck.facts.spf.validity.mending import republished
from mailcheck.finding import Finding, Reason
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.facts.spf.validity.place import Place, Reached
    from mailcheck.finding import Part

SHOWN_WAY = 4
"""Names of the way to a record that a reason tells."""


def of_record(place: Place, instead: tuple[str, ...]) -> Iterator[Part]:
    """Yield what is wrong with the record of *place*; *instead* is its own, repaired."""
    said = place.said
    if isinstance(said, Unobserved):
        yield said
        return
    if said is None:
        return
    where = f"{shown(place.name)}{_through(place)}"
    if len(place.records) > 1:
        text = f"{where} has {len(place.records)} records that begin with v=spf1"
        whole = () if place.above else republished(place, one_meant(place.records))
        yield one("several-records", text, place.name, whole)
    elif said.unread:
        yield said.unread[0]
    for fault in place.record.faults if place.record else ():
        term = visible(fault.readable, 80)
        text = f"in {where}, {term} at character {fault.position + 1}: {fault.what}"
        yield one("syntax", text, place.name, instead)


def of_target(place: Place, reached: Reached, instead: tuple[str, ...]) -> Iterator[Part]:
    """Yield why *reached*, an include or a redirect, leads to no record."""
    below = reached.below
    if below is None:
        return
    said = below.said
    gone = absence(said) if said and not isinstance(said, Unobserved) else None
    if gone and gone.tag == REFUSED_BY_AUTHORITY:
        yield Finding((replace(gone, text=visible(gone.text)),))
    if not reached.leads_nowhere:
        return
    includes = isinstance(reached.term, Directive)
    tag = "include-without-record" if includes else "redirect-without-record"
    text = f"{visible(reached.term.text, 80)} of {shown(place.name)}{_through(place)}"
    if below.loops:
        tag, text = "loop", f"{text} leads back to {shown(below.name)}"
    elif said is None:
        text += " leads to a name that cannot be in DNS"
    elif gone:
        text += f" leads nowhere: {visible(gone.text)}"
    else:
        text += " leads to a domain that has no SPF record"
    yield one(tag, text, place.name, instead if includes else ())


def of_hosts(place: Place, reached: Reached) -> Iterator[Part]:
    """Yield what is wrong with the exchanges of *reached*, and which servers refuse to name hosts."""
    said = reached.found
    if isinstance(said, Unobserved):
        if isinstance(reached.term, Directive) and reached.term.mechanism == "mx":
            yield said  # its exchanges may be too many
    elif said is not None and said.rdtype == "MX":
        if len(said.exchanges) > MOST_NAMES:
            text = f"{visible(reached.term.text, 80)} of {shown(place.name)}{_through(place)}"
            text += f" leads to {len(said.exchanges)} exchanges, and {MOST_NAMES} may be asked"
            yield one("too-many-exchanges", text, place.name)
        elif said.unread:
            yield said.unread[0]
    answers = (said, *(answer for host in reached.hosts for answer in (host.a, host.aaaa)))
    for answer in answers:
        if answer is not None and not isinstance(answer, Unobserved):
            yield from _refusal(answer)


def _refusal(answer: DnsAnswer) -> Iterator[Part]:
    if answer.status == "refused" and (refused := absence(answer)):
        yield Finding((replace(refused, text=visible(refused.text)),))


def one(tag: str, text: str, about: str = "", instead: tuple[str, ...] = ()) -> Finding:
    """Return a finding of one reason."""
    return Finding((Reason(tag, text, about, instead),))


def _through(place: Place) -> str:
    """Return by which records an evaluation comes to *place*."""
    if not place.above:
        return ""
    names = [shown(name) for name in place.above]
    if len(names) > SHOWN_WAY:
        names[2:-1] = [f"… {len(names) - 3} more …"]
    return f" (by way of {' → '.join(names)})"


def shown(domain: str) -> str:
    """Return a domain for a sentence."""
    return visible(to_u_labels(domain), 80)
