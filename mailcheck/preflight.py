"""The preflight of a run: whom it asks and how they behave, asked along with its first questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailcheck.evidence import visible
from mailcheck.facts.conduct import ResolverConduct
from mailcheck.facts.known_resolvers import public_operator
from mailcheck.facts.root import Root
from mailcheck.facts.run import RunRoutes
from mailcheck.finding import Finding, met
from mailcheck.question import Unobserved, each_of

if TYPE_CHECKING:
    from mailcheck.engine import Engine
    from mailcheck.facts.dns import NameServer
    from mailcheck.question import Question

NO_ANSWER_YET = "no answer yet"
"""What is said of whoever is still waited for."""


class Preflight:
    """Queues its questions in *engine*: one for each of *resolvers*, or for the root without any.

    Those that only blocklists are asked of, *for_lists*, are told apart; the *root* counts too where
    lists are asked themselves. It delays nothing: verdicts wait for it only where they turn on it.
    """

    def __init__(
        self,
        engine: Engine,
        resolvers: tuple[NameServer, ...],
        for_lists: tuple[NameServer, ...] = (),
        *,
        root: bool = False,
    ) -> None:
        self._engine = engine
        self._about: dict[str, Question[Any]] = {
            f"resolver {visible(str(server))}": ResolverConduct(server) for server in resolvers
        }
        if root or not resolvers:
            self._about["root"] = Root()
        self._refused: dict[str, str] = {}
        for server in for_lists:
            name = f"blocklist resolver {visible(str(server))}"
            self._about[name] = ResolverConduct(server)
            if operator := public_operator(str(server)):
                self._refused[name] = f"; {operator} serves everybody, and large lists refuse it"
        self._about["routes"] = RunRoutes()
        self._found: dict[Question[Any], str] = {}
        self._judgements = [engine.plan(self._watch, asked) for asked in self._about.values()]

    @property
    def lines(self) -> dict[str, str]:
        """What is known by now, by what it is about: ``resolver 192.0.2.53`` for one."""
        return self._lines(NO_ANSWER_YET)

    def last_lines(self, *, dead: bool) -> dict[str, str]:
        """Return the same at the end of a run, in which no more is asked.

        What is missing then need not be the resolver's fault: it may have answered all but one of
        the questions that tell how it behaves. Unless the run gave its resolvers up as *dead*.
        """
        return self._lines("does not answer" if dead else "not found out in this run")

    def _lines(self, otherwise: str) -> dict[str, str]:
        return {
            name: self._found[asked] + self._refused.get(name, "")
            if asked in self._found
            else otherwise
            for name, asked in self._about.items()
        }

    async def settled(self) -> None:
        """Drive the engine until all is known."""
        for judgement in self._judgements:
            await self._engine.finished(judgement)

    async def _watch(self, asked: Question[Any]) -> Finding:
        [answer] = await each_of([asked])
        unknown = isinstance(answer, Unobserved)
        self._found[asked] = f"unknown ({answer.cause})" if unknown else str(answer)
        return met()
