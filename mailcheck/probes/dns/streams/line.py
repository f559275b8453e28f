"""Who waits for a stream, and whose turn it is. No sockets, no clock."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.facts.dns import NameServer
    from mailcheck.probes.dns.streams.broken import Broken
    from mailcheck.probes.dns.wire.query import Query
    from mailcheck.probes.routes import Endpoint


class Limits(NamedTuple):
    """How many streams run ``at_one`` endpoint at a time, and ``at_once`` at all together.

    After so many ``stalls`` in a row, streams that took too long, an endpoint is not waited for;
    never if None.
    """

    at_one: int
    at_once: int
    stalls: int | None


TCP = Limits(at_one=4, at_once=20, stalls=2)
"""Each a connection: a server wants few of them (RFC 7766 §6.2.2), one that takes connections and
says nothing must not hold all there are, and file descriptors are few."""

PIPELINED = Limits(at_one=400, at_once=1600, stalls=None)
"""Queries to resolvers on one connection each. A resolver takes long over a name whose servers are
silent: that says nothing about the resolver, and some such must not keep all others waiting."""

MULTIPLEXED = Limits(at_one=100, at_once=400, stalls=None)
"""The same over HTTP/2: servers let a connection have at least so many streams (RFC 9113 §6.5.2)."""

REST = 30.0
"""Seconds until an endpoint that stalled is tried again."""


@dataclass(slots=True, eq=False)
class Asked:
    """A query that waits for a stream, or has one for ``patience`` seconds.

    ``since`` is when it was asked, ``queued`` how long it then waited; one that ``is_urgent`` does
    not stand in line.
    """

    query: Query
    server: NameServer
    endpoint: Endpoint
    patience: float
    deliver: Callable[[bytes | Broken], None]
    since: float
    queued: float = 0.0
    is_urgent: bool = False


@dataclass(slots=True)
class _Place:
    """What waits and what runs at one endpoint; when it last ended anything by itself."""

    room: int
    queue: deque[Asked] = field(default_factory=deque)
    running: int = 0
    stalls: int = 0
    stalled: float = 0.0
    heard: float = float("-inf")


class Line:
    """The queries that wait, in order at each endpoint; endpoints take turns.

    A query waits no longer than its patience since its endpoint was last heard of: as long as a
    server answers, a long queue is our own doing, and nobody in it is given up.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._running = 0
        self._places: dict[Endpoint, _Place] = {}
        self._ready: dict[Endpoint, None] = {}
        self._room: dict[Endpoint, int] = {}

    def add(self, asked: Asked) -> None:
        """Queue *asked* at its endpoint."""
        endpoint = asked.endpoint
        place = self._places.get(endpoint)
        if place is None:
            room = self._room.get(endpoint, self._limits.at_one)
            place = self._places[endpoint] = _Place(room)
        place.queue.append(asked)
        self._update(endpoint, place, asked.since)

    def put_back(self, asked: Asked, now: float) -> None:
        """Queue *asked* before all others: it had a stream, and could not use it."""
        place = self._places[asked.endpoint]
        self._running -= 1
        place.running -= 1
        place.queue.appendleft(asked)
        self._update(asked.endpoint, place, now)

    def take(self, now: float) -> Asked | None:
        """Return the query that gets the next stream; the caller says when that has ended."""
        if not self._ready or self._running >= self._limits.at_once:
            return None
        endpoint = next(iter(self._ready))
        place = self._places[endpoint]
        asked = place.queue.popleft()
        asked.queued = now - asked.since
        self._running += 1
        place.running += 1
        del self._ready[endpoint]
        self._update(endpoint, place, now)
        return asked

    def ended(self, asked: Asked, now: float, *, in_time: bool) -> None:
        """Note that the stream of *asked* has ended, by itself or because it took too long."""
        place = self._places[asked.endpoint]
        self._running -= 1
        place.running -= 1
        if in_time:
            place.stalls = 0
            place.heard = now
        else:
            place.stalls += 1
            place.stalled = now
        self._update(asked.endpoint, place, now)

    def limit(self, endpoint: Endpoint, room: int, now: float) -> None:
        """Let no more than *room* streams run at *endpoint*, nor more than at others."""
        self._room[endpoint] = min(room, self._limits.at_one)
        if place := self._places.get(endpoint):
            place.room = self._room[endpoint]
            self._update(endpoint, place, now)

    def expired(self, now: float) -> list[Asked]:
        """Take out those who have waited too long, or wait where nobody answers."""
        out: list[Asked] = []
        for endpoint, place in list(self._places.items()):
            queue = place.queue
            while queue and (
                self._is_stalled(place, now)
                or max(queue[0].since, place.heard) + queue[0].patience <= now
            ):
                asked = queue.popleft()
                asked.queued = now - asked.since
                out.append(asked)
            self._update(endpoint, place, now)
        return out

    def clear(self) -> None:
        """Forget all who wait."""
        self._ready.clear()
        for place in self._places.values():
            place.queue.clear()

    def _is_stalled(self, place: _Place, now: float) -> bool:
        stalls = self._limits.stalls
        return stalls is not None and place.stalls >= stalls and now < place.stalled + REST

    def _update(self, endpoint: Endpoint, place: _Place, now: float) -> None:
        if place.queue and place.running < place.room and not self._is_stalled(place, now):
            self._ready.setdefault(endpoint)
        else:
            self._ready.pop(endpoint, None)
        if not place.queue and not place.running and not place.stalls:
            self._places.pop(endpoint, None)
