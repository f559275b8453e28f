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
TOLERATED = 1 / 8
"""The share of a round that may be lost beside what a path loses anyway."""

CROWDED = 1 / 2
"""The share from which on one halving may not be enough."""

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


WITH_SERVERS = Patience(total=8.0, sends=5)
"""Limits of a question to a server that is asked directly: it has nobody to ask, so who says nothing
to five datagrams, the last after 5.8 s, has no more to say. BIND has 10 s for all servers of a name
together, Unbound sends one as many."""


class RoundTrip:
    """The retransmission timer of one server (RFC 6298).

    A resolver that looks for an answer and a path that loses one are both silent. Which it was
    shows later: the answer to the first query still comes, or that to the second comes as quickly
    as others do (the Eifel algorithm of RFC 3522 tells them apart so). As long as some answers come
    quickly, those that do not say how long a resolver worked, and not how long the way is.
    """

    __slots__ = ("_least", "_losses", "_mean", "_variation")

    def __init__(self) -> None:
        self._mean: float | None = None
        self._least = 0.0
        self._variation = 0.0
        self._losses = 0

    def sample(self, seconds: float) -> None:
        """Take in the time one answer took.

        The caller knows which attempt was answered, since each has an id of its own (Karn's
        algorithm is for protocols where that is ambiguous).
        """
        if self._mean is None:
            self._mean, self._variation, self._least = seconds, seconds / 2, seconds
            return
        self._least = min(seconds, self._least + (seconds - self._least) / 64)
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
        if self._mean is None:
            once = INITIAL
        else:
            floor = INITIAL if recursive and self._losses < PROOF else FLOOR
            once = max(floor, self._mean + 4 * self._variation)
            if recursive and once > INITIAL:
                once = max(INITIAL, min(once, 3 * self._least))
        return float(min(MOST, once * 2**tries))


class Window:
    """How many queries one server may hold unanswered at a time: ``size``, at most *largest*.

    Additive increase, multiplicative decrease, round by round: a round is as many outcomes as the
    window had room for, which takes about one round trip. It doubles until the first loss. A
    single loss is no sign of congestion, as it is for TCP: queries are small and each stands for
    itself, and on a path that loses one packet in a hundred TCP's rule would leave a window of
    twelve. So only a round of which more than an eighth was lost halves it.

    A window that is too large by so much that half of it is lost is not too large when halved. If
    up to half was lost, and as much is lost still of what is sent afterwards, then that is what the
    path ``_usual``-ly loses, and it loses no more when more is sent.
    """

    __slots__ = (
        "_answered",
        "_is_trial",
        "_largest",
        "_lost",
        "_slow_start",
        "_smallest",
        "_stale",
        "_usual",
        "full",
        "size",
    )

    def __init__(self, largest: int = LARGEST) -> None:
        self.size = min(START, largest)
        self.full = False
        """Set by whoever had to wait for room; a window that nobody fills need not grow."""
        self._largest = largest
        self._smallest = max(SMALLEST, largest // SPAN)
        self._slow_start = True
        self._usual = 0.0
        self._stale = 0
        self._is_trial = False
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
        outcomes = self._lost + self._answered
        share = self._lost / outcomes
        if share > CROWDED:
            self._halve()
            self._stale, self._is_trial = 0, False
        elif self._stale > 0:  # sent into the window before it was halved
            self._stale -= outcomes
            self._is_trial = True
        elif share <= self._usual + TOLERATED:
            self._is_trial = False
            self._grow()
        elif self._is_trial:
            self._usual, self._slow_start, self._is_trial = share, True, False
        else:
            self._stale = self.size
            self._halve()
        self._answered = self._lost = 0
        self.full = False

    def _halve(self) -> None:
        self.size = max(self._smallest, self.size // 2)
        self._slow_start = False

    def _grow(self) -> None:
        if self.full:
            grown = self.size * 2 if self._slow_start else self.size + max(1, self.size // 8)
            self.size = min(self._largest, grown)
