"""Queries over streams: TCP for what does not fit a datagram, TLS and HTTPS for servers asked so.

These are few, so each is a task of its own. They keep no time themselves: a stream that takes too
long is ended by a clock that stands still while nobody listens.
"""

from __future__ import annotations

import asyncio
import os
import ssl
from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from mailcheck.probes.dns.https import Broken, HttpsClient
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

Connection: TypeAlias = "tuple[asyncio.StreamReader, asyncio.StreamWriter]"


class _Asked(NamedTuple):
    """A query that waits for a stream, or has one."""

    query: Query
    server: NameServer
    endpoint: Endpoint
    patience: float
    deliver: Callable[[bytes | Broken], None]


class Streams:
    """Opens streams on *loop*, no more than :data:`AT_ONCE` at a time; the others queue.

    Certificates are verified against the system's authorities: a resolver is asked over TLS so
    that nobody in between can answer in its name. Its connections are used again.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, clock: Clock) -> None:
        self._loop = loop
        self._clock = clock
        self._queue: deque[_Asked] = deque()
        self._running: dict[asyncio.Task[bytes | Broken], tuple[_Asked, float]] = {}
        self._context: ssl.SSLContext | None = None
        self._idle: dict[NameServer, list[Connection]] = {}
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
        self._queue.append(_Asked(query, server, endpoint, patience, deliver))
        self._begin()

    def sweep(self) -> bool:
        """End streams that take too long; return whether any are open."""
        now = self._clock.now()
        for task, (_, due) in list(self._running.items()):
            if due <= now:
                task.cancel()
        return bool(self._running)

    def shut(self) -> None:
        """Give up: nothing is delivered any more. The tasks end when the loop turns."""
        self._queue.clear()
        for task in self._running:
            task.remove_done_callback(self._end)
            task.cancel()
        for _, writer in (one for idle in self._idle.values() for one in idle):
            writer.transport.abort()
        self._idle.clear()

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
        while self._queue and len(self._running) < AT_ONCE:
            asked = self._queue.popleft()
            task = self._loop.create_task(self._told(asked))
            self._running[task] = asked, self._clock.now() + asked.patience
            task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[bytes | Broken]) -> None:
        asked, _ = self._running.pop(task)
        self._begin()
        asked.deliver(_too_slow(asked.server) if task.cancelled() else task.result())

    async def _told(self, asked: _Asked) -> bytes | Broken:
        """Ask once; whatever goes wrong is told, not raised."""
        try:
            return await self._exchange(asked, random_id() + asked.query.wire)
        except ssl.SSLError as error:
            return Broken("unreachable", getattr(error, "verify_message", "") or str(error.reason))
        except (OSError, EOFError) as error:
            return _cut_off(asked.server, error)

    async def _exchange(self, asked: _Asked, query: bytes) -> bytes | Broken:
        if asked.server.protocol == "https":
            # As RFC 8484 §4.1 asks: an id of its own for each would keep caches from answering.
            client = self._https(asked.server, asked.endpoint)
            response = await client.ask(bytes(2) + query[2:])
            return response if isinstance(response, Broken) else _matched(asked, bytes(2), response)
        if asked.server.protocol == "tls":
            return _matched(asked, query[:2], await self._over_tls(asked, query))
        connection = await asyncio.open_connection(*asked.endpoint)
        try:
            return _matched(asked, query[:2], await _converse(connection, query))
        finally:
            connection[1].transport.abort()

    async def _over_tls(self, asked: _Asked, query: bytes) -> bytes:
        """Ask over TLS (RFC 7858), on a connection that is there already if it still holds."""
        idle = self._idle.setdefault(asked.server, [])
        while idle:
            connection = idle.pop()
            try:
                return await self._on(connection, asked, query)
            except (OSError, EOFError):  # the server has closed it meanwhile
                continue
        host, port = asked.endpoint
        name = asked.server.name or str(asked.server.address)
        connection = await asyncio.open_connection(
            host, port, ssl=self._verified(), server_hostname=name
        )
        return await self._on(connection, asked, query)

    async def _on(self, connection: Connection, asked: _Asked, query: bytes) -> bytes:
        try:
            response = await _converse(connection, query)
        except BaseException:
            connection[1].transport.abort()
            raise
        self._idle.setdefault(asked.server, []).append(connection)
        return response

    def _https(self, server: NameServer, endpoint: Endpoint) -> HttpsClient:
        client = self._clients.get(server)
        if client is None:
            client = self._clients[server] = HttpsClient(server, endpoint, self._verified())
        return client

    def _verified(self) -> ssl.SSLContext:
        """Return the one context of a run: making it reads every authority there is."""
        if self._context is None:
            self._context = ssl.create_default_context()
        return self._context


async def _converse(connection: Connection, query: bytes) -> bytes:
    """Send *query* and read one message, each behind its length (RFC 1035 §4.2.2)."""
    reader, writer = connection
    writer.write(len(query).to_bytes(2, "big") + query)
    await writer.drain()
    length = int.from_bytes(await reader.readexactly(2), "big")
    return await reader.readexactly(length)


def _matched(asked: _Asked, own: bytes, response: bytes) -> bytes | Broken:
    if response[:2] != own or not answers(asked.query, response):
        return Broken("malformed", "it answers what was not asked")
    return response


def _too_slow(server: NameServer) -> Broken:
    if server.protocol == "dns":
        return Broken("truncated", "the whole answer did not come over TCP")
    return Broken("timeout", "")


def _cut_off(server: NameServer, error: Exception) -> Broken:
    if server.protocol == "dns":
        return Broken("truncated", "the server takes no TCP connection")
    words = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else ""
    return Broken("unreachable", words or "the server hangs up")
