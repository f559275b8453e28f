"""The source ports from which one server is asked."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from mailcheck.probes.dns.datagrams.udp import UdpSocket

if TYPE_CHECKING:
    from mailcheck.probes.dns.datagrams.channel import Channel
    from mailcheck.probes.dns.transport import Transport

SOCKETS = 8
"""Source ports in use at a time, so that one who guesses has more than the id to guess."""

_CROWDED = 8
"""Attempts waiting at each socket from which on another one is opened."""

_WORN = 4096
"""Queries after which a socket is replaced: a port that lives for ever can be found out."""

_OLD = 60.0
"""Seconds after which it is replaced, too."""

SCARCE = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
"""There may be a socket later, when others are closed."""


class Ports:
    """Sockets that take turns in asking the server of *channel*, and worn ones that only listen."""

    __slots__ = ("_channel", "_sockets", "_transport", "_turn", "_worn")

    def __init__(self, channel: Channel, transport: Transport) -> None:
        self._channel = channel
        self._transport = transport
        self._sockets: list[UdpSocket] = []
        self._worn: list[UdpSocket] = []
        self._turn = 0

    @property
    def open(self) -> tuple[UdpSocket, ...]:
        """All of them."""
        return (*self._sockets, *self._worn)

    def take(self, now: float, tries: int = 0) -> UdpSocket:
        """Return whose turn it is, opening another socket where those there are crowded.

        So does a query that was sent twice in vain: some firewalls let one answer through to each
        port, and no other.

        Raises:
            OSError: if there is no socket, or no way to the server.
        """
        sockets = self._sockets
        is_lost = tries > 1
        if is_lost and len(sockets) == SOCKETS > len(self._worn):
            self._worn.append(sockets.pop(0))
        is_crowded = self._channel.in_flight >= _CROWDED * len(sockets)
        if len(sockets) < SOCKETS and (is_lost or is_crowded):
            try:
                opened = UdpSocket(self._channel.endpoint, self._channel, now)
            except OSError as error:
                if not sockets or error.errno not in SCARCE:
                    raise
            else:
                self._transport.listen(opened)
                sockets.append(opened)
                return opened
        self._turn = turn = (self._turn + 1) % len(sockets)
        taken = sockets[turn]
        if taken.sent >= _WORN or now - taken.opened > _OLD:
            self._worn.append(sockets.pop(turn))
            return self.take(now)
        return taken

    def tidy(self) -> bool:
        """Close worn sockets that nobody waits at; return whether anybody waits at others."""
        for socket in self._worn[:]:
            if not socket.pending:
                self.close(socket)
        return bool(self._worn) or any(socket.pending for socket in self._sockets)

    def close(self, socket: UdpSocket) -> None:
        """Put one of them away."""
        for sockets in (self._sockets, self._worn):
            if socket in sockets:
                sockets.remove(socket)
        self._transport.close(socket)
