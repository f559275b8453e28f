"""Files of subjects beside a suite: one subject to a line, or a table with a header (CSV).

Places in them are their own: ``senders.csv:7:1``.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

from mailcheck.errors import Place, SourceError
from mailcheck.source.documents import read_text
from mailcheck.source.nodes import Scalar
from mailcheck.source.problems import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailcheck.source.problems import Problems

Row: TypeAlias = dict[str, Scalar]
"""Subjects that belong together, by key."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of a suite; files of subjects lie in it or below. ``shown_as`` is the suite's."""

    path: Path
    shown_as: str

    def text(self, name: Scalar, problems: Problems) -> tuple[str, str] | None:
        """Return the text of the file called *name* and how messages call it."""
        shown = str(PurePosixPath(self.shown_as).parent / name.text)
        inside = (self.path / name.text).resolve()
        steps = PurePosixPath(name.text.replace("\\", "/")).parts
        if ".." in steps or not inside.is_relative_to(self.path.resolve()):
            problems.add(
                name.place,
                f'file "{name.text}" lies outside the folder of the suite',
                "expected a file beside the suite or below it",
            )
            return None
        if not inside.exists():
            problems.add(
                name.place, f'file "{name.text}" does not exist', f"expected it at {shown}"
            )
            return None
        try:
            return read_text(inside, shown), shown
        except SourceError as error:
            for problem in error.problems:
                problems.add(problem.place, problem.what, problem.expected)
            return None


def listed(name: Scalar, key: str, folder: Folder, problems: Problems) -> tuple[Row, ...]:
    """Read a file with one subject to a line; blank lines and ``#`` comments are left out."""
    found = folder.text(name, problems)
    if found is None:
        return ()
    text, shown = found
    rows: list[Row] = []
    for number, line in enumerate(text.splitlines(), 1):
        value = line.partition("#")[0].strip()
        if value:
            column = len(line) - len(line.lstrip()) + 1
            rows.append({key: Scalar(value, Place(shown, number, column))})
    if not rows:
        problems.add(Place(shown, 1), f"the file names no {key}", "expected one to a line")
    return tuple(rows)


def tabled(
    name: Scalar, known: Sequence[str], folder: Folder, problems: Problems
) -> tuple[Row, ...]:
    """Read a CSV file: its header names subjects, each line below is a row of them."""
    found = folder.text(name, problems)
    if found is None:
        return ()
    text, shown = found
    lines = csv.reader(text.splitlines(), skipinitialspace=True)
    records = _records(lines, shown, problems)
    header = next(records, None)
    if header is None:
        expected = f"expected a header of subjects: {', '.join(known)}"
        problems.add(Place(shown, 1), "the file is empty", expected)
        return ()
    columns = _columns(header, known, problems)
    if columns is None:
        return ()
    rows = [row for cells in records if (row := _row(columns, cells, problems))]
    if not rows and not problems:
        problems.add(Place(shown, 1), "no line follows the header", "expected one for each sender")
    return tuple(rows)


def _records(
    lines: Iterator[list[str]], shown: str, problems: Problems
) -> Iterator[tuple[Scalar, ...]]:
    line = 0
    try:
        for cells in lines:
            line = getattr(lines, "line_num", line + 1)
            if any(cell.strip() for cell in cells):
                yield tuple(Scalar(cell.strip(), Place(shown, line)) for cell in cells)
    except csv.Error:
        problems.add(Place(shown, line + 1), "this line is not CSV", "expected cells and commas")


def _columns(
    header: tuple[Scalar, ...], known: Sequence[str], problems: Problems
) -> tuple[str, ...] | None:
    place = header[0].place
    if len(header) == 1 and any(mark in header[0].text for mark in ";\t"):
        problems.add(place, f'the header is "{header[0].text}"', "expected commas between columns")
        return None
    names = tuple(cell.text for cell in header)
    for name in dict.fromkeys(names):
        if name not in known:
            problems.add(place, f'column "{name}" is no subject', nearest(name, known))
        elif names.count(name) > 1:
            problems.add(place, f'column "{name}" stands there twice', "expected it once")
    return names if set(names) <= set(known) and len(set(names)) == len(names) else None


def _row(columns: tuple[str, ...], cells: tuple[Scalar, ...], problems: Problems) -> Row | None:
    if len(cells) != len(columns):
        expected = f"expected {len(columns)}: {', '.join(columns)}"
        problems.add(cells[0].place, f"this line has {len(cells)} cells", expected)
        return None
    row = dict(zip(columns, cells, strict=True))
    for name, cell in row.items():
        if not cell.text:
            problems.add(cell.place, f"this line has no {name}", "expected every cell filled")
            return None
    return row
