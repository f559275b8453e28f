"""Long lists of plain one-line items, read without the parser looking at each.

A generated suite is 100,000 lines ``- domain d17.example has MX``. The parser makes an event of
every one, at several times the price of splitting lines. So of each *run*, consecutive such lines
in one column, it is given the first and the last, with blank lines between them that keep all line
numbers. When it reports the first one as an item in its very place, the block list is where the
lines say it is, and the lines between are items of it: nothing in them could end the list, the item
or the run. Where it reports anything else (the lines stand in a block of text or in quotes), the
whole file is read as it is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from mailcheck.errors import Place
from mailcheck.source.nodes import Scalar

_ITEM = r"[A-Za-z0-9][^\n\t#:]*+(?::++(?=[^ \n])[^\n\t#:]*+)*+(?<! )"
"""A text that YAML can take for nothing else: no first character of its own, no ``#``, no colon
before a space, no space at the end."""

_RUN = re.compile(rf"^( *+)- {_ITEM}\n(?:\1- {_ITEM}\n){{2,}}+", re.MULTILINE)


class Run(NamedTuple):
    """Items that follow each other: the 1-based line of the first, their column, their texts."""

    line: int
    column: int
    texts: list[str]

    def begins_with(self, item: Scalar) -> bool:
        """Whether the parser's *item* is the first of the run."""
        return (
            item.text == self.texts[0] and item.place.column == self.column and not item.comment
        ) and item.plain

    def between(self, file: str) -> list[Scalar]:
        """Return the items that the parser was not given: all but the first and the last."""
        new = tuple.__new__  # of NamedTuples, this is what their own constructors call
        column = self.column
        return [
            new(Scalar, (text, new(Place, (file, line, column)), "plain", ""))
            for line, text in enumerate(self.texts[1:-1], self.line + 1)
        ]


def odd_breaks(text: str) -> bool:
    """Whether lines of *text* end in another way than with a line feed (YAML 1.1 §5.1.3)."""
    return any(mark in text for mark in "\r\x85\u2028\u2029")


def shortened(text: str) -> tuple[str, dict[int, Run]]:
    """Return *text* with blank lines inside of runs, and the runs by the lines they begin in."""
    runs: dict[int, Run] = {}
    if odd_breaks(text):
        return text, runs
    parts: list[str] = []
    line, position = 1, 0
    for match in _RUN.finditer(text):
        between = text[position : match.start()]
        dash = f"{match[1]}- "
        texts = match[0][len(dash) : -1].split(f"\n{dash}")
        line += between.count("\n")
        runs[line] = Run(line, len(dash) + 1, texts)
        parts += (between, dash, texts[0], "\n" * (len(texts) - 1), dash, texts[-1], "\n")
        line += len(texts)
        position = match.end()
    return "".join([*parts, text[position:]]), runs
