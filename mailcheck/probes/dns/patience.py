"""What one question may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Limits of one question, in time and packets.

    ``total`` seconds of listening are as long as resolvers take to give up themselves; ``sends``
    datagrams are what the waits of a lost server, doubling from 0.4 s, fill them with. ``rounds``
    is how often a server may fail in so many words, ``tcp`` the seconds for one stream.
    """

    total: float = 10.0
    sends: int = 6
    rounds: int = 2
    tcp: float = 5.0
