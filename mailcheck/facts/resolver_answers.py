"""What resolvers serve for a name, each asked for itself."""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.facts.change.proposed import NOT_YET_PUBLISHED, Proposed
from mailcheck.facts.dns import DnsAnswer, NameServer, ServerQuery
from mailcheck.facts.known_resolvers import named
from mailcheck.facts.run import RunResolvers
from mailcheck.question import NotObserved, Question, Unobserved, each_of, question

ENOUGH = 2
"""Answers without which there is nothing to agree."""

_IN_THE_SENTENCE = "name two or more in the sentence, as resolvers: [KT, 9.9.9.9]"

_TOO_FEW = {
    0: "the run has no resolver to compare, as under --mail-resolver authoritative: "
    f"{_IN_THE_SENTENCE}",
    1: f"only one resolver was asked: {_IN_THE_SENTENCE}, or give --mail-resolver more than once",
}
"""What to do about it where even all answers had been too few, by the number of resolvers."""


@question
class ResolverAnswers(Question["ResolverAnswersFact"]):
    """What *resolvers*, or the run's if there are none, serve for *name* and *rdtype*."""

    name: str
    rdtype: str
    resolvers: tuple[NameServer, ...] = ()

    async def derive(self) -> ResolverAnswersFact:
        """Ask each resolver, as a resolver. What is only proposed none of them can serve yet."""
        if by := (await Proposed(self.name)).by:
            text = f"{self.name} is proposed by {by}; resolvers can be asked once it is published"
            raise NotObserved(Unobserved(NOT_YET_PUBLISHED, text, not_evaluated=True))
        asked = self.resolvers or tuple(map(named, (await RunResolvers()).resolvers))
        asked = tuple(dict.fromkeys(asked))
        queries = [ServerQuery(self.name, self.rdtype, one, recursive=True) for one in asked]
        return ResolverAnswersFact(tuple(zip(asked, await each_of(queries), strict=True)))


@dataclass(frozen=True, slots=True)
class ResolverAnswersFact:
    """The resolvers in the order given, each once, and what each said."""

    said: tuple[tuple[NameServer, DnsAnswer | Unobserved], ...]

    @property
    def heard(self) -> tuple[tuple[NameServer, DnsAnswer], ...]:
        """Those that answered, and what, denials included."""
        return tuple((one, answer) for one, answer in self.said if isinstance(answer, DnsAnswer))

    @property
    def too_few(self) -> tuple[Unobserved, ...]:
        """What is missing for resolvers to agree with anybody: answers of two.

        Where none of them can be asked at all, that is what to say.
        """
        if len(self.heard) >= ENOUGH:
            return ()
        unasked = [said for _, said in self.said if isinstance(said, Unobserved)]
        if unasked and not self.heard and all(one.not_evaluated for one in unasked):
            return (unasked[0],)
        asked = len(self.said)
        text = _TOO_FEW.get(asked) or f"{len(self.heard)} of {asked} resolvers answered"
        return (Unobserved("too-few-answers", f"{text}; to agree takes {ENOUGH}"),)
