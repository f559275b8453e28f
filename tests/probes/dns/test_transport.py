"""Many queries at once over real sockets: each is answered, and nothing is sent in vain."""

from __future__ import annotations

import asyncio
import random
import socket
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mailcheck.probes.dns.datagrams.ports import SOCKETS
from mailcheck.probes.dns.transport import Transport
from mailcheck.probes.dns.wire.query import Query
from tests.probes.dns.echo import LOOPBACK, Echo, Fate, sends

if TYPE_CHECKING:
    from types import FrameType

    from mailcheck.probes.dns.datagrams.attempt import Attempt
    from mailcheck.probes.dns.datagrams.channel import Channel
    from mailcheck.probes.routes import Endpoint

AT_ONCE = 100
"""So few that the receive buffer of any kernel holds them while the echo has no turn."""


TRIES = 20
"""Queries after which the kernel has said that a port is closed, silent as it may have been before."""


class Client:
    """Asks for *count* names, :data:`AT_ONCE` at a time, each again until it is answered."""

    def __init__(self, transport: Transport, endpoint: Endpoint, count: int) -> None:
        self.channel = transport.channel(endpoint)
        self.answers: Counter[bytes] = Counter()
        self.failures: list[str] = []
        self._count = count
        self._next = 0
        self._done = asyncio.get_running_loop().create_future()

    async def finished(self) -> None:
        """Ask, and wait until all are answered."""
        for _ in range(min(AT_ONCE, self._count)):
            self._ask_next()
        await self._done

    def _ask_next(self) -> None:
        if self._next < self._count:
            query = Query(f"n{self._next}.example", "A", recursive=True)
            self._next += 1
            self.channel.ask(query, self._take)

    def _take(self, attempt: Attempt, wire: bytes | None) -> None:
        if wire is None:
            self.failures.append(attempt.failure)
            self.channel.ask(attempt.query, self._take, attempt.tries + 1)
            return
        self.answers[attempt.query.question] += 1
        if len(self.answers) == self._count and not self._done.done():
            self._done.set_result(None)
        self._ask_next()


async def exchanged(count: int, fate: Fate = sends) -> tuple[Client, Echo]:
    """Ask an echo for *count* names."""
    echo = Echo(fate)
    transport = Transport(asyncio.get_running_loop())
    async with echo.serving() as endpoint:
        client = Client(transport, endpoint, count)
        await client.finished()
        transport.shut()
    return client, echo


def exchange(count: int, fate: Fate = sends) -> tuple[Client, Echo]:
    """Do the same in a loop of its own."""
    return asyncio.run(exchanged(count, fate))


def test_each_query_is_sent_once_and_answered_once() -> None:
    client, echo = exchange(10_000)
    assert set(client.answers.values()) == {1}
    assert len(client.answers) == len(echo.asked) == client.channel.counts.sent == 10_000
    assert client.channel.counts.retried == client.channel.counts.ignored == 0


def test_several_ports_are_used_and_none_for_ever() -> None:
    _, echo = exchange(40_000)
    ports = Counter(port for _, port in echo.asked)
    assert len(ports) >= 2 * SOCKETS
    assert max(ports.values()) < 5_000


def test_ids_say_nothing_about_each_other() -> None:
    """Of 10,000 random ids some 700 pairs are equal and a hundred are one more than the last."""
    _, echo = exchange(10_000)
    ids = [int.from_bytes(own, "big") for own, _ in echo.asked]
    steps = Counter((after - before) % 65536 for before, after in pairwise(ids))
    assert steps.most_common(1)[0][1] < 20
    assert min(ids) < 1000
    assert max(ids) > 64_500


def test_with_losses_on_the_way_nothing_is_lost() -> None:
    """One in twenty; the dice are loaded so that every run is the same."""
    dice = random.Random(5)  # noqa: S311  no secret depends on it
    client, echo = exchange(5_000, lambda _, answer: [answer] if dice.random() > 0.05 else [])
    counts = client.channel.counts
    assert len(client.answers) == 5_000
    assert counts.sent == len(echo.asked) == 5_000 + counts.retried
    assert counts.retried >= 150
    assert set(client.failures) == {""}


def test_copies_and_strays_are_passed_over_and_counted() -> None:
    def doubled(_: int, answer: bytes) -> list[bytes]:
        return [b"\0\0junk", answer, answer]

    client, _ = exchange(1_000, doubled)
    assert set(client.answers.values()) == {1}
    assert client.channel.counts.sent == 1_000
    # Where a copy comes last nobody listens any more.
    assert 1_000 < client.channel.counts.ignored <= 2_000


def test_no_file_descriptor_is_left() -> None:
    descriptors = Path("/proc/self/fd")
    if not descriptors.exists():
        pytest.skip("this system does not show its file descriptors")
    before = len(list(descriptors.iterdir()))
    exchange(10_000)
    assert len(list(descriptors.iterdir())) == before


def test_few_sockets_stay_open_however_many_servers_there_are() -> None:
    async def run() -> int:
        loop = asyncio.get_running_loop()
        transport = Transport(loop)
        for _ in range(300):
            echo = Echo()
            async with echo.serving() as endpoint:
                client = Client(transport, endpoint, 1)
                await client.finished()
        while transport.is_watching:  # noqa: ASYNC110  nobody tells when timers rest
            await asyncio.sleep(0)
        found = transport.sockets
        transport.shut()
        return found

    assert asyncio.run(run()) <= 100


def test_a_closed_port_is_told_in_the_kernel_s_words() -> None:
    """As soon as the kernel says so: it may hold such messages back, when it sends many."""

    async def ask(transport: Transport, endpoint: Endpoint) -> str:
        told: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        query = Query("a.example", "A", recursive=True)
        transport.ask(query, endpoint, lambda attempt, _: told.set_result(attempt.failure))
        return await told

    async def run(endpoint: Endpoint) -> str:
        transport = Transport(asyncio.get_running_loop())
        said = ""
        for _ in range(TRIES):
            said = said or await ask(transport, endpoint)
        transport.shut()
        return said

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind((LOOPBACK, 0))
        taken.connect(taken.getsockname())  # it takes nobody else's datagrams, and holds the port
        assert asyncio.run(run(taken.getsockname())) == "Connection refused"


def test_what_was_shut_delivers_nothing() -> None:
    async def run() -> list[bytes | None]:
        transport = Transport(asyncio.get_running_loop())
        given: list[bytes | None] = []
        async with Echo().serving() as endpoint:
            query = Query("a.example", "A", recursive=True)
            transport.ask(query, endpoint, lambda _, wire: given.append(wire))
            transport.shut()
            transport.ask(query, endpoint, lambda _, wire: given.append(wire)).forget()
            transport.shut()
        return given

    assert asyncio.run(run()) == []


def test_a_query_costs_few_calls() -> None:
    """Of Python functions, building the query and judging the answer included."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    async def run() -> Channel:
        async with Echo().serving() as endpoint:
            transport = Transport(asyncio.get_running_loop())
            client = Client(transport, endpoint, 2_000)
            sys.setprofile(count)
            try:
                await client.finished()
            finally:
                sys.setprofile(None)
            transport.shut()
        return client.channel

    channel = asyncio.run(run())
    assert channel.counts.sent == 2_000
    # The echo and asyncio's own part of it are in the count.
    assert calls / 2_000 < 40
