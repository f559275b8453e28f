"""What a change takes away from a name, for those who want it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.facts.change.loss import record_lines
from mailcheck.facts.change.proposed import Proposed, ProposedFact, Published
from mailcheck.facts.dns import DnsAnswer
from mailcheck.question import each_of

if TYPE_CHECKING:
    from collections.abc import Callable

REMOVED = "change"
"""What a reason is about if it is the change that removes the record, which is live."""

BACK = "The change takes this away:"
"""Stands above the lines, in a remedy."""


async def given_back(
    name: str,
    rdtype: str,
    wanted: Callable[[DnsAnswer], bool] = lambda _: True,
    aliases: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """Return the records that are live at *name*, or its alias, if a change to its zone is proposed.

    *aliases* are those that lead on from it after the change. Nothing where there is none, nothing is
    live or known, or the answer is not what is *wanted*.
    """
    live = await taken_away(name, rdtype, aliases)
    return record_lines(live) if live and wanted(live) else ()


async def taken_away(name: str, rdtype: str, aliases: tuple[str, ...] = ()) -> DnsAnswer | None:
    """Return what is live at *name*, if that is known to be something, and a change is proposed.

    Where *aliases* lead on from it after the change, it may be their target that is taken away, or what
    stood in their place.
    """
    if not aliases:
        return await _live(name, rdtype)
    if at_target := await _live(aliases[-1], rdtype):
        return at_target
    live = await _live(name, rdtype)
    return None if live and live.aliases else live


async def _live(name: str, rdtype: str) -> DnsAnswer | None:
    [proposed] = await each_of([Proposed(name)])
    if not isinstance(proposed, ProposedFact) or not proposed.by:
        return None
    [live] = await each_of([Published(name, rdtype)])
    return live if isinstance(live, DnsAnswer) and live.status == "data" else None
