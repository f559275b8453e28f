"""Texts of TXT records in presentation form (RFC 1035 §5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.rdataclass
import dns.rdatatype
from dns.rdtypes.ANY.TXT import TXT

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_STRING = 255
"""Octets of one character-string (RFC 1035 §3.3)."""


def quoted(text: bytes) -> str:
    """Return *text* as the data of a TXT record, cut into as many strings as it needs."""
    return each_quoted(text[i : i + MAX_STRING] for i in range(0, max(len(text), 1), MAX_STRING))


def each_quoted(strings: Iterable[bytes]) -> str:
    """Return *strings*, each of 255 octets at most, as the data of one TXT record.

    Raises:
        ValueError: if one is longer.
    """
    cut = list(strings)
    if too_long := next((one for one in cut if len(one) > MAX_STRING), None):
        raise ValueError(
            f"a string has {len(too_long)} octets, and {MAX_STRING} at most are allowed"
        )
    return TXT(dns.rdataclass.IN, dns.rdatatype.TXT, cut).to_text()
