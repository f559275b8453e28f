"""Sessions that come to no end: where, why, and what was seen of it."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, NamedTuple

from mailcheck.evidence import visible

if TYPE_CHECKING:
    from mailcheck.facts.smtp.session import Stage
    from mailcheck.probes.smtp.wire import Wire


class BrokenOff(Exception):
    """The session cannot go on, or cannot begin; ``seen`` is fit to be shown."""

    def __init__(self, stage: Stage, cause: str, text: str, seen: str) -> None:
        super().__init__(text)
        self.stage = stage
        self.cause = cause
        self.text = text
        self.seen = seen


class Limit(NamedTuple):
    """How long something may take, in seconds; if that is what is left of ``session``, of how long."""

    seconds: float
    session: float = 0

    def __str__(self) -> str:
        return f"the {self.session:g} s of a session" if self.session else f"{self.seconds:g} s"


def broken_at(error: OSError | ValueError, stage: Stage, wire: Wire, limit: Limit) -> BrokenOff:
    """Say what an *error* of the socket, or of what is no reply, means at *stage*."""
    if isinstance(error, TimeoutError):
        what = "handshake" if stage == "TLS" else "complete reply"
        text = f"no {what} within {limit}"
        return BrokenOff(stage, "timeout", text, _unfinished("timeout", wire))
    if isinstance(error, OSError):
        # By its number: asyncio has the same class for any end of a handshake.
        done = "reset" if error.errno == errno.ECONNRESET else "closed"
        text = f"the server {done} the connection"
        seen = _unfinished(f"connection {done}", wire)
        return BrokenOff(stage, f"connection-{done}", text, seen)
    return BrokenOff(stage, "malformed-reply", str(error), visible(wire.unread))


def _unfinished(event: str, wire: Wire) -> str:
    return f"{event}, after {visible(wire.unread)}" if wire.unread else event
