"""What is wrong with a domain's SPF record, or with one that it leads to."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.existence import REFUSED_BY_AUTHORITY, absence
from mailcheck.facts.spf.evaluation.result import MOST_LOOKUPS, MOST_NAMES
from mailcheck.facts.spf.record.meaning import (
    close_to_a_record,
    one_meant,
    record_meant,
    told_close,
)
from mailcheck.facts.spf.record.terms import Directive
from mailcheck.facts.spf.record.writing import FIRST, published, without
from mailcheck.facts.spf.validity.counting import breakdown, lookups, met_by_strangers, places
from mailcheck.facts.spf.validity.mending import reduced, repaired, republished
from mailcheck.facts.spf.validity.voids import too_many_voids
from mailcheck.facts.txt import texts
from mailcheck.finding import MOST_OF_A_KIND, Finding, Reason
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.facts.spf.validity.place import Place, Reached, SpfTreeFact
    from mailcheck.facts.spf.validity.voids import TooMany
    from mailcheck.finding import Part

SHOWN_WAY = 4
"""Names of the way to a record that a reason tells."""

ABSENT = """
no-spf: the domain has no SPF record.
    Nobody passes and nobody fails: DMARC does not pass by SPF, and large providers want SPF or DKIM
    from everybody ("550-5.7.26 ... unauthenticated").
no-such-domain: the domain does not exist (NXDOMAIN).
    Receivers refuse senders whose domain does not exist: "550 5.1.8 ... domain not found".
several-records: a domain has several SPF records, itself or one that it leads to.
    Receivers evaluate none of them: the result is permerror (RFC 7208 §4.5), and nobody passes.
refused-by-authority: all name servers of a zone that has to be asked refuse to answer.
    Resolvers say SERVFAIL, so the result is temperror: receivers defer the mail ("451 4.7.24"), or
    take it without SPF.
"""

FAULTS = """
syntax: a term breaks the grammar, in the domain's own record or in one that it leads to.
    Receivers evaluate no term of such a record: the result is permerror, and nobody passes; some
    refuse the mail ("550 5.7.24").
too-many-lookups: more than ten terms ask DNS, those of all includes counted.
    Receivers stop with permerror at the eleventh (RFC 7208 §4.6.4): whoever is authorised behind it
    does not pass, and strangers do not fail.
too-many-voids: more than two terms find nothing: for everybody, or before clients who may send.
    Receivers that hold to the limit (RFC 7208 §4.6.4) stop with permerror; others go on, so mail
    passes here and fails there.
too-many-exchanges: an ``mx`` leads to more than ten exchanges.
    Receivers end with permerror (RFC 7208 §4.6.4), or ask for the first ten only.
loop: a record includes itself, or redirects to itself, at once or through others.
    Receivers follow it until the eleventh lookup, and end with permerror.
include-without-record: an include leads to a domain that has no SPF record, or does not exist.
    Whoever comes so far ends with permerror (RFC 7208 §5.2), and does not pass. Once somebody else
    registers such a domain, they decide who sends.
redirect-without-record: a redirect leads to a domain that has no SPF record, or does not exist.
    Whoever comes so far ends with permerror (RFC 7208 §6.1).
"""


def faults(tree: SpfTreeFact) -> Iterator[Part]:
    """Yield what is wrong, and what could not be found out and might be."""
    root = tree.root
    if gone := _first(root):
        yield gone
        return
    instead = republished(root, repaired(root))
    broken = False
    for place in places(root):
        mends = instead if place is root else ()
        wrong = [*_of_record(place, mends)]
        for reached in met_by_strangers(place):
            wrong += _of_target(place, reached, mends)
        broken = broken or (place is root and bool(wrong))
        yield from _few(wrong)
        for reached in met_by_strangers(place):
            yield from _of_hosts(place, reached)
    if any(place.loops for place in places(root)):
        return
    if (count := lookups(root)) > MOST_LOOKUPS:
        least = "" if tree.whole else "at least "
        text = f"{least}{count} terms ask DNS, and {MOST_LOOKUPS} may: {breakdown(root)}"
        fewer = () if broken else republished(root, reduced(root))
        yield _one("too-many-lookups", text, root.name, fewer)
    else:
        yield from _of_voids(root, broken=broken)


def _few(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield *parts*, of which each that is a finding has one reason, the first of each tag only."""
    made: Counter[str] = Counter()
    for part in parts:
        tag = part.reasons[0].tag if isinstance(part, Finding) else ""
        made[tag] += 1
        if not tag or made[tag] <= MOST_OF_A_KIND:
            yield part


