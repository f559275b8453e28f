"""What is wrong with a domain's SPF record, or with one that it leads to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mailcheck.facts.existence import absence
from mailcheck.facts.spf.evaluation.result import MOST_LOOKUPS
from mailcheck.facts.spf.record.meaning import (
    close_to_a_record,
    record_meant,
    told_close,
)
from mailcheck.facts.spf.record.writing import FIRST, published
from mailcheck.facts.spf.validity.counting import (
    breakdown,
    in_doubt,
    in_order,
    lookups,
    met_by_strangers,
    places,
)
from mailcheck.facts.spf.validity.mending import (
    reduced,
    repaired,
    republished,
    without_voids,
)
from mailcheck.facts.spf.validity.place_faults import of_hosts, of_record, of_target, one, shown
from mailcheck.facts.spf.validity.voids import too_many_voids
from mailcheck.facts.txt import texts
from mailcheck.finding import MOST_OF_A_KIND, Finding
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mailcheck.facts.spf.validity.place import Place, SpfTreeFact
    from mailcheck.finding import Part

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
    doubt = next(_silent(root), None)
    surely = {id(place) for place in places(root, surely=True)}
    for place in places(root):
        mends = instead if place is root else ()
        known = id(place) in surely
        near = {id(r) for r in met_by_strangers(place, surely=True)} if known else set()
        wrong = [*_unless(doubt, of_record(place, mends), known=known)]
        for reached in met_by_strangers(place):
            known = id(reached) in near
            wrong += _unless(doubt, of_target(place, reached, mends), known=known)
        broken = broken or (place is root and bool(wrong))
        yield from _few(wrong)
        for reached in met_by_strangers(place):
            yield from _unless(doubt, of_hosts(place, reached), known=id(reached) in near)
    if doubt and in_doubt(root):
        yield doubt
    if any(place.loops for place in places(root, surely=True)):
        return
    if (count := lookups(root)) > MOST_LOOKUPS:
        least = "" if tree.whole else "at least "
        text = f"{least}{count} terms ask DNS, and {MOST_LOOKUPS} may: {breakdown(root)}"
        fewer = () if broken else republished(root, reduced(root))
        yield one("too-many-lookups", text, root.name, fewer)
    else:
        yield from _of_voids(root, broken=broken)


def _silent(root: Place) -> Iterator[Unobserved]:
    """Yield why it is not known who comes to what is behind a term, in their order."""
    for reached in in_order(root):
        said = reached.below.said if reached.below and reached.below.unknown else reached.silent
        if said:
            yield said if isinstance(said, Unobserved) else said.unread[0]


def _unless(doubt: Unobserved | None, parts: Iterable[Part], *, known: bool) -> Iterator[Part]:
    """Yield *parts*, with the *doubt* in the place of what is wrong unless somebody is *known* to meet it."""
    for part in parts:
        yield doubt if doubt and not known and isinstance(part, Finding) else part


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
        return said or one("no-spf", f"{shown(root.domain)} is a single label: none has SPF")
    if gone := absence(said):
        return Finding((gone,))
    if root.records:
        return None
    if said.unread:
        return said.unread[0]
    close = close_to_a_record(texts(said).texts)
    text = f"{shown(root.name)} has no SPF record{told_close(close)}"
    record = record_meant(close) if close else FIRST
    return one("no-spf", text, root.name, published(root.owner, record) if record else ())


def _of_voids(root: Place, *, broken: bool) -> Iterator[Part]:
    too_many, harm = too_many_voids(root, surely=True)
    if too_many and harm:
        fewer = () if broken else without_voids(root, too_many)
        yield one("too-many-voids", str(too_many), root.name, fewer)
        return
    worst, harm = too_many_voids(root, at_worst=True)
    if worst and harm:
        # Without such a lookup it is a silent include that leaves it open, and is told already.
        yield from [void.unknown for void in worst.voids if void.unknown][:1]
