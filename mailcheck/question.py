"""Questions, their answers, and how a judgement waits for them.

A :class:`Question` is a value: frozen, hashable, equal to every other question that asks the
same. Awaiting one yields it to whoever drives the coroutine and returns the fact that was sent
back. Nothing here does I/O, so anything written as a coroutine over questions (a check's judge, a
derived fact) can be run against the network, a recording, or a table of answers in a test.

Drivers follow three rules: they only ``send`` answers, they ``close`` what they drop, and they
treat anything yielded that is neither a question nor a tuple of questions as a programming error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Generic,
    Protocol,
    TypeAlias,
    TypeVar,
    dataclass_transform,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping

    from mailcheck.evidence import Evidence

F_co = TypeVar("F_co", covariant=True)
T = TypeVar("T")


class Fact(Protocol):
    """An observed answer. Facts of leaf questions show themselves as evidence."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What was seen, one line each; empty where there is nothing worth showing."""


@dataclass(frozen=True, slots=True)
class Unobserved:
    """Stands in place of a fact that could not be had.

    ``cause`` is a stable kebab-case word (``timeout``, ``servfail``, ``not-in-lab``); ``text`` says
    in a sentence what that means here. ``not_evaluated`` marks what this vantage cannot ask at all
    (no route, port closed here, a secret that is missing), as opposed to what it asked in vain.
    ``traceback`` says, line by line, where a bug stood in the way. What keeps many requirements of a
    run from being judged is named in ``shared``, so that it can be one error and not thousands.
    """

    cause: str
    text: str = ""
    evidence: tuple[Evidence, ...] = ()
    not_evaluated: bool = False
    traceback: str = ""
    shared: str = ""


class NotObserved(Exception):
    """Raised at an ``await`` whose answer is :class:`Unobserved`.

    A judge that does not catch it is inconclusive. Raised afresh at every await: a cached
    exception would collect the traceback of everyone who ever waited for it.
    """

    def __init__(self, unobserved: Unobserved) -> None:
        super().__init__(unobserved.cause)
        self.unobserved = unobserved


class Question(Generic[F_co]):
    """Something that can be asked. Subclass with the :func:`question` decorator.

    A *leaf* question is answered by a world. A *composite* one overrides :meth:`derive` and is
    answered by running it: a coroutine that awaits other questions, never its own kind. What stands
    ``aside`` is about the run and not about the network that is judged: what it rests on is no
    evidence of whoever awaits it.
    """

    __slots__ = ()

    aside: ClassVar[bool] = False

    def __await__(self) -> Generator[Question[F_co], F_co | Unobserved, F_co]:
        answer = yield self
        if isinstance(answer, Unobserved):
            raise NotObserved(answer)
        return answer

    async def derive(self) -> F_co:
        """Compute the fact from other questions. Leaf questions leave this alone."""
        raise TypeError(f"{type(self).__name__} is a leaf question: a world answers it")

    @classmethod
    def is_leaf(cls) -> bool:
        """Whether a world must answer this kind of question."""
        return cls.derive is Question.derive


class World(Protocol):
    """Where answers come from.

    The engine is single-threaded and owns no event loop: it begins questions with
    :meth:`answer` and lets the world work with :meth:`step` (or, inside a running event loop,
    :meth:`stepped`), and with :meth:`poll` while it has no need to wait.
    """

    @property
    def limits(self) -> Mapping[type, int]:
        """How many questions of a kind may be open at a time, where that is less than usual."""

    def answer(self, question: Question[Any], deliver: Callable[[Fact | Unobserved], None]) -> None:
        """Begin to answer *question*; call *deliver* exactly once, now or during a step."""

    def step(self) -> None:
        """Work until at least one begun question is delivered. Called only if one is open."""

    def poll(self) -> None:
        """Take in what has come, without waiting for anything."""

    async def stepped(self) -> None:
        """Do the same as :meth:`step` inside the caller's running event loop."""

    def close(self) -> None:
        """Give up what is open and release sockets. Open questions are not delivered any more."""


Asked: TypeAlias = "Question[Any] | tuple[Question[Any], ...]"
"""What a judgement may yield to its driver."""


@dataclass_transform(frozen_default=True)
def question(cls: type[T]) -> type[T]:
    """Make *cls* a question: a frozen, slotted, hashable dataclass."""
    return dataclass(frozen=True, slots=True)(cls)


class _Several(Generic[F_co]):
    """The awaitable behind :func:`each_of`."""

    __slots__ = ("questions",)

    def __init__(self, questions: tuple[Question[F_co], ...]) -> None:
        self.questions = questions

    def __await__(
        self,
    ) -> Generator[
        tuple[Question[F_co], ...], tuple[F_co | Unobserved, ...], tuple[F_co | Unobserved, ...]
    ]:
        return (yield self.questions)


async def each_of(questions: Iterable[Question[F_co]]) -> tuple[F_co | Unobserved, ...]:
    """Ask *questions* at once; return a fact or :class:`Unobserved` for each, in their order."""
    asked = tuple(questions)
    return await _Several(asked) if asked else ()


async def all_of(questions: Iterable[Question[F_co]]) -> tuple[F_co, ...]:
    """Ask *questions* at once and return their facts, in their order.

    Raises:
        NotObserved: if any is unobserved; for the first one in order, whichever came in first.
    """
    facts: list[F_co] = []
    for answer in await each_of(questions):
        if isinstance(answer, Unobserved):
            raise NotObserved(answer)
        facts.append(answer)
    return tuple(facts)
