"""Whether the resolvers of a run are alive: before they are called dead, they are asked for it.

Silence about some names says little: whoever serves them may be down, and a good resolver waits
for him. What every resolver that works can answer, whatever else is broken, is who serves the root;
one that cannot reach it says so. Who has not answered a single datagram may answer over a stream,
and is silent only when he is so on both ways: a closed port for datagrams is seen at once.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from mailcheck.probes.dns.upstream import are_dead, are_suspect
from mailcheck.probes.dns.wire.query import Query
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailcheck.probes.dns.clock import Clock
    from mailcheck.probes.dns.datagrams.attempt import Attempt
    from mailcheck.probes.dns.streams.broken import Broken
    from mailcheck.probes.dns.streams.stream import Streams
    from mailcheck.probes.dns.upstream import Upstream

_ROOT = Query(".", "NS", recursive=True)

_TRIES = 3
"""Datagrams to each resolver before its silence is believed."""

_STREAM = 3.0
"""Seconds for the same over a stream."""

NEXT_LOOK = 1.0
"""Seconds between two looks at resolvers that are dead."""


class Health:
    """What is known about *resolvers* together; any answer of any of them clears all."""

    def __init__(self, resolvers: Sequence[Upstream], clock: Clock, streams: Streams) -> None:
        self.is_dead = False
        self._resolvers = resolvers
        self._clock = clock
        self._streams = streams
        self._next_look = 0.0
        self._is_silent = False
        self._open: set[object] = set()
        self._attempts: list[Attempt] = []

    def has_died(self) -> bool:
        """Look at them now and then; true once, when they are found to be dead."""
        now = self._clock.now()
        if not are_suspect(self._resolvers, now):
            self._is_silent = False
            self._rest()
        elif not self._is_silent and not self._open:
            self._look()
        elif self._is_silent and not self.is_dead and are_dead(self._resolvers, now):
            self.is_dead = True
            self._next_look = time.monotonic() + NEXT_LOOK
            return True
        return False

    def is_still_dead(self) -> bool:
        """Whether not to ask resolvers that were dead. At times they are looked at again."""
        self.is_dead = are_dead(self._resolvers, self._clock.now())
        if self.is_dead and not self._open and time.monotonic() >= self._next_look:
            self._next_look = time.monotonic() + NEXT_LOOK
            self._look()
        return self.is_dead

    def _look(self) -> None:
        for upstream in self._resolvers:
            if isinstance(upstream.endpoint, Unobserved):
                continue
            if upstream.channel is not None:
                self._ask(upstream, self._way(), 0)
            if upstream.channel is None or upstream.is_unheard:
                take = partial(self._streamed, upstream, self._way())
                where = upstream.server, upstream.endpoint
                self._streams.ask(_ROOT, *where, _STREAM, take, is_urgent=True)

    def _way(self) -> object:
        """Return what stands for one more way that is open: over datagrams, or over a stream."""
        way = object()
        self._open.add(way)
        return way

    def _ask(self, upstream: Upstream, way: object, tries: int) -> None:
        assert upstream.channel is not None
        take = partial(self._take, upstream, way)
        self._attempts.append(upstream.channel.ask(_ROOT, take, tries, is_urgent=True))

    def _take(self, upstream: Upstream, way: object, attempt: Attempt, wire: bytes | None) -> None:
        if wire is None and not attempt.failure and attempt.tries + 1 < _TRIES:
            self._ask(upstream, way, attempt.tries + 1)
        elif wire is not None:
            upstream.heard()
            self._rest()
        else:
            self._silent(way)

    def _streamed(self, upstream: Upstream, way: object, said: bytes | Broken) -> None:
        if isinstance(said, bytes):
            upstream.heard_streaming()
            self._rest()
        else:
            self._silent(way)

    def _silent(self, way: object) -> None:
        """Note that nothing comes on one way; an earlier look may have opened it."""
        if way in self._open:
            self._open.discard(way)
            self._is_silent = not self._open
            if self._is_silent:
                self._rest()

    def _rest(self) -> None:
        for attempt in self._attempts:
            attempt.forget()
        self._attempts.clear()
        self._open.clear()
