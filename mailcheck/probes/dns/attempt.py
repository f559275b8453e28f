"""One try at one server, and all tries of one query."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mailcheck.probes.dns.channel import Channel
    from mailcheck.probes.dns.query import Query
    from mailcheck.probes.dns.udp import UdpSocket
    from mailcheck.probes.dns.upstream import Upstream

Deliver: TypeAlias = "Callable[[Attempt, bytes | None], None]"
"""Takes the response to an attempt, or None."""


class Attempt:
    """One query on its way to one server.

    ``deliver`` is called with the response, or with None when there is none in time or the way is
    shut: then ``failure`` says why, in the kernel's words or empty for mere silence. A ``late``
    attempt still waits: who has no better answer meanwhile may take its answer; it counts as lost
    when it is forgotten without one, unless it is ``excused``. ``sent`` and ``due`` are times on
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


class UnderWay(dict["Attempt", "Upstream | None"]):
    """The attempts of one query that may still be answered, with their servers; None once heard."""

    __slots__ = ()

    def tries(self, upstream: Upstream) -> int:
        """Return how many are at *upstream*."""
        return list(self.values()).count(upstream)

    def unsent(self) -> list[tuple[Attempt, Upstream]]:
        """Return those that wait for room in a window."""
        return [(attempt, one) for attempt, one in self.items() if one and attempt.socket is None]

    def queued(self) -> float:
        """Return for how many seconds they have waited so since this was asked last."""
        return sum([attempt.queued() for attempt in self])

    def in_time(self) -> list[Upstream]:
        """Return the servers whose answer would not be late yet."""
        return [one for attempt, one in self.items() if one and not attempt.late]

    def is_hopeful(self, now: float) -> bool:
        """Whether a late answer may come, from a server that does answer at times."""
        return any(one and not one.is_silent(now) for one in self.values())

    def forget(self) -> None:
        """Give all of them up."""
        for attempt in self:
            attempt.forget()
        self.clear()
