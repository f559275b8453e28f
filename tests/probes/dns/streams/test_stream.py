"""Queries over TLS, and streams that take too long; plain TCP is in test_probe.py."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Literal

import pytest

from mailcheck.facts.dns import DnsAnswer, DnsQuery, NameServer
from mailcheck.names import parse_address
from mailcheck.probes.dns import DnsProbe
from mailcheck.probes.dns.clock import Clock
from mailcheck.probes.dns.datagrams.pace import Patience
from mailcheck.probes.dns.streams.broken import Broken
from mailcheck.probes.dns.streams.line import PIPELINED, TCP
from mailcheck.probes.dns.streams.stream import CLEARING, Streams
from mailcheck.probes.dns.wire.query import Query
from mailcheck.probes.routes import Routes
from mailcheck.question import Unobserved
from tests.probes.dns.scripted import answered
from tests.probes.dns.secured import LOOPBACK, Secured

QUERY = Query("example.com", "MX", recursive=True)


async def asked(server: NameServer, count: int = 1) -> list[DnsAnswer | Unobserved]:
    """Ask *server* as the run's resolver, one name after the other."""
    loop = asyncio.get_running_loop()
    probe = DnsProbe(loop, (server,), Routes(), Patience(rounds=1))
    try:
        names = [f"n{number}.example" for number in range(count)]
        return [await answered(probe, DnsQuery(name, "MX")) for name in names]
    finally:
        await probe.closed()


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Secured:
    """A server over TLS whose authority this machine trusts."""
    server = Secured("tls")
    monkeypatch.setenv("SSL_CERT_FILE", server.trusted(tmp_path))
    return server


def test_a_server_is_asked_over_tls_on_one_connection(trusted: Secured) -> None:
    async def run() -> list[DnsAnswer | Unobserved]:
        async with trusted.serving():
            return await asked(trusted.server(), 3)

    said = asyncio.run(run())
    assert [one.status for one in said if isinstance(one, DnsAnswer)] == ["nodata"] * 3
    assert (trusted.connections, len(trusted.asked)) == (1, 3)
    assert "over TLS" in str(said[0].evidence[0])


def test_an_answer_that_comes_twice_is_not_the_next_one(trusted: Secured) -> None:
    trusted.copies = 2

    async def run() -> list[DnsAnswer | Unobserved]:
        async with trusted.serving():
            return await asked(trusted.server(), 4)

    said = asyncio.run(run())
    assert [one.status for one in said if isinstance(one, DnsAnswer)] == ["nodata"] * 4
    assert (trusted.connections, len(trusted.asked)) == (1, 4)


def test_many_questions_share_a_connection(trusted: Secured) -> None:
    trusted.at_a_time = 40

    async def run() -> list[DnsAnswer | Unobserved]:
        async with trusted.serving():
            loop = asyncio.get_running_loop()
            probe = DnsProbe(loop, (trusted.server(),), Routes(), Patience(rounds=1))
            names = [f"n{number}.example" for number in range(40)]
            said = await asyncio.gather(*(answered(probe, DnsQuery(name, "MX")) for name in names))
            await probe.closed()
            return said

    said = asyncio.run(run())
    assert [one.name for one in said if isinstance(one, DnsAnswer)] == [
        f"n{number}.example" for number in range(40)
    ]
    assert (trusted.connections, len(trusted.asked)) == (1, 40)


def test_a_resolver_has_as_long_over_tls_as_a_question_may_take(trusted: Secured) -> None:
    trusted.ignores = b"slow"

    async def run() -> list[DnsAnswer | Unobserved]:
        async with trusted.serving():
            loop = asyncio.get_running_loop()
            patience = Patience(total=13.0, tcp=5.0, rounds=1)
            probe = DnsProbe(loop, (trusted.server(),), Routes(), patience)
            slow = asyncio.ensure_future(answered(probe, DnsQuery("slow.example", "MX")))
            await trusted.until_asked(1)
            probe.clock.skip(-12.0)
            probe.streams.sweep()
            await answered(probe, DnsQuery("quick.example", "MX"))
            assert not slow.done()
            probe.clock.skip(-14.0)
            probe.streams.sweep()
            said = await slow
            await probe.closed()
            return [said]

    [said] = asyncio.run(run())
    assert isinstance(said, Unobserved)
    assert said.cause == "timeout"


