"""A world that knows what it was told and nothing else: for examples and for tests of judges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from mailcheck.facts.blocklists import RunBlocklists, RunBlocklistsFact
from mailcheck.facts.change.changes import Changes, NamesInUse, NamesInUseFact
from mailcheck.facts.change.proposed import NOTHING_PROPOSED, Proposed, ProposedFact
from mailcheck.facts.scope import DOCUMENTATION, AddressScope, scope_of
from mailcheck.facts.smtp.envelope import (
    NULL_SENDER,
    RecipientProbe,
    RunRecipients,
    RunRecipientsFact,
)
from mailcheck.facts.smtp.session import SmtpSession
from mailcheck.facts.smtp.vantage import (
    ReachedSoFar,
    ReachedSoFarFact,
    RunControls,
    RunControlsFact,
)
from mailcheck.question import Fact, Question, Unobserved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mailcheck.check import Told

NOT_TOLD = "not-told"


class ToldWorld:
    """Answers from a table. Whatever is not in it is unobserved, cause ``not-told``.

    Answers are delivered one a step, in the order asked or, with ``backwards``, in the reverse of
    it: no verdict may depend on that.
    Documentation addresses count as public, so that examples can use them, and blocklists are those
    that are shipped. The run consents to probing the recipients of which a session is told.
    """

    def __init__(self, told: Iterable[Told], *, backwards: bool = False) -> None:
        self._table = dict(told)
        self._backwards = backwards
        self._open: list[tuple[Question[Any], Callable[[Any], None]]] = []

    limits: ClassVar[dict[type, int]] = {}

    def answer(self, question: Question[Any], deliver: Callable[[Fact | Unobserved], None]) -> None:
        """Put the question in line."""
        self._open.append((question, deliver))

    def step(self) -> None:
        """Deliver one answer."""
        question, deliver = self._open.pop(-1 if self._backwards else 0)
        deliver(self._look_up(question))

    def poll(self) -> None:
        """Deliver nothing: answers come one a step."""

    async def stepped(self) -> None:
        """Deliver one answer."""
        self.step()

    def close(self) -> None:
        """Forget the open questions."""
        self._open.clear()

    def _look_up(self, question: Question[Any]) -> Any:
        if question in self._table:
            return self._table[question]
        if isinstance(question, RunBlocklists):
            return RunBlocklistsFact()
        if isinstance(question, Proposed):
            return ProposedFact()
        if isinstance(question, Changes):
            return NOTHING_PROPOSED
        if isinstance(question, NamesInUse):
            return NamesInUseFact()
        if isinstance(question, RunControls):
            return RunControlsFact()
        if isinstance(question, ReachedSoFar):
            return ReachedSoFarFact()
        if isinstance(question, RunRecipients):
            return self._recipients()
        if isinstance(question, AddressScope):
            return scope_of(question.address, allowed=DOCUMENTATION)
        return Unobserved(NOT_TOLD, f"nobody told the answer to {question!r}")

    def _recipients(self) -> RunRecipientsFact:
        """Return what was told to be offered, as if requirements of the run wanted just that.

        Another sender than that of bounces is only tried in a session of its own.
        """
        sessions = [asked for asked in self._table if isinstance(asked, SmtpSession)]
        probes = [
            RecipientProbe(envelope.recipient, host=asked.server_name)
            for asked in sessions
            for envelope in asked.envelopes
            if envelope.sender == NULL_SENDER
        ]
        return RunRecipientsFact(
            consents=True,
            probes=tuple(dict.fromkeys(probes)),
            elsewhere="user@elsewhere.example",
            nobody="nobody",
        )
