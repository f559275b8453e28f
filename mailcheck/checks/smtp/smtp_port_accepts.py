"""A mail server answers on a port.

Requires
    Every address of the host, or of every MX host of the domain, takes a TCP connection on the
    port, greets and takes EHLO. Without ``host``, the port is 25.

Why
    Senders try the exchanges in turn, and any of their addresses. One that refuses delays mail, or
    loses it if it is the only one: a firewall rule, a service not started, an old address in DNS.

Met when
    Each address greets with 2xx and takes EHLO, or HELO if it knows no EHLO (500, 502). With
    ``families: any`` IPv6 addresses are left out where this machine has no route for IPv6, as long
    as the host has others; with ``all`` they must be asked too.

Unmet when
    ...

Advises when
    ipv6-not-asked: IPv6 addresses were left out, because nothing gets out over IPv6 here.
        Senders that have IPv6 prefer it; a server that is deaf there delays their mail.
    helo-only: an address takes HELO and not EHLO.
        Without EHLO there is no STARTTLS, no SIZE and no 8BITMIME.

Not judged here
    Silence, what may be about this client (a greeting of 554 or other 5xx, 521 with an enhanced code,
    5xx to EHLO other than 500 and 502) and what passes (4xx): inconclusive. Aliases: ``MX hosts of D
    resolve``.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.service import service
from mailcheck.facts.smtp.target import NOT_SERVED, SmtpTarget
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.finding import Finding, Reason, Remedy


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpPortAccepts(SmtpTarget):
    """The parameters of the sentence."""


async def judge(wanted: SmtpPortAccepts) -> Finding:
    """Hold a session with every address of every host; each must hold."""
    return await wanted.every_address(service)


def remedy(wanted: SmtpPortAccepts, reason: Reason) -> Remedy:
    """What to start, open or publish."""
    return wanted.to_be_served(reason)


_BOTH = (
    told("example.com MX", "10 mx1.example.com. | 20 mx2.example.com."),
    told("mx1.example.com A", "192.0.2.1"),
    told("mx1.example.com AAAA", "NODATA"),
    told("mx2.example.com A", "192.0.2.2"),
    told("mx2.example.com AAAA", "2001:db8::2"),
    told_smtp("mx1.example.com 192.0.2.1:25", "220 mx1.example.com ESMTP"),
)


def _example(says: str, mx2: str, ends: str, over_ipv6: str = "NO-IPV6-ROUTE") -> Example:
    sentence = "{SMTP port 25 accepts: {domain: example.com}}"
    sessions = (
        told_smtp("mx2.example.com 192.0.2.2:25", mx2),
        told_smtp("mx2.example.com [2001:db8::2]:25", over_ipv6),
    )
    return Example(says, sentence, (*_BOTH, *sessions), ends, partly_unknown=True)


CHECK = check(
    __doc__,
    template="SMTP port {port} [of {host}] accepts",
    parameters=SmtpPortAccepts,
    judge=judge,
    remedy=remedy,
    also=NOT_SERVED,
    sources=("RFC 5321 §3.1", "RFC 5321 §3.2", "RFC 5321 §5.1", "RFC 7504 §3", "RFC 7505 §3"),
    over_several=True,
    examples=(
        Example(
            "a submission server",
            "SMTP port 587 of mx1.example.com accepts",
            (*_BOTH, told_smtp("mx1.example.com 192.0.2.1:587", "220 mx1.example.com ESMTP")),
            ends="met",
        ),
        _example("two exchanges, and no IPv6 here: IPv4 decides", "220 mx2 ESMTP", "met"),
        _example(
            "a refusal decides, though IPv6 is silent", "REFUSED", "connection-refused", "TIMEOUT"
        ),
        _example("it may be us", "554 5.7.1 blocked", "inconclusive: refused-this-client"),
    ),
)
