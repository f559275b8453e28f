"""The files of a zone, and $INCLUDE: which further ones are read, and where that ends. Nothing here opens a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from mailcheck.zones.reading.lexing import line_of, written

if TYPE_CHECKING:
    from collections.abc import Callable

    import dns.name

    Include: TypeAlias = Callable[[str, str], tuple[str, str]]

MAX_NESTED = 8
"""Files included one by the other."""

MAX_FILES = 1000
"""Files included for one zone."""

MAX_TEXT = 64 * 2**20
"""Characters of a file and those it includes."""


class IncludeError(ValueError):
    """A file cannot be included; the text says why, to people."""


@dataclass(slots=True)
class OpenFile:
    """One file being read, and what ends with it: its origin, and the owner of its last entry.

    Where it ``skips``, entries without an owner belong to one that could not be read.
    """

    shown: str
    text: str
    origin: dns.name.Name | None
    owner: dns.name.Name | None
    skips: bool = False
    _seen: tuple[int, int] = (1, 0)

    def line(self, number: int) -> str:
        """Return a line of its text."""
        text, self._seen = line_of(self.text, number, self._seen)
        return text


class Files:
    """The files that are read for one zone.

    ``include`` gives the shown name and the text of a file, by its name as it is written and the
    shown name of the file in which it is written.
    """

    def __init__(self, include: Include) -> None:
        self.shown: list[str] = []
        self._include = include
        self._open: list[str] = []
        self._size = 0

    def begin(self, shown: str, text: str) -> None:
        """Note that *shown* is being read."""
        self.shown.append(shown)
        self._open.append(shown)
        self._size += len(text)

    def end(self) -> None:
        """Note that the file begun last is read."""
        self._open.pop()

    def included(self, path: str) -> tuple[str, str]:
        """Return shown name and text of the file that the one begun last calls *path*.

        Raises:
            IncludeError: if it cannot be had, or would go on without end.
        """
        if len(self._open) > MAX_NESTED:
            raise IncludeError(f"files are included {MAX_NESTED} deep at most")
        if len(self.shown) > MAX_FILES:
            raise IncludeError(f"more than {MAX_FILES} files are included")
        shown, text = self._include(written(path), self._open[-1])
        if shown in self._open:
            chain = " includes ".join([*self._open[self._open.index(shown) :], shown])
            raise IncludeError(f"it never ends: {chain}")
        if self._size + len(text) > MAX_TEXT:
            raise IncludeError(f"all files together are larger than {MAX_TEXT // 2**20} MiB")
        return shown, text
