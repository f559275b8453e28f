"""The network as it is: leaf questions go to probes."""

from __future__ import annotations

import asyncio
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mailcheck.facts.dns import DnsQuery, NameServer, ServerQuery
from mailcheck.facts.https import HttpsGet
from mailcheck.facts.imap.session import ImapSession
from mailcheck.facts.smtp.session import SmtpSession
from mailcheck.facts.smtp.vantage import PortAnswers, ReachedSoFar, RunControls, RunControlsFact
from mailcheck.probes.crash import crashed
from mailcheck.probes.dns import DnsProbe
from mailcheck.probes.dns.clock import Clock
from mailcheck.probes.masking import has_secret, misplaced, unmasked
from mailcheck.probes.reach import Reach
from mailcheck.probes.smtp import SmtpProbe, Timeouts
from mailcheck.question import Fact, Question, Unobserved
from mailcheck.world.known import known
from mailcheck.world.late import https_probe, imap_probe
from mailcheck.world.turning import our_turn

if TYPE_CHECKING:
    import datetime
    from collections.abc import Awaitable, Callable, Iterator, Mapping

    from mailcheck.names import Network
    from mailcheck.probes.https import Timeouts as WebTimeouts
    from mailcheck.probes.routes import Routes
    from mailcheck.secrets import Secret

SESSIONS_AT_ONCE = 20

_ASKED_OF_DNS = (DnsQuery, ServerQuery)

PATIENCE = Timeouts()

SPENT = Unobserved(
    "budget-spent", "the time that --mail-budget gives this run is spent", shared="budget"
)


