"""Files of subjects beside a suite: one subject to a line, or a table with a header (CSV).

Places in them are their own: ``senders.csv:7:1``.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

from mailcheck.errors import Place, SourceError
from mailcheck.evidence import visible
from mailcheck.source.beside import OutsideError, beside
from mailcheck.source.documents import read_text
from mailcheck.source.nodes import Scalar
from mailcheck.source.problems import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from mailcheck.source.problems import Problems

Row: TypeAlias = dict[str, Scalar]
"""Subjects that belong together, by key."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of a suite; the files it names lie in it or below. ``shown_as`` is the suite's."""

    path: Path
    shown_as: str

    def text(self, name: Scalar, problems: Problems, hint: str = "") -> tuple[str, str] | None:
        """Return the text of the file called *name* and how messages call it.

        *hint* says, to whoever has none, how such a file is made.
        """
        shown = visible(str(PurePosixPath(self.shown_as).parent / name.text))
        file = f'file "{name.text}"'
        try:
            return read_text(beside(self.path, name.text), shown), shown
        except OutsideError:
            expected = "expected a file beside the suite or below it"
            problems.add(name.place, f"{file} lies outside the folder of the suite", expected)
        except FileNotFoundError:
            expected = "; ".join(filter(None, (f"expected it at {shown}", hint)))
            problems.add(name.place, f"{file} does not exist", expected)
        except OSError as error:
            problems.add(name.place, f"{file} cannot be read: {error.strerror}", "expected a file")
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
    for number, line in enumerate(_lines(text), 1):
        value = line.partition("#")[0].strip()
        if value:
            column = len(line) - len(line.lstrip()) + 1
            rows.append({key: Scalar(value, Place(shown, number, column))})
    if not rows:
        problems.add(Place(shown, 1), f"the file names no {key}", "expected one to a line")
    return tuple(rows)


def tabled(
    name: Scalar, known: Collection[str], folder: Folder, problems: Problems
) -> tuple[Row, ...]:
    """Read a CSV file: its header names subjects, each line below is a row of them."""
    found = folder.text(name, problems)
    if found is None:
        return ()
    text, shown = found
    records = _records(text, shown, problems)
    header = next(records, ())
    if header is None:
        return ()
    if not header:
        expected = f"expected a header of subjects: {', '.join(known)}"
        problems.add(Place(shown, 1), "the file is empty", expected)
        return ()
    columns = _columns(header, known, problems)
    if columns is None:
        return ()
    rows = [row for cells in records if cells and (row := _row(columns, cells, problems))]
    if not rows and not problems:
        problems.add(Place(shown, 1), "no line follows the header", "expected one for each sender")
    return tuple(rows)


def _records(text: str, shown: str, problems: Problems) -> Iterator[tuple[Scalar, ...] | None]:
    """Yield the cells of each line that has any; None for a line that is no CSV.

    Each line is read by itself: no subject has a line break in it, and a quote that nobody closed
    would take all lines below for its cell.
    """
    for number, line in enumerate(_lines(text), 1):
        place = Place(shown, number)
        try:
            cells = next(csv.reader([line], skipinitialspace=True, strict=True), [])
        except csv.Error as error:
            unclosed = line.count('"') % 2 == 1
            why = "a quote is not closed in it" if unclosed else str(error)
            problems.add(place, f"this line is not CSV: {why}", "expected cells and commas")
            yield None
            continue
        if any(cell.strip() for cell in cells):
            yield tuple(Scalar(cell.strip(), place) for cell in cells)


def _lines(text: str) -> list[str]:
    """Return the lines of *text* as editors count them; U+2028 and its like end none."""
    return io.StringIO(text, newline=None).read().split("\n")


def _columns(
    header: tuple[Scalar, ...], known: Collection[str], problems: Problems
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
    sound = all(name in known for name in names) and len(set(names)) == len(names)
    return names if sound else None


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
