"""A change touches no more of a zone than it is meant to.

Requires
    Of the RRsets that are known to be there today, at most the given share changes or goes. Which
    records there are counts; TTL, order and the SOA record do not.

Why
    A change to a record or two that replaces half of a zone is a mistake: the wrong file, an export
    that was cut short, a template that lost its values. Tools that deploy zones refuse such a plan
    (octoDNS at 30 %) when it is too late for a review.

Met when
    The share is not larger than that. Below ten known RRsets, of which one is much, it is too large
    only if more than half go, the NS of the zone aside; at 0 % every one counts. If all but these
    NS go, only 100 % allows it.

Unmet when
    touches-too-much: a larger share of the RRsets changes or goes.
        Whatever was not meant to change is wrong for everybody as soon as caches have forgotten it.

Advises when
    cached-until: what changes or goes stays in caches for a while.
        Old and new are both in use until then: keep serving the old.
    few-known: a larger share is touched, of fewer than ten RRsets.
        Whether it is meant, only who makes the change knows; at 0 % it would not be met.
    not-compared: there are more RRsets than are asked for.
        They count on neither side; what a patch names among them may be there, and is unknown.
    removes-nothing: the change removes what is not there.
        The name may be misspelt; then what was meant stays.

Not judged here
    Nobody can list a zone that is served, so the share is that of what is known: the RRsets that
    the change writes or removes, and the usual types (addresses, MX, TXT, SRV, TLSA, CNAME, PTR) at
    the domain, at names that many have (``www``), at those that the suites of the run refer to, and
    those at which MX, CNAME, NS, SRV, PTR, SPF and DMARC records of these point, also below a
    delegation; of an IPv4 reverse zone of 256 addresses, or a part of one, all PTR. What else is left out cannot be seen. What a change adds is no part of the share.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.check import Example, check
from mailcheck.errors import Place
from mailcheck.facts.change.asking import Asking
from mailcheck.facts.change.caches import cached_until
from mailcheck.facts.change.changes import (
    ChangedRRset,
    Changes,
    ChangesFact,
    NamesInUse,
    ZoneChange,
)
from mailcheck.facts.change.known_names import known_names
from mailcheck.facts.change.loss import told_zone
from mailcheck.facts.change.touched import (
    Percent,
    Share,
    differing,
    named,
    old_answers,
    pairs_of,
    share_of,
)
from mailcheck.finding import Finding, Reason, Remedy, all_hold, met, unmet
from mailcheck.names import to_u_labels
from mailcheck.slots import slot
from mailcheck.zone_name import ZoneName

if TYPE_CHECKING:
    from mailcheck.finding import Part


@dataclass(frozen=True, slots=True)
class ChangeTouchesAtMost:
    """The parameters of the sentence."""

    domain: ZoneName = slot("the domain that is changed, with all names below it in its zone")
    percent: Percent = slot("the share of RRsets that may change or go", subjects=())


async def judge(wanted: ChangeTouchesAtMost) -> Finding:
    """Compare what is known to be there with what will be."""
    changes = await Changes()
    change = changes.to(wanted.domain)
    asking = Asking(changes)
    known = await known_names(change, wanted.domain, await NamesInUse(), asking)
    live = known.own(wanted.domain, await asking.published(pairs_of(known, wanted.domain)))
    after = await asking.after(live)
    await asking.show(differing(live, after, change.varied))
    old = await old_answers(change.zone, live, after, change.varied)
    parts: list[Part] = [known.unknown] if known.unknown else []
    left = asking.left_out(named(change, wanted.domain))
    share = share_of(live, after, change.zone, left, change.varied)
    parts.append(_judged(wanted, share))
    return all_hold(parts).with_advice(*cached_until(old), *asking.advice)


def _judged(wanted: ChangeTouchesAtMost, share: Share) -> Part:
    """Judge whatever is unknown as well: it may have been there or not, and stay or not."""
    exceeds = share.may_exceed(wanted.percent)
    if exceeds == {False}:
        return met(*share.few(wanted.percent))
    if False in exceeds:
        return share.doubt
    return unmet("touches-too-much", share.too_much(wanted.domain, wanted.percent))


def remedy(wanted: ChangeTouchesAtMost, reason: Reason) -> Remedy:
    """What to look at."""
    del reason
    name = to_u_labels(wanted.domain)
    return Remedy(
        (), f"Compare the change to {name} with what is live; if all of it is meant, allow more."
    )


_MX = ChangedRRset("example.com", "MX", Place("zones/example.com", 4))
_CHANGE = ZoneChange("example.com", "zones/example.com", whole=True, written=(_MX,))
_LIVE = {
    "example.com NS": "ns1.example.net.",
    "example.com MX": "10 mx1.example.net.",
    "example.com TXT": '"v=spf1 mx -all"',
    "_dmarc.example.com TXT": '"v=DMARC1; p=none"',
}


def _example(says: str, percent: int, mx: str, ends: str, *, unknown: bool = False) -> Example:
    after = {**_LIVE, "example.com MX": mx}
    return Example(
        says,
        f"change to example.com touches at most {percent} %",
        (
            (Changes(), ChangesFact({"example.com": _CHANGE})),
            *told_zone("example.com", _LIVE, after),
        ),
        ends,
        unknown,
    )


CHECK = check(
    __doc__,
    template="change [to {domain}] touches at most {percent} [%]",
    parameters=ChangeTouchesAtMost,
    judge=judge,
    remedy=remedy,
    judges_change="change",
    sources=("RFC 2181 §5", "octoDNS, MAX_SAFE_UPDATE_PCENT (2017)"),
    over_several=True,
    examples=(
        _example("one of few RRsets changes", 30, "10 mx2.example.net.", "met"),
        _example("nothing was to change", 0, "10 mx2.example.net.", "touches-too-much"),
        _example("MX may stay or not", 0, "TIMEOUT", "inconclusive: timeout", unknown=True),
    ),
)
