"""Laying out text in a terminal's columns.

A Korean syllable takes two columns, a combining mark none; lines that are aligned by the number
of their characters do not stand aligned.
"""

from __future__ import annotations

import unicodedata


def columns(text: str) -> int:
    """Return how many columns *text* (one line, printable) takes."""
    if text.isascii():
        return len(text)
    return sum(_columns_of(character) for character in text)


def _columns_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def padded(text: str, width: int) -> str:
    """Return *text* followed by as many spaces as it lacks of *width* columns."""
    return text + " " * (width - columns(text))


def wrapped(text: str, width: int) -> list[str]:
    """Break *text* at spaces into lines of at most *width* columns.

    A word that is longer stays whole: it is a name or an address that someone will copy. A word
    that begins with ``::`` never begins a line, where GitHub Actions would take it for a workflow
    command, even when a server said it.
    """
    lines: list[str] = []
    for word in text.split():
        if lines and (columns(lines[-1]) + 1 + columns(word) <= width or word.startswith("::")):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
