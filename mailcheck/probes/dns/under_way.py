"""All tries of one query that may still bring something. No clock, no sockets."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailcheck.probes.dns.datagrams.attempt import Attempt
    from mailcheck.probes.dns.upstream import Upstream


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
        for attempt, waited_for in self.items():
            if waited_for or attempt.late:  # or nothing is left of it
                attempt.forget()
        self.clear()
