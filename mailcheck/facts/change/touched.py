"""Which share of what is known of a zone a change touches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, ClassVar, Self

from mailcheck.evidence import visible
from mailcheck.facts.change.becoming import becomes
from mailcheck.facts.change.caches import Kept, kept
from mailcheck.facts.change.loss import has_data, own_rrset
from mailcheck.facts.change.pointers import usual_types
from mailcheck.facts.change.proposed import Published
from mailcheck.facts.dns import DnsAnswer
from mailcheck.finding import Advice
from mailcheck.names import is_under, to_u_labels
from mailcheck.question import Unobserved, each_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mailcheck.facts.change.asking import Asked, Said
    from mailcheck.facts.change.changes import ZoneChange
    from mailcheck.facts.change.known_names import KnownNames

MIN_KNOWN = 10
"""RRsets of which at least so many must be known for a share to say much (as in octoDNS)."""

SHOWN = 5
"""RRsets that are named; the rest is counted."""

NOT_COUNTED = frozenset({"SOA", "RRSIG", "NSEC", "NSEC3", "NSEC3PARAM", "DNSKEY", "CDS", "CDNSKEY"})
"""Types that change whenever a zone does, or that its servers make themselves."""


class Percent(int):
    """A percentage, 0 to 100."""

    __slots__ = ()

    expected: ClassVar[str] = "a percentage such as 30 %"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``30`` or ``30%``, or raise ``ValueError``."""
        if not re.fullmatch(r"[0-9]{1,3}%?", text) or int(text.removesuffix("%")) > 100:
            raise ValueError(f"{text!r} is not a percentage from 0 to 100")
        return cls(text.removesuffix("%"))


