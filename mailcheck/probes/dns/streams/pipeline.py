"""The queries outstanding on one connection, and what comes back for them. No sockets, no clock.

Each message stands behind its length (RFC 1035 §4.2.2). Queries are sent without waiting for the
answers to those before, and answers come in any order (RFC 7766 §6.2.1.1, RFC 7858 §3.3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from mailcheck.probes.dns.datagrams.udp import random_id
from mailcheck.probes.dns.wire.matching import answers

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.probes.dns.wire.query import Query

MOST = 32768
"""Queries on one connection: half of all ids, so that one that is free is found at once."""

Who = TypeVar("Who")


def framed(message: bytes) -> bytes:
    """Put the length of *message* in front of it."""
    return len(message).to_bytes(2, "big") + message


class Pipeline(Generic[Who]):
    """Queries by their ids, each with *who* waits for the answer; it takes *most*, no more.

    No id is used twice, so that neither the second copy of an answer, nor one that comes after
    nobody waits for it any more, is taken for the answer to a later query.
    """

    __slots__ = ("_ids", "_rest", "_used", "most", "pending")

    def __init__(self, most: int = MOST, ids: Callable[[], bytes] = random_id) -> None:
        self.most = most
        self.pending: dict[bytes, tuple[Query, Who]] = {}
        self._ids = ids
        self._used: set[bytes] = set()
        self._rest = bytearray()

    @property
    def is_spent(self) -> bool:
        """Whether it has had as many queries as it takes."""
        return len(self._used) >= self.most

    def add(self, query: Query, who: Who) -> tuple[bytes, bytes]:
        """Note that *who* waits for the answer to *query*; return its id, and what is to be sent."""
        own = self._ids()
        while own in self._used:
            own = self._ids()
        self._used.add(own)
        self.pending[own] = query, who
        return own, framed(own + query.wire)

    def forget(self, own: bytes) -> None:
        """Note that nobody waits any longer for what was asked under the id *own*."""
        self.pending.pop(own, None)

    def take_in(self, octets: bytes) -> tuple[list[tuple[Who, bytes | None]], bool]:
        """Take in what has arrived.

        Returns:
            Who has an answer, None if something else came under its id; and whether anything
            came that is about a query of ours, be it one that nobody waits for any more.
        """
        rest = self._rest
        rest += octets
        told: list[tuple[Who, bytes | None]] = []
        is_ours = False
        at = 0
        while len(rest) >= (begin := at + 2):
            end = begin + int.from_bytes(rest[at:begin], "big")
            if len(rest) < end:
                break
            message = bytes(rest[begin:end])
            at = end
            is_ours = is_ours or message[:2] in self._used
            if found := self.pending.pop(message[:2], None):
                query, who = found
                told.append((who, message if answers(query, message) else None))
        del rest[:at]
        return told, is_ours
