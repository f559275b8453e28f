"""A server on loopback that is as quick as they come: every query is its own answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

LOOPBACK = "127.0.0.1"

Fate: TypeAlias = Callable[[int, bytes], "list[bytes]"]
"""From the number of a query (from 0) and its answer to what is sent."""


def sends(_: int, answer: bytes) -> list[bytes]:
    """Lose nothing."""
    return [answer]


class Echo(asyncio.DatagramProtocol):
    """Answers NODATA, with RA, to whatever is asked, unless *fate* has something else in mind.

    ``asked`` holds each query's id and source port, ``questions`` what it asked.
    """

    def __init__(self, fate: Fate = sends) -> None:
        self.fate = fate
        self.asked: list[tuple[bytes, int]] = []
        self.questions: list[bytes] = []
        self.port = 0
        self.heard = asyncio.Event()
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)  # no subclass of it in 3.11
        self.port = transport.get_extra_info("sockname")[1]

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        assert self._transport is not None
        self.heard.set()
        number = len(self.asked)
        self.asked.append((data[:2], addr[1]))
        self.questions.append(data[12:-11])
        for answer in self.fate(number, data[:2] + b"\x81\x80" + data[4:]):
            self._transport.sendto(answer, addr)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[tuple[str, int]]:
        """Listen on a port of loopback; the value is where."""
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(lambda: self, (LOOPBACK, 0))
        try:
            yield LOOPBACK, self.port
        finally:
            transport.close()
