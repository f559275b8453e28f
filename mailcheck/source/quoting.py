"""Lines of YAML as they should have been written: with their text in quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"(?P<lead>\s*(?:- +)*(?:[\w.-]+:\s+)?)(?P<text>\S.*)")
"""A line of a file: dashes and a key, then the text."""

_OPTIONS = re.compile(r":\s+\{")
"""What begins the options of an item on its line."""

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"(?=[^\s:])')
"""What YAML takes for a text in double quotes, though something follows at once."""

MEANINGS = {
    "{": "a mapping",
    "[": "a list",
    "*": "an alias",
    "&": "an anchor",
    "!": "a tag",
    "%": "a directive",
    "@": "reserved",
    "`": "reserved",
    "|": "a block of lines",
    ">": "a block of lines",
}
"""What YAML takes a text for that begins with one of these."""

_CLOSING = {"{": "}", "[": "]"}


@dataclass(frozen=True, slots=True)
class Quoted:
    """A line whose text must be quoted: the text's column and first character, and the line."""

    column: int
    first: str
    line: str

    @property
    def expected(self) -> str:
        """The line to write instead, as a message says it."""
        return f"write it in quotes:\n{self.line}"


def quoted(text: str) -> str:
    """Write *text* as a YAML text in quotes."""
    if "'" in text and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def parted(text: str) -> tuple[str, str]:
    """Part the text of an item from the colon behind it and the options in braces after that."""
    end = len(text)
    if text.endswith(":"):
        end -= 1
    elif text.endswith("}") and (options := _OPTIONS.search(text)):
        end = options.start()
    return text[:end], text[end:]


def in_quotes(line: str) -> Quoted | None:
    """Return *line* with its text in quotes; a colon at its end stays a colon."""
    match = _LINE.fullmatch(line.rstrip())
    if match is None or not match["lead"].strip():
        return None
    text, colon = match["text"], ""
    if match["lead"].rstrip().endswith("-"):
        text, colon = parted(text)
        if text.startswith("{") and unclosed(text) and colon.endswith("}}"):
            text, colon = text[1:], colon[:-1]  # the braces of the item, which it can do without
    elif text.endswith(":"):
        text, colon = text[:-1], ":"
    written = match["lead"] + quoted(text) + colon
    return Quoted(len(match["lead"]) + 1, match["text"][:1], written)


def leading(line: str) -> Quoted | None:
    """Return *line* with its text in quotes if the text begins with a character of YAML's own."""
    found = in_quotes(line)
    return found if found is not None and found.first in MEANINGS else None


def nested(line: str) -> str | None:
    """Return *line* with single quotes around a text that has double quotes around and in it."""
    match = _LINE.fullmatch(line.rstrip())
    if match is None or not _STRING.match(match["text"]):
        return None
    text, colon = parted(match["text"])
    inner = text[1:]
    if inner.endswith('"') and inner.count('"') % 2:
        inner = inner[:-1]
    return match["lead"] + quoted(inner) + colon


def unclosed(text: str) -> bool:
    """Whether the bracket that *text* begins with is not closed, or one inside it is not."""
    closing: list[str] = []
    for character in text:
        if character in _CLOSING:
            closing.append(_CLOSING[character])
        elif character in _CLOSING.values():
            if closing and character != closing.pop():
                return True
            if not closing:
                return False
    return bool(closing)
