"""Datagram sockets: what is taken in, what is passed over, and what a kernel may say."""

from __future__ import annotations

import asyncio
import errno
import socket
from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.probes.dns.datagrams.udp import FLOODED, GUESSED, random_id
from mailcheck.probes.dns.transport import Transport
from mailcheck.probes.dns.wire.matching import QUESTION
from mailcheck.probes.dns.wire.query import Query
from tests.probes.dns.echo import Echo, Fate, sends

if TYPE_CHECKING:
    from mailcheck.probes.dns.datagrams.attempt import Attempt

QUERY = Query("a.example", "A", recursive=True)


def test_ids_are_two_octets_of_all_values() -> None:
    ids = [random_id() for _ in range(20_000)]
    assert {len(one) for one in ids} == {2}
    assert len(set(ids)) > 15_000


def outcome(fate: Fate = sends) -> tuple[str, bool, int]:
    """Ask an echo once; return the failure, whether there was an answer, and what was ignored."""

    async def run() -> tuple[str, bool, int]:
        loop = asyncio.get_running_loop()
        transport = Transport(loop)
        told: asyncio.Future[tuple[str, bool]] = loop.create_future()

        def take(attempt: Attempt, wire: bytes | None) -> None:
            if not told.done():
                told.set_result((attempt.failure, wire is not None))

        async with Echo(fate).serving() as endpoint:
            channel = transport.channel(endpoint)
            channel.ask(QUERY, take)
            failure, answered = await told
            transport.shut()
        return failure, answered, channel.counts.ignored

    return asyncio.run(run())


def under_another_id(answer: bytes) -> bytes:
    """Return *answer* as somebody sends it who has to guess the id."""
    return bytes((answer[0] ^ 1,)) + answer[1:]


@pytest.mark.parametrize(
    ("fate", "expected"),
    [
        pytest.param(sends, ("", True, 0), id="an answer"),
        pytest.param(lambda _, a: [a[:12], a], ("", True, 1), id="a bare header first"),
        pytest.param(
            lambda _, a: [a.replace(b"\x07example", b"\x07elpmaxe"), a],
            ("", True, 1),
            id="another question first",
        ),
        pytest.param(
            lambda _, a: [a[:2] + b"\x01\x80" + a[4:], a], ("", True, 1), id="a query first"
        ),
        pytest.param(
            lambda _, a: [under_another_id(a), a], (GUESSED, False, 2), id="a guess first"
        ),
        pytest.param(
            lambda _, a: [a.replace(b"example", b"eXampLe")], ("", True, 0), id="in another case"
        ),
        pytest.param(lambda _, a: [a + bytes(60_000)], ("", True, 0), id="as large as can be"),
    ],
)
def test_only_what_matches_is_delivered(fate: Fate, expected: tuple[str, bool, int]) -> None:
    assert outcome(fate) == expected


@pytest.mark.parametrize(
    ("waits_for_it", "between"),
    [
        pytest.param(False, 0, id="given up"),
        pytest.param(False, 300, id="given up long ago"),
        pytest.param(True, 0, id="answered before"),
    ],
)
def test_an_answer_to_what_was_asked_before_is_no_guess(
    between: int, *, waits_for_it: bool
) -> None:
    held: list[bytes] = []

    def first_again(_: int, answer: bytes) -> list[bytes]:
        if not answer.startswith(QUERY.question, QUESTION):
            return [answer]
        held.append(answer)
        return [*held] if len(held) > 1 or waits_for_it else []

    async def run() -> list[tuple[str, bool]]:
        loop = asyncio.get_running_loop()
        transport = Transport(loop)
        echo = Echo(first_again)
        async with echo.serving() as endpoint:
            channel = transport.channel(endpoint)

            async def told(query: Query) -> tuple[str, bool]:
                answered: asyncio.Future[tuple[str, bool]] = loop.create_future()

                def take(attempt: Attempt, wire: bytes | None) -> None:
                    answered.set_result((attempt.failure, wire is not None))

                attempt = channel.ask(query, take)
                if query is QUERY and not held and not waits_for_it:
                    await echo.heard.wait()
                    attempt.forget()
                    return "", True
                return await answered

            others = [Query(f"n{number}.example", "A", recursive=True) for number in range(between)]
            said = [await told(query) for query in (QUERY, *others, QUERY)]
            transport.shut()
        assert len({port for _, port in echo.asked}) == 1
        return said

    assert asyncio.run(run()) == [("", True)] * (2 + between)


class Flooded(socket.socket):
    """A socket that something arrives at without end."""

    def recv(self, *_: Any) -> bytes:
        return b"\0\0junk"


def test_a_flooded_socket_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailcheck.probes.dns.datagrams.udp.socket.socket", Flooded)
    failure, answered, ignored = outcome()
    assert (failure, answered) == (FLOODED, False)
    assert 1000 < ignored < 2000


class Clogged(socket.socket):
    """A socket for which the kernel has no room at first, or never."""

    refusals = 0
    error = errno.EAGAIN

    def send(self, *args: Any) -> int:
        if Clogged.refusals:
            Clogged.refusals -= 1
            raise OSError(Clogged.error, "refused")
        return super().send(*args)


@pytest.mark.parametrize("error", [errno.EAGAIN, errno.ENOBUFS])
def test_what_the_kernel_has_no_room_for_is_sent_later(
    monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    monkeypatch.setattr("mailcheck.probes.dns.datagrams.udp.socket.socket", Clogged)
    monkeypatch.setattr(Clogged, "refusals", 3)
    monkeypatch.setattr(Clogged, "error", error)
    assert outcome() == ("", True, 0)
    assert Clogged.refusals == 0


def test_what_cannot_be_sent_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailcheck.probes.dns.datagrams.udp.socket.socket", Clogged)
    monkeypatch.setattr(Clogged, "refusals", 1)
    monkeypatch.setattr(Clogged, "error", errno.EHOSTUNREACH)
    assert outcome() == ("No route to host", False, 0)
