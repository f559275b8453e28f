"""The way to one server: a window, a queue behind it, and timers that are fair."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from mailcheck.probes.dns.datagrams.pace import FLOOR, INITIAL, PROOF, START
from mailcheck.probes.dns.transport import Transport
from mailcheck.probes.dns.wire.query import Query
from tests.probes.dns.echo import Echo, Fate, sends

if TYPE_CHECKING:
    from mailcheck.probes.dns.datagrams.attempt import Attempt
    from mailcheck.probes.dns.datagrams.channel import Channel

QUERIES = [Query(f"n{number}.example", "A", recursive=True) for number in range(200)]


class Told:
    """What a channel to an echo tells: the name asked for, and whether it was answered."""

    def __init__(self, fate: Fate = sends) -> None:
        self.echo = Echo(fate)
        self.said: list[tuple[str, bool]] = []
        self._count = 0
        self._enough = asyncio.Event()

    def take(self, attempt: Attempt, wire: bytes | None) -> None:
        """Note what came of *attempt*."""
        self.said.append((attempt.query.name.partition(".")[0], wire is not None))
        if len(self.said) >= self._count:
            self._enough.set()

    async def first(self, count: int) -> list[tuple[str, bool]]:
        """Wait until so much is told."""
        self._count = count
        if len(self.said) < count:
            self._enough.clear()
            await self._enough.wait()
        return self.said[:count]


def drop_first(number: int, answer: bytes) -> list[bytes]:
    """Lose the first query only."""
    return [answer] if number else []


def test_what_the_window_has_no_room_for_waits_and_goes_out_in_order() -> None:
    async def run() -> tuple[int, int, list[bytes]]:
        told = Told()
        transport = Transport(asyncio.get_running_loop())
        async with told.echo.serving() as endpoint:
            channel = transport.channel(endpoint)
            for query in QUERIES:
                channel.ask(query, told.take)
            at_once = channel.in_flight, len(channel.queue)
            await told.first(len(QUERIES))
            transport.shut()
        return *at_once, told.echo.questions

    in_flight, queued, questions = asyncio.run(run())
    assert (in_flight, queued) == (START, len(QUERIES) - START)
    assert sorted(questions) == sorted(query.question for query in QUERIES)


def test_a_lost_query_is_told_when_later_ones_were_answered() -> None:
    async def run() -> list[tuple[str, bool]]:
        told = Told(drop_first)
        transport = Transport(asyncio.get_running_loop())
        async with told.echo.serving() as endpoint:
            channel = transport.channel(endpoint)
            for query in QUERIES[:4]:
                channel.ask(query, told.take)
            said = await told.first(4)
            transport.shut()
        return said

    said = asyncio.run(run())
    assert sorted(said[:3]) == [("n1", True), ("n2", True), ("n3", True)]
    assert said[3] == ("n0", False)


def test_a_late_answer_is_delivered_after_the_silence() -> None:
    """Until somebody forgets the attempt."""
    held: list[bytes] = []

    def late(number: int, answer: bytes) -> list[bytes]:
        held.append(answer)
        return [] if number == 0 else held

    async def run() -> tuple[list[tuple[str, bool]], int]:
        told = Told(late)
        transport = Transport(asyncio.get_running_loop())
        async with told.echo.serving() as endpoint:
            channel = transport.channel(endpoint)
            channel.ask(QUERIES[0], told.take)
            await told.first(1)
            channel.ask(QUERIES[1], told.take)
            said = await told.first(3)
            transport.shut()
        return said, channel.counts.lost

    said, lost = asyncio.run(run())
    assert lost == 0
    assert said[0] == ("n0", False)
    assert sorted(said[1:]) == [("n0", True), ("n1", True)]


def test_what_is_late_is_lost_when_it_is_forgotten() -> None:
    """Not before: a window must not shrink because a resolver works on its answers."""

    async def run() -> list[int]:
        told = Told(lambda *_: [])
        transport = Transport(asyncio.get_running_loop())
        async with told.echo.serving() as endpoint:
            channel = transport.channel(endpoint)
            attempts = [channel.ask(query, told.take) for query in QUERIES[:START]]
            await told.first(START)
            late = channel.counts.lost, channel.window.size
            for attempt in attempts:
                attempt.forget()
            await asyncio.sleep(3 * FLOOR)
            transport.shut()
        return [*late, channel.counts.lost, channel.window.size]

    assert asyncio.run(run()) == [0, START, START, START // 2]


@pytest.mark.parametrize(("recursive", "seconds"), [(True, INITIAL), (False, FLOOR)])
def test_only_a_resolver_may_take_long_after_quick_answers(
    *, recursive: bool, seconds: float
) -> None:
    async def run() -> float:
        told = Told()
        transport = Transport(asyncio.get_running_loop())
        async with told.echo.serving() as endpoint:
            channel = transport.channel(endpoint)
            for _ in range(50):
                channel.round_trip.sample(0.0001)
            attempt = channel.ask(Query("a.example", "A", recursive), told.take)
            transport.shut()
        return attempt.due - attempt.sent

    assert asyncio.run(run()) == pytest.approx(seconds)


def test_repeated_queries_that_are_answered_at_once_prove_loss_until_an_answer_is_late() -> None:
    held: list[bytes] = []

    def late(number: int, answer: bytes) -> list[bytes]:
        held.append(answer)
        return [answer] if number < PROOF else [] if number == PROOF else held[PROOF:]

    async def run() -> list[float]:
        told = Told(late)
        transport = Transport(asyncio.get_running_loop())
        async with told.echo.serving() as endpoint:
            channel = transport.channel(endpoint)
            for query in QUERIES[:PROOF]:
                channel.ask(query, told.take, tries=1)
            await told.first(PROOF)
            proven = channel.round_trip.wait(recursive=True)
            channel.ask(QUERIES[-2], told.take)
            await told.first(PROOF + 1)
            channel.ask(QUERIES[-1], told.take)
            await told.first(PROOF + 3)
            transport.shut()
        return [proven, channel.round_trip.wait(recursive=True)]

    proven, doubted = asyncio.run(run())
    assert proven < INITIAL <= doubted


def test_a_forgotten_attempt_frees_its_room_and_tells_nothing() -> None:
    async def run() -> tuple[Channel, list[tuple[str, bool]]]:
        told = Told()
        transport = Transport(asyncio.get_running_loop())
        async with told.echo.serving() as endpoint:
            channel = transport.channel(endpoint)
            attempts = [channel.ask(query, told.take) for query in QUERIES[:70]]
            for attempt in attempts[:65]:
                attempt.forget()
                attempt.forget()
            said = await told.first(5)
            transport.shut()
        return channel, said

    channel, said = asyncio.run(run())
    assert sorted(said) == [(f"n{number}", True) for number in range(65, 70)]
    assert channel.in_flight == 0


def test_absence_is_no_silence() -> None:
    """The answer lies in the socket while nobody listens, however long that is."""

    async def run() -> tuple[list[tuple[str, bool]], int]:
        told = Told()
        transport = Transport(asyncio.get_running_loop())
        async with told.echo.serving() as endpoint:
            channel = transport.channel(endpoint)
            transport.clock.stop()
            attempt = channel.ask(QUERIES[0], told.take)
            attempt.due = float("-inf")  # as after an hour
            attempt.sent = float("-inf")
            await told.echo.heard.wait()
            transport.clock.start()
            transport.poll()
            said = await told.first(1)
            transport.shut()
        return said, channel.counts.lost

    assert asyncio.run(run()) == ([("n0", True)], 0)


def test_work_of_our_own_is_no_silence_either() -> None:
    """Ten seconds of computing between two looks at the timers are one look's worth of waiting."""

    async def run() -> float:
        transport = Transport(asyncio.get_running_loop())
        told = Told(lambda *_: [])
        async with told.echo.serving() as endpoint:
            transport.ask(QUERIES[0], endpoint, told.take)
            transport.clock.away -= 10  # as if ten seconds had passed
            before = transport.clock.now()
            transport.poll()
            after = transport.clock.now()
            transport.shut()
        assert told.said == []
        return before - after

    assert asyncio.run(run()) > 9


