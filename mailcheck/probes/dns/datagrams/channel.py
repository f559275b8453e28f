"""The way to one server: a window, a queue behind it, and timers that are fair."""

from __future__ import annotations

import os
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.probes.dns.datagrams.attempt import Attempt
from mailcheck.probes.dns.datagrams.pace import INITIAL, RoundTrip, Window
from mailcheck.probes.dns.datagrams.parting import Parting
from mailcheck.probes.dns.datagrams.ports import SCARCE, Ports
from mailcheck.probes.dns.datagrams.udp import FLOODED

if TYPE_CHECKING:
    from mailcheck.probes.dns.datagrams.attempt import Deliver
    from mailcheck.probes.dns.datagrams.udp import UdpSocket
    from mailcheck.probes.dns.transport import Transport
    from mailcheck.probes.dns.wire.query import Query
    from mailcheck.probes.routes import Endpoint

_ABSENT = 1.0
"""Seconds nobody listened, after which the time an answer took says nothing about the path."""

_LOOKS = 16
"""Times a socket is looked into before timers are; who sends without end shall not stop them."""


@dataclass(slots=True)
class Counts:
    """What was done to ask one server. ``ignored`` datagrams matched no query of ours."""

    sent: int = 0
    retried: int = 0
    lost: int = 0
    ignored: int = 0
    streams: int = 0


class Channel:
    """All attempts at one *endpoint*, at most *largest* of them unanswered at a time.

    ``in_flight`` counts those sent that may still be answered in time; ``overtaken`` is when the
    last one that was answered had been sent. What is asked while a socket ``is_draining``, or while
    nobody listens, is queued and then sent together, so that the server is not woken for each.
    """

    def __init__(self, endpoint: Endpoint, transport: Transport, largest: int) -> None:
        self.endpoint = endpoint
        self.clock = transport.clock
        self.counts = Counts()
        self.in_flight = 0
        self.is_draining = False
        self.overtaken = float("-inf")
        self.round_trip = RoundTrip()
        self.window = Window(largest)
        self.queue: deque[Attempt] = deque()
        self._ports = Ports(self, transport)
        self._parting = Parting()
        self._transport = transport
        self._is_active = False

    def ask(
        self, query: Query, deliver: Deliver, tries: int = 0, *, is_urgent: bool = False
    ) -> Attempt:
        """Send *query*, or queue it if it is not urgent: the window is full, or more may follow.

        *tries* is how often it was sent here in vain: the wait doubles with each.
        *deliver* is never called before this returns.
        """
        attempt = Attempt(query, self, deliver, tries)
        if not self._is_active:
            self._is_active = True
            self._transport.watch(self)
        is_full = self.in_flight >= self.window.size
        waits = is_full or self.queue or self.is_draining or not self.clock.runs
        if (waits and not is_urgent) or not self._send(attempt):
            self.queue.append(attempt)
            self.window.full |= is_full
        return attempt

    def _send(self, attempt: Attempt) -> bool:
        clock = self.clock
        attempt.sent = now = clock.now()
        attempt.away = clock.away
        try:
            sent = self._ports.take(now, attempt.tries).send(attempt)
        except OSError as error:
            if error.errno in SCARCE and self._transport.is_waiting():
                return False
            self.fail(attempt, os.strerror(error.errno or 0))
            return True
        if not sent:
            return False
        wait = self.round_trip.wait(attempt.tries, recursive=attempt.query.recursive)
        attempt.due = now + wait
        self.in_flight += 1
        counts = self.counts
        counts.sent += 1
        if attempt.tries:
            counts.retried += 1
        return True

    def learn(self, attempt: Attempt) -> None:
        """Take from an answer that came late, or to a query sent again, what silence means here."""
        if not attempt.late:
            self.round_trip.was_repeated(attempt.milliseconds() / 1000)
        elif not attempt.excused:  # it may be a copy of one that was taken already
            self.round_trip.was_late()

    def heard(self, count: int, last: Attempt) -> None:
        """Note *count* answers, *last* the last of them, and send what waited for room."""
        clock = self.clock
        self.window.answered(count)
        self.overtaken = max(self.overtaken, last.sent)
        away = clock.away - last.away
        if away < _ABSENT:
            self.round_trip.sample(clock.now() - last.sent + away)
        if self.queue:
            self.pump()

    def pump(self) -> None:
        """Send what waits, as far as the window has room."""
        queue = self.queue
        while queue and self.in_flight < self.window.size:
            if not queue[0].forgotten and not self._send(queue[0]):
                break
            queue.popleft()
        self.window.full |= bool(queue)

    def overdue(self) -> list[Attempt]:
        """Return the attempts that are late since this was asked last.

        What came in time may lie in a socket yet, so sockets are looked into first, and what is
        late is judged by what was known before: while one is emptied, others fill.
        """
        now, overtaken = self.clock.now(), self.overtaken
        if not self._due(now, overtaken):
            return []
        for socket in self._ports.open:
            for _ in range(_LOOKS):
                if not socket.drain():
                    break
        late = self._due(now, overtaken)
        for attempt in late:
            attempt.late = True
            self.in_flight -= 1
        return late

    def _due(self, now: float, overtaken: float) -> list[Attempt]:
        """Return the attempts whose time is up.

        As long as nothing was answered that was sent later, the server is rather busy, or this
        machine is, than a packet lost; it gets as long as an unknown one.
        """
        return [
            attempt
            for socket in self._ports.open
            for attempt in socket.pending.values()
            if attempt.due <= now
            and not attempt.late
            and (attempt.sent < overtaken or attempt.sent + INITIAL <= now)
        ]

    def fail(self, attempt: Attempt, failure: str) -> None:
        """End *attempt*; whoever made it is told when the timers are looked at next."""
        attempt.failure = failure
        self.release(attempt)
        self._transport.failed.append(attempt)

    def abandon(self, socket: UdpSocket) -> None:
        """Close *socket*, where somebody sends what nobody asked for; its queries fail."""
        for attempt in list(socket.pending.values()):
            if not attempt.excused:
                self.fail(attempt, FLOODED)
        self._ports.close(socket)

    def release(self, attempt: Attempt) -> None:
        """Wait for *attempt* no more, if anybody does."""
        socket = attempt.socket
        if socket is not None and socket.pending.get(attempt.id) is attempt:
            if attempt.late and not (attempt.excused or attempt.failure):
                self._parting.add(attempt, self.clock.now())
            else:
                socket.give_up(attempt)
                self.in_flight -= not attempt.late

    def tidy(self) -> bool:
        """Put away sockets nobody waits at; return whether anything is left to watch."""
        lost = self._parting.lost(self.clock.now())
        self.counts.lost += lost
        self.window.lost(lost)
        self._is_active = self._ports.tidy() or bool(self.queue)
        return self._is_active

    def close(self) -> None:
        """Close every socket; what is pending is not delivered."""
        for socket in self._ports.open:
            self._ports.close(socket)
        self.queue.clear()
        self.in_flight = 0
        self._is_active = False
