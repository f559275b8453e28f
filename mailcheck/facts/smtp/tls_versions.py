"""Which versions of TLS a server agrees to, and whether it refuses the old ones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.facts.smtp.secured import secured
from mailcheck.facts.smtp.service import service
from mailcheck.facts.smtp.session import SmtpSession, SmtpSessionFact
from mailcheck.facts.tls.handshake import VERSIONS, NoTls, Tls, shown_version
from mailcheck.finding import Part, met, unmet
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Iterator

OFFERS_OLD_TLS = "offers-old-tls"

OLDEST = "TLSv1"
"""What no version older than is asked for: OpenSSL has spoken no SSL for years."""

_CLOSED = frozenset({"connection-closed", "connection-reset"})


def with_older(session: SmtpSessionFact, version: str) -> Iterator[SmtpSession]:
    """Yield questions to the server of *session* that offer one version older than *version* each."""
    for older in VERSIONS[VERSIONS.index(OLDEST) : VERSIONS.index(version)]:
        yield SmtpSession(session.address, session.port, session.server_name, only_tls=older)


def refuses(asked: SmtpSession, answer: SmtpSessionFact | Unobserved) -> Part:
    """Judge whether a server that speaks newer TLS refuses the one version that was *asked* for.

    Some close the connection instead of sending an alert, Schannel for one. Who has just shaken
    hands, and hangs up on this hello, has refused it.
    """
    if _hung_up(asked, answer):
        return met()
    if isinstance(answer, Unobserved):
        return answer
    match answer.tls:
        case NoTls():
            return met()
        case Tls():
            version = shown_version(answer.tls.version)
            text = f"{answer.where} agrees to {version} too, if nothing else is offered"
            return unmet(OFFERS_OLD_TLS, text, str(answer.address))
        case None:
            served = service(answer)
            if isinstance(served, Unobserved) or not served.met:
                return served
            secure = secured(answer)
            return met() if isinstance(secure, Tls) else secure


def _hung_up(asked: SmtpSession, answer: SmtpSessionFact | Unobserved) -> bool:
    """Whether the server closed the connection in place of a handshake."""
    broken = answer if isinstance(answer, Unobserved) else answer.broken
    if broken is None or broken.cause not in _CLOSED or not broken.evidence:
        return False
    nothing = SmtpSessionFact(asked.address, asked.port, asked.server_name)
    return broken.evidence[-1].subject == replace(nothing, only_tls=asked.only_tls).subject("TLS")