def test_the_time_in_our_own_line_is_not_taken_from_a_question() -> None:
    async def run() -> list[DnsAnswer | Unobserved]:
        server = NameServer(parse_address(LOOPBACK), port=9, protocol="tls")
        probe = DnsProbe(asyncio.get_running_loop(), (server,), Routes(), Patience(total=13.0))
        for _ in range(PIPELINED.at_one):
            probe.streams.ask(QUERY, server, (LOOPBACK, 9), 1000.0, lambda _: None)
        said: list[DnsAnswer | Unobserved] = []
        probe.ask(DnsQuery("late.example", "MX"), said.append)
        for seconds in (14.0, 10.0):  # it waited in vain once, and has as long again
            probe.clock.skip(-seconds)
            probe.streams.sweep()
        await probe.closed()
        return said

    assert asyncio.run(run()) == []


@pytest.mark.parametrize("protocol", ["tls", "https"])
def test_what_is_urgent_waits_for_nobody(
    protocol: Literal["tls", "https"], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Secured(protocol)
    server.ignores = b"slow"
    monkeypatch.setenv("SSL_CERT_FILE", server.trusted(tmp_path))
    slow = Query("slow.example", "MX", recursive=True)

    async def run() -> bytes | Broken:
        async with server.serving() as where:
            loop = asyncio.get_running_loop()
            streams = Streams(loop, Clock())
            for _ in range(PIPELINED.at_one):
                streams.ask(slow, server.server(), where, 1000.0, lambda _: None)
            said: asyncio.Future[bytes | Broken] = loop.create_future()
            streams.ask(QUERY, server.server(), where, 1000.0, said.set_result, is_urgent=True)
            await said
            await streams.closed()
            return said.result()

    assert isinstance(asyncio.run(run()), bytes)


def test_a_certificate_of_somebody_else_is_not_taken(trusted: Secured) -> None:
    async def run() -> list[DnsAnswer | Unobserved]:
        async with trusted.serving():
            return await asked(trusted.server("other.example"))

    [said] = asyncio.run(run())
    assert isinstance(said, Unobserved)
    assert said.cause == "unreachable"
    assert said.text.startswith("the server's certificate is not valid for other.example: ")
    assert trusted.asked == []


def test_an_authority_nobody_trusts_is_not_trusted() -> None:
    stranger = Secured("tls")

    async def run() -> list[DnsAnswer | Unobserved]:
        async with stranger.serving():
            return await asked(stranger.server())

    [said] = asyncio.run(run())
    assert isinstance(said, Unobserved)
    assert said.cause == "unreachable"
    assert said.text.startswith("the server's certificate is not valid for dns.example: ")
    assert stranger.asked == []


def test_a_server_that_does_not_listen_is_unreachable(trusted: Secured) -> None:
    async def run() -> list[DnsAnswer | Unobserved]:
        async with trusted.serving():
            pass
        return await asked(trusted.server())

    [said] = asyncio.run(run())
    assert isinstance(said, Unobserved)
    assert said.cause == "unreachable"
    assert "(Connection refused)" in said.evidence[0].result


class Deaf:
    """A server that accepts connections and never answers."""

    def __init__(self) -> None:
        self.accepted = 0
        self.crowded = asyncio.Event()

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.accepted += 1
        if self.accepted == TCP.at_one:
            self.crowded.set()
        with suppress(ConnectionError):
            await reader.read()
        writer.transport.abort()


def test_a_resolver_over_tls_may_restart(trusted: Secured) -> None:
    """While its port is closed it is asked again, as it is over datagrams."""

    async def run() -> str:
        loop = asyncio.get_running_loop()
        async with trusted.serving():
            server = trusted.server()
        probe = DnsProbe(loop, (server,), Routes())
        told: asyncio.Future[DnsAnswer | Unobserved] = loop.create_future()
        probe.ask(DnsQuery("example.com", "MX"), told.set_result)
        await asyncio.wait(probe.streams.tasks)
        async with trusted.serving(server.port):
            said = await told
            await probe.closed()
        return said.cause if isinstance(said, Unobserved) else said.status

    assert asyncio.run(run()) == "nodata"


def test_streams_queue_and_end_when_their_time_is_up() -> None:
    async def run() -> tuple[int, list[bytes | Broken]]:
        deaf, clock = Deaf(), Clock()
        streams = Streams(asyncio.get_running_loop(), clock)
        said: list[bytes | Broken] = []
        server = await asyncio.start_server(deaf.accept, LOOPBACK, 0)
        port = server.sockets[0].getsockname()[1]
        where = NameServer(parse_address(LOOPBACK), port=port)
        async with server:
            for number in range(TCP.at_one + 5):
                patience = 0.0 if number < TCP.at_one else 1000.0
                streams.ask(QUERY, where, (LOOPBACK, port), patience, said.append)
            await deaf.crowded.wait()
            at_once = len(streams.tasks)
            assert streams.sweep()
            while len(said) < TCP.at_one:
                await asyncio.wait(streams.tasks, return_when=asyncio.FIRST_COMPLETED)
            streams.sweep()  # one got a stream after the first stall, the others wait in vain
            await streams.closed()
        return at_once, said

    at_once, said = asyncio.run(run())
    assert at_once == TCP.at_one
    assert said == [Broken("truncated", "the whole answer did not come over TCP")] * (
        TCP.at_one + 4
    )


def test_a_stream_whose_time_is_up_may_put_its_connection_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ended: list[str] = []
    heard = asyncio.Event()

    async def stubborn(*_: object) -> bytes:
        while True:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                ended.append("told")
                heard.set()
                if len(ended) > 1:
                    raise

    monkeypatch.setattr(Streams, "_exchange", stubborn)

    async def run() -> tuple[int, list[bytes | Broken]]:
        clock = Clock()
        streams = Streams(asyncio.get_running_loop(), clock)
        said: list[bytes | Broken] = []
        where = NameServer(parse_address(LOOPBACK))
        streams.ask(QUERY, where, (LOOPBACK, 53), 1.0, said.append)
        await asyncio.sleep(0)  # it begins
        clock.skip(-1.0)
        streams.sweep()
        await heard.wait()
        for _ in range(3):
            streams.sweep()
            await asyncio.sleep(0)
        at_first = len(ended)
        clock.skip(-CLEARING)
        streams.sweep()
        await asyncio.gather(*streams.tasks, return_exceptions=True)
        await streams.closed()
        return at_first, said

    at_first, said = asyncio.run(run())
    assert at_first == 1
    assert said == [Broken("truncated", "the whole answer did not come over TCP")]


def test_an_error_that_nobody_expects_ends_its_question(
    trusted: Secured, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> bytes:
        raise RuntimeError("a bug of a library")

    monkeypatch.setattr(Streams, "_exchange", fails)

    async def run() -> list[DnsAnswer | Unobserved]:
        async with trusted.serving():
            return await asyncio.wait_for(asked(trusted.server()), 5)

    [said] = asyncio.run(run())
    assert isinstance(said, Unobserved)
    assert (said.cause, said.text) == ("probe-crashed", "RuntimeError: a bug of a library")


def test_a_resolver_over_tls_may_hang_up_for_a_while(trusted: Secured) -> None:
    """While it hangs up it is asked again and again, as one over UDP whose port is closed."""

    async def run() -> DnsAnswer | Unobserved:
        async with trusted.serving():
            server = trusted.server()
            probe = DnsProbe(asyncio.get_running_loop(), (server,), Routes())
            try:
                await answered(probe, DnsQuery("before.example", "MX"))
                trusted.poison, served = b"\5after", trusted.poison
                asking = asyncio.ensure_future(answered(probe, DnsQuery("after.example", "MX")))
                await trusted.until_asked(8)  # twice in vain was the end
                trusted.poison = served
                return await asking
            finally:
                await probe.closed()

    said = asyncio.run(run())
    assert isinstance(said, DnsAnswer), said


def test_no_resolver_waits_for_servers_of_others_that_say_nothing() -> None:
    clock = Clock()
    said: list[bytes | Broken] = []

    async def run() -> tuple[int, int]:
        server = await asyncio.start_server(lambda *_: None, LOOPBACK, 0)
        async with server:
            _, port = server.sockets[0].getsockname()
            streams = Streams(asyncio.get_running_loop(), clock)
            silent = NameServer(parse_address(LOOPBACK))
            other = Query("example.com", "MX", recursive=False)
            for number in range(2 * TCP.at_once):
                streams.ask(other, silent, (f"127.0.1.{number}", port), 5.0, said.append)
            before = len(streams.tasks)
            streams.ask(QUERY, silent, (LOOPBACK, port), 5.0, said.append)
            after = len(streams.tasks)
            await streams.closed()
        return before, after

    assert asyncio.run(run()) == (TCP.at_once, TCP.at_once + 1)
