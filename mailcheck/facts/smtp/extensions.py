"""What a server offers in reply to EHLO, of the two replies the one that counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.facts.smtp.secured import secured
from mailcheck.facts.tls.handshake import NoTls, Tls
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.facts.smtp.session import SmtpSessionFact


def offered(session: SmtpSessionFact, keyword: str) -> str | Unobserved | None:
    """Return what stands behind *keyword*, in capitals, in the last reply to EHLO of *session*.

    The server serves. In TLS a client must forget what it heard before (RFC 3207 §4.2), so the
    reply in TLS counts; it is unobserved where the session broke off before it, where TLS may come
    another time (454) or to another client (a handshake that fails), and where EHLO is refused
    there. The reply in clear counts where nobody gets TLS: not offered, or refused for good. None
    means that the keyword is not offered, as by a server that knows HELO alone.
    """
    if session.helo is not None:
        return None
    tls = secured(session)
    if isinstance(tls, Unobserved):
        return tls
    if isinstance(session.tls, NoTls):
        text = f"{session.where} may offer more in TLS, and the {session.tls}"
        return Unobserved("handshake-failed", text, session.evidence)
    if not isinstance(tls, Tls):
        return session.offers(keyword, in_tls=False)
    ehlo = session.at("EHLO", in_tls=True)
    if ehlo is not None and ehlo.code == 250:
        return session.offers(keyword, in_tls=True)
    if ehlo is None and session.broken is not None:
        return session.broken
    causes = {4: "temporary-failure", 5: "refused-this-client"}
    cause = causes.get(ehlo.code // 100 if ehlo else 0, "unexpected-reply")
    text = f"{session.where} says {ehlo or 'nothing'} to EHLO in TLS"
    return Unobserved(cause, text, session.evidence)
