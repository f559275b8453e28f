"""One try at one server: what it may still bring, and what a copy of its answer is."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.dns import name_server
from mailcheck.probes.dns import clock
from mailcheck.probes.dns.attempt import UnderWay
from mailcheck.probes.dns.pace import START
from mailcheck.probes.dns.query import Query
from mailcheck.probes.dns.transport import Transport
from mailcheck.probes.dns.upstream import SILENT_FOR, SILENT_TRIES, Upstream
from tests.probes.dns.echo import Echo
from tests.probes.dns.test_clock import Wall

if TYPE_CHECKING:
    from mailcheck.probes.dns.attempt import Attempt

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


def test_what_is_under_way_knows_whom_an_answer_may_still_come_from() -> None:
    async def run() -> None:
        transport = Transport(asyncio.get_running_loop())
        async with Echo(lambda *_: []).serving() as endpoint:
            channel = transport.channel(endpoint)
            upstream = Upstream(name_server("192.0.2.1"), endpoint, channel)
            under_way = UnderWay()
            assert not under_way.is_hopeful(0.0)
            for _ in range(START + 1):
                attempt = channel.ask(QUERY, lambda *_: None)
                under_way[attempt] = upstream
            assert under_way.tries(upstream) == START + 1
            assert under_way.unsent() == [(attempt, upstream)]
            assert under_way.is_hopeful(0.0)
            first = next(iter(under_way))
            first.late = True
            assert under_way.in_time() == [upstream] * START
            under_way[first] = None  # it was heard
            assert under_way.tries(upstream) == START
            upstream.failed, upstream.failing_since = SILENT_TRIES, -SILENT_FOR
            assert not under_way.is_hopeful(0.0)
            under_way.forget()
            assert not under_way
            assert first.forgotten
            transport.shut()

    asyncio.run(run())
