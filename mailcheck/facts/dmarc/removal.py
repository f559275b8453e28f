"""A change that takes the DMARC record away: what it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.facts.change.given_back import taken_away
from mailcheck.facts.change.loss import record_lines
from mailcheck.facts.dmarc.mending import in_one
from mailcheck.facts.dmarc.published import owner_name
from mailcheck.facts.dmarc.record import DmarcRecord, is_record, weaker
from mailcheck.facts.dmarc.walk import walked_names
from mailcheck.facts.txt import texts

if TYPE_CHECKING:
    from mailcheck.facts.dmarc.record import Policy


async def record_before(domain: str, policy: Policy = "none") -> tuple[str, ...]:
    """Return the record that is live for *domain*, or above it, where a change leaves none.

    The domain's own is to ask for *policy* at least. Nothing is returned where no change is proposed,
    or what is live is no single record.
    """
    for at in walked_names(domain):
        live = await taken_away(owner_name(at), "TXT")
        if live is None:
            continue
        said = [text for text in texts(live).texts if is_record(text)]
        if len(said) != 1:
            return ()
        policies = DmarcRecord(said[0]).policies
        if at == domain and not live.aliases and (not policies or weaker(policies.p, policy)):
            return in_one(domain, owner_name(domain), *said, policy=policy)
        return record_lines(live)
    return ()
