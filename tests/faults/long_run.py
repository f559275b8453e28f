"""Many questions to a server that is quick and loses some of them: what long runs are made of."""

from __future__ import annotations

import asyncio
import socket
import zlib
from collections import Counter
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from mailcheck.facts.dns import DnsQuery, name_server
from mailcheck.facts.scope import DOCUMENTATION
from mailcheck.probes.routes import Routes
from mailcheck.world.live import LiveWorld
from tests.faults.rig import A_DAY
from tests.faults.server import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MX = b"\xc0\x0c\0\x0f\0\x01\0\0\x0e\x10\0\x09\0\x0a\x04mail\xc0\x0c"
"""The record ``NAME 3600 IN MX 10 mail.NAME``, of the name in the question."""

AT_ONCE = 200
"""Questions that are open at a time."""


class QuickServer:
    """Answers every question with one MX, and loses the share *loss* of datagrams.

    Which ones depends on the question and on how often it was asked: the same in every run, never
    more than three of one question. What was answered is forgotten.
    """

    def __init__(self, loss: float = 0.0) -> None:
        self.port = 0
        self.lost = 0
        self._share = int(loss * 1000)
        self._tries: Counter[bytes] = Counter()

    @contextmanager
    def serving(self, loop: asyncio.AbstractEventLoop) -> Iterator[None]:
        """Listen on a port of loopback."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
            udp.bind((LOOPBACK, 0))
            udp.setblocking(False)  # noqa: FBT003  socket has it so
            self.port = udp.getsockname()[1]
            loop.add_reader(udp, self._hear, udp)
            yield
            loop.remove_reader(udp)

    def _hear(self, udp: socket.socket) -> None:
        with suppress(BlockingIOError):
            while True:
                wire, client = udp.recvfrom(512)
                question = wire[12 : wire.index(b"\0", 12) + 5]
                if self._loses(question):
                    self.lost += 1
                    continue
                self._tries.pop(question, None)
                header = wire[:2] + b"\x81\x80\0\x01\0\x01\0\0\0\0"
                udp.sendto(header + question + MX, client)

    def _loses(self, question: bytes) -> bool:
        tries = self._tries[question] + 1
        if tries > 3 or zlib.crc32(question + bytes([tries])) % 1000 >= self._share:
            return False
        self._tries[question] = tries
        return True


def live(port: int) -> LiveWorld:
    """Return a world with one resolver."""
    return LiveWorld(
        asyncio.get_running_loop(),
        routes=Routes({("192.0.2.1", 53): (LOOPBACK, port)}, closed=True),
        resolvers=(name_server("192.0.2.1"),),
        public=DOCUMENTATION,
        ehlo="",
        today=A_DAY,
    )


async def ask(world: LiveWorld, numbers: Iterable[int], take: Callable[[Any], None]) -> None:
    """Ask for the MX of ``dNUMBER.example.com``, a number of questions at a time."""
    left = 0

    def deliver(answer: Any) -> None:
        nonlocal left
        left -= 1
        take(answer)

    for number in numbers:
        while left >= AT_ONCE:
            await world.stepped()
        left += 1
        world.answer(DnsQuery(f"d{number}.example.com", "MX"), deliver)
    while left:
        await world.stepped()
