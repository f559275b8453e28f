"""Datagram sockets, each connected to one server, and the attempts that wait at them."""

from __future__ import annotations

import errno
import os
import socket
from collections import deque
from typing import TYPE_CHECKING

from mailcheck.probes.dns.wire.matching import ONE, QUESTION, answers, is_response, same_question
from mailcheck.probes.routes import socket_address

if TYPE_CHECKING:
    from mailcheck.probes.dns.datagrams.attempt import Attempt
    from mailcheck.probes.dns.datagrams.channel import Channel
    from mailcheck.probes.routes import Endpoint

BATCH = 128
"""Datagrams taken in before the clock is read again and other sockets have their turn."""

_DATAGRAM = 65535

_RECEIVE_BUFFER = 1 << 20
"""Octets; the kernel's usual 208 KB hold fewer datagrams than a full window brings."""

_IDS_AT_ONCE = 4096

_WAIT = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.ENOBUFS})
"""The kernel cannot take a datagram just now."""

GUESSED = "somebody guesses ids"
"""The failure of an attempt whose question was answered under a wrong id."""

FLOODED = "somebody floods the socket"
"""The failure of an attempt whose socket was closed because of what else arrived there."""

FORGERIES = frozenset({GUESSED, FLOODED})
"""Failures after which a query goes where nobody can interfere who does not see it."""

_JUNK = 1000
"""Datagrams passed over at a socket, beside two for each query, from which on it is flooded."""

_LATELY = 256
"""Ids remembered of what was sent at a socket, for answers that the network brings twice; those
given up are all remembered, and a socket is replaced before they are many."""

_ids: list[bytes] = []


def random_id() -> bytes:
    """Return two octets nobody can predict (RFC 5452 §9.2)."""
    if not _ids:
        octets = os.urandom(2 * _IDS_AT_ONCE)
        _ids.extend(octets[at : at + 2] for at in range(0, len(octets), 2))
    return _ids.pop()


class UdpSocket:
    """One source port to one server; the kernel chooses it at random.

    The socket is connected: only so does the kernel pass over datagrams of strangers, and say that
    nobody listens at the server's port. ``pending`` are the attempts that may be answered here, by
    id; an id is nobody else's as long as its attempt waits. ``sent`` and ``ignored`` count.

    Raises:
        OSError: if there is no socket, or no way to the server.
    """

    __slots__ = (
        "_channel",
        "_given_up",
        "_lately",
        "ignored",
        "opened",
        "pending",
        "sent",
        "socket",
    )

    def __init__(self, endpoint: Endpoint, channel: Channel, now: float) -> None:
        family, address = socket_address(endpoint)
        self.socket = socket.socket(family, socket.SOCK_DGRAM)
        try:
            self.socket.setblocking(False)  # noqa: FBT003  socket has it so
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER)
            self.socket.connect(address)
        except OSError:
            self.socket.close()
            raise
        self.pending: dict[bytes, Attempt] = {}
        self.opened = now
        self.sent = 0
        self.ignored = 0
        self._channel = channel
        self._lately: deque[bytes] = deque(maxlen=_LATELY)
        self._given_up: set[bytes] = set()

    def send(self, attempt: Attempt) -> bool:
        """Send the query of *attempt* under a fresh id; False if the kernel has no room now.

        Raises:
            OSError: if it cannot be sent at all.
        """
        pending = self.pending
        own = random_id()
        while own in pending:
            own = random_id()
        try:
            self.socket.send(own + attempt.query.wire)
        except OSError as error:
            if error.errno in _WAIT:
                return False
            if error.errno != errno.ECONNREFUSED:
                raise
            self._refused(error)  # that is about what was sent before; this one was not sent at all
            return self.send(attempt)
        self.sent += 1
        attempt.id = own
        attempt.socket = self
        pending[own] = attempt
        self._lately.append(own)
        return True

    def give_up(self, attempt: Attempt) -> None:
        """Wait for *attempt* no more; its answer may come all the same."""
        del self.pending[attempt.id]
        self._given_up.add(attempt.id)

    def drain(self) -> bool:
        """Take in what has arrived: hand each answer to whom it is for, pass over all else.

        Returns:
            Whether there may be more.
        """
        pending = self.pending
        take = pending.pop
        receive = self.socket.recv
        channel = self._channel
        heard = 0
        last: Attempt | None = None
        more = True
        channel.is_draining = True
        try:
            for _ in range(BATCH):
                wire = receive(_DATAGRAM)
                found = take(wire[:2], None)
                if (
                    found is None
                    or not wire.startswith(found.query.question, QUESTION)
                    or wire[2] & 0xF8 != 0x80
                    or wire[4:6] != ONE
                ) and not self._is_odd_answer(wire, found):
                    continue
                assert found is not None
                if not found.late:
                    channel.in_flight -= 1
                if found.late or found.tries:
                    channel.learn(found)
                heard += 1
                last = found
                found.deliver(found, wire)
        except BlockingIOError:
            more = False
        except OSError as error:
            self._refused(error)
        finally:
            channel.is_draining = False
        if last is not None:
            channel.heard(heard, last)
        if self.ignored > _JUNK + 2 * self.sent:
            channel.abandon(self)
            return False
        return more

    def _is_odd_answer(self, wire: bytes, found: Attempt | None) -> bool:
        """Look again at a datagram that does not match octet for octet.

        If it is none for *found*, it is passed over and counted. If it answers the question of
        another attempt under a wrong id, somebody who cannot see the id is guessing; before he
        guesses right, that attempt has failed, and whoever made it asks in another way. But the
        same may have been asked before, and what comes answer that: late, or a second time.
        """
        if found is not None:
            if answers(found.query, wire):
                return True
            self.pending[found.id] = found
        self.ignored += 1
        self._channel.counts.ignored += 1
        is_ours = wire[:2] in self._given_up or wire[:2] in self._lately
        if is_response(wire) and not is_ours:
            for attempt in list(self.pending.values()):
                if attempt is not found and same_question(attempt.query, wire):
                    self._channel.fail(attempt, GUESSED)
        return False

    def _refused(self, error: OSError) -> None:
        """Fail what was sent and not answered; which of it did not arrive the kernel keeps back."""
        for attempt in list(self.pending.values()):
            if not attempt.late:
                self._channel.fail(attempt, os.strerror(error.errno or 0))

    def close(self) -> None:
        """Close the socket. Nothing may be pending any more, or nobody waits for it."""
        self.pending.clear()
        self.socket.close()
