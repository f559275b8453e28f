"""The names a server gives itself, in its greeting and its certificate, where there is a server.

A host that only sends mail has its port 25 shut, or behind a firewall that drops what comes. Its
names are then not judged, which is neither good nor bad, and no reason to doubt anything else. No
more is a server without STARTTLS: it shows no certificate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.smtp.secured import secured
from mailcheck.facts.smtp.service import service
from mailcheck.facts.smtp.session import SmtpSessionFact
from mailcheck.facts.smtp.vantage import BLOCKED_HERE, NO_NETWORK, SILENT_ALONE
from mailcheck.facts.tls.handshake import Tls
from mailcheck.finding import Advice, Part, met, unmet
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.facts.smtp.reply import Reply

OTHER_GREETING = "other-greeting"
GREETING_NOT_JUDGED = "greeting-not-judged"
OTHER_CERTIFICATE = "other-certificate"
CERTIFICATE_NOT_JUDGED = "certificate-not-judged"

_NOT_REACHED = frozenset(
    {
        "timeout",
        "connection-reset",
        "no-route",
        "no-ipv6-route",
        SILENT_ALONE,
        BLOCKED_HERE,
        NO_NETWORK,
    }
)
"""Causes for which no connection was made: as far as can be told from here, nothing listens."""


def greets_as(name: str, session: SmtpSessionFact | Unobserved) -> Part:
    """Judge whether the greeting of *session* begins with *name*, in normal form (RFC 5321 §4.2).

    Who takes the connection and then says nothing is unknown, as is who says "later"; a refusal for
    good, of this client or of all mail, names nobody in particular.
    """
    heard = _greeted(session)
    if not isinstance(heard, SmtpSessionFact):
        return heard
    said = greeting_name(heard.greeting) if heard.greeting else ""
    if said == name:
        return met()
    shown = f"as {visible(to_u_labels(said), 80)}" if said else "without a name"
    text = f"{heard.where} greets {shown}, not as {to_u_labels(name)}"
    return unmet(OTHER_GREETING, text, str(heard.address))


def is_certified_as(name: str, session: SmtpSessionFact | Unobserved) -> Part:
    """Judge whether the certificate behind STARTTLS is for *name*, in normal form.

    Where the server offers no STARTTLS, refuses for good, or the handshake fails, no certificate is
    seen, and nothing is judged; where it says "later" or the session broke off before, it is
    unknown whether there is one.
    """
    heard = _greeted(session)
    if not isinstance(heard, SmtpSessionFact):
        return heard
    served = service(heard)
    if isinstance(served, Unobserved):
        return _no_certificate(served.text) if served.cause == "refused-this-client" else served
    tls = secured(heard)
    if isinstance(tls, Unobserved):
        return tls
    if not isinstance(tls, Tls):
        return _no_certificate(tls.reasons[0].text)
    certificate = tls.certificate
    if certificate.unreadable:
        cause, text = "unreadable-certificate", f"{heard.where} sends {certificate}"
        return Unobserved(cause, text, heard.evidence)
    if certificate.names_host(name):
        return met()
    text = f"{heard.where} has a certificate for {certificate.for_whom}, not {to_u_labels(name)}"
    return unmet(OTHER_CERTIFICATE, text, str(heard.address))


def greeting_name(greeting: Reply) -> str:
    """Return the first word of *greeting*, where the name stands: lower case, without final dot."""
    words = greeting.texts[0].split(maxsplit=1)
    return words[0].lower().removesuffix(".") if words else ""


def _greeted(session: SmtpSessionFact | Unobserved) -> SmtpSessionFact | Part:
    """Return a session with a positive greeting, or what is to be said in its place."""
    if isinstance(session, Unobserved):
        return _nothing_judged(session.text) if _not_connected(session) else session
    if session.greeting is None:
        return _nothing_judged(f"{session.where} refuses connections")
    code = session.greeting.code
    text = f"{session.where} greets with {session.greeting}"
    if code // 100 == 5:
        return _nothing_judged(text)
    if code // 100 != 2:
        cause = "temporary-failure" if code // 100 == 4 else "unexpected-reply"
        return Unobserved(cause, text, session.evidence)
    return session


def _no_certificate(why: str) -> Part:
    return met(Advice(CERTIFICATE_NOT_JUDGED, f"the certificate is not judged: {why}"))


def _nothing_judged(why: str) -> Part:
    return met(Advice(GREETING_NOT_JUDGED, f"greeting and certificate are not judged: {why}"))


def _not_connected(session: Unobserved) -> bool:
    """Whether the session went no further than the attempt to connect."""
    reached = len(session.evidence) > 1 or any(
        not line.subject.endswith(" connect") for line in session.evidence
    )
    return session.cause in _NOT_REACHED and not reached
