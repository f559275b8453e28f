"""The characters of a key, and those that have no place among them."""

from __future__ import annotations

import re
import unicodedata

BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")

_NO_BASE64 = re.compile(r"[^A-Za-z0-9+/=]")
_UNNAMED = {"\t": "tab", "\n": "line feed", "\r": "carriage return"}


def named(character: str) -> str:
    """Return *character* as it is said to people: by its number if nobody would see it, or see which."""
    if " " < character < "\x7f":
        return character
    name = _UNNAMED.get(character) or unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}{f' ({name})' if name else ''}"


def why_no_base64(text: str) -> str:
    """Say what of *text*, which is not :data:`BASE64`, belongs to something else."""
    if "-" in text or "_" in text:
        return "it is not base64: - and _ belong to base64url"
    if "=" in text.rstrip("="):
        return "it is not base64: = stands before its end"
    if odd := _NO_BASE64.search(text):
        return f"it is not base64: {named(odd[0])} is no character of it"
    return "it is not base64"
