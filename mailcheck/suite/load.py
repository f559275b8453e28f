"""Reading a suite: every problem of a file at once, or all of its requirements."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.blocklists.reading import shipped
from mailcheck.errors import Place, SourceError, UsageError
from mailcheck.evidence import visible
from mailcheck.source import garbage
from mailcheck.source.documents import parse_documents, read_documents
from mailcheck.source.nodes import Sequence
from mailcheck.source.problems import Problems
from mailcheck.suite.consent import Consent
from mailcheck.suite.document import DocumentReader
from mailcheck.suite.grammar import Grammar
from mailcheck.suite.options import TermsReader
from mailcheck.suite.parameters import ParametersReader
from mailcheck.suite.requirement import Requirement, Suite
from mailcheck.suite.sentences import Said, SentenceReader
from mailcheck.suite.subject_files import Folder
from mailcheck.suite.subjects import Subjects

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mailcheck.blocklists import Registry
    from mailcheck.catalogue import Catalogue
    from mailcheck.source.nodes import Node
    from mailcheck.suite.files import Files

NO_SECRETS: frozenset[str] = frozenset()

SENTENCE = "<sentence>"
"""What messages call an item that stands in no file."""

_DASH = "- "


def load_suite(
    path: Path,
    shown_as: str,
    catalogue: Catalogue,
    secrets: frozenset[str] = NO_SECRETS,
    known_lists: Callable[[], Registry] = shipped,
) -> Suite:
    """Read the suite at *path*; messages call it *shown_as*.

    *secrets* are the environment variables that suites of this project may name; *known_lists*
    are asked for if it describes blocklists, which must be others.

    Raises:
        SourceError: with every problem of the file.
    """
    with garbage.paused():
        return _loaded(path, visible(shown_as, len(shown_as)), catalogue, secrets, known_lists)


def _loaded(
    path: Path,
    shown_as: str,
    catalogue: Catalogue,
    secrets: frozenset[str],
    known_lists: Callable[[], Registry],
) -> Suite:
    problems = Problems()
    documents = read_documents(path, shown_as, problems)
    if not documents:
        problems.add(Place(shown_as, 1), "the file is empty", "expected a suite: mailcheck: 1")
    folder = Folder(path.parent, shown_as)
    reader = DocumentReader(catalogue, folder, secrets, problems, known_lists)
    blocks = tuple(reader.read(node, number) for number, node in enumerate(documents, 1))
    problems.raise_any()
    return Suite(path, shown_as, blocks)


def load_item(
    text: str,
    catalogue: Catalogue,
    shown_as: str = SENTENCE,
    secrets: frozenset[str] = NO_SECRETS,
    files: Files | None = None,
) -> tuple[Requirement, ...]:
    """Read one item of ``checks``; for many, :class:`ItemReader` is faster.

    Raises:
        SourceError: with every problem of it.
        UsageError: if *text* is no text.
    """
    return ItemReader(catalogue, secrets).read(text, shown_as, files)


class ItemReader:
    """Reads items of ``checks`` one by one, as in a suite without ``for``.

    Whoever says a sentence himself consents to what it asks.
    """

    def __init__(self, catalogue: Catalogue, secrets: frozenset[str] = NO_SECRETS) -> None:
        self._catalogue = catalogue
        self._secrets = secrets
        self._grammar = Grammar(catalogue)

    def read(
        self, text: str, shown_as: str = SENTENCE, files: Files | None = None
    ) -> tuple[Requirement, ...]:
        """Read one item; messages call it *shown_as*, and *files* are those it may name.

        Raises:
            SourceError: with every problem of it.
            UsageError: if *text* is no text.
        """
        if not isinstance(text, str):
            raise UsageError(f"a sentence is a text, not {text!r}")
        problems = Problems()
        try:
            reader = self._sentences(problems, files)
            found = tuple(reader.read(_only_item(text, shown_as, problems)))
            problems.raise_any()
        except SourceError as error:
            undashed = [replace(p, place=_undashed(p.place)) for p in error.problems]
            raise SourceError(undashed) from None
        return tuple(one._replace(place=_undashed(one.place)) for one in found)

    def _sentences(self, problems: Problems, files: Files | None) -> SentenceReader:
        return SentenceReader(
            grammar=self._grammar,
            subjects=Subjects(),
            terms=TermsReader(self._catalogue, problems),
            parameters=ParametersReader(self._secrets, problems, files),
            said=Said(),
            problems=problems,
            block="",
            consent=Consent(everybody=True),
        )


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
    return place._replace(column=max(1, place.column - len(_DASH)))
