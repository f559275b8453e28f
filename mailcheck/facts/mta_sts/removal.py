"""A change that takes the record away: whether senders were told before (RFC 8461 §8.3)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.facts.change.given_back import BACK, REMOVED, given_back
from mailcheck.facts.host_addresses import NO_ADDRESS
from mailcheck.facts.mta_sts.discovery import NO_RECORD, policies_served, record_name
from mailcheck.facts.mta_sts.fetching import policy_host
from mailcheck.facts.mta_sts.mending import by_whom
from mailcheck.facts.mta_sts.record import records_among
from mailcheck.facts.mta_sts.telling import record_of
from mailcheck.facts.txt import Texts, TextsFact, texts
from mailcheck.finding import Advice, Finding, Reason, Remedy
from mailcheck.question import each_of

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
    """Return *finding* with what a change takes away: the record, or the addresses of the policy host.

    That senders which have the policy keep to it is said where it is served still.
    """
    tags = {reason.tag for reason in finding.reasons}
    if NO_ADDRESS in tags:
        host = policy_host(domain)
        addresses = [await given_back(host, family, _is_there) for family in ("A", "AAAA")]
        return _with(finding, NO_ADDRESS, (*addresses[0], *addresses[1]))
    [said] = await each_of([Texts(record_name(domain))]) if NO_RECORD in tags else [None]
    if not isinstance(said, TextsFact):
        return finding
    back = await given_back(record_name(domain), "TXT", _is_record, said.answer.aliases)
    if not back:
        return finding
    _, policies = await policies_served(domain, families)
    applied = [policy for policy in policies if policy.applies]
    found = _with(finding, NO_RECORD, back)
    if not applied:
        return found
    longest = max(applied, key=lambda policy: policy.max_age)
    text = (
        f"the policy is served still, in mode {longest.mode}: who has it keeps to it for "
        f"{longest.max_age} s, without any record"
    )
    return found.with_advice(Advice(STILL_SERVED, text))


def _with(finding: Finding, tag: str, back: tuple[str, ...]) -> Finding:
    """Return *finding* with what is to come *back* because of its reasons that have the *tag*."""
    if not back:
        return finding
    reasons = (
        replace(r, about=REMOVED, instead=back) if r.tag == tag else r for r in finding.reasons
    )
    return replace(finding, reasons=tuple(reasons))


def _is_there(live: DnsAnswer) -> bool:
    return not live.aliases


def remedy_of_no_record(domain: str, reason: Reason) -> Remedy:
    """Return the record to publish because of a *reason* ``no-record``, and when."""
    record = reason.instead or (record_of(domain),)
    match reason.about:
        case "change":
            return Remedy(record, f"{GIVING_UP} {BACK}")
        case "record":
            whose = by_whom(domain, record)
            return Remedy(record, f"In place of the record that is there{whose}:")
        case "CNAME":
            where = "Publish it where the CNAME record leads, or in place of that:"
            return Remedy(record, where)
    return Remedy(record, "Once the policy is served, and with another id whenever it changes:")


def _is_record(live: DnsAnswer) -> bool:
    return len(records_among(texts(live).texts)) == 1
