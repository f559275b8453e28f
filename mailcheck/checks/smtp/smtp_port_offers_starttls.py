"""A mail server can be spoken to in TLS.

Requires
    Every address of the host, or of every MX host of the domain, offers STARTTLS, takes it, and
    comes to TLS. On port 465, where TLS comes first, that is the connection itself.

Why
    Without TLS everybody on the way can read and change mail. Senders that insist on it (MTA-STS,
    DANE, rules for partners) keep the mail and bounce it after days; Gmail shows an open padlock.

Met when
    A handshake succeeds at each address, after STARTTLS or, on port 465, at once. Any certificate
    will do, as it does for senders without a policy for the domain.

Unmet when
    ...

Advises when
    ipv6-not-asked: IPv6 addresses were left out, because nothing gets out over IPv6 here.
        Senders that have IPv6 prefer it; TLS may fail there alone.

Not judged here
    For whom the certificate is, and who says so; which versions of TLS there are. A server that
    puts STARTTLS off (454), is silent or hangs up is inconclusive. The handshake is made with this
    machine's OpenSSL: a server that speaks only what that refuses fails here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.secured import NOT_SECURED, secured
from mailcheck.facts.smtp.securing import to_be_secured
from mailcheck.facts.smtp.target import NOT_SERVED, SmtpTarget
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import Tls, told_tls
from mailcheck.finding import Finding, Part, Reason, Remedy, met

if TYPE_CHECKING:
    from mailcheck.facts.smtp.session import SmtpSessionFact


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpPortOffersStarttls(SmtpTarget):
    """The parameters of the sentence."""


async def judge(wanted: SmtpPortOffersStarttls) -> Finding:
    """Hold a session with every address of every host; each must come to TLS."""
    return await wanted.every_server(_in_tls)


def _in_tls(session: SmtpSessionFact) -> Part:
    tls = secured(session)
    return met() if isinstance(tls, Tls) else tls


def remedy(wanted: SmtpPortOffersStarttls, reason: Reason) -> Remedy:
    """What to set up, start, open or publish."""
    return to_be_secured(reason, wanted.port) or wanted.to_be_served(reason)


_SENTENCE = "SMTP port 25 of mail.example.com offers STARTTLS"
_HOST = (
    told("mail.example.com A", "192.0.2.25"),
    told("mail.example.com AAAA", "2001:db8::25"),
)
_OFFER = "250-mail.example.com\n250 STARTTLS"
_V4 = "mail.example.com 192.0.2.25:25"
_V6 = "mail.example.com [2001:db8::25]:25"
_GREETING = "220 mail.example.com ESMTP"
_TLS = told_smtp(_V4, _GREETING, ehlo=_OFFER, tls=told_tls("mail.example.com"))

CHECK = check(
    __doc__,
    template="SMTP port {port} [of {host}] offers STARTTLS",
    parameters=SmtpPortOffersStarttls,
    judge=judge,
    remedy=remedy,
    also=NOT_SERVED + NOT_SECURED,
    sources=("RFC 3207 §4", "RFC 8314 §3.3", "RFC 8461 §5"),
    over_several=True,
    examples=(
        Example(
            "both families",
            _SENTENCE,
            (
                *_HOST,
                _TLS,
                told_smtp(_V6, _GREETING, ehlo=_OFFER, tls=told_tls("mail.example.com")),
            ),
            ends="met",
        ),
        Example(
            "the server behind the IPv6 address has none, and IPv4 is silent",
            _SENTENCE,
            (
                *_HOST,
                told_smtp(_V4, "TIMEOUT"),
                told_smtp(_V6, _GREETING, ehlo="250-mail.example.com\n250 SIZE 10240000"),
            ),
            ends="no-starttls",
            partly_unknown=True,
        ),
        Example(
            "one puts it off",
            _SENTENCE,
            (*_HOST, _TLS, told_smtp(_V6, _GREETING, ehlo=_OFFER, starttls="454 4.7.0 not now")),
            ends="inconclusive: temporary-failure",
            partly_unknown=True,
        ),
        Example(
            "a port where TLS comes first",
            "SMTP port 465 of mail.example.com offers STARTTLS",
            (
                told("mail.example.com A", "192.0.2.25"),
                told("mail.example.com AAAA", "NODATA"),
                told_smtp(
                    "mail.example.com 192.0.2.25:465", _GREETING, tls=told_tls("mail.example.com")
                ),
            ),
            ends="met",
        ),
    ),
)