def _first(root: Place) -> Part | None:
    """Say why there is no record to look at, if there is none."""
    said = root.said
    if said is None or isinstance(said, Unobserved):
        return said or _one("no-spf", f"{_shown(root.domain)} is a single label: none has SPF")
    if gone := absence(said):
        return Finding((gone,))
    if root.records:
        return None
    if said.unread:
        return said.unread[0]
    close = close_to_a_record(texts(said).texts)
    text = f"{_shown(root.name)} has no SPF record{told_close(close)}"
    record = record_meant(close) if close else FIRST
    return _one("no-spf", text, root.name, published(root.owner, record) if record else ())


def _of_record(place: Place, instead: tuple[str, ...]) -> Iterator[Part]:
    """Yield what is wrong with the record of *place*; *instead* is its own, repaired."""
    said = place.said
    if isinstance(said, Unobserved):
        yield said
        return
    if said is None:
        return
    where = f"{_shown(place.name)}{_through(place)}"
    if len(place.records) > 1:
        text = f"{where} has {len(place.records)} records that begin with v=spf1"
        one = () if place.above else republished(place, one_meant(place.records))
        yield _one("several-records", text, place.name, one)
    elif said.unread:
        yield said.unread[0]
    for fault in place.record.faults if place.record else ():
        term = visible(fault.readable, 80)
        text = f"in {where}, {term} at character {fault.position + 1}: {fault.what}"
        yield _one("syntax", text, place.name, instead)


def _of_target(place: Place, reached: Reached, instead: tuple[str, ...]) -> Iterator[Part]:
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
    text = f"{visible(reached.term.text, 80)} of {_shown(place.name)}{_through(place)}"
    if below.loops:
        tag, text = "loop", f"{text} leads back to {_shown(below.name)}"
    elif said is None:
        text += " leads to a name that cannot be in DNS"
    elif gone:
        text += f" leads nowhere: {visible(gone.text)}"
    else:
        text += " leads to a domain that has no SPF record"
    yield _one(tag, text, place.name, instead if includes else ())


def _of_hosts(place: Place, reached: Reached) -> Iterator[Part]:
    said = reached.found
    if isinstance(said, Unobserved):
        if isinstance(reached.term, Directive) and reached.term.mechanism == "mx":
            yield said  # its exchanges may be too many
    elif said is not None and said.rdtype == "MX":
        if len(said.exchanges) > MOST_NAMES:
            text = f"{visible(reached.term.text, 80)} of {_shown(place.name)}{_through(place)}"
            text += f" leads to {len(said.exchanges)} exchanges, and {MOST_NAMES} may be asked"
            yield _one("too-many-exchanges", text, place.name)
        elif said.unread:
            yield said.unread[0]
    answers = (said, *(answer for host in reached.hosts for answer in (host.a, host.aaaa)))
    for answer in answers:
        if answer is not None and not isinstance(answer, Unobserved):
            yield from _refusal(answer)


def _refusal(answer: DnsAnswer) -> Iterator[Part]:
    if answer.status == "refused" and (refused := absence(answer)):
        yield Finding((replace(refused, text=visible(refused.text)),))


def _of_voids(root: Place, *, broken: bool) -> Iterator[Part]:
    too_many, harm = too_many_voids(root)
    if too_many and harm:
        fewer = () if broken else _without_voids(root, too_many)
        yield _one("too-many-voids", str(too_many), root.name, fewer)
        return
    worst, harm = too_many_voids(root, at_worst=True)
    if worst and harm:
        yield next(void.unknown for void in worst.voids if void.unknown)


def _without_voids(root: Place, too_many: TooMany) -> tuple[str, ...]:
    """Return the record without its own terms that find nothing for anybody."""
    names = {void.name for void in too_many.voids}
    dead = [
        reached.term
        for reached in root.terms
        if names.intersection((reached.target.lower(), *(host.name for host in reached.hosts)))
        and finds_nothing(reached)
    ]
    return republished(root, without(root.record, dead)) if root.record and dead else ()


def finds_nothing(reached: Reached) -> bool:
    """Whether an ``a``, ``mx`` or ``exists`` is known to match nobody now."""
    found = () if reached.found is None else (reached.found,)
    answers = [*(answer for host in reached.hosts for answer in (host.a, host.aaaa))] or [*found]
    return bool(answers) and all(
        not isinstance(answer, Unobserved) and answer.status in ("nodata", "nxdomain")
        for answer in answers
    )


def _one(tag: str, text: str, about: str = "", instead: tuple[str, ...] = ()) -> Finding:
    return Finding((Reason(tag, text, about, instead),))


def _through(place: Place) -> str:
    """Return by which records an evaluation comes to *place*."""
    if not place.above:
        return ""
    names = [_shown(name) for name in place.above]
    if len(names) > SHOWN_WAY:
        names[2:-1] = [f"… {len(names) - 3} more …"]
    return f" (by way of {' → '.join(names)})"


def _shown(domain: str) -> str:
    return visible(to_u_labels(domain), 80)
