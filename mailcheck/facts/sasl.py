"""SASL mechanisms, as mail servers offer them (RFC 4422)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BARE = frozenset({"PLAIN", "LOGIN", "OAUTHBEARER", "XOAUTH2"})
"""Mechanisms in which the password, or a token as good as one, is sent as it is (RFC 4616 §4,
RFC 7628 §4)."""


def bare(mechanisms: Iterable[str]) -> tuple[str, ...]:
    """Return those of *mechanisms* that hand the password to whoever listens, in their order."""
    return tuple(name for name in (word.upper() for word in mechanisms) if name in BARE)
