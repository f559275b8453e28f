"""The graph of a run: one node per question and per judgement.

Runs have hundreds of thousands of nodes, so each holds what it needs and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeAlias

from mailcheck.errors import MailcheckError
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.evidence import Evidence
    from mailcheck.question import Question

PENDING: Any = object()
"""Stands for the answer of a node that has none yet."""

Judge: TypeAlias = Callable[..., Coroutine[Any, Any, Any]]


class QuestionCycle(MailcheckError):
    """A question waits, through others, for itself: a mistake in the code of a fact."""


class Node:
    """Something that gets an answer: a fact, an Unobserved or, for judgements, an Outcome.

    ``waiters`` are the nodes to go on with once it is there.
    """

    __slots__ = ("answer", "waiters")

    # Each kind of node sets all of its own in one go: there are several for every requirement.
    answer: Any
    waiters: tuple[Driven, ...]

    @property
    def done(self) -> bool:
        """Whether it has its answer."""
        return self.answer is not PENDING


class Leaf(Node):
    """A question that the world answers."""

    __slots__ = ("question",)

    def __init__(self, question: Question[Any]) -> None:
        self.answer = PENDING
        self.waiters = ()
        self.question = question


class Driven(Node):
    """A node whose answer a coroutine works out.

    ``asked`` lists what the coroutine has awaited so far, in order; ``awaited`` what it waits for
    now, None before it was begun; ``missing`` is how many of those are still open, and ``single``
    whether it awaits one question or a tuple of them.
    """

    __slots__ = ("asked", "awaited", "coroutine", "missing", "single")

    coroutine: Coroutine[Any, Any, Any] | None
    asked: tuple[Leaf | Derived, ...]
    awaited: tuple[Leaf | Derived, ...] | None
    missing: int
    single: bool

    def _begin(self) -> None:
        self.answer = PENDING
        self.waiters = self.asked = ()
        self.awaited = None
        self.coroutine = None
        self.missing = 0
        self.single = False

    def below(self, *, but_aside: bool = False) -> Iterator[Leaf | Driven]:
        """Yield this node and all that it rests on, each once, in the order asked.

        With *but_aside*, what questions that stand aside rest on is left out.
        """
        seen: set[int] = set()
        stack: list[Leaf | Driven] = [self]
        while stack:
            node = stack.pop()
            if id(node) not in seen:
                seen.add(id(node))
                yield node
                if isinstance(node, Driven) and not (but_aside and node.aside):
                    stack.extend(reversed(node.asked))

    def leaves(self) -> Iterator[Leaf]:
        """Yield the leaf questions this node's answer rests on, each once, in the order asked."""
        return (node for node in self.below() if isinstance(node, Leaf))

    @property
    def aside(self) -> bool:
        """Whether it is a question about the run (:class:`mailcheck.question.Question`)."""
        return False

    def in_vain(self) -> list[Leaf]:
        """Return the leaf questions to ask again so that what is unobserved may be observed.

        Those are the ones that brought no fact; where a derivation found its facts wanting (a
        blocklist that refuses), those facts.
        """
        wanting: list[Leaf] = []
        for node in self.below():
            if not isinstance(node.answer, Unobserved):
                continue
            if isinstance(node, Leaf):
                wanting.append(node)
            elif not any(isinstance(other.answer, Unobserved) for other in node.asked):
                wanting.extend(node.leaves())
        return list(dict.fromkeys(wanting))

    def evidence(self) -> tuple[Evidence, ...]:
        """Return what was seen on the way to this node's answer.

        A derived fact has none of its own; one that could not be derived may (where it crashed).
        """
        below = list(self.below(but_aside=True))
        leaves = [node for node in below if isinstance(node, Leaf) and node.done]
        failed = [n for n in below if isinstance(n, Derived) and n.unobserved and not n.aside]
        lines = (line for node in (*leaves, *failed) for line in node.answer.evidence)
        return tuple(dict.fromkeys(lines))


class Derived(Driven):
    """A composite question."""

    __slots__ = ("question",)

    def __init__(self, question: Question[Any]) -> None:
        self._begin()
        self.question = question

    @property
    def aside(self) -> bool:
        """Whether its question is about the run."""
        return self.question.aside

    @property
    def unobserved(self) -> bool:
        """Whether it could not be derived."""
        return isinstance(self.answer, Unobserved)

    def way_to(self, target: Driven) -> list[Derived]:
        """Return a chain of nodes that wait for each other, from here to *target*; or nothing."""
        stack: list[list[Derived]] = [[self]]
        seen = {id(self)}
        while stack:
            way = stack.pop()
            if way[-1] is target:
                return way
            for node in way[-1].awaited or ():
                if isinstance(node, Derived) and not node.done and id(node) not in seen:
                    seen.add(id(node))
                    stack.append([*way, node])
        return []


class Errand(Driven):
    """Work for a question of the world above; it delivers its answer itself and has none."""

    __slots__ = ()

    def __init__(self) -> None:
        self._begin()


class Judgement(Driven):
    """A judge and what it is *given*; its coroutine is made when its turn comes.

    ``order`` is its position among all that were planned.
    """

    __slots__ = ("begun", "given", "judge", "order")

    def __init__(self, judge: Judge, given: tuple[Any, ...], order: int) -> None:
        self._begin()
        self.judge = judge
        self.given = given
        self.order = order
        self.begun = False

    def reset(self) -> None:
        """Take it back to where nothing was asked."""
        self.answer = PENDING
        self.asked = ()
        self.awaited = None
        self.begun = False
