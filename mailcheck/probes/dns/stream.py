"""Queries over streams: TCP for what does not fit a datagram, TLS and HTTPS for servers asked so.

These are few, so each is a task of its own. They keep no time themselves: a stream that takes too
long is ended by a clock that stands still while nobody listens.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from mailcheck.probes.dns.broken import MISMATCHED, Broken, broken, too_slow
from mailcheck.probes.dns.connections import Connections, Mismatched
from mailcheck.probes.dns.https import HttpsClient
from mailcheck.probes.dns.line import Asked, Line
from mailcheck.probes.dns.matching import answers
from mailcheck.probes.dns.udp import random_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.facts.dns import NameServer
    from mailcheck.probes.dns.clock import Clock
    from mailcheck.probes.dns.query import Query
    from mailcheck.probes.routes import Endpoint

AT_ONCE = 20
"""Streams open at a time, to all servers together: file descriptors are few."""

_CACHEABLE = bytes(2)
"""The id of queries over HTTPS: one of its own for each would keep caches from answering
(RFC 8484 §4.1)."""


class Streams:
    """Opens streams on *loop*, no more than :data:`AT_ONCE` at a time; the others stand in line."""

    def __init__(self, loop: asyncio.AbstractEventLoop, clock: Clock) -> None:
        self._loop = loop
        self._clock = clock
        self._line = Line()
        self._running: dict[asyncio.Task[bytes | Broken], tuple[Asked, float]] = {}
        self._connections = Connections()
        self._clients: dict[NameServer, HttpsClient] = {}

    @property
    def tasks(self) -> tuple[asyncio.Task[Any], ...]:
        """The tasks that hold a stream."""
        return tuple(self._running)

    def ask(
        self,
        query: Query,
        server: NameServer,
        endpoint: Endpoint,
        patience: float,
        deliver: Callable[[bytes | Broken], None],
    ) -> None:
        """Ask *server*, which is at *endpoint*, for at most *patience* seconds of listening.

        *deliver* gets a response that matches, or why there is none; never before this returns.
        """
        self._line.add(Asked(query, server, endpoint, patience, deliver, self._clock.now()))
        self._begin()

    def sweep(self) -> bool:
        """End streams and waits that take too long; return whether any streams are open."""
        now = self._clock.now()
        for task, (_, due) in list(self._running.items()):
            if due <= now:
                task.cancel()
        for asked in self._line.expired(now):
            asked.deliver(too_slow(asked.server))
        return bool(self._running)

    def shut(self) -> None:
        """Give up: nothing is delivered any more. The tasks end when the loop turns."""
        self._line.clear()
        for task in self._running:
            task.remove_done_callback(self._end)
            task.cancel()
        self._connections.shut()

    async def closed(self) -> None:
        """Wait until every stream is put away."""
        self.shut()
        if self._running:
            await asyncio.wait(self._running)
        await asyncio.sleep(0)  # what was aborted is closed when the loop turns
        for client in self._clients.values():
            await client.close()
        self._clients.clear()

    def _begin(self) -> None:
        now = self._clock.now()
        while len(self._running) < AT_ONCE and (asked := self._line.take(now)):
            task = self._loop.create_task(self._told(asked))
            self._running[task] = asked, now + asked.patience
            task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[bytes | Broken]) -> None:
        asked, _ = self._running.pop(task)
        now = self._clock.now()
        said = too_slow(asked.server) if task.cancelled() else task.result()
        if isinstance(said, Broken) and said.is_ours and self._running:
            self._line.put_back(asked, now)  # for when another has ended
            return
        self._line.ended(asked, now, in_time=not task.cancelled())
        self._begin()
        asked.deliver(said)

    async def _told(self, asked: Asked) -> bytes | Broken:
        """Ask once; whatever goes wrong is told, not raised."""
        try:
            return await self._exchange(*asked[:3])
        except Mismatched:
            return MISMATCHED
        except (OSError, EOFError) as error:
            return broken(error, asked.server)

    async def _exchange(
        self, query: Query, server: NameServer, endpoint: Endpoint
    ) -> bytes | Broken:
        if server.protocol == "https":
            said = await self._https(server, endpoint).ask(_CACHEABLE + query.wire)
            if isinstance(said, Broken):
                return said
            return said if said[:2] == _CACHEABLE and answers(query, said) else MISMATCHED
        if server.protocol == "tls":
            return await self._connections.over_tls(query, random_id(), server, endpoint)
        return await self._connections.over_tcp(query, random_id(), endpoint)

    def _https(self, server: NameServer, endpoint: Endpoint) -> HttpsClient:
        client = self._clients.get(server)
        if client is None:
            client = self._clients[server] = HttpsClient(server, endpoint)
        return client
