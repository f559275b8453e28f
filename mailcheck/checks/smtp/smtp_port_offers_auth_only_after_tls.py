"""A mail server asks for passwords in TLS and nowhere else.

Requires
    Every address of the host, or of every MX host of the domain, offers AUTH in TLS, and does not
    offer it before.

Why
    A mail program that is offered AUTH in clear sends the password for all on the way to read, and
    whoever hides STARTTLS from it gets it so. RFC 4954 §4 wants no plaintext mechanism without TLS,
    RFC 8314 §3.3 wants TLS from the start.

Met when
    AUTH stands in the reply to EHLO in TLS and, on ports with STARTTLS, not in the one in clear;
    ``AUTH=``, as servers before RFC 2554 say it, counts as AUTH. On port 465 the only reply is in
    TLS. With ``if_any`` it is enough that AUTH is not offered in clear.

Unmet when
    ...
    auth-in-clear: an address offers AUTH before TLS, with mechanisms that send the password as it is.
        Passwords of mail programs that take the offer can be read on their way.
    challenge-in-clear: an address offers AUTH before TLS, with other mechanisms alone (GSSAPI, NTLM).
        No password is sent, but whoever listens can guess weak ones, and take over the session.
    no-auth: an address offers no AUTH in TLS.
        Nobody can log in; mail programs say that the server does not support authentication.

Advises when
    ipv6-not-asked: IPv6 addresses were left out, because nothing gets out over IPv6 here.
        Mail programs that have IPv6 prefer it.

Not judged here
    Whether a login succeeds, and what is offered to clients elsewhere. On port 25 of MX hosts
    nobody has to log in: ``if_any: true`` is for these. A session that broke off before the second
    EHLO leaves it open what is offered in TLS.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.check import Example, check
from mailcheck.evidence import visible
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.extensions import offered
from mailcheck.facts.smtp.mechanisms import mechanisms_of, sends_secret
from mailcheck.facts.smtp.secured import NOT_SECURED, secured
from mailcheck.facts.smtp.securing import to_be_secured
from mailcheck.facts.smtp.target import NOT_SERVED, SMTP, SmtpTarget
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import Tls, told_tls
from mailcheck.finding import Finding, Part, Reason, Remedy, all_hold, met, unmet
from mailcheck.question import Unobserved
from mailcheck.slots import slot

if TYPE_CHECKING:
    from mailcheck.facts.smtp.session import SmtpSessionFact


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpPortOffersAuthOnlyAfterTls(SmtpTarget):
    """The parameters of the sentence."""

    if_any: bool = slot("AUTH need not be offered, but never in clear", default=False)


async def judge(wanted: SmtpPortOffersAuthOnlyAfterTls) -> Finding:
    """Hold a session with every address of every host; each must offer it there alone."""
    if wanted.if_any:
        return await wanted.every_server(_before)
    return await wanted.every_server(lambda session: all_hold((_before(session), _after(session))))


def _before(session: SmtpSessionFact) -> Part:
    found = session.offers("AUTH", in_tls=False)
    if found is None:
        return met()
    mechanisms = mechanisms_of(found)
    tag = "auth-in-clear" if any(map(sends_secret, mechanisms)) else "challenge-in-clear"
    offer = visible(" ".join(("AUTH", *mechanisms)), 120)
    return unmet(tag, f"{session.where} offers {offer} in clear", str(session.address))


def _after(session: SmtpSessionFact) -> Part:
    tls = secured(session)
    if not isinstance(tls, Tls):
        return tls
    found = offered(session, "AUTH")
    if isinstance(found, Unobserved):
        return found
    if not found:
        what = "no AUTH" if found is None else "AUTH without a mechanism"
        return unmet("no-auth", f"{session.where} offers {what} in TLS", str(session.address))
    return met()


def remedy(wanted: SmtpPortOffersAuthOnlyAfterTls, reason: Reason) -> Remedy:
    """What to set, start, open or publish."""
    match reason.tag:
        case "auth-in-clear" | "challenge-in-clear":
            text = (
                f"Have the server at {reason.about} offer AUTH in TLS alone (Postfix: "
                "smtpd_tls_auth_only = yes; Exim: "
                "auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}})."
            )
        case "no-auth":
            text = (
                f"Have the server at {reason.about} offer AUTH on port {wanted.port} (Postfix: "
                "smtpd_sasl_auth_enable = yes for this service in master.cf; Exim: an "
                "authenticator, and auth_advertise_hosts)"
            )
            if wanted.port == SMTP:
                text += ", or say if_any: true, since mail users log in on ports 465 and 587"
            text += "."
        case _:
            return to_be_secured(reason, wanted.port) or wanted.to_be_served(reason)
    return Remedy(instruction=text)


_HOST = (
    told("mail.example.com A", "192.0.2.1 | 192.0.2.2"),
    told("mail.example.com AAAA", "NODATA"),
)
_AUTH = "250-mail.example.com\n250 AUTH PLAIN LOGIN"
_TLS = told_tls("mail.example.com")


def _example(says: str, port: int, ehlo: str, ends: str, breaks: str = "") -> Example:
    sessions = [
        told_smtp(
            f"mail.example.com 192.0.2.{last}:{port}", "220 mail.example.com", ehlo=ehlo,
            tls=_TLS, again=_AUTH, breaks=breaks if last == 2 else "",
        )
        for last in (1, 2)
    ]  # fmt: skip
    sentence = f"SMTP port {port} of mail.example.com offers AUTH only after TLS"
    return Example(says, sentence, (*_HOST, *sessions), ends, partly_unknown=bool(breaks))


_STARTTLS = "250-mail.example.com\n250 STARTTLS"

CHECK = check(
    __doc__,
    template="SMTP port {port} [of {host}] offers AUTH only after TLS",
    parameters=SmtpPortOffersAuthOnlyAfterTls,
    judge=judge,
    remedy=remedy,
    also=NOT_SERVED + NOT_SECURED,
    advised=("challenge-in-clear",),
    sources=("RFC 4954 §4", "RFC 8314 §3.3", "RFC 3207 §4.2", "RFC 5802 §9"),
    over_several=True,
    examples=(
        _example("submission with STARTTLS", 587, _STARTTLS, "met"),
        _example("submission in TLS from the start", 465, _AUTH, "met"),
        _example("passwords in clear", 587, "250-m\n250-AUTH PLAIN\n250 STARTTLS", "auth-in-clear"),
        _example(
            "one is silent in TLS", 587, _STARTTLS, "inconclusive: timeout", "EHLO in TLS TIMEOUT"
        ),
    ),
)
