"""The file of a proposed zone as sentences about it need it: what is wrong with it, or why there is none."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.change.changes import SHOWN_ZONES, Changes, ChangesFact
from mailcheck.facts.change.proposed import (
    NOTHING_PROPOSED,
    ProposedCopy,
    ProposedCopyFact,
)
from mailcheck.names import to_u_labels
from mailcheck.question import NotObserved, Unobserved, each_of

if TYPE_CHECKING:
    from collections.abc import Iterator

NO_ZONE_FILE = "no-zone-file"
"""The cause where a change is proposed, and not as the file of the zone in question."""

MOST = 20
"""Faults of one tag that are told; the rest is counted."""


async def file_of(zone: str) -> ProposedCopyFact:
    """Return the file that is proposed for *zone*.

    Raises:
        NotObserved: if there is none; not evaluated, with what to give instead of what is proposed.
    """
    copy = await file_meant_for(zone)
    if copy.zone:
        shown, own = to_u_labels(zone), to_u_labels(copy.zone)
        text = f"no file is proposed for the zone {shown}: {visible(copy.by)} is that of {own}"
        raise NotObserved(replace(NOTHING_PROPOSED, text=text))
    return copy


async def file_meant_for(zone: str) -> ProposedCopyFact:
    """Return the file that is proposed for *zone*, or by all that is known should be.

    Raises:
        NotObserved: as of :func:`file_of`.
    """
    copy = await ProposedCopy(zone)
    if copy.by:
        return copy
    shown = to_u_labels(zone)
    [changes] = await each_of([Changes()])
    change = changes.around(zone) if isinstance(changes, ChangesFact) else None
    if change is None:
        what = f"no file is proposed for the zone {shown}{_instead(copy)}"
        text = f"{what}: give it with --mail-proposed FILE"
        raise NotObserved(replace(NOTHING_PROPOSED, text=text))
    if change.zone != zone:
        text = f"{shown} lies in the zone {to_u_labels(change.zone)} of {change.by}: say it of that"
    elif change.planned:
        text = (
            f"the zone {shown} is proposed by {visible(change.by)}, which is no file of a zone: "
            "its provider checks that, and writes its SOA record"
        )
    elif change.whole:
        text = (
            f"the zone {shown} is proposed as {change.by} serves it, and no server shows its file: "
            "propose that in its place, as whoever runs the servers exports it"
        )
    else:
        text = (
            f"only a part of the zone {shown} is proposed, by {change.by}: write that into the file "
            "of the whole zone, and propose this in place of the patch"
        )
    raise NotObserved(Unobserved(NO_ZONE_FILE, text, not_evaluated=True))


def _instead(copy: ProposedCopyFact) -> str:
    """Say what is proposed, in brackets."""
    names = [visible(to_u_labels(zone)) for zone in copy.proposed if zone != "."]
    more = len(names) - SHOWN_ZONES
    names[SHOWN_ZONES:] = [f"{more} more"] if more > 0 else []
    return f" (proposed: {', '.join(names)})" if names else ""


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
