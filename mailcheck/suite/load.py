"""Reading a suite: every problem of a file at once, or all of its requirements."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.errors import Place, SourceError
from mailcheck.source.documents import parse_documents, read_documents
from mailcheck.source.nodes import Sequence
from mailcheck.source.problems import Problems
from mailcheck.suite.document import DocumentReader
from mailcheck.suite.grammar import Grammar
from mailcheck.suite.options import TermsReader
from mailcheck.suite.parameters import ParametersReader
from mailcheck.suite.requirement import Requirement, Suite
from mailcheck.suite.sentences import Said, SentenceReader
from mailcheck.suite.subject_files import Folder
from mailcheck.suite.subjects import Subjects

if TYPE_CHECKING:
    from pathlib import Path

    from mailcheck.catalogue import Catalogue
    from mailcheck.source.nodes import Node

NO_SECRETS: frozenset[str] = frozenset()

_DASH = "- "


def load_suite(
    path: Path, shown_as: str, catalogue: Catalogue, secrets: frozenset[str] = NO_SECRETS
) -> Suite:
    """Read the suite at *path*; messages call it *shown_as*.

    *secrets* are the environment variables that suites of this project may name.

    Raises:
        SourceError: with every problem of the file.
    """
    problems = Problems()
    documents = read_documents(path, shown_as, problems)
    if not documents:
        problems.add(Place(shown_as, 1), "the file is empty", "expected a suite: mailcheck: 1")
    folder = Folder(path.parent, shown_as)
    reader = DocumentReader(catalogue, folder, secrets, problems)
    blocks = tuple(reader.read(node, number) for number, node in enumerate(documents, 1))
    problems.raise_any()
    return Suite(path, shown_as, blocks)


def load_item(
    text: str,
    catalogue: Catalogue,
    shown_as: str = "<sentence>",
    secrets: frozenset[str] = NO_SECRETS,
) -> tuple[Requirement, ...]:
    """Read one item of ``checks``, exactly as in a suite without ``for``.

    Raises:
        SourceError: with every problem of it.
    """
    problems = Problems()
    try:
        item = _only_item(text, shown_as, problems)
        reader = SentenceReader(
            grammar=Grammar(catalogue),
            subjects=Subjects(),
            terms=TermsReader(catalogue, problems),
            parameters=ParametersReader(secrets, problems),
            said=Said(),
            problems=problems,
            block="",
        )
        found = tuple(reader.read(item))
        problems.raise_any()
    except SourceError as error:
        raise SourceError([replace(p, place=_undashed(p.place)) for p in error.problems]) from None
    return tuple(replace(one, place=_undashed(one.place)) for one in found)


def _only_item(text: str, shown_as: str, problems: Problems) -> Node:
    documents = parse_documents(_DASH + text.strip(), shown_as, problems)
    if len(documents) == 1 and isinstance(documents[0], Sequence):
        items = documents[0].items
        if len(items) == 1:
            return items[0]
    problems.add(Place(shown_as, 1), "this is more than one item", "expected one sentence")
    raise SourceError(problems.found)


def _undashed(place: Place) -> Place:
    """Take back the dash that made an item of the text."""
    if place.line > 1:
        return place
    return replace(place, column=max(1, place.column - len(_DASH)))
