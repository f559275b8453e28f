"""What a person meant where YAML understood something else, or nothing.

YAML gives a meaning to the first character of a text, to a colon before a space and to a ``#``
after one. Sentences about mail are full of them: ``{domain}``, ``[203.0.113.25]``,
``"v=spf1 ..."``. The messages show the line as it should have been written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailcheck.source.quoting import MEANINGS, in_quotes, leading, nested, unclosed

_OPTION = re.compile(r"(?P<text>\s*- .*?): +(?P<option>[a-z_]+: .*)")
"""An item with an option on its own line."""

_LONGEST_KEY = 1024
"""Characters YAML allows before the colon of a key on its line."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Where YAML's parser gave up, and the place it began what it could not end; 1-based."""

    problem: str
    context: str
    line: int
    column: int
    since_line: int
    since_column: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """A fault in our words; ``repaired`` is its line as it was probably meant, if that is clear."""

    line: int
    column: int
    what: str
    expected: str
    repaired: str | None = None


def explain(fault: Fault, lines: list[str]) -> Explanation:
    """Say what is wrong at *fault*, in words that need no knowledge of YAML."""
    for explained in (_tab, _first_character, _comment, _quote, _colon, _open, _neither):
        found = explained(fault, lines)
        if found is not None:
            return found
    if "escape" in fault.problem:
        return Explanation(
            fault.line,
            fault.column,
            "a backslash in double quotes begins an escape, and there is none like this",
            "write two backslashes, or single quotes around the text",
        )
    if "expected key" in fault.problem or "block end" in fault.problem or "'-'" in fault.problem:
        return Explanation(
            fault.line,
            fault.column,
            "this line begins in a column that fits nothing above it",
            "let it begin in the same column as its neighbours",
        )
    return Explanation(
        fault.line,
        fault.column,
        "this cannot be read as YAML",
        "expected lines like `key: value` and `- item`; look for a quote or bracket too many",
    )


def _tab(fault: Fault, lines: list[str]) -> Explanation | None:
    line = _line(lines, fault.line)
    if "\t" not in line[: len(line) - len(line.lstrip())]:
        return None
    return Explanation(fault.line, line.index("\t") + 1, "a tab indents this line", "use spaces")


def _first_character(fault: Fault, lines: list[str]) -> Explanation | None:
    # What a bracket opened is wrong where it was opened, however far on the parser gave up.
    since = (fault.since_line,) if "flow" in fault.context else (fault.line, fault.since_line)
    for number in dict.fromkeys(since):
        line = _line(lines, number)
        found = leading(line)
        if found is not None and not unclosed(line[found.column - 1 :]):
            return Explanation(
                number,
                found.column,
                f'a text that begins with "{found.first}" is {MEANINGS[found.first]} to YAML',
                found.expected,
                found.line,
            )
    return None


def _comment(fault: Fault, lines: list[str]) -> Explanation | None:
    """Find a ``#`` in a quoted text inside a text: on this line, or on one it was to follow."""
    for number in (fault.line, fault.line - 1):
        found = in_quotes(_line(lines, number))
        if found is None or found.first in "'\"":
            continue
        before, mark, _ = _line(lines, number)[found.column - 1 :].partition(" #")
        if mark and before.count('"') % 2:
            return Explanation(
                number,
                found.column + len(before) + 1,
                "YAML takes everything from this # on for a comment",
                found.expected,
                found.line,
            )
    return None


def _quote(fault: Fault, lines: list[str]) -> Explanation | None:
    if "end of stream" in fault.problem and "quoted" in fault.context:
        return Explanation(
            fault.since_line,
            fault.since_column,
            "a quote is opened here and never closed",
            "close it at the end of the text",
        )
    found = in_quotes(_line(lines, fault.line))
    if found is None or found.first not in "'\"" or fault.column <= found.column:
        return None
    if "scalar" in fault.context:
        return None
    if inside := nested(_line(lines, fault.line)):
        what = "the quotes inside this text end it"
        expected = f"write single quotes around it:\n{inside}"
        return Explanation(fault.line, found.column, what, expected, inside)
    return Explanation(
        fault.line,
        found.column,
        "something stands after the closing quote of this text",
        f"if the quotes are part of the text, write it in quotes once more:\n{found.line}",
        found.line,
    )


def _colon(fault: Fault, lines: list[str]) -> Explanation | None:
    if "mapping values" not in fault.problem:
        return None
    line = _line(lines, fault.line)
    if fault.column > _LONGEST_KEY:
        what = f"more than {_LONGEST_KEY} characters stand before this colon"
        return Explanation(
            fault.line, fault.column, what, "YAML takes no longer key; give the text as an option"
        )
    found = in_quotes(line)
    if found is not None and found.column < fault.column:
        what = "a colon before a space ends the text here"
        option = _OPTION.fullmatch(line)
        if option is None:
            return Explanation(fault.line, fault.column, what, found.expected, found.line)
        braces = f"{option['text']}: {{{option['option']}}}"
        expected = f"{found.expected}\nor, if an option follows, in braces:\n{braces}"
        return Explanation(fault.line, fault.column, what, expected, braces)
    above = _line(lines, fault.line - 1).strip()
    return Explanation(
        fault.line,
        len(line) - len(line.lstrip()) + 1,
        f"this line stands below {above!r}, which takes nothing below it",
        "end that line with a colon, or begin this one in the same column as its neighbours",
    )


def _open(fault: Fault, lines: list[str]) -> Explanation | None:
    if "flow" not in fault.context:
        return None
    bracket = _line(lines, fault.since_line)[fault.since_column - 1 :][:1]
    if bracket not in ("{", "["):
        return None
    return Explanation(
        fault.since_line,
        fault.since_column,
        f'the "{bracket}" that stands here is not closed where it should be',
        "close it, put commas between its parts, or quote the text",
    )


def _neither(fault: Fault, lines: list[str]) -> Explanation | None:
    if "simple key" not in fault.context:
        return None
    text = _line(lines, fault.since_line).strip()
    return Explanation(
        fault.since_line,
        fault.since_column,
        f"{text[:60]!r} is neither `key: value` nor `- item`",
        "write a colon after a key, or a dash before an item",
    )


def _line(lines: list[str], number: int) -> str:
    return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else ""
