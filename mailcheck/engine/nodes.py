"""The graph of a run: one node per question and per judgement."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from mailcheck.errors import MailcheckError
from mailcheck.question import Question, Unobserved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.evidence import Evidence

PENDING: Any = object()
"""Stands for the answer of a node that has none yet."""

Start: TypeAlias = Callable[[], Coroutine[Any, Any, Any]]


class QuestionCycle(MailcheckError):
    """A question waits, through others, for itself: a mistake in the code of a fact."""


@dataclass(slots=True, eq=False)
class Node:
    """A question or a judgement (``question`` is None) and where it stands.

    ``asked`` lists what its coroutine has awaited so far, in order; ``awaited`` what it waits for
    now, of which ``missing`` are still open. ``single`` remembers whether it awaits one question or
    a tuple of them. ``askers`` are the questions whose derivation ever awaited it. ``answer`` is a fact, an Unobserved, or for judgements an Outcome.
    """

    question: Question[Any] | None
    start: Start | None = None
    coroutine: Coroutine[Any, Any, Any] | None = None
    asked: list[Node] = field(default_factory=list)
    awaited: tuple[Node, ...] = ()
    single: bool = True
    missing: int = 0
    answer: Any = PENDING
    waiters: list[Node] = field(default_factory=list)
    askers: list[Node] = field(default_factory=list)
    begun: bool = False

    @property
    def done(self) -> bool:
        """Whether it has its answer."""
        return self.answer is not PENDING

    def below(self) -> Iterator[Node]:
        """Yield this node and all that it rests on, each once, in the order asked."""
        seen: set[int] = set()
        stack = [self]
        while stack:
            node = stack.pop()
            if id(node) not in seen:
                seen.add(id(node))
                yield node
                stack.extend(reversed(node.asked))

    def leaves(self) -> Iterator[Node]:
        """Yield the leaf questions this node's answer rests on, each once, in the order asked."""
        return (n for n in self.below() if n.question is not None and n.question.is_leaf())

    def in_vain(self) -> list[Node]:
        """Return the leaf questions to ask again so that what is unobserved may be observed.

        Those are the ones that brought no fact; where a derivation found its facts wanting (a
        blocklist that refuses), those facts.
        """
        lost = [node for node in self.below() if isinstance(node.answer, Unobserved)]
        roots = [n for n in lost if not any(isinstance(a.answer, Unobserved) for a in n.asked)]
        return list(dict.fromkeys(leaf for root in roots for leaf in root.leaves()))

    def evidence(self) -> tuple[Evidence, ...]:
        """Return what was seen on the way to this node's answer.

        A derived fact has none of its own; one that could not be derived may (where it crashed).
        """
        leaves = [leaf for leaf in self.leaves() if leaf.done]
        derived = [n for n in self.below() if n.question and isinstance(n.answer, Unobserved)]
        lines = (line for node in (*leaves, *derived) for line in node.answer.evidence)
        return tuple(dict.fromkeys(lines))

    def path_to(self, target: Node) -> list[Node] | None:
        """Return a chain of waiting nodes from this one to *target*, or None."""
        stack = [[self]]
        seen = {id(self)}
        while stack:
            path = stack.pop()
            if path[-1] is target:
                return path
            for node in path[-1].awaited:
                if not node.done and id(node) not in seen:
                    seen.add(id(node))
                    stack.append([*path, node])
        return None
