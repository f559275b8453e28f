"""Whether resolvers are alive: they are asked for it before they are called dead."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest

from mailcheck.facts.dns import name_server
from mailcheck.probes.dns import clock
from mailcheck.probes.dns.health import Health
from mailcheck.probes.dns.streams.pipeline import framed
from mailcheck.probes.dns.streams.stream import Streams
from mailcheck.probes.dns.transport import Transport
from mailcheck.probes.dns.upstream import DEAD_TRIES, Upstream
from mailcheck.probes.dns.wire.query import Query
from tests.probes.dns.echo import LOOPBACK, Echo, Fate, sends
from tests.probes.dns.test_clock import Wall

ROOT = Query(".", "NS", recursive=True).question


def loses_the_first(number: int, answer: bytes) -> list[bytes]:
    return [answer] if number else []


def silent(_: int, _answer: bytes) -> list[bytes]:
    return []


@pytest.mark.parametrize(
    ("fates", "dead", "packets"),
    [
        pytest.param((sends,), False, [1], id="it answers"),
        pytest.param((loses_the_first,), False, [2], id="a packet is lost"),
        pytest.param((silent,), True, [3], id="it is silent"),
        pytest.param((silent, silent), True, [3, 3], id="both are silent"),
        pytest.param((silent, sends), False, [1, 1], id="one answers"),
    ],
)
def test_silence_about_names_is_death_only_with_silence_about_the_root(
    monkeypatch: pytest.MonkeyPatch, fates: tuple[Fate, ...], packets: list[int], *, dead: bool
) -> None:
    wall = Wall()
    monkeypatch.setattr(clock, "time", wall)
    echoes = [Echo(fate) for fate in fates]

    async def run() -> bool:
        async with AsyncExitStack() as stack:
            return await watched(stack)

    async def watched(stack: AsyncExitStack) -> bool:
        loop = asyncio.get_running_loop()
        transport = Transport(loop)
        upstreams = []
        for number, echo in enumerate(echoes, 1):
            where = await stack.enter_async_context(echo.serving())
            server = name_server(f"192.0.2.{number}")
            upstreams.append(Upstream(server, where, transport.channel(where)))
            for _ in range(DEAD_TRIES):
                upstreams[-1].missed(wall.seconds, refused=False)
        wall.seconds += 3
        health = Health(upstreams, transport.clock, Streams(loop, transport.clock))
        died = health.has_died()
        for echo in echoes:
            await echo.heard.wait()
        while not died and all(one.failed for one in upstreams):
            await asyncio.sleep(0)
            transport.poll()
            wall.seconds += 0.01
            died = health.has_died()
        transport.shut()
        return died

    assert asyncio.run(run()) is dead
    assert [len(echo.asked) for echo in echoes] == packets
    assert {question for echo in echoes for question in echo.questions} == {ROOT}


def test_who_takes_no_datagrams_is_alive_if_a_stream_is_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However much sooner the kernel says that nobody listens for datagrams."""
    wall = Wall()
    monkeypatch.setattr(clock, "time", wall)

    async def run() -> tuple[list[bool], bool]:
        is_asked, may_answer = asyncio.Event(), asyncio.Event()

        async def answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            query = await reader.readexactly(int.from_bytes(await reader.readexactly(2), "big"))
            is_asked.set()
            await may_answer.wait()
            writer.write(framed(query[:2] + b"\x81\x80" + query[4:]))
            writer.close()

        loop = asyncio.get_running_loop()
        async with await asyncio.start_server(answers, LOOPBACK, 0) as server:
            where = server.sockets[0].getsockname()
            transport = Transport(loop)
            upstream = Upstream(name_server(LOOPBACK), where, transport.channel(where))
            for _ in range(DEAD_TRIES):
                upstream.missed(wall.seconds, refused=True)
            wall.seconds += 3
            streams = Streams(loop, transport.clock)
            health = Health([upstream], transport.clock, streams)
            died = [health.has_died()]
            await is_asked.wait()
            for _ in range(5):  # the refusal of the datagram is told with the first of them
                wall.seconds += 0.01
                transport.poll()
                died.append(health.has_died())
            may_answer.set()
            await asyncio.wait(streams.tasks)
            await asyncio.sleep(0)
            died.append(health.has_died())
            transport.shut()
            await streams.closed()
        return died, upstream.is_mute

    assert asyncio.run(run()) == ([False] * 7, True)
