"""Whether a session shows a mail service, in the words every SMTP check uses for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.finding import Advice, Part, met, unmet
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.facts.smtp.reply import Reply
    from mailcheck.facts.smtp.session import SmtpSessionFact

CONNECTION_REFUSED = "connection-refused"
NO_SMTP_SERVICE = "no-smtp-service"
NO_TLS = "no-tls"
NO_EHLO = "no-ehlo"
HELO_ONLY = "helo-only"

DECLINED = 521
"""The greeting of a host that takes no mail (RFC 7504 §3).

554 was meant so too (RFC 5321 §3.1), and is how large receivers greet a client they do not like: GMX
and web.de ("554-No SMTP service | 554-IP address is black listed"), T-Online, Cisco's gateways ("554
Your access to this mail system has been rejected due to the sending MTA's poor reputation").
"""


def service(session: SmtpSessionFact) -> Part:
    """Judge whether a mail server serves here, as far as what it said to this client can tell.

    A server that turns away a client it does not like is still a server: what may be about us is
    unobserved, cause ``refused-this-client``; a reply of the kind "later" is ``temporary-failure``.
    """
    if session.refused:
        return unmet(CONNECTION_REFUSED, f"{session.where} refuses connections", _about(session))
    if session.greeting is None:
        text = f"{session.where}: TLS comes first on this port, and the {session.tls}"
        return unmet(NO_TLS, text, _about(session))
    if session.greeting.code // 100 != 2:
        return _greeting(session, session.greeting)
    if session.ehlo is None:
        return session.broken or _refusal(session, session.greeting)
    # Any other refusal of EHLO may be about us, and a HELO that is taken after it says nothing.
    helo = session.helo if session.ehlo.is_unknown_command else None
    if session.broken and session.ehlo.is_unknown_command and not helo:
        return session.broken
    reply = helo or session.ehlo
    # Another 2xx answers something else: a greeting said twice is taken for the reply to EHLO.
    if reply.code == 250:
        return met(_helo_only(session)) if helo else met()
    if reply.is_unknown_command:
        text = f"{session.where} takes neither EHLO nor HELO: {reply}"
        return unmet(NO_EHLO, text, _about(session))
    return _refusal(session, reply)


def of_a_server(judge: Callable[[SmtpSessionFact], Part]) -> Callable[[SmtpSessionFact], Part]:
    """Return *judge* for servers that serve; of others it is said why they do not."""

    def judged(session: SmtpSessionFact) -> Part:
        served = service(session)
        if isinstance(served, Unobserved) or served.reasons or served.unknown:
            return served
        return judge(session)

    return judged


def _greeting(session: SmtpSessionFact, greeting: Reply) -> Part:
    # With an enhanced code it is also how a server drops one client: postscreen(8) says
    # "521 5.3.2 Service currently unavailable" to whom it lists.
    if greeting.code == DECLINED and not greeting.enhanced:
        text = f"{session.where} greets with {greeting}"
        return unmet(NO_SMTP_SERVICE, text, _about(session))
    return _refusal(session, greeting)


def _refusal(session: SmtpSessionFact, reply: Reply) -> Unobserved:
    match reply.code // 100:
        case 4:
            cause, meaning = "temporary-failure", "refuses for now"
        case 5:
            cause, meaning = "refused-this-client", "refuses, perhaps only this client"
        case _:
            cause, meaning = "unexpected-reply", "says what has no meaning here"
    return Unobserved(cause, f"{session.where} {meaning}: {reply}", session.evidence)


def _helo_only(session: SmtpSessionFact) -> Advice:
    return Advice(HELO_ONLY, f"{session.where} takes HELO but not EHLO: {session.ehlo}")


def _about(session: SmtpSessionFact) -> str:
    return str(session.address)
