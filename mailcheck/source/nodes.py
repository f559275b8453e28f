"""What stands in a YAML file: texts, lists and mappings, each with its place.

Texts remain what was typed: ``no``, ``25:30`` and ``1.10`` are three texts, and what they mean is
decided where they are used. Anchors, aliases and merge keys are resolved already; tags do not
occur, because files with tags are refused.

Files are read by :mod:`mailcheck.source.documents`; :class:`mailcheck.source.problems.Problems`
reads nodes in the shape a caller expects and collects what is wrong with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from mailcheck.errors import Place

Style: TypeAlias = Literal["plain", "'", '"', "|", ">"]
"""How a text was written: without quotes, in quotes, or as a block."""


class Scalar(NamedTuple):
    """A text.

    ``comment`` is what follows it on its line from a ``#`` on, kept for plain texts only: there a
    `` #`` cuts the text without a word.
    """

    text: str
    place: Place
    style: Style = "plain"
    comment: str = ""

    @property
    def plain(self) -> bool:
        """Whether it was written without quotes."""
        return self.style == "plain"

    @property
    def empty(self) -> bool:
        """Whether nothing at all was written."""
        return self.plain and not self.text


class Sequence(NamedTuple):
    """A list; ``flow`` if it was written in square brackets."""

    items: tuple[Node, ...]
    place: Place
    flow: bool = False


class Mapping(NamedTuple):
    """Keys and values in the order they were written, each key once."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place
    flow: bool = False

    def get(self, key: str) -> Node | None:
        """Return the value of *key*, None if it is not there."""
        for name, value in self.entries:
            if name.text == key:
                return value
        return None


Node: TypeAlias = Scalar | Sequence | Mapping


def describe(node: Node) -> str:
    """Name the kind of *node* for people: ``a list``."""
    if isinstance(node, Scalar):
        return "nothing" if node.empty else "a text"
    if isinstance(node, Sequence):
        return "a list"
    return "a mapping (key: value)"
