"""Whose turn it is to be asked, for one query. No sockets, no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.probes.dns.clock import Clock
    from mailcheck.probes.dns.course import Course
    from mailcheck.probes.dns.streams.stream import Streams
    from mailcheck.probes.dns.upstream import Upstream
    from mailcheck.question import Unobserved


_PAUSE = 0.25
_LONGEST_PAUSE = 1.0
"""Seconds after which servers are asked again at which nobody listens, doubling: one that restarts
is back in a moment."""


class Asker(Protocol):
    """Who sets courses, and takes what they come to."""

    clock: Clock
    streams: Streams

    def ended(self, course: Course, said: DnsAnswer | Unobserved) -> None:
        """Take the end of *course*."""


class Turns:
    """Takes turns among *servers*, at most *sends* of them and *rounds* for one that fails.

    Who was asked least is next, in the order given; a server that answers nobody at the moment
    counts as asked once more. Every server has a turn, however many there are.
    """

    __slots__ = ("_failed", "_out", "_pause", "_refused", "_rounds", "_sends", "_servers", "_tries")

    def __init__(self, servers: Sequence[Upstream], sends: int, rounds: int) -> None:
        self._servers = servers
        self._sends = max(sends, len(servers))
        self._rounds = rounds
        self._tries: dict[Upstream, int] = {}
        # Most queries are answered at once: what becomes of failures is not made for them.
        self._failed: tuple[Upstream, ...] = ()
        self._out: tuple[Upstream, ...] = ()
        self._refused: tuple[Upstream, ...] = ()
        self._pause = _PAUSE

    @property
    def left(self) -> Sequence[Upstream]:
        """The servers that may still have a turn, in their order."""
        out = self._out
        return [one for one in self._servers if one not in out] if out else self._servers

    @property
    def is_last(self) -> bool:
        """Whether the turn that was taken is the last of its server."""
        return self._sends < len(self.left)

    def take(self) -> Upstream | None:
        """Return whom to ask next, None if nobody is left to ask or all turns are taken."""
        left = self.left
        if not left or self._sends <= 0:
            return None
        taken = left[0]
        if len(left) > 1 and (self._tries or taken.is_failing):
            taken = min(left, key=lambda one: self._tries.get(one, 0) + one.is_failing)
        self._sends -= 1
        self._tries[taken] = self._tries.get(taken, 0) + 1
        return taken

    def give_back(self) -> None:
        """Take back one turn that came to nothing: nothing was sent."""
        self._sends += 1

    def refused(self, server: Upstream, *, for_good: bool) -> float:
        """Note that nobody listens at *server*, which costs no turn.

        Returns:
            Seconds to wait before the next turn; 0 as long as there are others to ask.
        """
        self._sends += 1
        self._refused += (server,)
        if for_good:
            self._out += (server,)
        left = self.left
        if not left or not set(left).issubset(self._refused):
            return 0.0
        self._refused = ()
        pause, self._pause = self._pause, min(2 * self._pause, _LONGEST_PAUSE)
        return pause

    def failed(self, server: Upstream, *, for_good: bool) -> None:
        """Note that *server* failed in so many words, or *for_good*."""
        self._failed += (server,)
        if for_good or self._failed.count(server) >= self._rounds:
            self._out += (server,)
