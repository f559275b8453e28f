"""A run: the worlds it asks, and the verdict on each requirement.

The plugin and the command both work through :class:`Run`, so the same sentence gets the same
verdict from either.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from mailcheck.comparison import compared
from mailcheck.conclusion import beside_what_is_proposed, conclude, given_up, plainly_met
from mailcheck.errors import UsageError
from mailcheck.evidence import beside_a_change
from mailcheck.planned import Planned
from mailcheck.preflight import Preflight
from mailcheck.variants import of_all
from mailcheck.verdict import RESOLVER_DEAD
from mailcheck.world.recipients import Recipients
from mailcheck.world.turning import at_most, end_tasks, our_loop, turn
from mailcheck.worlds import Worlds

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Sequence
    from pathlib import Path

    from mailcheck.engine import Judged
    from mailcheck.engine.nodes import Judgement
    from mailcheck.evidence import Evidence
    from mailcheck.question import Question
    from mailcheck.settings import Settings
    from mailcheck.suite.requirement import Requirement
    from mailcheck.verdict import Verdict
    from mailcheck.world.opening import Opened
    from mailcheck.world.which import WorldKey


__all__ = ["Planned", "Run"]


class Run:
    """Judges requirements in the worlds that *settings* name.

    One event loop serves all worlds of the run; it turns only while somebody waits for a verdict.
    Given a running *loop*, the run works inside it, through the methods that are coroutines.

    Raises:
        MailcheckError: if what the run is told to judge by, a change, cannot be read.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        root: Path,
        today: datetime.date | None = None,
        loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self.settings = settings
        self.root = root
        self.today = today or datetime.datetime.now(datetime.UTC).date()
        self._own_loop = loop
        self._preflight: Preflight | None = None
        self._first_unknown: dict[str, Judgement] = {}
        self._dead = False
        self._recipients = Recipients(
            consents=settings.probe_recipients, elsewhere=settings.relay_recipient
        )
        self._worlds = Worlds(settings, root, self.today, self._recipients)

    @property
    def _loop(self) -> asyncio.AbstractEventLoop:
        """The loop that all worlds share, made when the first one is opened."""
        if self._own_loop is None:
            self._own_loop = our_loop()
        return self._own_loop

    @property
    def worlds(self) -> tuple[Opened, ...]:
        """The worlds opened so far."""
        return self._worlds.opened

    def plan(self, requirement: Requirement, folder: Path) -> Planned:
        """Queue *requirement*; *folder* is its suite's, where a lab is looked for.

        Raises:
            SourceError: if the suite's ``lab.yml`` cannot be used.
            UsageError: if the lab that the run names is not there.
        """
        key = self._worlds.around(folder)
        self._enter(key)
        return self._queue(requirement, key)

    def preflight(self, patience: float = 0.0, *, at_end: bool = False) -> dict[str, str]:
        """Return what proposed plans leave open, and how the resolvers of the live network behave.

        Wait for it no longer than *patience* seconds, in which the first requirements are asked for
        as well; nothing if this run does not ask the network.
        """
        notes, asked = self._worlds.notes, self._preflight
        if asked is None:
            return notes
        if patience and self._own_loop is not None:
            turn(self._loop, at_most(asked.settled(), patience))
        return notes | (asked.last_lines(dead=self._dead) if at_end else asked.lines)

    def learn(self, questions: Sequence[Question[Any]], folder: Path) -> tuple[Any, ...]:
        """Return what each of *questions* comes to in the world that serves *folder*, at once."""
        from mailcheck.engine.learning import learn  # few commands want facts

        key = self._worlds.around(folder)
        self._enter(key)
        return learn(self._worlds.engine(key), questions)

    def unasked(self) -> dict[str, str]:
        """Return the proposed zones that no question of the run was about, each in words."""
        return self._worlds.unasked()

    def check_world(self, folder: Path) -> None:
        """Read the description of the world that serves *folder*, without opening it.

        Raises:
            SourceError: if its ``lab.yml`` cannot be used.
            UsageError: if the lab that the run names is not there.
        """
        self._worlds.check(folder)

    def find_resolvers(self) -> None:
        """Look up the addresses of resolvers that are named by their hosts, if any are asked.

        Raises:
            UsageError: if one has none.
        """
        named = (*self.settings.resolvers, *self.settings.blocklist_resolvers)
        live = self.settings.lab is None and not self.settings.offline
        if live and any(one.address is None for one in named):
            try:
                self._enter("live")
            except UsageError:
                self.close()
                raise

    def verdict(self, planned: Planned) -> Verdict:
        """Drive the run until *planned* is judged, and return its verdict.

        Of all verdicts that one thing leaves open (the budget is spent, a list does not work), the
        first is inconclusive, again if it is asked for again; every other one is not evaluated.
        """
        judged = [one.engine.finish(one.judgement) for one in planned.all]
        verdict = self._concluded(planned, judged)
        self._dead = self._dead or verdict.cause == RESOLVER_DEAD
        if not verdict.shared or verdict.kind != "inconclusive" or verdict.excused:
            return verdict
        first = self._first_unknown.setdefault(verdict.shared, planned.judgement)
        return verdict if first is planned.judgement else given_up(verdict)

    def is_judged(self, planned: Planned) -> bool:
        """Whether the verdict on *planned* is there without waiting."""
        is_alone = planned.before is None and not planned.variants
        return planned.judgement.done and (is_alone or all(p.judgement.done for p in planned.all))

    def seen(self, planned: Planned) -> tuple[Evidence, ...]:
        """Return what was seen by now on the way to the verdict on *planned*."""
        parts = (planned, *planned.variants)
        lines = tuple(dict.fromkeys(line for one in parts for line in one.judgement.evidence()))
        return tuple(map(beside_a_change, lines)) if self.settings.proposed else lines

    def is_plainly_met(self, planned: Planned) -> bool:
        """Drive the run until *planned* is judged; whether it is met, and no more to be said."""
        met = plainly_met(planned.requirement, planned.engine.finish(planned.judgement))
        is_alone = planned.before is None and not planned.variants
        return met and (is_alone or all(map(self.is_plainly_met, planned.all[1:])))

    async def ask(self, requirement: Requirement, folder: Path) -> Verdict:
        """Plan *requirement* and wait for its verdict inside the running event loop."""
        key = self._worlds.around(folder)
        await self._worlds.open(key)
        planned = self._queue(requirement, key)
        judged = [await one.engine.finished(one.judgement) for one in planned.all]
        return self._concluded(planned, judged)

    def ask_again(self, planned: Planned) -> None:
        """Forget what was not observed for *planned*; what was observed stays."""
        for one in planned.all:
            one.engine.forget(one.judgement)

    def rest(self) -> None:
        """Finish what was begun and begin nothing, before foreign code runs for unknown time."""
        for engine in self._worlds.engines:
            engine.rest()

    def close(self) -> None:
        """Stop asking, release every socket and the loop."""
        if self._own_loop is None:
            return
        turn(self._loop, self.closed())
        end_tasks(self._loop)  # an interrupt leaves some behind
        self._loop.close()
        self._own_loop = None

    async def closed(self) -> None:
        """Stop asking and release every socket; the loop stays with whoever owns it."""
        await self._worlds.closed()

    def note(self, requirement: Requirement) -> None:
        """Know what *requirement* tries of recipients and refers to, wherever it is judged."""
        if names := self._worlds.names:
            names.add(requirement.check, requirement.params, requirement.place)
        if requirement.check.recipients:
            self._recipients.add(requirement.check.recipients(requirement.params))

    def _queue(self, requirement: Requirement, key: WorldKey) -> Planned:
        self.note(requirement)
        judge = requirement.check.judge
        if requirement.lists:
            from mailcheck.facts.own_lists import seeing  # with all that lists rest on

            judge = seeing(judge, requirement.lists)
        engine, live = self._worlds.engine(key), self._worlds.before(key)
        before = Planned(requirement, live, live.plan(judge, requirement.params)) if live else None
        judgement = engine.plan(judge, requirement.params)
        if not self._worlds.is_varied:
            return Planned(requirement, engine, judgement, before)
        variants = tuple(
            Planned(requirement, other, other.plan(judge, requirement.params))
            for other in self._worlds.variants(key)
        )
        return Planned(requirement, engine, judgement, before, variants)

    def _concluded(self, planned: Planned, judged: Sequence[Judged]) -> Verdict:
        """Return the verdict that follows from how each of ``planned.all`` was *judged*."""
        verdicts = [conclude(planned.requirement, one, self.today) for one in judged]
        before = verdicts.pop() if planned.before else None
        if self.settings.proposed:
            verdicts = list(map(beside_what_is_proposed, verdicts))
        if before is not None:
            verdicts = [compared(one, before) for one in verdicts]
        return of_all(verdicts)

    def _enter(self, key: WorldKey) -> None:
        """Open the world *key* unless it is open, and queue what a run asks for itself."""
        if self._worlds.is_open(key):
            return
        opened = turn(self._loop, self._worlds.open(key))
        if key == "live":
            engine, root = self._worlds.engine(key), self.settings.blocklist_authoritative
            self._preflight = Preflight(engine, opened.resolvers, opened.for_lists, root=root)
