"""Whether a policy names the hosts that take a domain's mail (RFC 8461 §4.1)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.change.proposed import Proposed, ProposedFact, Published
from mailcheck.facts.existence import absence
from mailcheck.facts.mail_hosts import MailHosts, MailHostsFact, mail_hosts
from mailcheck.facts.mta_sts.mending import by_whom, lines_of
from mailcheck.finding import Advice, Finding, Part, Reason, Remedy, all_hold, met
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved, each_of

if TYPE_CHECKING:
    from mailcheck.facts.mta_sts.policy import Policy

NOT_COVERED = "mx-not-covered"

SERVED_ANEW = frozenset({"not-served", "malformed-policy", "policy-too-large"})
"""Tags of reasons for which a policy has to be served in place of what is."""

MAX_NAMED = 10
"""MX hosts that a remedy names."""

SHOWN = 4
"""Entries of a policy that are named; the rest is counted."""


async def coverage(
    domain: str, policies: tuple[Policy, ...], renewed: tuple[str, ...] = ()
) -> Part:
    """Judge that each of *policies* covers every host that takes mail for *domain*.

    A policy in mode none covers nobody, and need not. *renewed* is the record to publish once one
    that does not was changed.
    """
    applied = tuple(policy for policy in policies if policy.applies)
    if not applied:
        return met()
    [mx] = await each_of([MailHosts(domain)])
    if isinstance(mx, Unobserved):
        return mx
    if gone := absence(mx.answer):
        return Finding((gone,))
    hosts = exchangers(mx)
    left_out = [(host, policy) for policy in applied for host in hosts if not policy.covers(host)]
    live = await _live_hosts(domain) if left_out else None
    parts: list[Part] = []
    for host, policy in left_out:
        is_new = live is not None and host not in live
        parts.append(Finding((_not_covered(host, policy, renewed, is_new=is_new),)))
    parts += mx.answer.unread
    whole = all_hold(parts)
    return whole if mx.answer.unread else whole.with_advice(*_idle(hosts, applied))


def exchangers(mx: MailHostsFact) -> tuple[str, ...]:
    """Return the hosts that senders hand mail to; the domain itself where it has no MX at all.

    With the null MX there are none.
    """
    implicit = () if mx.null or mx.answer.unread else (mx.answer.name,)
    return mx.names or implicit


async def with_lines(finding: Finding, domain: str) -> Finding:
    """Return *finding* with the lines of a policy that names the MX hosts of *domain*.

    They are put to each reason that is mended by serving another policy.
    """
    if not any(reason.tag in SERVED_ANEW for reason in finding.reasons):
        return finding
    [mx] = await each_of([MailHosts(domain)])
    hosts = () if isinstance(mx, Unobserved) else exchangers(mx)
    named = hosts[:MAX_NAMED] or (f"mail.{domain}",)
    reasons = [
        replace(r, instead=lines_of("\n".join(r.instead).encode(), named))
        if r.tag in SERVED_ANEW
        else r
        for r in finding.reasons
    ]
    return replace(finding, reasons=tuple(reasons))


def remedy_of_not_covered(domain: str, reason: Reason) -> Remedy:
    """What to do about a *reason* ``mx-not-covered`` of *domain*."""
    whose = by_whom(domain, reason.instead)
    text = (
        f"Add the line `mx: {reason.about}` to the policy; once it is served, give the record another "
        f"id{whose}{':' if reason.instead else '.'}"
    )
    return Remedy(reason.instead, text)


def _not_covered(host: str, policy: Policy, renewed: tuple[str, ...], *, is_new: bool) -> Reason:
    text = f"the policy (mode {policy.mode}) names {_shown(policy.mx)}, not {to_u_labels(host)}"
    if is_new:
        text += ", which takes mail only after this change: the policy comes first"
    return Reason(NOT_COVERED, text, host, renewed)


async def _live_hosts(domain: str) -> tuple[str, ...] | None:
    """Return the MX hosts before a change to the zone of *domain*; None where there is none."""
    [proposed] = await each_of([Proposed(domain)])
    if not isinstance(proposed, ProposedFact) or not proposed.by:
        return None
    [live] = await each_of([Published(domain, "MX")])
    return None if isinstance(live, Unobserved) else exchangers(mail_hosts(live))


def _idle(hosts: tuple[str, ...], policies: tuple[Policy, ...]) -> tuple[Advice, ...]:
    idle = dict.fromkeys(entry for policy in policies for entry in policy.idle(hosts))
    if not idle:
        return ()
    is_none = "which is no MX" if len(idle) == 1 else "of which none is an MX"
    return (Advice("not-an-mx", f"the policy names {_shown(tuple(idle))}, {is_none}"),)


def _shown(entries: tuple[str, ...]) -> str:
    shown = ", ".join(visible(entry, 80) for entry in entries[:SHOWN])
    more = len(entries) - SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
