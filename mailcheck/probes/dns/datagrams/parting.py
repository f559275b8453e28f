"""Late attempts that nobody waits for any more, until it is known whether they were lost.

A resolver that found an answer at last gives it to all who asked: the copy that was sent again may
be taken from one socket while the answer to the first lies in another. No sockets, no clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.probes.dns.datagrams.pace import FLOOR

if TYPE_CHECKING:
    from mailcheck.probes.dns.datagrams.attempt import Attempt


class Parting:
    """Attempts that still wait at their socket for a little while, for the sake of the count."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left: dict[Attempt, float] = {}

    def add(self, attempt: Attempt, now: float) -> None:
        """Deliver what comes for *attempt* to nobody."""
        attempt.deliver = _nobody
        self._left.setdefault(attempt, now + FLOOR)

    def lost(self, now: float) -> int:
        """Take out those whose time is over; return how many of them were not answered."""
        over = [attempt for attempt, until in self._left.items() if until <= now]
        for attempt in over:
            del self._left[attempt]
        return sum(_is_pending(attempt) for attempt in over)


def _is_pending(attempt: Attempt) -> bool:
    """Take *attempt* from its socket; return whether it still waited there."""
    socket = attempt.socket
    if socket is None or socket.pending.get(attempt.id) is not attempt:
        return False
    socket.give_up(attempt)
    return True


def _nobody(_: Attempt, _wire: bytes | None) -> None:
    """Take what nobody waits for."""
