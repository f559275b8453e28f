"""Queries over TLS (RFC 7858): many at a time on one connection, which is kept."""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from typing import TYPE_CHECKING

from mailcheck.probes.dns.streams.connections import Security, ask_alone
from mailcheck.probes.dns.streams.pipeline import MOST
from mailcheck.probes.dns.streams.shared import Asking, Shared

if TYPE_CHECKING:
    from mailcheck.facts.dns import NameServer
    from mailcheck.probes.dns.clock import Clock
    from mailcheck.probes.dns.wire.query import Query
    from mailcheck.probes.routes import Endpoint

CONNECTING = 5.0
"""Seconds for a connection and its handshake: two lost packets, and other servers have a turn."""

SILENT = 2.0
"""Seconds of silence on a connection that had answers before, after which it may be a dead one: a
router on the way that forgot it says nothing."""

CONNECTIONS = 4
"""Connections at a time, to a server that closes each after a few answers, or for single queries:
a server wants few of them (RFC 7766 §6.2.2)."""


class _InVainError(Exception):
    """The connection was closed before it brought anything."""


class TlsClient:
    """Asks one *server*, which is at *endpoint*, on one connection as long as that serves.

    Certificates are verified against the system's authorities: a resolver is asked over TLS so
    that nobody in between can answer in its name.

    A server may close a connection when it likes (RFC 7766 §6.2.3), so what is outstanding then is
    asked again, as long as each connection brings something; the next one is asked no more than
    the last one answered. After one that brought nothing each query is on its own, lest one that
    the server cannot bear takes the others with it.
    """

    def __init__(self, server: NameServer, endpoint: Endpoint, clock: Clock) -> None:
        context = ssl.create_default_context()
        self._security = Security(context, server.authentication or str(server.address))
        self._endpoint = endpoint
        self._clock = clock
        self._waiting: deque[Asking] = deque()
        self._current: Shared | None = None
        self._open: set[Shared] = set()
        self._opening: asyncio.Task[Shared] | None = None
        self._opening_since = 0.0
        self._alone = asyncio.Semaphore(CONNECTIONS)
        self._most = MOST
        self._is_shut = False

    @property
    def room(self) -> int:
        """How many queries the server takes at a time, on all connections together."""
        return CONNECTIONS * self._most

    async def ask(self, query: Query, *, is_urgent: bool = False) -> bytes:
        """Return the response to *query*; one that is urgent shares no connection.

        Raises:
            OSError, EOFError: if the connection cannot be made, or breaks.
            Mismatched: if something else was answered.
        """
        if is_urgent:
            return await ask_alone(query, self._endpoint, self._security)
        try:
            return await self._ask_shared(query)
        except _InVainError:
            async with self._alone:
                return await ask_alone(query, self._endpoint, self._security)

    def sweep(self) -> None:
        """Give up connecting when it takes too long; doubt a connection that fell silent."""
        now = self._clock.now()
        if self._opening and now >= self._opening_since + CONNECTING:
            self._opening.cancel()
        for connection in list(self._open):
            silence = connection.silence(now)
            if connection.answered and not connection.is_doubted and silence >= SILENT:
                self._doubt(connection)

    def shut(self) -> None:
        """Close everything, for good; nobody is told any more."""
        self._is_shut = True
        for connection in self._open:
            connection.abort()
        if self._opening:
            self._opening.cancel()

    async def closed(self) -> None:
        """Wait until a connection that was being made is put away."""
        self.shut()
        if self._opening:
            await asyncio.wait([self._opening])

    async def _ask_shared(self, query: Query) -> bytes:
        asking = Asking(query, asyncio.get_running_loop().create_future())
        self._waiting.append(asking)
        self._go_on()
        try:
            said = await asking.said
        except asyncio.CancelledError:
            self._lost_patience(asking)
            raise
        finally:
            if asking in self._waiting:
                self._waiting.remove(asking)
            for connection in list(asking.on):
                connection.forget(asking)
        if isinstance(said, bytes):
            return said
        raise said

    def _go_on(self) -> None:
        """Send what waits; connect first if need be."""
        while self._waiting and self._current and not self._is_shut:
            if self._current.is_usable:
                self._current.send(self._waiting.popleft())
            else:
                self._retire(self._current)
        if not self._waiting or self._opening or self._is_shut:
            return
        if sum(not one.is_doubted for one in self._open) < CONNECTIONS:
            self._opening_since = self._clock.now()
            self._opening = asyncio.get_running_loop().create_task(self._connected())
            self._opening.add_done_callback(self._opened)

    async def _connected(self) -> Shared:
        _, connection = await asyncio.get_running_loop().create_connection(
            lambda: Shared(self._clock, self._lost, self._most),
            *self._endpoint,
            **self._security.options(),
        )
        return connection

    def _opened(self, task: asyncio.Task[Shared]) -> None:
        self._opening = None
        error: BaseException | None = TimeoutError() if task.cancelled() else task.exception()
        if not error:
            connection = task.result()
            if not connection.is_usable:
                error = EOFError()  # it was closed before anything could be asked
            elif self._is_shut:
                connection.abort()
            else:
                self._current = connection
                self._open.add(connection)
                self._go_on()
        if error:
            waiting, self._waiting = self._waiting, deque()
            for asking in waiting:
                if not asking.on:  # or it is still outstanding, where nothing came for a while
                    asking.tell(error)

    def _lost(self, connection: Shared) -> None:
        """Ask again what was outstanding when *connection* was closed."""
        self._open.discard(connection)
        if self._current is connection:
            self._current = None
        left = connection.pending()
        if left and connection.answered:
            self._most = connection.answered
        elif connection.answered >= self._most:
            self._most = min(MOST, 2 * self._most)
        for asking in left:
            connection.forget(asking)
            if asking.on or asking in self._waiting:
                continue
            if connection.answered:
                self._waiting.append(asking)
            else:
                asking.tell(_InVainError())
        self._go_on()

    def _lost_patience(self, asking: Asking) -> None:
        """Use a connection no more if nothing at all came while *asking* was outstanding there."""
        now = self._clock.now()
        for connection in list(asking.on):
            if connection.silence(now) >= SILENT:
                self._doubt(connection)

    def _doubt(self, connection: Shared) -> None:
        """Ask elsewhere what is outstanding on *connection*, once; an answer here is still taken."""
        connection.is_doubted = True
        self._retire(connection)
        for asking in connection.pending():
            if connection.answered and not asking.is_repeated:
                asking.is_repeated = True
                self._waiting.append(asking)
        self._go_on()

    def _retire(self, connection: Shared) -> None:
        """Send nothing more on *connection*; it is closed when nothing is outstanding there."""
        if self._current is connection:
            self._current = None
        connection.retire()
