"""Cutting a master file into entries (RFC 1035 §5.1), as named does.

An entry is what stands on a line, or on several if there are parentheses. Most lines have nothing
but words, and are split at their blanks; only the others are read token by token.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOT_PLAIN = re.compile(r'[^ -~\t]|[;()"\\]')

_TOKEN = re.compile(
    r"""[ \t]+
    | ;[^\n]*
    | (?P<word> (?: [^\x00\ \t\r\n;()"\\]++ | \\[^\r\n] )++ )
    | "(?P<quoted> (?: [^"\\\n]++ | \\. )*+ )"
    | (?P<mark> [()"\\\x00] )
    | (?P<end> \r\n? | \n )
    """,
    re.VERBOSE | re.DOTALL,
)

_NEXT = re.compile(r"\n(?=[^\s;)])")
"""Before a line on which an entry may begin, if those before cannot be understood."""

_MOST_OPENED = 3
"""Parentheses that are not closed till the end: each time all of it was read."""

MAX_FIELDS = 150_000
"""Of one entry: a record's 65,535 octets of data are 131,070 hexadecimal digits, each of which may
stand alone."""

_OCTETS = re.compile(r"\\.|[^\x00-\x7f]+", re.DOTALL)

_ESCAPED = re.compile(rb"\\(1[2-9]\d|2\d\d)")


class Quoted(str):
    """A field that stood in quotes; its escapes are still in it."""

    __slots__ = ()


class Entry(NamedTuple):
    """One entry: its first line, whether that is ``blank`` at its left, and its fields.

    ``fault`` says why there are none; ``cut``: the text ends with it, without a line end.
    """

    line: int
    blank: bool
    fields: list[str]
    fault: str = ""
    cut: bool = False


NOTHING = Entry(1, blank=False, fields=[])


def ascii_only(text: str) -> str:
    r"""Return *text* with its other characters as the ``\DDD`` of their octets in UTF-8.

    So named takes them: a label is octets (RFC 2181 §11), and nothing makes an A-label of it.
    Octets that are not UTF-8 are taken from surrogates (``errors="surrogateescape"``).
    """
    return text if text.isascii() else _OCTETS.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    found = match[0].removeprefix("\\")
    if found.isascii():
        return match[0]
    return "".join(f"\\{octet:03}" for octet in found.encode("utf-8", "surrogateescape"))


def written(field: str) -> str:
    """Undo :func:`ascii_only` in a field that is no DNS text."""
    octets = _ESCAPED.sub(lambda match: bytes([int(match[1])]), field.encode())
    return octets.decode("utf-8", "surrogateescape")


def line_of(text: str, number: int, known: tuple[int, int]) -> tuple[str, tuple[int, int]]:
    """Return a line of *text*, or its last one, and which it is and where it begins.

    *known* is the same of another one: what is looked for is mostly not far behind it.
    """
    line, begin = known if known[0] <= number else (1, 0)
    while line < number and (end := text.find("\n", begin)) >= 0:
        line, begin = line + 1, end + 1
    end = text.find("\n", begin)
    return text[begin : end if end >= 0 else None], (line, begin)


def entries(text: str) -> Iterator[Entry]:
    """Yield the entries of *text* that have fields; after a fault it goes on further down.

    Not so after the third parenthesis that is not closed.
    """
    position, line, size, opened = 0, 1, len(text), 0
    while position < size:
        end = text.find("\n", position)
        end = size if end < 0 else end
        plain = text[position:end].removesuffix("\r")
        if _NOT_PLAIN.search(plain) is None:
            fields = plain.split(None, MAX_FIELDS)
            if fields:
                cut = end == size and text[-1] != "\r"
                fault = _TOO_MANY if len(fields) > MAX_FIELDS else ""
                yield Entry(line, plain[0] in " \t", fields, fault, cut)
            after = end + 1
        else:
            entry, after = _entry(text, position, line)
            if entry.fields or entry.fault:
                yield entry
            opened += entry.fault == _FAULTS["("]
            if opened == _MOST_OPENED:
                return
        line += 1 if after == end + 1 else text.count("\n", position, after)
        position = after


def _entry(text: str, start: int, line: int) -> tuple[Entry, int]:
    """Read the entry at *start* token by token; return it and where the next one may begin."""
    fields: list[str] = []
    depth, position, first, opened, cut = 0, start, -1, start, True
    while match := _TOKEN.match(text, position):
        kind, position = match.lastgroup, match.end()
        if kind is None:
            continue
        if kind == "end":
            if depth:
                continue
            cut = False
            break
        at = match.start()
        first = at if first < 0 else first
        if kind != "mark":
            if len(fields) == MAX_FIELDS:
                return _faulty(text, at, line + text.count("\n", start, at), _TOO_MANY)
            fields.append(match[0] if kind == "word" else Quoted(match["quoted"]))
        elif match[0] == "(":
            opened = opened if depth else at
            depth += 1
        elif match[0] == ")" and depth:
            depth -= 1
        else:
            return _faulty(text, at, line + text.count("\n", start, at), _FAULTS[match[0]])
    if depth:
        return _faulty(text, opened, line + text.count("\n", start, opened), _FAULTS["("])
    at = line if first < 0 else line + text.count("\n", start, first)
    return Entry(at, text[start] in " \t", fields, cut=cut), position


_TOO_MANY = f"it has more than {MAX_FIELDS} words"

_FAULTS = {
    "(": "its parenthesis is not closed",
    ")": "its parenthesis is not opened",
    '"': "its quote is not closed on the line",
    "\\": "it ends with a backslash",
    "\x00": "it has a NUL octet",
}


def _faulty(text: str, at: int, line: int, fault: str) -> tuple[Entry, int]:
    following = _NEXT.search(text, at)
    return Entry(line, blank=False, fields=[], fault=fault), (
        following.end() if following else len(text)
    )
