"""A mail server offers an extension of SMTP.

Requires
    Every address of the host, or of every MX host of the domain, has the keyword in its reply to
    EHLO; with ``parameters``, these behind it too.

Why
    A sender uses what is offered. Without SMTPUTF8 mail to or from 유저@example.com bounces, without
    8BITMIME it is recoded on the way, which breaks its DKIM signature, without DSN nobody is told
    that it was delivered. Proxies and firewalls take away what the server behind them can do.

Met when
    The keyword is in the last reply to EHLO, in small letters too. What was said before STARTTLS is
    to be forgotten in TLS (RFC 3207 §4.2), so the reply in TLS counts; the one in clear does where
    STARTTLS is not offered, or is refused for good.

Unmet when
    ...
    not-offered: an address does not have the keyword in its reply to EHLO, or knows HELO alone.
        Senders do without as far as they can. Mail that needs it bounces; Postfix says "SMTPUTF8 is
        required, but was not offered by host".
    lacks-parameter: an address offers it without one of ``parameters``.
        Senders do without what is not named.

Advises when
    ipv6-not-asked: IPv6 addresses were left out, because nothing gets out over IPv6 here.
        The server behind them may offer something else.

Not judged here
    Whether the server does what it offers, and what it offers to clients that it knows: Postfix's
    postscreen offers new ones less (no PIPELINING) while it tests them. STARTTLS, AUTH and the
    number behind SIZE have sentences of their own. A session that broke off before the second EHLO,
    or whose handshake fails, leaves it open what is offered.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from mailcheck.check import Example, check
from mailcheck.evidence import visible
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.extensions import offered
from mailcheck.facts.smtp.keywords import Extension
from mailcheck.facts.smtp.target import NOT_SERVED, SmtpTarget
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import Tls, told_tls
from mailcheck.finding import Finding, Part, Reason, Remedy, met, unmet
from mailcheck.question import Unobserved
from mailcheck.slots import slot

if TYPE_CHECKING:
    from mailcheck.facts.smtp.session import SmtpSessionFact


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpPortOffersExtension(SmtpTarget):
    """The parameters of the sentence."""

    extension: Extension = slot("the keyword in the reply to EHLO", subjects=())
    parameters: tuple[str, ...] = slot("words that must stand behind the keyword", default=())


async def judge(wanted: SmtpPortOffersExtension) -> Finding:
    """Hold a session with every address of every host; each must offer it."""
    return await wanted.every_server(partial(_offers, wanted))


def _offers(wanted: SmtpPortOffersExtension, session: SmtpSessionFact) -> Part:
    found = offered(session, wanted.extension)
    if isinstance(found, Unobserved):
        return found
    about, where = str(session.address), session.where
    if found is None:
        text = f"{where} does not offer {wanted.extension}"
        if isinstance(session.tls, Tls):
            in_clear = session.offers(wanted.extension, in_tls=False) is not None
            text += " in TLS, only in clear" if in_clear else " in TLS"
        return unmet("not-offered", text, about)
    said = found.upper().split()
    if lacking := [word for word in wanted.parameters if word.upper() not in said]:
        text = f"{where} offers {wanted.extension} without {', '.join(lacking)}"
        text += f": {visible(found, 100)}" if found else ""
        return unmet("lacks-parameter", text, about)
    return met()


_SETTINGS = {
    "8BITMIME": "Exim: accept_8bitmime = true",
    "CHUNKING": "Exim: chunking_advertise_hosts = *",
    "DSN": "Exim: dsn_advertise_hosts = *",
    "PIPELINING": "Exim: pipelining_advertise_hosts = *",
    "SMTPUTF8": "Postfix: smtputf8_enable = yes; Exim: smtputf8_advertise_hosts = *",
    "VRFY": "Postfix: disable_vrfy_command = no",
}


def remedy(wanted: SmtpPortOffersExtension, reason: Reason) -> Remedy:
    """What to set, start, open or publish."""
    if reason.tag not in ("not-offered", "lacks-parameter"):
        return wanted.to_be_served(reason)
    keyword = wanted.extension
    offer = " ".join((keyword, *wanted.parameters))
    settings = f" ({_SETTINGS[keyword]})" if keyword in _SETTINGS else ""
    text = (
        f"Have the server at {reason.about} offer {offer}{settings}. Postfix hides what "
        "smtpd_discard_ehlo_keywords names, and a proxy or firewall before a server what it does "
        "not know."
    )
    if meant := keyword.probably_meant:
        text = f"Nobody has registered {keyword}; did you mean {meant}? {text}"
    return Remedy(instruction=text)


_SENTENCE = "SMTP port 25 of mx.example.com offers SMTPUTF8"
_HOST = (
    told("mx.example.com A", "192.0.2.25 | 192.0.2.26"),
    told("mx.example.com AAAA", "NODATA"),
)
_OFFER = "250-mx.example.com\n250 SMTPUTF8"
_FIRST = told_smtp("mx.example.com 192.0.2.25:25", "220 mx.example.com ESMTP", ehlo=_OFFER)


def _example(says: str, ends: str, again: str = "250 mx.example.com", breaks: str = "") -> Example:
    second = told_smtp(
        "mx.example.com 192.0.2.26:25", "220 mx.example.com ESMTP", ehlo="250-mx\n250-SMTPUTF8\n250 STARTTLS",
        tls=told_tls("mx.example.com"), again=again, breaks=breaks,
    )  # fmt: skip
    return Example(says, _SENTENCE, (*_HOST, _FIRST, second), ends, partly_unknown=bool(breaks))


CHECK = check(
    __doc__,
    template="SMTP port {port} [of {host}] offers {extension}",
    parameters=SmtpPortOffersExtension,
    judge=judge,
    remedy=remedy,
    also=NOT_SERVED,
    sources=("RFC 5321 §4.1.1.1", "RFC 3207 §4.2", "IANA SMTP Service Extensions"),
    over_several=True,
    examples=(
        _example("both addresses", "met", _OFFER),
        _example("one offers it in clear alone, and senders go on in TLS", "not-offered"),
        _example(
            "one hangs up before it offers anything in TLS",
            "inconclusive: connection-closed",
            breaks="EHLO in TLS CONNECTION-CLOSED",
        ),
    ),
)
