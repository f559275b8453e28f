"""What a network does to packets on their way: every fault is met in each of these as well."""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.faults.mistaken import forged
from tests.faults.replies import both, copies, later

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tests.faults.server import Asked, Packet, Reply


def lossy(reply: Reply) -> Reply:
    """Lose the first datagram of every question."""

    def through(asked: Asked) -> Iterable[Packet]:
        return reply(replace(asked, nth=asked.nth - 1)) if asked.nth > 1 else []

    return through


def reordered(reply: Reply) -> Reply:
    """Let packets overtake each other, in the same way in every run."""

    def through(asked: Asked) -> Iterable[Packet]:
        start = zlib.crc32(asked.question)
        return [
            packet._replace(after=packet.after + 0.02 * ((start + asked.nth - number) % 4))
            for number, packet in enumerate(reply(asked))
        ]

    return through


def duplicated(reply: Reply) -> Reply:
    """Bring every packet twice, and once more a little later."""

    def through(asked: Asked) -> Iterable[Packet]:
        packets = list(copies(2, reply)(asked))
        return [*packets, *(packet._replace(after=packet.after + 0.03) for packet in packets[::2])]

    return through


def delayed(reply: Reply) -> Reply:
    """Bring every packet 120 ms later."""
    return later(0.12, reply)


def spoofed(reply: Reply) -> Reply:
    """Let a stranger who knows everything but the id speak first, and from the right port."""
    return both(forged(1, -1, 0x8000, 4711), reply)


CONDITIONS: Mapping[str, Callable[[Reply], Reply]] = {
    "loss": lossy,
    "reordering": reordered,
    "duplication": duplicated,
    "delay": delayed,
    "spoofing": spoofed,
}

CLEAR = "clear"
"""The condition that does nothing."""


def condition(name: str, reply: Reply) -> Reply:
    """Return what of *reply* arrives under the condition *name*."""
    if name == CLEAR:
        return reply
    return CONDITIONS[name](reply)
