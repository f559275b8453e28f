"""Whether a session shows a mail service, in the words every SMTP check uses for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.finding import Advice, Part, met, unmet
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.facts.smtp import Reply, SmtpSessionFact

CONNECTION_REFUSED = "connection-refused"
NO_SMTP_SERVICE = "no-smtp-service"
NO_EHLO = "no-ehlo"
HELO_ONLY = "helo-only"

DECLINED = frozenset({521, 554})
"""Greetings of a host that takes no mail (RFC 7504 §3, RFC 5321 §3.1)."""

UNKNOWN_COMMAND = frozenset({500, 502})
"""How a server says that it does not know a command (RFC 5321 §4.2.4)."""


def service(session: SmtpSessionFact) -> Part:
    """Judge whether a mail server serves here, as far as what it said to this client can tell.

    A server that turns away a client it does not like is still a server: what may be about us is
    unobserved, cause ``refused-this-client``; a reply of the kind "later" is ``temporary-failure``.
    """
    if session.refused or session.greeting is None:
        return unmet(CONNECTION_REFUSED, f"{session.where} refuses connections", _about(session))
    if session.greeting.code // 100 != 2:
        return _greeting(session, session.greeting)
    said = [reply for reply in (session.ehlo, session.helo) if reply is not None]
    if said and said[-1].code // 100 == 2:
        return met(_helo_only(session)) if session.helo else met()
    if said and all(_is_unknown_command(reply) for reply in said):
        text = f"{session.where} takes neither EHLO nor HELO: {said[-1]}"
        return unmet(NO_EHLO, text, _about(session))
    return _refusal(session, said[-1] if said else session.greeting)


def _greeting(session: SmtpSessionFact, greeting: Reply) -> Part:
    # With an enhanced code these are also how a server drops one client: postscreen(8) says
    # "521 5.3.2 Service currently unavailable" to whom it lists, others "554 5.7.1".
    if greeting.code in DECLINED and not greeting.enhanced:
        text = f"{session.where} greets with {greeting}"
        return unmet(NO_SMTP_SERVICE, text, _about(session))
    return _refusal(session, greeting)


def _is_unknown_command(reply: Reply) -> bool:
    """Whether *reply* is about the command alone: X.5.Y is protocol status (RFC 3463 §3.6)."""
    about_protocol = not reply.enhanced or reply.enhanced.startswith("5.5.")
    return reply.code in UNKNOWN_COMMAND and about_protocol


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
