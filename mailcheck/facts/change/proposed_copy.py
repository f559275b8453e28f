"""The file of a proposed zone as sentences about it need it: what is wrong with it, or why there is none."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.facts.change.changes import Changes, ChangesFact
from mailcheck.facts.change.proposed import NOTHING_PROPOSED, ProposedCopy, ProposedCopyFact
from mailcheck.names import to_u_labels
from mailcheck.question import NotObserved, each_of

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 20
"""Faults of one tag that are told; the rest is counted."""


async def file_of(zone: str) -> ProposedCopyFact:
    """Return the file that is proposed for *zone*.

    Raises:
        NotObserved: if there is none; not evaluated, with what to give, or who is judged instead.
    """
    copy = await ProposedCopy(zone)
    if copy.by:
        return copy
    shown = to_u_labels(zone)
    text = f"no file is proposed for the zone {shown}: give it with --mail-proposed FILE"
    [changes] = await each_of([Changes()])
    change = changes.around(zone) if isinstance(changes, ChangesFact) else None
    if change and change.zone == zone:
        text = (
            f"no file is proposed that is the whole zone {shown}; what is proposed by {change.by} is "
            "judged by other sentences"
        )
    elif change:
        around = to_u_labels(change.zone)
        text = f"no file is proposed for the zone {shown}, but for {around} around it, {change.by}"
    raise NotObserved(replace(NOTHING_PROPOSED, text=text))


def told(copy: ProposedCopyFact, *, refuses: bool) -> Iterator[tuple[str, str]]:
    """Yield tag and text, with its place, of the faults that refuse, or of all others, in order.

    Of each tag the last one that is told says how many more there are.
    """
    faults = [fault for fault in copy.faults if fault.refuses == refuses]
    counts = Counter(fault.tag for fault in faults)
    seen: Counter[str] = Counter()
    for fault in faults:
        seen[fault.tag] += 1
        text = f"{fault.where(copy.by)}: {fault.text}"
        more = counts[fault.tag] - MOST
        if seen[fault.tag] == MOST and more:
            yield fault.tag, f"{text}; and {more} more like it"
        elif seen[fault.tag] <= MOST:
            yield fault.tag, text
