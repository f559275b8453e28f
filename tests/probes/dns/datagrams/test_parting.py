"""What is late and forgotten: whether it was lost shows a little later."""

from __future__ import annotations

import asyncio

import pytest

from mailcheck.probes.dns.datagrams.attempt import Attempt
from mailcheck.probes.dns.datagrams.pace import FLOOR, START
from mailcheck.probes.dns.transport import Transport
from mailcheck.probes.dns.wire.query import Query
from tests.probes.dns.echo import Echo

QUERY = Query("cold.example", "MX", recursive=True)


@pytest.mark.parametrize(
    ("is_answered", "lost"),
    [pytest.param(True, 0, id="answered"), pytest.param(False, 1, id="not")],
)
def test_an_answer_to_the_first_copy_may_come_after_the_one_to_the_second(
    lost: int, *, is_answered: bool
) -> None:
    """As from a resolver that found it at last, and gives it to all who asked."""
    held: list[bytes] = []

    def at_last(number: int, answer: bytes) -> list[bytes]:
        held.insert(0, answer)
        return held[: 1 + is_answered] if number else []

    async def run() -> tuple[int, int, int]:
        echo = Echo(at_last)
        transport = Transport(asyncio.get_running_loop())
        late, ended = asyncio.Event(), asyncio.Event()
        attempts: list[Attempt] = []

        def take(_: Attempt, wire: bytes | None) -> None:
            late.set()
            if wire is not None:
                for attempt in attempts:
                    attempt.forget()
                ended.set()

        async with echo.serving() as endpoint:
            channel = transport.channel(endpoint)
            attempts.append(channel.ask(QUERY, take))
            await late.wait()
            attempts.append(channel.ask(QUERY, take, 1))
            await ended.wait()
            while transport.is_watching:  # noqa: ASYNC110  it has no event
                await asyncio.sleep(FLOOR)
            transport.shut()
        return channel.counts.lost, channel.counts.ignored, channel.window.size

    assert asyncio.run(run()) == (lost, 0, START)
