"""What the engine knows of questions: which were asked, and which facts were derived."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailcheck.engine.nodes import Derived, Leaf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mailcheck.engine.nodes import Driven
    from mailcheck.question import Question

KEPT = 10_000
"""Derived facts that are kept at least. An older one that is needed again is derived again, from
leaf answers, which are all kept: memory stays bounded and nothing is asked twice."""


class Known:
    """The nodes of questions. Leaves stay; of the derived ones the latest do."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._leaves: dict[Question[Any], Leaf] = {}
        self._derived: dict[Question[Any], Derived] = {}
        self._older: dict[Question[Any], Derived] = {}

    def leaf(self, question: Question[Any]) -> Leaf | None:
        """Return the node of a leaf *question*, if it has one."""
        return self._leaves.get(question)

    def derived(self, question: Question[Any]) -> Derived | None:
        """Return the node of a composite *question*, if it has one."""
        node = self._derived.get(question)
        if node is None and (node := self._older.get(question)) is not None:
            self._keep(node)
        return node

    def add_leaf(self, question: Question[Any]) -> Leaf:
        """Make a node for a leaf *question*, which has none."""
        leaf = self._leaves[question] = Leaf(question)
        return leaf

    def add_derived(self, question: Question[Any]) -> Derived:
        """Make a node for a composite *question*, which has none."""
        node = Derived(question)
        self._keep(node)
        return node

    def forget(self, leaves: Iterable[Leaf]) -> None:
        """Know no more of *leaves*, nor of any derived fact: each might rest on one of them."""
        for leaf in leaves:
            if self._leaves.get(leaf.question) is leaf:
                del self._leaves[leaf.question]
        self._derived = {}
        self._older = {}

    def clear(self) -> None:
        """Know nothing any more."""
        self._leaves = {}
        self._derived = {}
        self._older = {}

    def waiters(self) -> Iterator[Driven]:
        """Yield the nodes that wait for a leaf question."""
        return (waiter for leaf in self._leaves.values() for waiter in leaf.waiters)

    def _keep(self, node: Derived) -> None:
        if len(self._derived) >= self._kept:
            self._older, self._derived = self._derived, {}
        self._derived[node.question] = node
