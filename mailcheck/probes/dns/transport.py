"""Many queries at once over datagrams, to as many servers as there are.

This is the raw level: a response is handed on as octets that match the query, and nobody has
looked into it. :class:`mailcheck.probes.dns.DnsProbe` makes answers of it; a benchmark may go
without::

    transport = Transport(loop)
    query = Query("example.com", "MX", True)
    transport.ask(query, ("192.0.2.53", 53), deliver)     # deliver(attempt, wire or None)

"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.probes.dns.clock import Clock
from mailcheck.probes.dns.datagrams.channel import Channel
from mailcheck.probes.dns.datagrams.pace import LARGEST

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from mailcheck.probes.dns.datagrams.attempt import Attempt, Deliver
    from mailcheck.probes.dns.datagrams.udp import UdpSocket
    from mailcheck.probes.dns.wire.query import Query
    from mailcheck.probes.routes import Endpoint

_SWEEP = 0.01
"""Seconds between two looks at the timers."""

_OPEN_SOCKETS = 100
"""Sockets from which on those that nobody waits at are closed at once."""


class Transport:
    """Channels to servers on one event *loop*, and the timers of all their attempts.

    ``failed`` are attempts whose failure is still to be told. Without a *clock* that somebody
    stops, time runs on while the loop does not.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.channels: dict[Endpoint, Channel] = {}
        self.failed: list[Attempt] = []
        self.on_sweep: Callable[[], bool] = _nothing_else
        """Called with each look at the timers; true if there is more to come back for."""
        self._loop = loop
        self._active: dict[Channel, None] = {}
        self._open: set[UdpSocket] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._next_sweep = 0.0

    def channel(self, endpoint: Endpoint, largest: int = LARGEST) -> Channel:
        """Return the channel to *endpoint*; the first to ask says how large its window may be."""
        channel = self.channels.get(endpoint)
        if channel is None:
            channel = self.channels[endpoint] = Channel(endpoint, self, largest)
        return channel

    def ask(self, query: Query, endpoint: Endpoint, deliver: Deliver) -> Attempt:
        """Send *query* to *endpoint*; see :class:`Attempt` for what *deliver* gets."""
        return self.channel(endpoint).ask(query, deliver)

    def poll(self) -> None:
        """Send and take in what there is, and look at the timers if it is time; wait for nothing."""
        self.pump()
        for socket in list(self._open):
            if socket.pending:
                socket.drain()
        if self._timer is not None and self.clock.now() >= self._next_sweep:
            self._sweep()

    def pump(self) -> None:
        """Send what was asked while nobody listened, as far as windows have room."""
        for channel in list(self._active):
            channel.pump()

    @property
    def sockets(self) -> int:
        """How many are open."""
        return len(self._open)

    @property
    def is_watching(self) -> bool:
        """Whether there are timers to look at."""
        return bool(self._active)

    def watch(self, channel: Channel) -> None:
        """Look after the timers of *channel* until nothing is pending there."""
        self._active[channel] = None
        self.wake()

    def wake(self) -> None:
        """Look at the timers from now on, until there are none."""
        if self._timer is None:
            self._next_sweep = self.clock.now() + _SWEEP
            self._timer = self._loop.call_later(_SWEEP, self._tick)

    def is_waiting(self) -> bool:
        """Whether anything is on its way, after which there may be room for more."""
        return any(channel.in_flight for channel in self._active)

    def listen(self, socket: UdpSocket) -> None:
        """Take in what arrives at *socket*."""
        self._open.add(socket)
        self._loop.add_reader(socket.socket, socket.drain)

    def close(self, socket: UdpSocket) -> None:
        """Put *socket* away."""
        self._open.discard(socket)
        self._loop.remove_reader(socket.socket)
        socket.close()

    def shut(self) -> None:
        """Close everything; nothing is delivered any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        for channel in self.channels.values():
            channel.close()
        self._active.clear()
        self.failed.clear()

    def _tick(self) -> None:
        self._timer = None
        self._sweep()

    def _sweep(self) -> None:
        """Tell what is late and what has failed, and put away what nobody needs.

        A look that comes late itself was kept by work of this process, which had no time to listen
        either: that time counts for nobody.
        """
        self.clock.skip(max(0.0, self.clock.now() - self._next_sweep))
        try:
            for channel in list(self._active):
                for attempt in channel.overdue():
                    attempt.deliver(attempt, None)
                self._tidy(channel)
            failed, self.failed = self.failed, []
            for attempt in failed:
                if not attempt.forgotten:
                    attempt.deliver(attempt, None)
        finally:
            self._next_sweep = self.clock.now() + _SWEEP
            if self.on_sweep() or self._active or self.failed:
                self.wake()

    def _tidy(self, channel: Channel) -> None:
        """Send what waits at *channel*; when nothing does any more, let it rest."""
        channel.pump()
        if not channel.tidy():
            del self._active[channel]
            if len(self._open) > _OPEN_SOCKETS:
                channel.close()


def _nothing_else() -> bool:
    return False