def test_what_answers_give_rise_to_goes_out_together_and_stretches_no_window() -> None:
    async def run() -> tuple[list[bool], bool, int]:
        told = Told()
        transport = Transport(asyncio.get_running_loop())
        left, was_sent = iter(QUERIES), []

        def take(attempt: Attempt, wire: bytes | None) -> None:
            told.take(attempt, wire)
            for query in left:
                was_sent.append(channel.ask(query, take).socket is not None)
                return

        async with told.echo.serving() as endpoint:
            channel = transport.channel(endpoint)
            for _ in range(4):
                channel.ask(next(left), take)
            await told.first(len(QUERIES))
            transport.shut()
        return was_sent, channel.window.full, channel.window.size

    assert asyncio.run(run()) == ([False] * (len(QUERIES) - 4), False, START)


def test_what_is_asked_while_nobody_listens_goes_out_when_somebody_does() -> None:
    async def run() -> tuple[int, int, list[tuple[str, bool]]]:
        told = Told()
        transport = Transport(asyncio.get_running_loop())
        transport.clock.stop()
        async with told.echo.serving() as endpoint:
            channel = transport.channel(endpoint)
            for query in QUERIES[:3]:
                channel.ask(query, told.take)
            unsent = channel.counts.sent
            transport.clock.start()
            transport.pump()
            sent = channel.counts.sent
            said = await told.first(3)
            transport.shut()
        return unsent, sent, said

    assert asyncio.run(run()) == (0, 3, [("n0", True), ("n1", True), ("n2", True)])
