"""Where the parts of a JSON document stand in its text: Python's reader does not say."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

_TOKEN = re.compile(r'"(?:[^"\\]+|\\.)*"|[\[\]{},:]', re.DOTALL)

EACH = None
"""Stands in a path for every element of a list, and for every member of an object."""


@dataclass(slots=True)
class _Open:
    """A list or an object that is being read; ``at`` is the index or key of the part it is at."""

    on_path: bool
    at: int | str = ""


def lines_of(text: str, *path: str | None) -> dict[tuple[int | str, ...], int]:
    """Return the lines on which the objects and lists at *path* begin.

    They are called by the index or key that each :data:`EACH` in the path stands for.

    *text* is JSON. A path has keys, and :data:`EACH`. Where a key is there twice, the last one
    counts, as it does for Python's reader.
    """
    lines: dict[tuple[int | str, ...], int] = {}
    opened: list[_Open] = []
    string, line, seen = "", 1, 0
    for token in _TOKEN.finditer(text):
        match token[0]:
            case "{" | "[" as bracket:
                on_path = not opened or _leads_on(opened, path)
                if on_path and len(opened) == len(path):
                    line += text.count("\n", seen, token.start())
                    seen = token.start()
                    steps = zip(opened, path, strict=True)
                    lines[tuple(one.at for one, step in steps if step is EACH)] = line
                opened.append(_Open(on_path, 0 if bracket == "[" else ""))
            case "}" | "]":
                opened.pop()
            case ",":
                if isinstance(opened[-1].at, int):
                    opened[-1].at += 1
            case ":":
                opened[-1].at = json.loads(string) if "\\" in string else string[1:-1]
            case _:
                string = token[0]
    return lines


def _leads_on(opened: list[_Open], path: tuple[str | None, ...]) -> bool:
    """Whether what begins now in the last of *opened* lies on *path*."""
    parent, depth = opened[-1], len(opened)
    if not parent.on_path or depth > len(path):
        return False
    step = path[depth - 1]
    return step is EACH or step == parent.at
