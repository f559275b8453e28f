"""Which faults of a proposed zone are there today as well, so that the change is not their cause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from mailcheck.facts.change.loss import own_rrset
from mailcheck.facts.change.pointers import pointed_at
from mailcheck.facts.change.proposed import ProposedCopyFact
from mailcheck.facts.dns import DnsAnswer, DnsQuery
from mailcheck.facts.iteration import FromAuthority
from mailcheck.names import is_under
from mailcheck.question import NotObserved, each_of

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable

    from mailcheck.facts.change.changes import ChangesFact
    from mailcheck.question import Question

    Ask: TypeAlias = Callable[[Question[Any]], Coroutine[Any, Any, Any]]
    Asked: TypeAlias = tuple[str, str]

MOST = 100
"""Faults whose records are compared with what is live; all others are taken for new ones."""


async def old_faults(
    zone: str, copy: ProposedCopyFact, changes: ChangesFact, will_be: Ask
) -> ProposedCopyFact:
    """Return the *copy* of *zone* with what is no fault of the change.

    That is what does not keep it from loading, in records that are live in the same way, as are the
    addresses of whatever they point at in the zone. *will_be* answers as after the change.
    """
    change = changes.zones.get(zone)
    written = {one.place: (one.name, one.rdtype) for one in change.written} if change else {}
    advised = [one for one in copy.faults if one.place in written and not one.refuses][:MOST]
    pairs = {one.place: written[one.place] for one in advised}
    same = await _unchanged(pairs.values(), will_be)
    targets = {
        pair: [
            (need.name, rdtype)
            for need in pointed_at(answer)
            if is_under(need.name, zone)
            for rdtype in need.rdtypes
        ]
        for pair, answer in same.items()
    }
    kept = await _unchanged((one for several in targets.values() for one in several), will_be)
    old = {pair for pair, several in targets.items() if all(one in kept for one in several)}
    return ProposedCopyFact(copy.by, tuple(one for one in advised if pairs[one.place] in old))


async def _unchanged(pairs: Iterable[Asked], will_be: Ask) -> dict[Asked, DnsAnswer]:
    """Return what will be, of those *pairs* of which just that is live."""
    wanted = list(dict.fromkeys(pairs))
    live = await each_of([FromAuthority(name, rdtype) for name, rdtype in wanted])
    found = {}
    for pair, now in zip(wanted, live, strict=True):
        try:
            then = await will_be(DnsQuery(*pair))
        except NotObserved:
            continue
        if isinstance(now, DnsAnswer) and own_rrset(now) == own_rrset(then):
            found[pair] = then
    return found
