"""A clock that runs only while somebody listens to the network."""

from __future__ import annotations

import time


class Clock:
    """Seconds of listening since some moment.

    While other people's tests run nobody takes in packets, and what a server sent meanwhile must
    not count as late. Whoever steps a world stops the clock when it leaves and starts it when it
    comes back; a clock nobody stops is :func:`time.monotonic`.
    """

    __slots__ = ("_listeners", "_stopped", "away", "runs")

    def __init__(self) -> None:
        self.runs = True
        """Whether somebody listens."""
        self.away = 0.0
        """Seconds for which it stood still."""
        self._stopped: float | None = None
        self._listeners = 1

    def now(self) -> float:
        """Return the time; it stands still while nobody listens."""
        return time.monotonic() - self.away if self._stopped is None else self._stopped

    def stop(self) -> None:
        """Leave; when the last one has left, time stands still."""
        self._listeners -= 1
        if not self._listeners:
            self._stopped = self.now()
            self.runs = False

    def start(self) -> None:
        """Come back, or join those who listen."""
        self._listeners += 1
        if self._stopped is not None:
            self.away = time.monotonic() - self._stopped
            self._stopped = None
            self.runs = True

    def skip(self, seconds: float) -> None:
        """Leave out *seconds* that have just passed: somebody was here, and too busy to listen."""
        self.away += seconds
