"""Whether the name in a server's greeting is its own (RFC 5321 §4.2, §4.3.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.borrowed_names import LOCAL_NAME, is_local
from mailcheck.facts.client_identity import points_to
from mailcheck.facts.host_syntax import read_helo
from mailcheck.facts.lookup import Lookup
from mailcheck.facts.reverse_names import forward_type
from mailcheck.facts.smtp.own_names import OTHER_GREETING, greeting_name
from mailcheck.finding import Finding, Part, met, unmet
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.facts.smtp.session import SmtpSessionFact

MASKED_GREETING = "masked-greeting"
NO_GREETING_NAME = "no-greeting-name"

_MASKED = re.compile(r"[20 \t]*\*[20* \t]*")
"""What a Cisco firewall leaves of a greeting; where Postfix sees nothing else, it says HELO."""


def name_to_look_up(session: SmtpSessionFact) -> Lookup | None:
    """Return what decides about the greeting of *session*; None if it is decided without.

    The server serves. A name that is not the host's may be that of the one machine among several.
    """
    read = _read(session)
    return Lookup(read, forward_type(session.address)) if isinstance(read, str) else None


def greets_as_itself(session: SmtpSessionFact, answer: DnsAnswer | Unobserved | None) -> Part:
    """Judge the greeting of *session*, given the *answer* to :func:`name_to_look_up`.

    Its first word must be the host's name, or one that has the address of the session.
    """
    read = _read(session)
    if not isinstance(read, str) or answer is None:
        return read if isinstance(read, Finding) else met()
    leads = answer if isinstance(answer, Unobserved) else points_to(answer, session.address)
    if not isinstance(leads, Finding) or not leads.reasons:
        return leads
    instead = f", not as {to_u_labels(session.server_name)}" if session.server_name else ""
    text = f"{session.where} greets as {to_u_labels(read)}{instead}: {leads.reasons[0].text}"
    return unmet(OTHER_GREETING, text, str(session.address))


def _read(session: SmtpSessionFact) -> str | Finding:
    """Judge the first word of the greeting by itself; return the name if that does not decide."""
    said = greeting_name(session.greeting) if session.greeting else ""
    if said and said == session.server_name:
        return met()
    about, shown = str(session.address), visible(to_u_labels(said), 80)
    if session.greeting and _MASKED.fullmatch(session.greeting.texts[0]):
        return unmet(MASKED_GREETING, f"{session.where} greets with asterisks: {shown}", about)
    if not said:
        return unmet(NO_GREETING_NAME, f"{session.where} greets without a name", about)
    helo = read_helo(said)
    if helo.address:
        return unmet("address-literal", f"{session.where} greets as the address {shown}", about)
    if helo.fault:
        tag = NO_GREETING_NAME if helo.fault == "invalid-name" else helo.fault
        return unmet(tag, f"{session.where} greets as {shown}: {helo.why}", about)
    if is_local(helo.name) and not is_local(session.server_name):
        text = f"{session.where} greets as {shown}, a name of hosts in every local network"
        return unmet(LOCAL_NAME, text, about)
    return helo.name
