"""Who waits for a stream, and whose turn it is. No sockets, no clock."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.facts.dns import NameServer
    from mailcheck.probes.dns.broken import Broken
    from mailcheck.probes.dns.query import Query
    from mailcheck.probes.routes import Endpoint

AT_ONE = 4
"""Streams open at a time to one endpoint: a server wants few of them (RFC 7766 §6.2.2), and one
that takes connections and says nothing must not hold all there are."""

STALLS = 2
"""Streams in a row that took too long, after which an endpoint is not waited for."""

REST = 30.0
"""Seconds until it is tried again."""


class Asked(NamedTuple):
    """A query that waits for a stream, or has one; ``since`` is when it was asked."""

    query: Query
    server: NameServer
    endpoint: Endpoint
    patience: float
    deliver: Callable[[bytes | Broken], None]
    since: float


@dataclass(slots=True)
class _Place:
    """What waits and what runs at one endpoint; when it last ended anything by itself."""

    queue: deque[Asked] = field(default_factory=deque)
    running: int = 0
    stalls: int = 0
    stalled: float = 0.0
    heard: float = float("-inf")

    def is_stalled(self, now: float) -> bool:
        return self.stalls >= STALLS and now < self.stalled + REST


class Line:
    """The queries that wait, in order at each endpoint; endpoints take turns.

    A query waits no longer than its patience since its endpoint was last heard of: as long as a
    server answers, a long queue is our own doing, and nobody in it is given up.
    """

    def __init__(self) -> None:
        self._places: dict[Endpoint, _Place] = {}
        self._ready: dict[Endpoint, None] = {}

    def add(self, asked: Asked) -> None:
        """Queue *asked* at its endpoint."""
        place = self._places.setdefault(asked.endpoint, _Place())
        place.queue.append(asked)
        self._update(asked.endpoint, place, asked.since)

    def put_back(self, asked: Asked, now: float) -> None:
        """Queue *asked* before all others: it had a stream, and could not use it."""
        place = self._places[asked.endpoint]
        place.running -= 1
        place.queue.appendleft(asked)
        self._update(asked.endpoint, place, now)

    def take(self, now: float) -> Asked | None:
        """Return the query that gets the next stream; the caller says when that has ended."""
        for endpoint in self._ready:
            place = self._places[endpoint]
            asked = place.queue.popleft()
            place.running += 1
            del self._ready[endpoint]
            self._update(endpoint, place, now)
            return asked
        return None

    def ended(self, asked: Asked, now: float, *, in_time: bool) -> None:
        """Note that the stream of *asked* has ended, by itself or because it took too long."""
        place = self._places[asked.endpoint]
        place.running -= 1
        if in_time:
            place.stalls = 0
            place.heard = now
        else:
            place.stalls += 1
            place.stalled = now
        self._update(asked.endpoint, place, now)

    def expired(self, now: float) -> list[Asked]:
        """Take out those who have waited too long, or wait where nobody answers."""
        out: list[Asked] = []
        for endpoint, place in list(self._places.items()):
            queue = place.queue
            while queue and (
                place.is_stalled(now) or max(queue[0].since, place.heard) + queue[0].patience <= now
            ):
                out.append(queue.popleft())
            self._update(endpoint, place, now)
        return out

    def clear(self) -> None:
        """Forget all who wait."""
        self._ready.clear()
        for place in self._places.values():
            place.queue.clear()

    def _update(self, endpoint: Endpoint, place: _Place, now: float) -> None:
        if place.queue and place.running < AT_ONE and not place.is_stalled(now):
            self._ready.setdefault(endpoint)
        else:
            self._ready.pop(endpoint, None)
        if not place.queue and not place.running and not place.stalls:
            self._places.pop(endpoint, None)
