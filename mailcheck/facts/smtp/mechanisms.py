"""The mechanisms with which a mail program logs in (SASL, RFC 4954), and what they send."""

from __future__ import annotations

_NO_SECRET = frozenset(
    {"ANONYMOUS", "CRAM-MD5", "DIGEST-MD5", "EXTERNAL", "GSS-SPNEGO", "GSSAPI", "NTLM"}
)
"""Mechanisms that send no password and no token as they are; so do all whose names begin with
``SCRAM-`` or ``GS2-`` (RFC 5801, RFC 5802)."""


def mechanisms_of(parameters: str) -> tuple[str, ...]:
    """Return the mechanisms that stand behind AUTH, in capitals, each once."""
    return tuple(dict.fromkeys(parameters.upper().split()))


def sends_secret(mechanism: str) -> bool:
    """Whether *mechanism* sends a password or token for all to read, or is not known not to."""
    return mechanism not in _NO_SECRET and not mechanism.startswith(("SCRAM-", "GS2-"))
