"""Queries over streams: TCP for what does not fit a datagram, TLS and HTTPS for servers asked so.

Each is a task of its own. They keep no time themselves: one that takes too long is ended by a clock
that stands still while nobody listens.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from mailcheck.evidence import visible
from mailcheck.probes.dns.streams.broken import MISMATCHED, Broken, broken, too_slow
from mailcheck.probes.dns.streams.connections import Mismatched, ask_alone
from mailcheck.probes.dns.streams.https import HttpsClient
from mailcheck.probes.dns.streams.line import MULTIPLEXED, PIPELINED, TCP, Asked, Line
from mailcheck.probes.dns.streams.tls import TlsClient
from mailcheck.probes.dns.wire.matching import answers

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.facts.dns import NameServer
    from mailcheck.probes.dns.clock import Clock
    from mailcheck.probes.dns.wire.query import Query
    from mailcheck.probes.routes import Endpoint

_CACHEABLE = bytes(2)
"""The id of queries over HTTPS: one of its own for each would keep caches from answering
(RFC 8484 §4.1)."""

_RESOLVERS = "resolvers"
"""The line of recursive queries over TCP: the servers of others that take connections and say
nothing may be many, and no resolver shall wait for them."""

CLEARING = 1.0
"""Seconds that a stream has to put its connection away once it is ended; then it is ended again."""


class Streams:
    """Opens streams on *loop*, of each kind no more at a time than its line allows."""

    def __init__(self, loop: asyncio.AbstractEventLoop, clock: Clock) -> None:
        self._loop = loop
        self._clock = clock
        self._lines = {"dns": Line(TCP), "tls": Line(PIPELINED), "https": Line(MULTIPLEXED)}
        self._lines[_RESOLVERS] = Line(TCP)
        self._running: dict[asyncio.Task[bytes | Broken], tuple[Asked, float]] = {}
        self._tls: dict[NameServer, TlsClient] = {}
        self._https: dict[NameServer, HttpsClient] = {}
        self._shut: list[TlsClient | HttpsClient] = []

    @property
    def tasks(self) -> tuple[asyncio.Task[Any], ...]:
        """The tasks that hold a stream."""
        return tuple(self._running)

    def running(self, *, recursive: bool) -> int:
        """Return how many TCP streams are open to resolvers, or else to servers of others."""
        open_to = [asked for asked, _ in self._running.values() if asked.server.protocol == "dns"]
        return sum(asked.query.recursive is recursive for asked in open_to)

    def ask(
        self,
        query: Query,
        server: NameServer,
        endpoint: Endpoint,
        patience: float,
        deliver: Callable[[bytes | Broken], None],
        *,
        is_urgent: bool = False,
    ) -> Asked:
        """Ask *server*, which is at *endpoint*, for at most *patience* seconds of listening.

        *deliver* gets a response that matches, or why there is none; never before this returns.
        What is urgent waits for nobody, and shares no connection.
        """
        now = self._clock.now()
        asked = Asked(query, server, endpoint, patience, deliver, now, is_urgent=is_urgent)
        if is_urgent:
            self._run(asked, now)
        else:
            self._line(asked).add(asked)
            self._begin()
        return asked

    def sweep(self) -> bool:
        """End streams and waits that take too long; return whether any streams are open."""
        now = self._clock.now()
        for task, (asked, due) in list(self._running.items()):
            if due <= now:
                self._running[task] = asked, now + CLEARING
                task.cancel()
        clients: list[TlsClient | HttpsClient] = [*self._tls.values(), *self._https.values()]
        for client in clients:
            client.sweep()
        for line in self._lines.values():
            for asked in line.expired(now):
                asked.deliver(too_slow(asked.server))
        return bool(self._running)

    def shut(self) -> None:
        """Give up: nothing is delivered any more. The tasks end when the loop turns."""
        for line in self._lines.values():
            line.clear()
        for task in self._running:
            task.remove_done_callback(self._end)
            task.cancel()
        for client in self._tls.values():
            client.shut()
        self._shut += [*self._tls.values(), *self._https.values()]
        self._tls.clear()
        self._https.clear()

    async def closed(self) -> None:
        """Wait until every stream is put away."""
        self.shut()
        if self._running:
            await asyncio.wait(self._running)
        for client in self._shut:
            await client.closed()
        self._shut.clear()
        await asyncio.sleep(0)  # what was aborted is closed when the loop turns

    def _line(self, asked: Asked) -> Line:
        protocol = asked.server.protocol
        return self._lines[_RESOLVERS if protocol == "dns" and asked.query.recursive else protocol]

    def _begin(self) -> None:
        now = self._clock.now()
        for line in self._lines.values():
            while asked := line.take(now):
                self._run(asked, now)

    def _run(self, asked: Asked, now: float) -> None:
        task = self._loop.create_task(self._told(asked))
        self._running[task] = asked, now + asked.patience
        task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[bytes | Broken]) -> None:
        asked, _ = self._running.pop(task)
        now = self._clock.now()
        said = too_slow(asked.server) if task.cancelled() else task.result()
        if not asked.is_urgent:
            line = self._line(asked)
            if isinstance(said, Broken) and said.is_ours and self._running:
                line.put_back(asked, now)  # for when another has ended
                return
            line.ended(asked, now, in_time=not task.cancelled())
        self._begin()
        asked.deliver(said)

    async def _told(self, asked: Asked) -> bytes | Broken:
        """Ask once; whatever goes wrong is told, not raised."""
        try:
            return await self._exchange(asked)
        except Mismatched:
            return MISMATCHED
        except (OSError, EOFError) as error:
            return broken(error, asked.server)
        except Exception as error:  # noqa: BLE001  a bug ends its question, not all others
            return Broken("probe-crashed", visible(f"{type(error).__name__}: {error}"))

    async def _exchange(self, asked: Asked) -> bytes | Broken:
        query = asked.query
        if asked.server.protocol == "https":
            said = await self._over_https(asked)
            if isinstance(said, Broken):
                return said
            return said if said[:2] == _CACHEABLE and answers(query, said) else MISMATCHED
        if asked.server.protocol == "tls":
            return await self._over_tls(asked)
        return await ask_alone(query, asked.endpoint)

    async def _over_tls(self, asked: Asked) -> bytes:
        client = self._tls.get(asked.server)
        if client is None:
            client = TlsClient(asked.server, asked.endpoint, self._clock)
            self._tls[asked.server] = client
        try:
            return await client.ask(asked.query, is_urgent=asked.is_urgent)
        finally:
            self._lines["tls"].limit(asked.endpoint, client.room, self._clock.now())

    async def _over_https(self, asked: Asked) -> bytes | Broken:
        message = _CACHEABLE + asked.query.wire
        if asked.is_urgent:
            own = HttpsClient(asked.server, asked.endpoint, self._clock)
            try:
                return await own.ask(message)
            finally:
                await own.closed()
        client = self._https.get(asked.server)
        if client is None:
            client = HttpsClient(asked.server, asked.endpoint, self._clock)
            self._https[asked.server] = client
        said = await client.ask(message)
        self._lines["https"].limit(asked.endpoint, client.room, self._clock.now())
        return said
