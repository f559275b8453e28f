"""Whether a session shows a server that mail programs can log in to, and only safely."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.smtp.mechanisms import sends_secret
from mailcheck.facts.tls.handshake import Tls
from mailcheck.finding import Part, all_hold, met, unmet
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.facts.imap.response import Response
    from mailcheck.facts.imap.session import ImapSessionFact

CONNECTION_REFUSED = "connection-refused"
NO_TLS = "no-tls"
NO_STARTTLS = "no-starttls"
STARTTLS_REFUSED = "starttls-refused"
HANDSHAKE_FAILED = "handshake-failed"
PREAUTH = "preauth"
LOGIN_IN_CLEAR = "login-in-clear"
NO_LOGIN = "no-login"

_PASSES = frozenset({"UNAVAILABLE", "INUSE", "LIMIT"})
"""Response codes that mean: later (RFC 5530 §3)."""


def service(session: ImapSessionFact) -> Part:
    """Judge whether mail programs can log in here, in TLS and not without.

    What the server may say to this client alone, or for now, is unobserved: ``turned-away``.
    """
    about = str(session.address)
    greeting = session.greeting
    if session.refused:
        return unmet(CONNECTION_REFUSED, f"{session.where} refuses connections", about)
    if greeting is None:
        text = f"{session.where}: TLS comes first on this port, and the {session.tls}"
        return unmet(NO_TLS, text, about)
    if greeting.status == "BYE":
        return _turned_away(session, greeting)
    if greeting.status == "PREAUTH":
        text = _logged_in(session, greeting)
        return _unless_at_home(session) or unmet(PREAUTH, text, about)
    if session.begins_with_tls:
        return _login(session)
    return all_hold((_in_clear(session), _behind_starttls(session)))


def _in_clear(session: ImapSessionFact) -> Part:
    """Judge that no password is taken before TLS (RFC 9051 §6.2.2, §6.2.3)."""
    can = session.capabilities(in_tls=False)
    if can is None:
        return _not_said(session, in_tls=False)
    ways = [] if "LOGINDISABLED" in can else ["LOGIN"]
    ways += [f"AUTH={name}" for name in sorted(filter(sends_secret, _mechanisms(can)))]
    if not ways:
        return met()
    text = f"{session.where} takes passwords in clear: {visible(', '.join(ways), 120)}"
    return _unless_at_home(session) or unmet(LOGIN_IN_CLEAR, text, str(session.address))


def _behind_starttls(session: ImapSessionFact) -> Part:
    """Judge that STARTTLS leads to TLS, and TLS to a login."""
    tls = secured(session)
    return _login(session) if isinstance(tls, Tls) else tls


def secured(session: ImapSessionFact) -> Tls | Part:
    """Return the TLS of *session*, or judge that there is none."""
    about = str(session.address)
    if isinstance(session.tls, Tls):
        return session.tls
    if session.refused:
        return unmet(CONNECTION_REFUSED, f"{session.where} refuses connections", about)
    if session.tls is not None:
        tag = NO_TLS if session.begins_with_tls else HANDSHAKE_FAILED
        return unmet(tag, f"{session.where}: the TLS {session.tls}", about)
    greeting = session.greeting
    if greeting is not None and greeting.status == "BYE":
        return _turned_away(session, greeting)
    if greeting is not None and greeting.status == "PREAUTH":  # too late for STARTTLS
        text = _logged_in(session, greeting)
        return _unless_at_home(session) or Unobserved("unexpected-reply", text, session.evidence)
    response = session.at("STARTTLS")
    if response is not None and response.status != "OK":
        text = f"{session.where} offers STARTTLS and says {response}"
        if response.status == "NO" and response.code in _PASSES:
            return Unobserved("turned-away", text, session.evidence)
        return unmet(STARTTLS_REFUSED, text, about)
    if session.broken is not None:
        return session.broken
    if session.capabilities(in_tls=False) is None:
        return _not_said(session, in_tls=False)
    return unmet(NO_STARTTLS, f"{session.where} offers no STARTTLS", about)


def _login(session: ImapSessionFact) -> Part:
    """Judge that there is a way to log in, in TLS."""
    can = session.capabilities(in_tls=True)
    if can is None:
        return _not_said(session, in_tls=True)
    if "LOGINDISABLED" not in can or _mechanisms(can):
        return met()
    text = f"{session.where} offers no way to log in, even in TLS"
    return unmet(NO_LOGIN, text, str(session.address))


def _mechanisms(can: frozenset[str]) -> tuple[str, ...]:
    words = (word.removeprefix("AUTH=") for word in can if word.startswith("AUTH="))
    return tuple(filter(None, words))


def _turned_away(session: ImapSessionFact, greeting: Response) -> Unobserved:
    text = f"{session.where} takes no session: {greeting}"
    return Unobserved("turned-away", text, session.evidence)


def _logged_in(session: ImapSessionFact, greeting: Response) -> str:
    return f"{session.where} takes us for somebody who is logged in: {greeting}"


def _not_said(session: ImapSessionFact, *, in_tls: bool) -> Unobserved:
    response = session.at("CAPABILITY", in_tls=in_tls)
    if response is None and session.broken is not None:
        return session.broken
    text = f"{session.where} does not say what it can: {response}"
    return Unobserved("unexpected-reply", text, session.evidence)


def _unless_at_home(session: ImapSessionFact) -> Unobserved | None:
    """Return why nothing is known of what others may do, if we came from the server's own machine.

    Dovecot takes connections from its own address for secure.
    """
    if not session.is_of_one_machine:
        return None
    text = f"{session.where} was asked from its own address, and trusts that"
    return Unobserved("same-machine", text, session.evidence, not_evaluated=True)
