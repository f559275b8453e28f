"""Many queries at a time over TLS, and connections that end, stall or die."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from mailcheck.facts.dns import NameServer
from mailcheck.names import parse_address
from mailcheck.probes.dns.clock import Clock
from mailcheck.probes.dns.streams.tls import CONNECTING, CONNECTIONS, SILENT, TlsClient
from mailcheck.probes.dns.wire.matching import answers
from mailcheck.probes.dns.wire.query import Query
from tests.probes.dns.secured import LOOPBACK, Secured, Stuck

T = TypeVar("T")


def query(name: str) -> Query:
    return Query(f"{name}.example", "MX", recursive=True)


def queries(count: int) -> list[Query]:
    return [query(f"n{number}") for number in range(count)]


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Secured:
    """A server over TLS whose authority this machine trusts."""
    server = Secured("tls")
    monkeypatch.setenv("SSL_CERT_FILE", server.trusted(tmp_path))
    return server


def run(server: Secured, scene: Callable[[TlsClient, Clock], Awaitable[T]]) -> T:
    """Play *scene* with a client of *server*."""

    async def play() -> T:
        async with server.serving() as where:
            clock = Clock()
            client = TlsClient(server.server(), where, clock)
            try:
                return await scene(client, clock)
            finally:
                await client.closed()

    return asyncio.run(play())


def pass_time(client: TlsClient, clock: Clock, seconds: float) -> None:
    clock.skip(-seconds)
    client.sweep()


async def all_of(client: TlsClient, asked: list[Query]) -> list[bytes]:
    """Ask everything at once; every answer is the one to its query."""
    said = await asyncio.gather(*map(client.ask, asked))
    assert all(answers(one, wire) for one, wire in zip(asked, said, strict=True))
    return said


def test_queries_do_not_wait_for_the_answers_before_them(trusted: Secured) -> None:
    trusted.at_a_time = 50
    run(trusted, lambda client, _: all_of(client, queries(200)))
    assert (trusted.connections, len(trusted.asked)) == (1, 200)


@pytest.mark.parametrize("answers_each", [1, 10])
def test_a_server_that_closes_connections_is_asked_what_it_takes(
    trusted: Secured, answers_each: int
) -> None:
    trusted.closes_after = answers_each
    rooms: list[int] = []

    async def scene(client: TlsClient, _: Clock) -> None:
        await all_of(client, queries(60))
        rooms.append(client.room)

    run(trusted, scene)
    assert 60 // answers_each <= trusted.connections <= 2 * 60 // answers_each
    assert len(trusted.asked) <= 60 + 3 * 60  # all of them once, later no more than fits
    assert rooms[0] <= 2 * CONNECTIONS * answers_each


def test_a_query_the_server_cannot_bear_fails_alone(trusted: Secured) -> None:
    trusted.poison = b"poison"

    async def scene(client: TlsClient, _: Clock) -> BaseException:
        asked = [query("poison"), *queries(20)]
        said = await asyncio.gather(*map(client.ask, asked), return_exceptions=True)
        assert all(isinstance(one, bytes) for one in said[1:])
        assert isinstance(said[0], BaseException)
        return said[0]

    assert isinstance(run(trusted, scene), EOFError | ConnectionError)


def test_what_is_asked_on_a_dead_connection_is_asked_again_on_another(trusted: Secured) -> None:
    trusted.mute_after = {1: 1}

    async def scene(client: TlsClient, clock: Clock) -> None:
        await client.ask(query("first"))
        asked = asyncio.ensure_future(all_of(client, queries(5)))
        await trusted.until_asked(6)
        pass_time(client, clock, SILENT)
        await asked
        await client.ask(query("last"))

    run(trusted, scene)
    assert (trusted.connections, len(trusted.asked)) == (2, 1 + 5 + 5 + 1)


def test_a_slow_answer_is_taken_from_a_connection_that_was_doubted(trusted: Secured) -> None:
    trusted.mute_after = {2: 0}

    async def scene(client: TlsClient, clock: Clock) -> None:
        await client.ask(query("first"))
        trusted.at_a_time = 2
        slow = asyncio.ensure_future(client.ask(query("slow")))
        await trusted.until_asked(2)
        other = asyncio.ensure_future(client.ask(query("slow too")))
        await asyncio.sleep(0)  # it is sent, and the server has had no turn yet
        pass_time(client, clock, SILENT)
        await asyncio.gather(slow, other)

    run(trusted, scene)


def test_silence_about_one_name_harms_no_other(trusted: Secured) -> None:
    trusted.ignores = b"slow"

    async def scene(client: TlsClient, clock: Clock) -> None:
        slow = asyncio.ensure_future(client.ask(query("slow")))
        for number in range(10):
            clock.skip(-SILENT / 2)
            await client.ask(query(f"n{number}"))
            client.sweep()
        slow.cancel()
        await asyncio.wait([slow])
        await client.ask(query("last"))

    run(trusted, scene)
    assert (trusted.connections, len(trusted.asked)) == (1, 12)


def test_a_connection_that_never_said_anything_is_not_used_again(trusted: Secured) -> None:
    trusted.mute_after = {1: 0}

    async def scene(client: TlsClient, clock: Clock) -> None:
        unheard = asyncio.ensure_future(client.ask(query("first")))
        await trusted.until_asked(1)
        pass_time(client, clock, 10 * SILENT)
        assert not unheard.done()
        unheard.cancel()
        await asyncio.wait([unheard])
        await client.ask(query("second"))

    run(trusted, scene)
    assert trusted.connections == 2


def test_what_is_urgent_is_asked_on_a_connection_of_its_own(trusted: Secured) -> None:
    trusted.mute_after = {1: 1}

    async def scene(client: TlsClient, _: Clock) -> None:
        await client.ask(query("first"))
        await client.ask(query("urgent"), is_urgent=True)

    run(trusted, scene)
    assert trusted.connections == 2


def test_a_handshake_that_does_not_end_is_given_up() -> None:
    async def play() -> None:
        stuck = Stuck()
        async with stuck.serving() as where:
            clock = Clock()
            client = TlsClient(NameServer(parse_address(LOOPBACK), protocol="tls"), where, clock)
            asked = asyncio.ensure_future(client.ask(query("first")))
            await stuck.accepted.wait()
            pass_time(client, clock, CONNECTING)
            with pytest.raises(TimeoutError):
                await asked
            await client.closed()

    asyncio.run(play())