@dataclass(frozen=True, slots=True)
class Share:
    """Of so many ``live`` RRsets so many are ``gone`` and others ``changed``, after a change.

    ``touched`` names them. What becomes of the ``unsure`` ones is not known; of what is ``unknown``
    each may be live or not, and touched or not. ``has_ns`` if the zone's own NS are among them.
    """

    live: int
    gone: int
    changed: int
    touched: tuple[Asked, ...] = ()
    unsure: tuple[Unobserved, ...] = ()
    unknown: tuple[Unobserved, ...] = ()
    has_ns: bool = False

    @property
    def doubt(self) -> Unobserved:
        """What may decide."""
        return (*self.unsure, *self.unknown)[0]

    @property
    def what(self) -> str:
        """What becomes of them, for people."""
        gone = "1 goes" if self.gone == 1 else f"{self.gone} go"
        return f"{gone} and 1 changes" if self.changed == 1 else f"{gone} and {self.changed} change"

    @property
    def percent(self) -> int:
        """The share that is touched, rounded up: 31 % is more than 30 %."""
        return -(-100 * len(self.touched) // self.live) if self.live else 0

    def may_exceed(self, percent: int) -> set[bool]:
        """Return whether more than *percent* is touched: both, if what is unknown decides that."""
        touched, found = self.gone + self.changed, set()
        for more in range(len(self.unknown) + 1):
            live = self.live + more
            for also in (0, more + len(self.unsure)):
                found.add(self._exceeds(live, self.gone + also, touched + also, percent))
        return found

    def _exceeds(self, live: int, gone: int, touched: int, percent: int) -> bool:
        """Whether more than *percent* is touched; of few, only if most of them go, or none may.

        The zone's own NS stay in any zone: it is empty if all else goes, however much that is.
        """
        others = live - self.has_ns
        if gone and gone >= others and percent < 100:
            return True
        if touched * 100 <= live * percent:
            return False
        return live >= MIN_KNOWN or gone * 2 > others or percent == 0

    def too_much(self, domain: str, percent: int) -> str:
        """Say that more of *domain* is touched than *percent*, or that nothing is left of it."""
        may = f"that is {self.percent} %, and {percent} % may"
        limit = may if self.percent > percent else "nothing is left but the NS of the zone"
        shown = [f"{kind} of {visible(to_u_labels(name))}" for name, kind in self.touched[:SHOWN]]
        more = len(self.touched) - SHOWN
        which = ", ".join([*shown, *([f"{more} more"] if more > 0 else [])])
        known = f"of {self.live} RRsets known of {to_u_labels(domain)}, {self.what}"
        return f"{known}; {limit}: {which}"

    def few(self, percent: int) -> tuple[Advice, ...]:
        """Advise that the share is larger than *percent*, and only so few are known."""
        if len(self.touched) * 100 <= self.live * percent or self.live >= MIN_KNOWN:
            return ()
        text = (
            f"only {self.live} RRsets are known, of which {self.what}: that is {self.percent} %, and "
            f"below {MIN_KNOWN} a share is judged only where more than half goes"
        )
        return (Advice("few-known", text),)


def pairs_of(known: KnownNames, domain: str) -> Iterator[Asked]:
    """Yield the RRsets of *domain* that may be there, those first that the change speaks of."""
    change = known.change
    for one in chain(change.removed, change.written):
        if one.rdtype and one.rdtype not in NOT_COUNTED and is_under(one.name, domain):
            yield one.name, one.rdtype
    for name in known.names:
        yield from ((name, rdtype) for rdtype in usual_types(name, change.zone))


def named(change: ZoneChange, domain: str) -> set[Asked]:
    """Return the RRsets of *domain* that go or change if they are there: the *change* names them.

    A whole zone names all that stays as well, so it says that of none.
    """
    names = () if change.whole else (*change.removed, *change.written)
    return {
        (one.name, rdtype)
        for one in names
        if is_under(one.name, domain)
        for rdtype in ((one.rdtype,) if one.rdtype else usual_types(one.name, change.zone))
    }


def share_of(
    live: Mapping[Asked, Said],
    after: Mapping[Asked, Said],
    zone: str = "",
    left_out: int = 0,
    varied: frozenset[Asked] = frozenset(),
) -> Share:
    """Compare what is *live* in a *zone* with what is there *after* the change, each RRset once.

    Of those *left_out* it was not asked, and each may be there. The *varied* ones are not the same
    for all clients.
    """
    stays: dict[Asked, None] = {}
    gone: dict[Asked, None] = {}
    changed: dict[Asked, None] = {}
    unsure: dict[Asked, Unobserved] = {}
    unknown: dict[Asked, Unobserved] = {}
    for pair, said in live.items():
        if isinstance(said, Unobserved):
            unknown[pair] = said
            continue
        if not (own := own_rrset(said)):
            continue
        name, rdtype, _ = own
        match becomes(own, after.get(pair), varied):
            case "stays":
                stays[name, rdtype] = None
            case "gone":
                gone[name, rdtype] = None
            case "changed":
                changed[name, rdtype] = None
            case why:
                unsure[name, rdtype] = why
    in_doubt = {pair: why for pair, why in unsure.items() if pair not in {*stays, *gone, *changed}}
    known = {*stays, *gone, *changed, *in_doubt}
    # Where there is an alias, there is nothing else (RFC 1034 §3.6.2).
    aliases = {name for name, rdtype in known if rdtype == "CNAME"}
    what = [why for pair, why in unknown.items() if pair not in known and pair[0] not in aliases]
    text = f"the change names {left_out} more RRsets that may be there, and they were not compared"
    return Share(
        len(known),
        len(gone.keys() - changed.keys()),
        len(changed),
        tuple(dict.fromkeys((*gone, *changed))),
        tuple(in_doubt.values()),
        (*what, *(Unobserved("not-compared", text),) * left_out),
        (zone, "NS") in known,
    )


def differing(
    live: Mapping[Asked, Said], after: Mapping[Asked, Said], varied: frozenset[Asked] = frozenset()
) -> list[Asked]:
    """Return of what the answers will be others, or one of them is not known.

    Not those that only we may see as others: the *varied* ones, and copies.
    """
    found = []
    for pair, said in live.items():
        then = after.get(pair)
        if not isinstance(said, DnsAnswer) or not isinstance(then, DnsAnswer):
            found.append(pair)
            continue
        own, will_be = own_rrset(said), own_rrset(then)
        if own == will_be:
            found += [pair] if has_data(said) != has_data(then) else []
        elif own is None or becomes(own, then, varied) in ("gone", "changed"):
            found.append(pair)
    return found


async def old_answers(
    zone: str,
    live: Mapping[Asked, Said],
    after: Mapping[Asked, Said],
    varied: frozenset[Asked] = frozenset(),
) -> list[Kept]:
    """Return how long caches keep answers of *zone* that will be others, denials too."""
    pairs = differing(live, after, varied)
    others = [live[pair] for pair in pairs if isinstance(after.get(pair), DnsAnswer)]
    answers = [said for said in others if isinstance(said, DnsAnswer)]
    soa = None
    if any(one.status != "data" for one in answers):
        [soa] = await each_of([Published(zone, "SOA")])
    of_zone = soa if isinstance(soa, DnsAnswer) else None
    return [found for one in answers if (found := kept(one, of_zone))]
