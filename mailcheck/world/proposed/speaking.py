"""What a server says of a proposed zone now, and what it will say where it delegates a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.facts.change.proposed import ProposedAnswer
from mailcheck.facts.dns import ANSWERS, DnsAnswer
from mailcheck.names import is_under

if TYPE_CHECKING:
    from mailcheck.facts.dns import ServerQuery
    from mailcheck.world.proposed.zone import Cut


def speaks_for(zone: str, now: DnsAnswer) -> bool:
    """Whether who says this *now* has the zone: it answers, or delegates a part of it."""
    if now.status == "referral":
        return now.cut != zone and is_under(now.cut, zone)
    foreign = now.denier and not is_under(now.denier, zone)
    return now.authoritative and now.status in ANSWERS and not foreign


def referral(asked: ServerQuery, cut: Cut) -> ProposedAnswer:
    """Return the referral to *cut*, as whoever has the zone above will give it."""
    answer = DnsAnswer(
        asked.name,
        asked.rdtype,
        "referral",
        cut=cut.below,
        delegated_to=cut.hosts,
        glue=cut.glue,
    )
    return ProposedAnswer.resting_on(answer, cut.seen)
