"""A change that takes the SPF record away: what it was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.facts.change.given_back import REMOVED, taken_away
from mailcheck.facts.spf.evaluation.remedies import says_close
from mailcheck.facts.spf.record.syntax import spf_records
from mailcheck.facts.spf.record.writing import published
from mailcheck.facts.txt import texts

if TYPE_CHECKING:
    from mailcheck.finding import Finding, Reason

_NONE = ("spf-none", "no-spf")
"""Tags of reasons that there is no record."""


async def with_removal(finding: Finding, domain: str) -> Finding:
    """Return *finding* with the record that is live, where it is a change that leaves *domain* none.

    A text that comes close to a record is what the change has in its place.
    """
    if not any(map(_is_none, finding.reasons)):
        return finding
    live = await taken_away(domain, "TXT")
    records = spf_records(texts(live).texts) if live and not live.aliases else []
    back = published(domain, records[0].decode("latin-1")) if len(records) == 1 else ()
    if not back:
        return finding
    reasons = (
        replace(r, about=REMOVED, instead=back) if _is_none(r) else r for r in finding.reasons
    )
    return replace(finding, reasons=tuple(reasons))


def _is_none(reason: Reason) -> bool:
    return reason.tag in _NONE and bool(reason.instead) and not says_close(reason)
