"""``for``: the subjects that sentences may leave out.

Subjects that belong together (the columns of a table, the keys of one item of a list) form a
*group*. Groups multiply, but a sentence sees only the subjects it uses: it runs once for each
distinct combination of those.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from mailcheck.names import parse_address
from mailcheck.secrets import MARK
from mailcheck.source.nodes import Mapping, Node, Scalar, Sequence, describe
from mailcheck.suite.placeholders import named_in
from mailcheck.suite.subject_files import Folder, Row, listed, tabled

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from mailcheck.source.problems import Problems

FILE = "file"
"""The key that names a file instead of a subject."""


@dataclass(frozen=True)
class Subjects:
    """The groups of one block; *sound* unless some of it could not be read."""

    groups: tuple[tuple[Row, ...], ...] = ()
    sound: bool = True

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The subjects there are, in the order they were written."""
        return tuple(dict.fromkeys(k for rows in self.groups for row in rows for k in row))

    def count(self, used: frozenset[str]) -> int:
        """Return how many combinations :meth:`combinations` yields for the same subjects."""
        return math.prod(map(len, self._distinct(used))) if used else 1

    def combinations(self, used: frozenset[str]) -> Iterator[Row]:
        """Return every distinct combination of the subjects *used*; one empty row for none."""
        if not used:
            return iter(({},))
        groups = self._distinct(used)
        if len(groups) == 1:
            return iter(groups[0])
        return ({k: v for row in rows for k, v in row.items()} for rows in product(*groups))

    def lacking(self, key: str) -> Scalar | None:
        """Return a subject of a row that has no *key*, though other rows of its group have one."""
        return self._incomplete.get(key)

    @cached_property
    def _incomplete(self) -> dict[str, Scalar]:
        found: dict[str, Scalar] = {}
        for rows in self.groups:
            keys = {key for row in rows for key in row}
            for row in rows:
                if len(row) < len(keys):
                    for key in keys.difference(row):
                        found.setdefault(key, next(iter(row.values())))
        return found

    def _distinct(self, used: frozenset[str]) -> list[list[Row]]:
        """Return what each group that has any of the subjects *used* comes to, if only they count.

        Kept, because most sentences of a block use the same ones.
        """
        if used not in self._reduced:
            self._reduced[used] = self._reduce(used)
        return self._reduced[used]

    @cached_property
    def _reduced(self) -> dict[frozenset[str], list[list[Row]]]:
        return {}

    def _reduce(self, used: frozenset[str]) -> list[list[Row]]:
        groups = []
        for rows in self.groups:
            if any(key in used for row in rows for key in row):
                by_text: dict[tuple[tuple[str, str], ...], Row] = {}
                for row in rows:
                    part = {k: v for k, v in row.items() if k in used}
                    by_text.setdefault(tuple((k, v.text) for k, v in part.items()), part)
                groups.append([*by_text.values()])
        return groups


class ForReader:
    """Reads ``for``. *known* are the subjects that some check of the catalogue takes."""

    def __init__(self, known: Collection[str], folder: Folder, problems: Problems) -> None:
        self.known = known
        self.folder = folder
        self.problems = problems

    def read(self, node: Node) -> Subjects:
        """Read any of the forms of ``for``."""
        if isinstance(node, Sequence):
            rows = [row for item in self.problems.sequence(node, "for") for row in self._rows(item)]
            return Subjects((tuple(rows),) if rows else ())
        if not isinstance(node, Mapping):
            example = "expected subjects, such as domain: example.com below it"
            self.problems.add(node.place, f"for is {describe(node)}", example)
            return Subjects()
        groups = tuple(self._groups(node))
        if not groups and not node.entries:
            self.problems.add(node.place, "for names no subject", "leave it out, or name one")
        return Subjects(groups)

    def _rows(self, item: Node) -> Iterator[Row]:
        """Yield the rows of one item of a list: usually one, more if a value is a list."""
        mapping = self.problems.mapping(item, "an item of for")
        if mapping is not None:
            groups = Subjects(tuple(self._groups(mapping)))
            if groups.keys:
                yield from groups.combinations(frozenset(groups.keys))

    def _groups(self, mapping: Mapping) -> Iterator[tuple[Row, ...]]:
        taken: dict[str, int] = {}
        for key, value in mapping.entries:
            rows = self._group(key, value)
            names = tuple(dict.fromkeys(name for row in rows for name in row))
            for name in names:
                if name in taken:
                    what = f"{name} is given twice"
                    expected = f"the first one is in line {taken[name]}; keep one of them"
                    self.problems.add(key.place, what, expected)
                    rows = ()
                taken[name] = key.place.line
            if rows:
                yield rows

    def _group(self, key: Scalar, value: Node) -> tuple[Row, ...]:
        if key.text == FILE:
            name = self.problems.scalar(value, FILE)
            rows = tabled(name, self.known, self.folder, self.problems) if name else ()
        elif key.text not in self.known:
            self.problems.unknown(key, "subject", (*self.known, FILE), "for")
            return ()
        elif isinstance(value, Mapping):
            rows = self._listed(key.text, value)
        elif lost := lost_literal(key.text, value):
            self.problems.add(value.place, *lost)
            return ()
        else:
            rows = tuple({key.text: one} for one in self.problems.scalars(value, key.text))
        return tuple(row for row in rows if self._plain(row.values()))

    def _listed(self, key: str, value: Mapping) -> tuple[Row, ...]:
        node = self.problems.keys(value, (FILE,), key).get(FILE)
        if node is None:
            if not value.entries:
                self.problems.add(value.place, f"{key} is an empty mapping", "expected file: NAME")
            return ()
        name = self.problems.scalar(node, FILE)
        return listed(name, key, self.folder, self.problems) if name else ()

    def _plain(self, values: Iterable[Scalar]) -> bool:
        """Whether no value names a secret or another subject."""
        for value in values:
            if MARK in value.text:
                what = "a secret stands among the subjects"
                self.problems.add(
                    value.place, what, "secrets are options of the checks that take them"
                )
                return False
            for name in named_in(value.text):
                what = f"a subject names another one, {{{name}}}"
                self.problems.add(value.place, what, "write it out; sentences may combine subjects")
                return False
        return True


def lost_literal(key: str, value: Node) -> tuple[str, str] | None:
    """Return the problem of an address literal that YAML took for a list: ``[203.0.113.25]``."""
    if not (isinstance(value, Sequence) and value.flow and len(value.items) == 1):
        return None
    item = value.items[0]
    if key != "ehlo" or not isinstance(item, Scalar):
        return None
    try:
        parse_address(item.text)
    except ValueError:
        return None
    literal = f"[{item.text}]"
    return (
        f"{literal} is a list to YAML, not an address literal",
        f'write it in quotes:\n{key}: "{literal}"',
    )
