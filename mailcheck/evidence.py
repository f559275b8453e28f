"""What was seen, in a form that is safe to show.

Everything a server says passes through :func:`visible` before it reaches a report: a greeting
may hold terminal escapes, a TXT record 64 KB of anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.errors import Place

SHOWN = 300
"""Characters of one server-supplied text that reports show; the rest is counted, not shown."""


_COMMAND = re.compile(r"##(?=\w*\[)")
"""Begins what runners of GitHub, Azure and TeamCity obey wherever it stands in a line of a log."""


def visible(text: str, limit: int = SHOWN) -> str:
    r"""Return the first *limit* characters of *text* on one line, without control characters.

    What is not printable is written as a backslash escape (``\x1b``), so that nothing a server
    sends can move a cursor, break a line of a report or be refused by XML. ``##[`` is written
    ``#\x23[``, so that no runner takes it for a command.
    """
    cut = text[:limit]
    if "##" in cut:
        cut = _COMMAND.sub(r"#\\x23", cut)
    if len(text) <= limit and cut.isprintable():
        return cut
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in cut)
    return f"{shown}… ({len(text)} characters)" if len(text) > limit else shown


OVER_TCP = ", over TCP"
"""Stands behind a server that was asked so."""


def all_of(servers: Iterable[str]) -> str:
    """Name each of *servers* once, with commas between them and, if they are several, not within."""
    first, *rest = dict.fromkeys(servers)
    return ", ".join(s.replace(OVER_TCP, " over TCP") for s in (first, *rest)) if rest else first


PROPOSED = "proposed"
"""Begins the source of what a change says that is not published."""

LIVE = "live"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that was seen, as one line of a report.

    ``subject`` is what was asked (``tour.example.com MX``), ``result`` what came back (``NODATA``),
    ``source`` who said so and how (``authoritative, from 192.0.2.53, 3 ms``), and ``command`` a
    command line that shows the same with the reader's own tools. ``place`` is where it stands in a
    file, if it was read there and not heard; ``parts`` are the records of the result with the place
    of each, if there are several. ``changed`` says whether something else is live, if both were
    asked for. Fields made from what a server said went through :func:`visible`.
    """

    subject: str
    result: str
    source: str = ""
    command: str = ""
    place: Place | None = None
    parts: tuple[tuple[str, Place], ...] = ()
    changed: bool | None = None

    def __str__(self) -> str:
        line = f"{self.subject} → {self.result}"
        return f"{line}, {self.source}" if self.source else line


def beside_a_change(line: Evidence) -> Evidence:
    """Return *line* of a run that proposes a change, saying that it is live if a server said it."""
    heard = ", from " in f", {line.source}" and not line.source.startswith(PROPOSED)
    return replace(line, source=f"{LIVE}, {line.source}") if heard else line
