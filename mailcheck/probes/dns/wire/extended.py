"""What a server says itself about its answer: extended errors (RFC 8914). No sockets."""

from __future__ import annotations

import dns.edns
import dns.message

from mailcheck.evidence import visible

_MADE_UP = frozenset(
    {
        dns.edns.EDECode.FORGED_ANSWER,
        dns.edns.EDECode.BLOCKED,
        dns.edns.EDECode.CENSORED,
        dns.edns.EDECode.FILTERED,
    }
)
"""Codes with which a resolver says that an answer is its own, not the zone's (§4.5, §4.16 on)."""


def errors(response: dns.message.Message) -> list[dns.edns.EDEOption]:
    """Return the extended errors of *response*, which may come with any answer (§2)."""
    return [option for option in response.options if isinstance(option, dns.edns.EDEOption)]


def shown(response: dns.message.Message) -> str:
    """Return the first of them, fit to be shown; empty if there is none."""
    for error in errors(response):
        return visible(" ".join(filter(None, [error.code.name, error.text or ""])), 80)
    return ""


def is_made_up(response: dns.message.Message) -> bool:
    """Whether the server says that it answers something else than the zone does."""
    return any(error.code in _MADE_UP for error in errors(response))
