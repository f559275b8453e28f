"""The rows of a table, by the names of their columns."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from mailcheck.errors import Place, Problem, SourceError
from mailcheck.evidence import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mailcheck.plans.document import Document

NEEDED = ("name", "type", "ttl", "value")

COLUMNS = (*NEEDED, "priority", "zone")
"""All columns that are known."""

_DELIMITERS = ",;\t"

_LONGEST_HEADER = 1000
"""Characters; what is longer has other columns than these."""

_EXPECTED = f"expected a first line {','.join(NEEDED)}, in any order; {' and '.join(COLUMNS[4:])} may be there"


class Row(NamedTuple):
    """One row: its cells by column, blanks around them cut off, and the line on which it begins."""

    cells: Mapping[str, str]
    place: Place


def header_of(text: str) -> list[str]:
    """Return the columns of the first line of *text*, in lower case; none if it is no such header."""
    return _split(text)[0]


def rows_of(document: Document, problems: list[Problem]) -> Iterator[Row]:
    """Yield the rows behind the header; empty lines are none.

    Those that cannot be read become *problems*.

    Raises:
        SourceError: if the header has other columns.
    """
    columns, delimiter = _split(document.text)
    if problem := _wrong(columns):
        raise SourceError([Problem(Place(document.shown, 1), problem, _EXPECTED)])
    lines = io.StringIO(document.text.removeprefix("\ufeff"), newline="")
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)
    is_header, end = True, 0
    while True:
        place = Place(document.shown, end + 1)
        try:
            cells = next(reader, None)
        except csv.Error as error:
            problems.append(Problem(place, f"this is no row of CSV: {visible(str(error))}"))
            break
        end = reader.line_num
        if cells is None:
            break
        if not any(cell.strip() for cell in cells) or is_header:
            is_header = is_header and not any(cell.strip() for cell in cells)
            continue
        if len(cells) != len(columns):
            what = f"this row has {len(cells)} cells, and the header {len(columns)}"
            expected = f'a value that has "{visible(delimiter)}" in it stands in quotation marks'
            problems.append(Problem(place, what, expected))
            continue
        yield Row(dict(zip(columns, map(str.strip, cells), strict=True)), place)


def _split(text: str) -> tuple[list[str], str]:
    """Return the columns, and what stands between them."""
    line = next((one for one in _first_lines(text) if one.strip(" \t\r,;")), "")
    found: tuple[list[str], str] = ([], ",")
    for delimiter in _DELIMITERS if len(line) <= _LONGEST_HEADER else "":
        try:
            cells = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True))
        except (csv.Error, StopIteration):
            continue
        columns = [cell.strip().lower() for cell in cells]
        if len(set(columns) & set(COLUMNS)) > len(set(found[0]) & set(COLUMNS)):
            found = columns, delimiter
    return found


def _first_lines(text: str) -> list[str]:
    return text[:_LONGEST_HEADER].removeprefix("\ufeff").splitlines()


def _wrong(columns: list[str]) -> str:
    """Say what is wrong with a header; nothing if it is right."""
    if not columns:
        return "there is no header with the columns of records"
    if missing := [one for one in NEEDED if one not in columns]:
        return f"the header has no column {' and no column '.join(missing)}"
    if strange := [one for one in columns if one not in COLUMNS]:
        return f'the header has a column "{visible(strange[0], 40)}", which is not known'
    if len(set(columns)) < len(columns):
        return "the header has a column twice"
    return ""
