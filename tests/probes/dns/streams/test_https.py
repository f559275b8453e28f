"""Queries over HTTPS (RFC 8484)."""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from mailcheck.facts.dns import DnsAnswer, NameServer
from mailcheck.names import parse_address
from mailcheck.probes.dns.clock import Clock
from mailcheck.probes.dns.streams.https import CONNECTIONS, HttpsClient
from mailcheck.probes.dns.streams.tls import CONNECTING, SILENT
from mailcheck.probes.dns.wire.query import Query
from mailcheck.question import Unobserved
from tests.probes.dns.secured import LOOPBACK, Secured, Stuck
from tests.probes.dns.streams.test_stream import asked


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Secured:
    """A server over HTTPS whose authority this machine trusts."""
    server = Secured("https")
    monkeypatch.setenv("SSL_CERT_FILE", server.trusted(tmp_path))
    return server


def ask(server: Secured, name: str = "dns.example", count: int = 1) -> list[DnsAnswer | Unobserved]:
    """Ask *server* by *name*."""

    async def run() -> list[DnsAnswer | Unobserved]:
        async with server.serving():
            return await asked(server.server(name), count)

    return asyncio.run(run())


needs_httpx = pytest.mark.skipif(
    importlib.util.find_spec("httpx2") is None, reason="asking over HTTPS takes httpx2"
)


@needs_httpx
def test_a_server_is_asked_over_https_on_one_connection(trusted: Secured) -> None:
    said = ask(trusted, count=3)
    assert [one.status for one in said if isinstance(one, DnsAnswer)] == ["nodata"] * 3
    assert trusted.connections == 1
    assert trusted.heads[0].startswith("post /dns-query http/1.1\r\n")
    assert "\r\nhost: dns.example\r\n" in trusted.heads[0]
    assert "over HTTPS" in str(said[0].evidence[0])


@needs_httpx
def test_no_cookies_are_kept_and_nothing_comes_compressed(trusted: Secured) -> None:
    ask(trusted, count=2)
    assert len(trusted.heads) == 2
    assert not any("cookie" in head for head in trusted.heads)
    assert all("\r\naccept-encoding: identity\r\n" in head for head in trusted.heads)


@needs_httpx
def test_queries_have_the_id_0_so_that_caches_may_answer(trusted: Secured) -> None:
    ask(trusted)
    assert trusted.asked[0][:2] == b"\0\0"


@needs_httpx
@pytest.mark.parametrize(
    ("status", "padding", "name", "cause", "words"),
    [
        ("503 Busy", b"", "dns.example", "unreachable", "HTTP status 503"),
        ("200 OK", b"x" * 70_000, "dns.example", "malformed", "longer than"),
        ("200 OK", b"", "other.example", "unreachable", "other.example"),
    ],
    ids=["status", "endless", "another name"],
)
def test_what_is_no_answer_is_inconclusive(  # noqa: PLR0917  columns of the table
    trusted: Secured, status: str, padding: bytes, name: str, cause: str, words: str
) -> None:
    trusted.status, trusted.padding = status, padding
    [said] = ask(trusted, name)
    assert isinstance(said, Unobserved)
    assert said.cause == cause
    assert words in said.evidence[0].result


def test_without_the_package_it_is_said_what_is_missing(
    trusted: Secured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    [said] = ask(trusted)
    assert isinstance(said, Unobserved)
    assert (said.cause, said.not_evaluated) == ("no-probe", True)
    assert "pip install pytest-mailcheck[doh]" in said.text


def message(name: str) -> bytes:
    return b"\0\0" + Query(f"{name}.example", "MX", recursive=True).wire


def run(server: Secured, scene: Callable[[HttpsClient, Clock], Awaitable[None]]) -> None:
    """Play *scene* with a client of *server*."""

    async def play() -> None:
        async with server.serving() as where:
            clock = Clock()
            client = HttpsClient(server.server(), where, clock)
            try:
                await scene(client, clock)
            finally:
                await client.closed()

    asyncio.run(play())


@needs_httpx
def test_many_queries_share_few_connections(trusted: Secured) -> None:
    async def scene(client: HttpsClient, _: Clock) -> None:
        said = await asyncio.gather(*(client.ask(message(f"n{number}")) for number in range(40)))
        assert all(isinstance(one, bytes) for one in said)
        assert client.room == CONNECTIONS  # the server speaks no HTTP/2

    run(trusted, scene)
    assert trusted.connections <= CONNECTIONS
    assert len(trusted.asked) == 40


@needs_httpx
def test_what_is_asked_on_a_dead_connection_is_asked_again_on_another(trusted: Secured) -> None:
    trusted.mute_after = {1: 1}

    async def scene(client: HttpsClient, clock: Clock) -> None:
        await client.ask(message("first"))
        second = asyncio.ensure_future(client.ask(message("second")))
        await trusted.until_asked(2)
        clock.skip(-SILENT)
        client.sweep()
        assert isinstance(await second, bytes)

    run(trusted, scene)
    assert (trusted.connections, len(trusted.asked)) == (2, 3)


@needs_httpx
def test_a_name_the_server_is_long_about_is_asked_twice_and_waited_for(trusted: Secured) -> None:
    trusted.ignores = b"slow"

    async def scene(client: HttpsClient, clock: Clock) -> None:
        await client.ask(message("first"))
        slow = asyncio.ensure_future(client.ask(message("slow")))
        for number in range(3):
            await trusted.until_asked(2 + min(number, 1) + number)
            clock.skip(-SILENT)
            client.sweep()
            await client.ask(message(f"n{number}"))
        assert not slow.done()
        slow.cancel()
        await asyncio.wait([slow])

    run(trusted, scene)
    assert sum(trusted.ignores in one for one in trusted.asked) == 2


@needs_httpx
def test_a_handshake_that_does_not_end_is_given_up() -> None:
    async def play() -> None:
        stuck = Stuck()
        async with stuck.serving() as where:
            clock = Clock()
            server = NameServer(parse_address(LOOPBACK), protocol="https")
            client = HttpsClient(server, where, clock)
            asked = asyncio.ensure_future(client.ask(message("first")))
            await stuck.accepted.wait()
            clock.skip(-CONNECTING)
            client.sweep()
            with pytest.raises(TimeoutError):
                await asked
            await client.closed()

    asyncio.run(play())
