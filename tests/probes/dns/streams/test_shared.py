"""One connection with many queries, played without a network."""

from __future__ import annotations

import asyncio

from mailcheck.probes.dns.clock import Clock
from mailcheck.probes.dns.streams.connections import Mismatched
from mailcheck.probes.dns.streams.pipeline import framed
from mailcheck.probes.dns.streams.shared import Asking, Shared
from mailcheck.probes.dns.wire.query import Query

QUERY = Query("example.com", "MX", recursive=True)
OTHER = Query("example.net", "MX", recursive=True)


class Wire(asyncio.Transport):
    """Keeps what is sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[bytes] = []
        self.is_aborted = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.sent.append(bytes(data))

    def abort(self) -> None:
        self.is_aborted = True

    def is_closing(self) -> bool:
        return self.is_aborted


class Scene:
    """A connection, and what went over it."""

    def __init__(self, most: int = 10) -> None:
        self.clock = Clock()
        self.wire = Wire()
        self.lost: list[Shared] = []
        self.connection = Shared(self.clock, self.lost.append, most)
        self.connection.connection_made(self.wire)

    def ask(self, query: Query = QUERY) -> Asking:
        asking = Asking(query, asyncio.get_running_loop().create_future())
        self.connection.send(asking)
        return asking

    def answer(self, asking: Asking, query: Query | None = None) -> bytes:
        said = asking.on[self.connection] + b"\x81\x80" + (query or asking.query).wire[2:]
        self.connection.data_received(framed(said))
        return said


def test_each_asker_is_told_its_own_answer() -> None:
    async def run() -> None:
        scene = Scene()
        first, second = scene.ask(), scene.ask(OTHER)
        assert [len(one) for one in scene.wire.sent] == [2 + 2 + len(QUERY.wire)] * 2
        said = scene.answer(second)
        assert second.said.result() == said
        assert not first.said.done()
        assert scene.connection.pending() == [first]
        assert scene.connection.answered == 1

    asyncio.run(run())


def test_an_answer_to_another_question_ends_its_query_only() -> None:
    async def run() -> None:
        scene = Scene()
        first, second = scene.ask(), scene.ask()
        scene.answer(first, OTHER)
        assert isinstance(first.said.result(), Mismatched)
        assert not second.said.done()
        assert not scene.wire.is_aborted

    asyncio.run(run())


def test_it_is_silent_as_long_as_nothing_comes_though_something_is_outstanding() -> None:
    async def run() -> None:
        scene = Scene()
        scene.clock.skip(-5.0)
        assert not scene.connection.silence(scene.clock.now())
        first, second = scene.ask(), scene.ask()
        scene.clock.skip(-3.0)
        assert round(scene.connection.silence(scene.clock.now())) == 3
        scene.answer(first)
        assert round(scene.connection.silence(scene.clock.now())) == 0
        scene.answer(second)
        scene.clock.skip(-3.0)
        assert not scene.connection.silence(scene.clock.now())

    asyncio.run(run())


def test_a_retired_connection_is_closed_when_nothing_is_outstanding() -> None:
    async def run() -> None:
        scene = Scene()
        asking = scene.ask()
        scene.connection.retire()
        assert not scene.wire.is_aborted
        scene.connection.forget(asking)
        assert scene.wire.is_aborted
        assert not asking.on

    asyncio.run(run())


def test_it_takes_no_more_than_it_is_for() -> None:
    async def run() -> None:
        scene = Scene(most=1)
        assert scene.connection.is_usable
        scene.ask()
        assert not scene.connection.is_usable

    asyncio.run(run())


def test_whoever_made_it_is_told_when_it_ends() -> None:
    scene = Scene()
    scene.connection.connection_lost(None)
    assert scene.lost == [scene.connection]
