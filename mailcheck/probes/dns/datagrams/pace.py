"""How long to wait for a server, and how much to ask of it at once. No sockets, no clock."""

from __future__ import annotations

from dataclasses import dataclass

FLOOR = 0.05
"""Seconds below which no server is called late; a scheduler may take longer than a packet."""

INITIAL = 0.4
"""Seconds to wait for a server that has not answered yet, and at least for a resolver until its
silence is proven to be loss: what it has in its cache comes at once, and how long it takes over the
rest says nothing about the path."""

PROOF = 8
"""Losses in a row, with nothing late between, after which a resolver's silence is taken for loss."""

MOST = 3.0
"""Seconds after which waiting longer tells nothing new about a server."""

START = 64
LARGEST = 500
SMALLEST = 4
SPAN = 32
"""By how much a window may shrink: one that is large for a resolver stays large enough for names
that take it seconds beside those that are lost on the way."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Limits of one question, in time and packets.

    ``total`` seconds of listening are what a resolver needs to say SERVFAIL: BIND gives up after
    10 s (``resolver-query-timeout``), and says so to whoever asked first; ``sends``
    datagrams are what the waits of a lost server, doubling from 0.4 s, fill them with. ``rounds``
    is how often a server may fail in so many words, ``tcp`` the seconds for one stream.
    """

    total: float = 13.0
    sends: int = 6
    rounds: int = 2
    tcp: float = 5.0


class RoundTrip:
    """The retransmission timer of one server (RFC 6298).

    A resolver that looks for an answer and a path that loses one are both silent. Which it was
    shows later: the answer to the first query still comes, or that to the second comes as quickly
    as others do (the Eifel algorithm of RFC 3522 tells them apart so).
    """

    __slots__ = ("_losses", "_mean", "_variation")

    def __init__(self) -> None:
        self._mean: float | None = None
        self._variation = 0.0
        self._losses = 0

    def sample(self, seconds: float) -> None:
        """Take in the time one answer took.

        The caller knows which attempt was answered, since each has an id of its own (Karn's
        algorithm is for protocols where that is ambiguous).
        """
        if self._mean is None:
            self._mean, self._variation = seconds, seconds / 2
            return
        self._variation += (abs(self._mean - seconds) - self._variation) / 4
        self._mean += (seconds - self._mean) / 8

    def was_late(self) -> None:
        """Note that an answer came after the wait for it."""
        self._losses = 0

    def was_repeated(self, seconds: float) -> None:
        """Note that a query that was sent again was answered *seconds* later."""
        if seconds <= self.wait():
            self._losses += 1

    def wait(self, tries: int = 0, *, recursive: bool = False) -> float:
        """Return the seconds to wait for an answer after *tries* in vain, doubling with each."""
        floor = INITIAL if recursive and self._losses < PROOF else FLOOR
        once = INITIAL if self._mean is None else max(floor, self._mean + 4 * self._variation)
        return float(min(MOST, once * 2**tries))


class Window:
    """How many queries one server may hold unanswered at a time: ``size``, at most *largest*.

    Additive increase, multiplicative decrease, round by round: a round is as many outcomes as the
    window had room for, which takes about one round trip. It doubles until the first loss. A
    single loss is no sign of congestion, as it is for TCP: queries are small and each stands for
    itself, and on a path that loses one packet in a hundred TCP's rule would leave a window of
    twelve. So only a round of which more than an eighth was lost halves it.
    """

    __slots__ = ("_answered", "_largest", "_lost", "_slow_start", "_smallest", "full", "size")

    def __init__(self, largest: int = LARGEST) -> None:
        self.size = min(START, largest)
        self.full = False
        """Set by whoever had to wait for room; a window that nobody fills need not grow."""
        self._largest = largest
        self._smallest = max(SMALLEST, largest // SPAN)
        self._slow_start = True
        self._answered = 0
        self._lost = 0

    def answered(self, count: int) -> None:
        """Note *count* answers."""
        self._answered += count
        if self._answered + self._lost >= self.size:
            self._turn()

    def lost(self, count: int = 1) -> None:
        """Note *count* queries that were never answered."""
        self._lost += count
        if self._answered + self._lost >= self.size:
            self._turn()

    def _turn(self) -> None:
        """Begin a new round, in the light of the last one."""
        if self._lost * 8 > self._lost + self._answered:
            self.size = max(self._smallest, self.size // 2)
            self._slow_start = False
        elif self.full:
            grown = self.size * 2 if self._slow_start else self.size + max(1, self.size // 8)
            self.size = min(self._largest, grown)
        self._answered = self._lost = 0
        self.full = False
