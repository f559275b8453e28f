"""A change that takes the DMARC record away: what it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.facts.change.given_back import taken_away
from mailcheck.facts.change.loss import record_lines
from mailcheck.facts.dmarc.mending import in_one
from mailcheck.facts.dmarc.published import PublishedDmarcFact, owner_name
from mailcheck.facts.dmarc.record import DmarcRecord, is_record, weaker
from mailcheck.facts.txt import texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.facts.dmarc.record import Policy
    from mailcheck.question import Unobserved


async def record_before(
    steps: Iterable[PublishedDmarcFact | Unobserved], policy: Policy = "none"
) -> tuple[str, ...]:
    """Return the record that is live at one of the *steps* of a walk, where a change leaves none.

    That of the first step, the domain's own, is to ask for *policy* at least. Nothing is returned where
    no change is proposed, or what is live is no single record.
    """
    for at, step in enumerate(steps):
        if not isinstance(step, PublishedDmarcFact):
            return ()
        live = await taken_away(owner_name(step.domain), "TXT", step.answer.aliases)
        if live is None:
            continue
        said = [text for text in texts(live).texts if is_record(text)]
        if len(said) != 1:
            return ()
        policies = DmarcRecord(said[0]).policies
        if not at and not live.aliases and (not policies or weaker(policies.p, policy)):
            return in_one(live.name, live.name, *said, policy=policy)
        return record_lines(live)
    return ()
