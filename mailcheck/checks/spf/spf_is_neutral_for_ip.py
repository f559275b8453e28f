"""SPF is neutral about a client: the domain's record leaves it open.

Requires
    Evaluated as receivers do (``check_host()``, RFC 7208 §4), the SPF record of the domain says
    neutral for the address.

Why
    A domain may want to say nothing of some hosts yet, such as those of users who forward mail. Then
    the record must neither let them pass, and DMARC with them, nor fail them.

Met when
    The term that decides begins with ``?``, or no term matches and there is no ``all``. The result
    is in the reports, as ``result``.

Unmet when
    ...

Not judged here
    A domain without a record, which receivers treat alike: ``SPF of D has no opinion for IP I``.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.spf.check import SpfCheck, sender_of
from mailcheck.facts.spf.judging import judged, other_results, remedied
from mailcheck.finding import Finding, Reason, Remedy
from mailcheck.mailboxes import Mailbox
from mailcheck.names import Address, Domain, HeloName
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class SpfIsNeutralForIp:
    """The parameters of the sentence."""

    domain: Domain = slot("the domain of MAIL FROM")
    ip: Address = slot("the address the client connects from")
    helo: HeloName | None = slot("what it says in EHLO; the domain, by default", default=None)
    sender: Mailbox | None = slot("the mailbox of MAIL FROM; postmaster by default", default=None)


async def judge(wanted: SpfIsNeutralForIp) -> Finding:
    """Evaluate the record for the client."""
    sender = sender_of(wanted.sender, wanted.domain)
    fact = await SpfCheck(wanted.ip, wanted.domain, sender, wanted.helo or wanted.domain)
    return judged(fact, "neutral", wanted.ip, wanted.domain)


def remedy(_: SpfIsNeutralForIp, reason: Reason) -> Remedy:
    """The record with another ``all``, or with a term for the client."""
    return remedied(reason)


CHECK = check(
    __doc__,
    template="SPF [of {domain}] is neutral for IP [{ip}]",
    parameters=SpfIsNeutralForIp,
    judge=judge,
    remedy=remedy,
    also=other_results("neutral"),
    sources=("RFC 7208 §4", "RFC 7208 §4.7", "RFC 7208 §8.2"),
    examples=(
        Example(
            "hosts that users forward from",
            "SPF of example.com is neutral for IP 198.51.100.9",
            (told("example.com TXT", '"v=spf1 ip4:192.0.2.0/24 ?all"'),),
            ends="met",
        ),
        Example(
            "the record became strict",
            "SPF of example.com is neutral for IP 198.51.100.9",
            (told("example.com TXT", '"v=spf1 ip4:192.0.2.0/24 -all"'),),
            ends="spf-fail",
        ),
    ),
)
