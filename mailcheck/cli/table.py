"""Rows for people: aligned and wrapped in a terminal, one line each in a pipe."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from mailcheck.evidence import visible
from mailcheck.report.columns import columns, padded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

LONGEST = 2000
"""Characters of one cell."""

GAP = 2

NARROW = 72
"""Columns below which the last cell of a row goes to lines of its own."""

WIDEST = 48
"""Columns of the widest cell that its neighbours in other rows are aligned with."""


class Table:
    """Writes rows as they come; *widths* are the columns of all cells of a row but the last."""

    def __init__(self, widths: Sequence[int]) -> None:
        self.widths = tuple(widths)
        self._console = _terminal()

    @classmethod
    def fitting(cls, rows: Iterable[Sequence[str]]) -> Table:
        """Make a table whose columns fit *rows*, as far as that is reasonable."""
        cells = zip(*(row[:-1] for row in rows), strict=True)
        return cls([max(min(columns(cell), WIDEST) for cell in column) for column in cells])

    def row(self, *cells: str, style: str = "") -> None:
        """Write a row; *style* colours its first cell where there is colour."""
        shown = [visible(cell, LONGEST) for cell in cells]
        if self._console is None:
            aligned = [padded(*pair) for pair in zip(shown[:-1], self.widths, strict=True)]
            click.echo((" " * GAP).join([*aligned, shown[-1]]).rstrip())
        elif self._console.width < NARROW:
            self._stacked(self._console, shown, style)
        else:
            self._grid(self._console, shown, style)

    def text(self, text: str = "", style: str = "") -> None:
        """Write *text* as it is, its first line in *style*."""
        if self._console is None:
            click.echo(text)
            return
        from rich.text import Text

        first, newline, rest = text.partition("\n")
        self._console.print(Text(first, style), Text(newline + rest), sep="", soft_wrap=True)

    @property
    def width(self) -> int:
        """The columns there are for prose: at most 100, which is what reads well."""
        return 100 if self._console is None else max(40, min(100, self._console.width))

    def _stacked(self, console: Console, cells: list[str], style: str) -> None:
        from rich.padding import Padding
        from rich.text import Text

        head = Text(overflow="fold")
        head.append(cells[0], style)
        for cell in cells[1:-1]:
            head.append(" " * GAP + cell)
        console.print(head)
        console.print(Padding(Text(cells[-1], overflow="fold"), (0, 0, 0, 4)))

    def _grid(self, console: Console, cells: list[str], style: str) -> None:
        from rich.table import Table as Grid
        from rich.text import Text

        grid = Grid.grid(padding=(0, GAP, 0, 0))
        for width in _shares(self.widths, console.width):
            grid.add_column(width=width, overflow="fold")
        grid.add_column(overflow="fold")
        grid.add_row(Text(cells[0], style), *(Text(cell) for cell in cells[1:]))
        console.print(grid)


def _shares(widths: Sequence[int], available: int) -> list[int]:
    """Cut the widest of *widths* until the last cell has a third of what is *available*."""
    shares = list(widths)
    room = available * 2 // 3 - GAP * len(shares)
    while sum(shares) > room and max(shares) > 1:
        shares[shares.index(max(shares))] -= 1
    return shares


def _terminal() -> Console | None:
    """Return the terminal that standard output is, None for a pipe or a file."""
    if not sys.stdout.isatty():
        return None
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)
