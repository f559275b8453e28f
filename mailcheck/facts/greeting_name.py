"""The name a server gives itself in its greeting, where there is a server to greet.

A host that only sends mail has its port 25 shut, or behind a firewall that drops what comes. Its
greeting is then not judged, which is neither good nor bad, and no reason to doubt anything else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.finding import Advice, Part, met, unmet
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.facts.smtp import Reply, SmtpSessionFact

OTHER_GREETING = "other-greeting"
GREETING_NOT_JUDGED = "greeting-not-judged"

_NOT_REACHED = frozenset({"timeout", "connection-reset", "no-route", "no-ipv6-route"})
"""Causes for which no connection was made: as far as can be told from here, nothing listens."""


def greets_as(name: str, session: SmtpSessionFact | Unobserved) -> Part:
    """Judge whether the greeting of *session* begins with *name*, in normal form (RFC 5321 §4.2).

    Who takes the connection and then says nothing is unknown, as is who says "later"; a refusal for
    good, of this client or of all mail, names nobody in particular.
    """
    if isinstance(session, Unobserved):
        return _not_judged(session.text) if _not_connected(session) else session
    if session.greeting is None:
        return _not_judged(f"{session.where} refuses connections")
    code = session.greeting.code
    if code // 100 == 5:
        return _not_judged(f"{session.where} greets with {session.greeting}")
    if code // 100 != 2:
        cause = "temporary-failure" if code // 100 == 4 else "unexpected-reply"
        text = f"{session.where} greets with {session.greeting}"
        return Unobserved(cause, text, session.evidence)
    said = greeting_name(session.greeting)
    if said == name:
        return met()
    shown = f"as {visible(to_u_labels(said), 80)}" if said else "without a name"
    text = f"{session.where} greets {shown}, not as {to_u_labels(name)}"
    return unmet(OTHER_GREETING, text, str(session.address))


def greeting_name(greeting: Reply) -> str:
    """Return the first word of *greeting*, where the name stands: lower case, without final dot."""
    words = greeting.texts[0].split(maxsplit=1)
    return words[0].lower().removesuffix(".") if words else ""


def _not_connected(session: Unobserved) -> bool:
    """Whether the session went no further than the attempt to connect."""
    reached = len(session.evidence) > 1 or any(
        not line.subject.endswith(" connect") for line in session.evidence
    )
    return session.cause in _NOT_REACHED and not reached


def _not_judged(why: str) -> Part:
    return met(Advice(GREETING_NOT_JUDGED, f"the greeting is not judged: {why}"))
