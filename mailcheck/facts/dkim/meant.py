"""The key that a faulty record was meant to hold, where something on the way spoilt what is around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailcheck.facts.dkim.mending import kept, key_record
from mailcheck.facts.dkim.public_key import PublicKey, UnusableKey, read_key
from mailcheck.facts.tag_list import without_space
from mailcheck.facts.typed_text import MAX_READ, characters

if TYPE_CHECKING:
    from mailcheck.facts.dkim.record import DkimKeyRecord

_SPACE = re.compile(r"\s+")
_KEY = re.compile(r"(?:[A-Za-z0-9+/_-]\s?){40,2000}={0,2}")
_URL_SAFE = str.maketrans("-_", "+/")


def as_meant(record: DkimKeyRecord) -> tuple[str, ...]:
    """Return *record* with the one key that can be found in it; nothing if there is none, or several.

    Nobody mistypes what happens to be a key.
    """
    if len(record.text) > MAX_READ:  # a key of 16384 bits is shorter
        return ()
    text = _SPACE.sub(" ", characters(record.text))
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
