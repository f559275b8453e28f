"""One try at one server: what it may still bring, and what a copy of its answer is."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from mailcheck.probes.dns import clock
from mailcheck.probes.dns.transport import Transport
from mailcheck.probes.dns.wire.query import Query
from tests.probes.dns.echo import Echo
from tests.probes.dns.test_clock import Wall

if TYPE_CHECKING:
    from mailcheck.probes.dns.datagrams.attempt import Attempt

QUERY = Query("a.example", "A", recursive=True)


def twice(_: int, answer: bytes) -> list[bytes]:
    return [answer, answer]


def copies(*, keep: bool) -> tuple[int, int, int]:
    """Return how often a doubled answer was delivered, passed over, and left in flight."""

    async def run() -> tuple[int, int, int]:
        loop = asyncio.get_running_loop()
        transport = Transport(loop)
        given: list[Attempt] = []
        other = loop.create_future()

        def take(attempt: Attempt, _: bytes | None) -> None:
            given.append(attempt)
            if keep:
                attempt.keep()

        async with Echo(twice).serving() as endpoint:
            channel = transport.channel(endpoint)
            attempt = channel.ask(QUERY, take)
            channel.ask(Query("b.example", "A", recursive=True), lambda *_: other.set_result(None))
            await other
            attempt.forget()
            transport.poll()
            counts = len(given), channel.counts.ignored, channel.in_flight
            transport.shut()
        return counts

    return asyncio.run(run())


def test_an_answer_is_delivered_once() -> None:
    delivered, ignored, in_flight = copies(keep=False)
    assert (delivered, in_flight) == (1, 0)
    assert ignored >= 1


def test_an_id_that_is_kept_knows_a_copy() -> None:
    delivered, _, in_flight = copies(keep=True)
    assert (delivered, in_flight) == (2, 0)


def test_how_long_an_answer_took_is_never_less_than_it_did(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Absence counts: the answer may have come at any moment of it."""
    wall = Wall()
    monkeypatch.setattr(clock, "time", wall)

    async def run() -> float:
        transport = Transport(asyncio.get_running_loop())
        async with Echo().serving() as endpoint:
            attempt = transport.ask(QUERY, endpoint, lambda *_: None)
            transport.clock.stop()
            wall.seconds += 5
            transport.clock.start()
            wall.seconds += 1
            took = attempt.milliseconds()
            transport.shut()
        return took

    assert asyncio.run(run()) == 6000
