"""A change that takes the record away: whether senders were told before (RFC 8461 §8.3)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.facts.change.given_back import BACK, given_back
from mailcheck.facts.mta_sts.discovery import NO_RECORD, policies_served, record_name
from mailcheck.facts.mta_sts.record import records_among
from mailcheck.facts.txt import texts
from mailcheck.finding import Advice, Finding, Reason, Remedy

if TYPE_CHECKING:
    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.facts.smtp.hosts import Families

STILL_SERVED = "still-served"

GIVING_UP = (
    "To give MTA-STS up, first serve a policy with `mode: none` and `max_age: 86400`, and give the "
    "record another id; take both away when the last policy before has run out."
)
"""The workflow of RFC 8461 §8.3."""


async def with_removal(finding: Finding, domain: str, families: Families) -> Finding:
    """Return *finding* with what a change takes away, where it is the change that leaves no record.

    That senders which have the policy keep to it is said where it is served still.
    """
    if not any(reason.tag == NO_RECORD for reason in finding.reasons):
        return finding
    back = await given_back(record_name(domain), "TXT", _is_record)
    if not back:
        return finding
    reasons = tuple(replace(r, instead=back) if r.tag == NO_RECORD else r for r in finding.reasons)
    _, policies = await policies_served(domain, families)
    applied = [policy for policy in policies if policy.applies]
    found = replace(finding, reasons=reasons)
    if not applied:
        return found
    longest = max(applied, key=lambda policy: policy.max_age)
    text = (
        f"the policy is served still, in mode {longest.mode}: who has it keeps to it for "
        f"{longest.max_age} s, without any record"
    )
    return found.with_advice(Advice(STILL_SERVED, text))


def remedy_of_removal(reason: Reason) -> Remedy | None:
    """Say what to do about a *reason* whose record a change takes away; None if none does."""
    return Remedy(reason.instead, f"{GIVING_UP} {BACK}") if reason.instead else None


def _is_record(live: DnsAnswer) -> bool:
    return len(records_among(texts(live).texts)) == 1
