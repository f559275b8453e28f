"""The TLS of a session, or what is to be said where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.facts.tls.handshake import Tls
from mailcheck.finding import Part, unmet
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.facts.smtp.session import SmtpSessionFact

NO_STARTTLS = "no-starttls"
STARTTLS_REFUSED = "starttls-refused"
HANDSHAKE_FAILED = "handshake-failed"

READY = 220
"""The reply to STARTTLS after which TLS begins (RFC 3207 §4)."""

NOT_SECURED = """
no-starttls: an address does not offer STARTTLS.
    On port 25: mail is readable on its way; senders that insist on TLS (MTA-STS, DANE, Gmail's
    setting for partners) do not deliver: "TLS is required, but was not offered by host". On ports
    for users: mail programs that insist on TLS do not log in; others send passwords in clear.
starttls-refused: an address offers STARTTLS and then refuses it.
    On port 25: mail goes in clear, or not at all from senders that insist on TLS: "TLS is required,
    but host refused to start TLS" (Postfix). On ports for users: mail programs that insist on TLS do
    not log in; others send passwords in clear.
handshake-failed: an address takes STARTTLS, and the TLS handshake fails.
    On port 25: most senders close the connection and try again later in clear, if at all: "Cannot
    start TLS: handshake failure". On ports for users: mail programs report a TLS error, and do not
    log in.
"""
"""Tags of every sentence that needs TLS to be there, as a check's page tells them."""


def secured(session: SmtpSessionFact) -> Tls | Part:
    """Return the TLS of *session*, whose server serves, or judge that there is none.

    What passes (454, RFC 3207 §4) and what was not heard is unobserved.
    """
    if isinstance(session.tls, Tls):
        return session.tls
    about = str(session.address)
    if session.tls is not None:
        return unmet(HANDSHAKE_FAILED, f"{session.where}: the TLS {session.tls}", about)
    reply = session.at("STARTTLS")
    if reply is not None and reply.code // 100 == 5:
        text = f"{session.where} offers STARTTLS and says {reply}"
        return unmet(STARTTLS_REFUSED, text, about)
    if reply is None and session.offers("STARTTLS") is None:
        return unmet(NO_STARTTLS, f"{session.where} offers no STARTTLS", about)
    # A session may also have broken off long after that, where recipients were tried.
    if session.broken is not None and (reply is None or reply.code == READY):
        return session.broken
    cause = "temporary-failure" if reply and reply.code // 100 == 4 else "unexpected-reply"
    return Unobserved(cause, f"{session.where} says {reply} to STARTTLS", session.evidence)
