"""Whether a policy names the hosts that take a domain's mail (RFC 8461 §4.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.existence import absence
from mailcheck.facts.mail_hosts import MailHosts, MailHostsFact
from mailcheck.finding import Advice, Finding, Part, all_hold, met, unmet
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved, each_of

if TYPE_CHECKING:
    from mailcheck.facts.mta_sts.policy import Policy

NOT_COVERED = "mx-not-covered"

SHOWN = 4
"""Entries of a policy that are named; the rest is counted."""


async def coverage(domain: str, policies: tuple[Policy, ...]) -> Part:
    """Judge that each of *policies* covers every host that takes mail for *domain*.

    A policy in mode none covers nobody, and need not.
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
    parts: list[Part] = [_not_covered(host, policy) for policy in applied for host in hosts]
    parts += mx.answer.unread
    whole = all_hold(parts)
    return whole if mx.answer.unread else whole.with_advice(*_idle(hosts, applied))


def exchangers(mx: MailHostsFact) -> tuple[str, ...]:
    """Return the hosts that senders hand mail to; the domain itself where it has no MX at all.

    With the null MX there are none.
    """
    implicit = () if mx.null or mx.answer.unread else (mx.answer.name,)
    return mx.names or implicit


def _not_covered(host: str, policy: Policy) -> Part:
    if policy.covers(host):
        return met()
    text = f"the policy (mode {policy.mode}) names {_shown(policy.mx)}, not {to_u_labels(host)}"
    return unmet(NOT_COVERED, text, host)


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
