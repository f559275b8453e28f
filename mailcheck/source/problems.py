"""Reading nodes in the shape a caller expects, and collecting everything that is wrong."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from mailcheck.errors import Place, Problem, SourceError
from mailcheck.evidence import visible
from mailcheck.source.nodes import Mapping, Node, Scalar, Sequence, describe

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 200
"""Problems of one file that are reported; nobody reads more, and neighbours cost time to find."""

_LONGEST = 600
"""Characters of one line of a message."""


class Problems:
    """Collects the problems of one file, so that all are reported at once.

    The readers return None (or leave out) what is wrong, having added why: a caller goes on with
    the rest, and calls :meth:`raise_any` when it is through.
    """

    def __init__(self) -> None:
        self.found: list[Problem] = []
        self._misread: set[Place] = set()

    def __bool__(self) -> bool:
        return bool(self.found)

    def add(self, place: Place, what: str, expected: str = "") -> None:
        """Add a problem, once however often it is met.

        Raises:
            SourceError: if there are so many that the rest is better not read.
        """
        shown = "\n".join(visible(line, _LONGEST) for line in expected.split("\n"))
        problem = Problem(place, visible(what, _LONGEST), shown)
        if problem in self.found:
            return
        self.found.append(problem)
        if len(self.found) >= MOST:
            last = max(problem.place for problem in self.found)
            below = last._replace(line=last.line + 1)
            end = Problem(below, f"{MOST} problems are shown", "the rest of the file was not read")
            raise SourceError([*self.found, end])

    def misread(self, place: Place, what: str, expected: str) -> None:
        """Add that YAML does not read what stands at *place* as it was meant; it is read so."""
        self.add(place, what, expected)
        self._misread.add(place)

    def better_known(self, place: Place) -> None:
        """Take back that YAML misreads *place*: what is to be said of it makes that needless."""
        if place in self._misread:
            self.found = [problem for problem in self.found if problem.place != place]

    def raise_any(self) -> None:
        """Raise what was collected.

        Raises:
            SourceError: if anything was.
        """
        if self.found:
            raise SourceError(self.found)

    def scalar(self, node: Node, subject: str) -> Scalar | None:
        """Return *node* if it is a text that is not empty; *subject* names it in the message."""
        if isinstance(node, Scalar) and node.text:
            return node
        seen = "an empty text" if isinstance(node, Scalar) and not node.empty else describe(node)
        self.add(node.place, f"{subject} is {seen}", "expected a text")
        return None

    def scalars(self, node: Node, subject: str) -> tuple[Scalar, ...]:
        """Return the texts of a list of texts; a single text stands for a list of one."""
        if isinstance(node, Scalar):
            one = self.scalar(node, subject)
            return () if one is None else (one,)
        items = self.sequence(node, subject)
        read = [self.scalar(item, f"an item of {subject}") for item in items]
        return tuple(item for item in read if item is not None)

    def sequence(self, node: Node, subject: str) -> tuple[Node, ...]:
        """Return the items of *node* if it is a list that is not empty."""
        if isinstance(node, Sequence):
            if not node.items:
                self.add(node.place, f"{subject} is an empty list", "expected at least one item")
            return node.items
        self.add(node.place, f"{subject} is {describe(node)}", "expected a list (- item)")
        return ()

    def mapping(self, node: Node, subject: str) -> Mapping | None:
        """Return *node* if it is a mapping."""
        if isinstance(node, Mapping):
            return node
        self.add(node.place, f"{subject} is {describe(node)}", "expected a mapping (key: value)")
        return None

    def keys(self, node: Node, known: Iterable[str], subject: str) -> dict[str, Node]:
        """Return the values of a mapping by key, without keys that are not *known*."""
        mapping = self.mapping(node, subject)
        if mapping is None:
            return {}
        names = tuple(known)
        for key, _ in mapping.entries:
            if key.text not in names:
                self.unknown(key, "key", names, subject)
        return {key.text: value for key, value in mapping.entries if key.text in names}

    def unknown(self, word: Scalar, kind: str, known: Iterable[str], subject: str) -> None:
        """Add that *word* is no known *kind* of *subject*, with the closest known one or all."""
        names = tuple(known)
        self.add(
            word.place, f'unknown {kind} "{word.text}" in {subject}', nearest(word.text, names)
        )


def nearest(word: str, known: Iterable[str]) -> str:
    """Say which of *known* was probably meant, or which there are."""
    names = tuple(known)
    by_folded = {name.casefold(): name for name in names}
    close = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    if close:
        return f'did you mean "{by_folded[close[0]]}"?'
    return f"known: {', '.join(names)}" if names else "there are none"
