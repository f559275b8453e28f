"""The key that a faulty record was meant to hold, where something on the way spoilt what is around it."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from mailcheck.facts.dkim.mending import kept, key_record
from mailcheck.facts.dkim.public_key import PublicKey, UnusableKey, read_key
from mailcheck.facts.tag_list import without_space

if TYPE_CHECKING:
    from mailcheck.facts.dkim.record import DkimKeyRecord

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SPACE = re.compile(r"\s+")
_KEY = re.compile(r"(?:[A-Za-z0-9+/_-]\s?){40,2000}={0,2}")
_URL_SAFE = str.maketrans("-_", "+/")

_LONGEST = 4000
"""Octets of a record that are looked through; that of a key of 16384 bits is shorter."""


def as_meant(record: DkimKeyRecord) -> tuple[str, ...]:
    """Return *record* with the one key that can be found in it; nothing if there is none, or several.

    Nobody mistypes what happens to be a key.
    """
    if len(record.text) > _LONGEST:
        return ()
    text = html.unescape(record.text.decode("utf-8", "replace"))
    text = _SPACE.sub(" ", _INVISIBLE.sub("", text))
    found = {key.info: key for word in _KEY.findall(text) if (key := _read(word, text))}
    if len(found) != 1:
        return ()
    [key] = found.values()
    return key_record(record.owner, key, *kept(record))


def _read(word: str, text: str) -> PublicKey | None:
    found = read_key("rsa", without_space(word).translate(_URL_SAFE))
    key = found.meant if isinstance(found, UnusableKey) else found
    if key is None or (key.kind == "ed25519" and "ed25519" not in text.lower()):
        return None
    return key
