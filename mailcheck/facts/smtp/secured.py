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
no-starttls: an address does not offer STARTTLS in its reply to EHLO.
    Mail is readable on its way; senders that insist on TLS (MTA-STS, DANE, Gmail's setting for
    partners) do not deliver: "TLS is required, but was not offered by host".
starttls-refused: an address offers STARTTLS and then refuses it (5xx).
    Mail goes in clear, or not at all from senders that insist on TLS: "TLS is required, but host
    refused to start TLS" (Postfix).
handshake-failed: an address takes STARTTLS, and the TLS handshake fails.
    Most senders close the connection and try again later in clear, if at all: "Cannot start TLS:
    handshake failure".
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
