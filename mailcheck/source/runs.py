"""Long lists of plain items, read without the parser looking at each.

A generated suite is 100,000 lines ``- domain d17.example has MX``, some with options below. The
parser makes events of every one, at several times the price of splitting lines. So of each *run*,
consecutive items of that shape in one column, it is given the first and the last, with blank lines
between them that keep all line numbers. When it reports the first one as an item in its very place,
the block list is where the lines say it is, and what stands between are items of it: nothing in
them could end the list, or be read in another way. Where it reports anything else (the lines stand
in a block of text or in quotes), the whole file is read as it is. So is a file with an ``&``:
sizes of what is repeated by anchors are counted from events.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailcheck.errors import Place
from mailcheck.source.nodes import Mapping, Scalar

if TYPE_CHECKING:
    from mailcheck.source.nodes import Node

_TEXT = r"[A-Za-z0-9][^\n\t#:]*+(?::++(?=[^ \n])[^\n\t#:]*+)*+(?<! )"
"""A text that YAML can take for nothing else: no first character of its own, no ``#``, no colon
before a space, no space at the end."""

_ITEM = rf"- {_TEXT}(?:\n|:\n(?:\1 {{3,}}+[a-z_]++: ++{_TEXT}\n)++)"
"""An item, alone or with options below it."""

_RUN = re.compile(rf"^( *+){_ITEM}(?:\1{_ITEM}){{2,}}+", re.MULTILINE)

_LONGEST_KEY = 1000
"""Characters of a text with a colon behind it; at 1024 YAML takes it for no key."""

DEPTH = 4
"""Levels that a list needs for its items, their options, and the texts of these."""

_new = tuple.__new__
"""What the constructor of a NamedTuple calls; called at once, it takes half the time."""


class Run(NamedTuple):
    """Items that follow each other: the text of the first, its place, and all but first and last."""

    text: str
    place: Place
    between: list[Node]

    def begins_with(self, item: Node) -> bool:
        """Whether the parser's *item* is the first of the run."""
        if isinstance(item, Mapping) and not item.flow and item.entries:
            item = item.entries[0][0]
        return isinstance(item, Scalar) and item == (self.text, self.place, "plain", "")


def odd_breaks(text: str) -> bool:
    """Whether lines of *text* end in another way than with a line feed (YAML 1.1 §5.1.3)."""
    return any(mark in text for mark in "\r\x85\u2028\u2029")


def shortened(text: str, file: str) -> tuple[str, dict[int, Run]]:
    """Return *text* with blank lines inside of runs, and the runs by the lines they begin in."""
    runs: dict[int, Run] = {}
    if "&" in text or odd_breaks(text):
        return text, runs
    parts: list[str] = []
    line, position = 1, 0
    for match in _RUN.finditer(text):
        line += text.count("\n", position, match.start())
        parts.append(text[position : match.start()])
        position = match.end()
        dash = f"{match[1]}- "
        items = match[0][len(dash) : -1].split(f"\n{dash}")
        place = Place(file, line, len(dash) + 1)
        between = _nodes(items[1:-1], place._replace(line=line + 1 + items[0].count("\n")))
        if between is None:
            parts.append(match[0])
        else:
            runs[line] = Run(items[0].partition(":\n")[0], place, between)
            blank = "\n" * (match[0].count("\n") - items[0].count("\n") - items[-1].count("\n") - 1)
            parts += (dash, items[0], blank, dash, items[-1], "\n")
        line += match[0].count("\n")
    return "".join([*parts, text[position:]]), runs


def _nodes(items: list[str], first: Place) -> list[Node] | None:
    """Return the nodes of *items*; None if YAML reads one in another way."""
    file, line, column, *_ = first
    nodes: list[Node] = []
    for item in items:
        text, colon, below = item.partition(":\n")
        place = _new(Place, (file, line, column, ""))
        scalar = _new(Scalar, (text, place, "plain", ""))
        line += 1
        if not colon:
            nodes.append(scalar)
            continue
        lines = below.split("\n")
        options = _options(lines, file, line)
        if options is None or len(text) > _LONGEST_KEY:
            return None
        nodes.append(_new(Mapping, (((scalar, options),), place, False)))
        line += len(lines)
    return nodes


def _options(lines: list[str], file: str, line: int) -> Mapping | None:
    """Return the mapping in *lines*, one key and text in each; None if it is not that simple."""
    indent = len(lines[0]) - len(lines[0].lstrip(" "))
    entries: dict[str, tuple[Scalar, Node]] = {}
    for number, written in enumerate(lines, line):
        key, _, rest = written[indent:].partition(": ")
        value = rest.lstrip(" ")
        if written[:indent].strip(" ") or written[indent] == " " or key in entries:
            return None
        if len(key) > _LONGEST_KEY:
            return None
        at = _new(Place, (file, number, indent + 1, ""))
        behind = _new(Place, (file, number, len(written) - len(value) + 1, ""))
        plain = ("plain", "")
        entries[key] = (_new(Scalar, (key, at, *plain)), _new(Scalar, (value, behind, *plain)))
    place = next(iter(entries.values()))[0].place
    return _new(Mapping, (tuple(entries.values()), place, False))
