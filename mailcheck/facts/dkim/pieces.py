"""A key record in several strings (RFC 6376 §3.6.2.2), where what published it did not know how."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.facts.dkim.public_key import PublicKey

if TYPE_CHECKING:
    from mailcheck.facts.dkim.record import DkimKeyRecord

_BEGINS = re.compile(
    rb"\s*(?:v\s*=\s*DKIM1[^;]*;(?:[^;=]*=[^;]*;)*?\s*p|p)\s*=\s*(?=[A-Za-z0-9+/]{8})",
    re.IGNORECASE,
)
"""How a string begins that is a record of its own, up to its key."""

_HAS_KEY = re.compile(rb"(?:\A|;)\s*p\s*=")


def begins_anew(record: DkimKeyRecord) -> int:
    """Return which of the strings, counted from 1, begins as a record does; 0 if none after the first."""
    has_key = False
    for number, string in enumerate(record.strings, 1):
        if has_key and _BEGINS.match(string):
            return number
        has_key = has_key or _HAS_KEY.search(string) is not None
    return 0


def joined(record: DkimKeyRecord) -> DkimKeyRecord | None:
    """Return *record* with the tags of its first string alone, if that makes a key.

    A string that stands there twice counts once.
    """
    first, *more = dict.fromkeys(record.strings)
    text = b"".join((first, *map(_going_on, more)))
    whole = replace(record, text=text, strings=())
    return whole if isinstance(whole.key, PublicKey) else None


def _going_on(string: bytes) -> bytes:
    begins = _BEGINS.match(string)
    return string[begins.end() :] if begins else string
