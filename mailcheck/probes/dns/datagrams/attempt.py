"""One try at one server."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mailcheck.probes.dns.datagrams.channel import Channel
    from mailcheck.probes.dns.datagrams.udp import UdpSocket
    from mailcheck.probes.dns.wire.query import Query

Deliver: TypeAlias = "Callable[[Attempt, bytes | None], None]"
"""Takes the response to an attempt, or None."""


class Attempt:
    """One query on its way to one server.

    ``deliver`` is called with the response, or with None when there is none in time or the way is
    shut: then ``failure`` says why, in the kernel's words or empty for mere silence. A ``late``
    attempt still waits: who has no better answer meanwhile may take its answer; it counts as lost
    when none came until shortly after it was forgotten, unless it is ``excused``. ``sent`` and ``due`` are times on
    the listening clock, as is ``asked``, when it was made; ``away`` is how long that had stood still.
    """

    __slots__ = (
        "asked",
        "away",
        "channel",
        "deliver",
        "due",
        "excused",
        "failure",
        "forgotten",
        "id",
        "late",
        "query",
        "sent",
        "socket",
        "tries",
    )

    def __init__(self, query: Query, channel: Channel, deliver: Deliver, tries: int) -> None:
        self.query = query
        self.channel = channel
        self.deliver = deliver
        self.tries = tries
        self.late = False
        self.excused = False
        self.forgotten = False
        self.failure = ""
        self.id = b""
        self.asked = channel.clock.now()
        self.sent = self.due = self.away = 0.0
        self.socket: UdpSocket | None = None

    def milliseconds(self) -> float:
        """Return how long ago it was sent: no less than its answer took."""
        clock = self.channel.clock
        return (clock.now() + clock.away - self.sent - self.away) * 1000

    def queued(self) -> float:
        """Return for how many seconds it has waited in the queue since this was asked last."""
        until = self.sent if self.socket is not None else self.channel.clock.now()
        seconds, self.asked = until - self.asked, until
        return max(0.0, seconds)

    def keep(self) -> None:
        """Know the id still, so that a copy of an answer already taken is no wrong answer."""
        self.late = self.excused = True
        self.away = float("-inf")  # how long a copy took says nothing
        if self.socket is not None:
            self.socket.pending[self.id] = self

    def excuse(self, others: Iterable[Attempt]) -> None:
        """Blame nobody for those of *others* sent after this: their answers come no sooner."""
        for attempt in others:
            attempt.excused |= attempt.sent > self.sent

    def forget(self) -> None:
        """Give up: nothing is delivered any more."""
        self.forgotten = True
        self.channel.release(self)