class LiveWorld:
    """Answers leaf questions by asking the network, with sockets on *loop*.

    *routes* says where packets go, *resolvers* are asked when a question names no server, *public*
    networks count as public whatever IANA set them aside for, *ehlo* is our own name in SMTP.
    *about_the_run* answers further questions, by their kind, that need no network. After *budget*
    seconds of listening, None for no limit, every open and every later question is given up. *keys*
    are secrets that may be sent, each under its zone. *patience* is how long SMTP is waited for,
    *web_patience* how long HTTPS is.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        *,
        routes: Routes,
        resolvers: tuple[NameServer, ...],
        public: tuple[Network, ...],
        ehlo: str,
        today: datetime.date,
        about_the_run: Mapping[type, Callable[[Any], Fact | Unobserved]] = {},
        budget: float | None = None,
        keys: Mapping[str, Secret] = {},
        patience: Timeouts = PATIENCE,
        web_patience: WebTimeouts | None = None,
    ) -> None:
        self._loop = loop
        self._keys = keys
        self._tasks: set[asyncio.Task[Any]] = set()
        self._delivered = asyncio.Event()
        self._is_stepped = False
        self._broken: Exception | None = None
        self._clock = Clock()
        self._clock.stop()  # until somebody steps
        self._is_spent = False
        self._ends = None if budget is None else self._clock.now() + budget
        self._dns = DnsProbe(loop, resolvers, routes, clock=self._clock)
        self._known = {**known(today, resolvers, public), **about_the_run}
        controls = self._known[RunControls](RunControls())
        reach = Reach(controls.ports if isinstance(controls, RunControlsFact) else ())
        self._known[ReachedSoFar] = reach.so_far
        smtp = SmtpProbe(routes, ehlo, public, patience, reach=reach)
        self._https = https_probe(routes, public, reach, web_patience)
        limited = (SmtpSession, ImapSession, HttpsGet)
        self.limits: dict[type, int] = dict.fromkeys(limited, SESSIONS_AT_ONCE)
        self._probes: dict[type, Callable[[Any], Awaitable[Any]]] = {
            SmtpSession: smtp.answer,
            PortAnswers: smtp.port_answers,
            ImapSession: imap_probe(routes, public, reach).answer,
            HttpsGet: self._https.answer,
        }

    def answer(self, question: Question[Any], deliver: Callable[[Fact | Unobserved], None]) -> None:
        """Answer what needs no network at once; hand the rest to its probe."""
        if known := self._known.get(type(question)):
            deliver(known(question))
            return
        if self._ends is not None and self._clock.now() >= self._ends:
            self._is_spent = True
        if self._is_spent:
            deliver(SPENT)
            return
        if isinstance(question, _ASKED_OF_DNS):
            self._ask_dns(question, deliver)
            return
        task = self._loop.create_task(self._ask(question))
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._take_task(done, deliver))

    def poll(self) -> None:
        """Take in what has arrived, without waiting for more; a turn of the loop if it needs one."""
        self._clock.start()
        self._dns.poll()
        if self._tasks:
            self._loop.call_soon(self._loop.stop)
            with our_turn():
                self._loop.run_forever()
        self._clock.stop()
        self._raise_broken()

    def step(self) -> None:
        """Run the event loop until something is delivered, be it before this was called."""
        with self._listening():
            if not self._delivered.is_set():
                self._is_stepped = True
                with our_turn():
                    self._loop.run_forever()
        self._raise_broken()

    async def stepped(self) -> None:
        """Do the same in the running event loop."""
        with self._listening():
            await self._delivered.wait()
        self._raise_broken()

    @contextmanager
    def _listening(self) -> Iterator[None]:
        """Let time run, and the budget, until something is delivered.

        The mark is taken down after waiting, never before: a task that was done when the loop
        stood still delivers as soon as it turns, which is before anybody waits.
        """
        self._clock.start()
        self._dns.send()
        end = None
        if self._ends is not None:
            end = self._loop.call_later(self._ends - self._clock.now(), self._give_up)
        try:
            yield
        finally:
            self._is_stepped = False
            self._clock.stop()
            if end is not None:
                end.cancel()
        self._delivered.clear()

    def close(self) -> None:
        """Cancel what is being asked."""
        self._dns.close()
        for task in self._tasks:
            task.cancel()

    async def closed(self) -> None:
        """Cancel what is being asked, and wait until every probe has put its socket away.

        More than once if need be: a cancellation that meets a packet is lost in
        :func:`asyncio.wait_for` of Python 3.11, and the probe asks on.
        """
        await self._dns.closed()
        while self._tasks:
            self.close()
            await asyncio.wait(self._tasks, timeout=0.05)
        await self._https.closed()

    def _give_up(self) -> None:
        """End what is open: the budget of the run is spent."""
        self._is_spent = True
        self._dns.give_up(SPENT)
        for task in self._tasks:
            task.cancel()

    def _ask_dns(
        self, question: DnsQuery | ServerQuery, deliver: Callable[[Fact | Unobserved], None]
    ) -> None:
        give: Callable[[Any], None] = deliver
        try:
            if has_secret(question, self._keys):
                found = unmasked(question, os.environ)
                if isinstance(found, Unobserved):
                    deliver(found)
                    return
                question, give = found[0], found[1].delivering(deliver)
            elif refused := misplaced(question):
                deliver(refused)
                return
            self._hand_over(question, give)
        except Exception as error:  # noqa: BLE001  a bug ends its question, not the run
            self._take(crashed(error), give)

    def _hand_over(
        self, question: DnsQuery | ServerQuery, deliver: Callable[[Fact | Unobserved], None]
    ) -> None:
        self._dns.ask(question, lambda answer: self._take(answer, deliver))

    async def _ask(self, question: Question[Any]) -> Fact | Unobserved:
        probe = self._probes.get(type(question))
        if probe is None:
            return Unobserved("no-probe", f"nothing here can answer {type(question).__name__}")
        answer: Fact | Unobserved = await probe(question)
        return answer

    def _take_task(
        self, task: asyncio.Task[Fact | Unobserved], deliver: Callable[[Fact | Unobserved], None]
    ) -> None:
        self._tasks.discard(task)
        spent = self._is_spent and task.cancelled()
        self._take(SPENT if spent else _answer_of(task), deliver)

    def _take(
        self, answer: Fact | Unobserved, deliver: Callable[[Fact | Unobserved], None]
    ) -> None:
        try:
            deliver(answer)
        except Exception as error:  # noqa: BLE001  the loop would log it and go on; step() raises it
            self._broken = error
        self._delivered.set()
        if self._is_stepped:
            self._loop.stop()

    def _raise_broken(self) -> None:
        if self._broken is not None:
            raise self._broken


def _answer_of(task: asyncio.Task[Fact | Unobserved]) -> Fact | Unobserved:
    """Return what the probe returned; a probe that was stopped or crashed observed nothing."""
    if task.cancelled():
        return Unobserved("cancelled", "the question was given up before an answer came")
    error = task.exception()
    return task.result() if error is None else crashed(error)
