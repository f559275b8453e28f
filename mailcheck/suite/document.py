"""One YAML document of a suite: its keys, and what is missing or too much in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.secrets import MARK
from mailcheck.source.nodes import Mapping, Node, Scalar, describe
from mailcheck.source.problems import nearest
from mailcheck.suite.consent import read_consent
from mailcheck.suite.grammar import Grammar
from mailcheck.suite.options import TermsReader
from mailcheck.suite.own_lists import ListsReader
from mailcheck.suite.parameters import ParametersReader
from mailcheck.suite.requirement import Block
from mailcheck.suite.sentences import Said, SentenceReader
from mailcheck.suite.subjects import ForReader, Subjects

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.blocklists import Registry
    from mailcheck.catalogue import Catalogue
    from mailcheck.source.problems import Problems
    from mailcheck.suite.subject_files import Folder

VERSION = "1"
"""The version of the language this package reads."""

KEYS = {
    "mailcheck": "the version of the suite language; always the first key",
    "title": "what this block is about; it names the testsuite in reports",
    "for": "the subjects that sentences may leave out",
    "defaults": "options that hold for every sentence of this block",
    "probe": "at whose servers this block may try recipients; the run has to agree too",
    "blocklists": "lists that the sentences of this block may name, by their zones",
    "checks": "the sentences that must hold",
}
"""The keys of a document and what the schema says about them."""


class DocumentReader:
    """Reads the documents of one suite in their order."""

    def __init__(
        self,
        catalogue: Catalogue,
        folder: Folder,
        secrets: frozenset[str],
        problems: Problems,
        known_lists: Callable[[], Registry],
    ) -> None:
        self.catalogue = catalogue
        self.grammar = Grammar(catalogue)
        self.folder = folder
        self.parameters = ParametersReader(secrets, problems, folder)
        self.problems = problems
        self.said = Said()
        self.own_lists = ListsReader(known_lists, problems)
        self._taken: set[str] = set()

    def read(self, node: Node, number: int) -> Block:
        """Read the document that is the *number*-th of its file, counted from 1."""
        title = self.folder.shown_as + (f", document {number}" if number > 1 else "")
        if not isinstance(node, Mapping):
            self._not_a_mapping(node, number)
            return Block(title, ())
        keys = self.problems.keys(node, KEYS, "the suite")
        self._version(node)
        if "title" in keys:
            title = self._title(keys["title"]) or title
        if title in self._taken:  # reports keep documents apart by their titles
            title = f"{title} (document {number})"
        self._taken.add(title)
        terms = TermsReader(self.catalogue, self.problems)
        if "defaults" in keys:
            terms.set_defaults(keys["defaults"])
        if "checks" not in keys:
            self._no_checks(node)
            return Block(title, ())
        subjects = self._subjects(keys.get("for"))
        reader = SentenceReader(
            grammar=self.grammar,
            subjects=subjects,
            terms=terms,
            parameters=self.parameters,
            said=self.said,
            problems=self.problems,
            block=title,
            consent=read_consent(keys.get("probe"), self.problems),
            lists=self.own_lists.read(keys.get("blocklists")),
        )
        items = self.problems.sequence(keys["checks"], "checks")
        return Block(title, tuple(found for item in items for found in reader.read(item)))

    def _subjects(self, node: Node | None) -> Subjects:
        if node is None:
            return Subjects()
        before = len(self.problems.found)
        subjects = ForReader(self.grammar.subjects, self.folder, self.problems).read(node)
        return replace(subjects, sound=len(self.problems.found) == before)

    def _not_a_mapping(self, node: Node, number: int) -> None:
        if isinstance(node, Scalar) and node.empty:
            what = "the document is empty" if number > 1 else "the suite is empty"
            self.problems.add(
                node.place, what, "expected mailcheck: 1 and checks, or no --- before it"
            )
            return
        self.problems.add(
            node.place, f"the suite is {describe(node)}", "expected mailcheck: 1 first"
        )

    def _no_checks(self, node: Mapping) -> None:
        """Add that there are none, unless a key was said to be meant as theirs."""
        meant = nearest("checks", KEYS)
        if not any(
            key.text not in KEYS and nearest(key.text, KEYS) == meant for key, _ in node.entries
        ):
            what = "the suite has no checks"
            self.problems.add(node.place, what, "expected checks: and sentences")

    def _version(self, node: Mapping) -> None:
        if not node.entries or node.get("mailcheck") is None:
            expected = "every document begins with mailcheck: 1"
            self.problems.add(node.place, "the suite has no mailcheck key", expected)
            return
        first, _ = node.entries[0]
        if first.text != "mailcheck":
            self.problems.add(
                first.place, f'the first key is "{first.text}"', "expected mailcheck: 1"
            )
        version = self.problems.scalar(node.get("mailcheck") or node, "mailcheck")
        if version is not None and version.text != VERSION:
            what = f"the suite is written in version {version.text} of the language"
            self.problems.add(version.place, what, f"this mailcheck reads version {VERSION}")

    def _title(self, node: Node) -> str:
        title = self.problems.scalar(node, "title")
        if title is not None and MARK in title.text:
            self.problems.add(title.place, "the title names a secret", "expected a plain text")
        return visible(title.text.strip()) if title else ""
