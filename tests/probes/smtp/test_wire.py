"""The octets of a session, however the network cuts them."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.smtp.reply import LINE_LIMIT, REPLY_LIMIT, Reply, read_reply
from mailcheck.probes.smtp import wire
from mailcheck.probes.smtp.wire import Wire

EHLO = b"250-mx.example.com greets you\r\n250-SIZE 1000\r\n250 HELP\r\n"


def in_seconds(seconds: float) -> float:
    """When that is, by the clock of the running loop."""
    return asyncio.get_running_loop().time() + seconds


def heard(*chunks: bytes, lost: bool = False) -> tuple[Reply, str]:
    """What a wire makes of a greeting that comes in *chunks*, and what it left unread."""

    async def hear() -> tuple[Reply, str]:
        client = Wire()
        client.connection_made(asyncio.Transport())
        for chunk in chunks:
            client.data_received(chunk)
        if lost:
            client.connection_lost(None)
        return await client.exchange(b"", in_seconds(5)), client.unread

    return asyncio.run(hear())


@given(st.lists(st.integers(0, len(EHLO)), max_size=8))
def test_a_reply_is_the_same_however_it_is_cut(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(EHLO)]
    assert (read_reply(EHLO)[0], "") == heard(*(EHLO[a:b] for a, b in pairwise(edges)))


def test_what_follows_a_reply_stays_unread() -> None:
    assert (Reply(("220 mx",)), "250 mx\r\n") == heard(b"220 mx\r\n250 mx\r\n")


def test_what_follows_a_reply_is_not_taken_for_the_next_one() -> None:
    async def talk() -> None:
        client = Wire()
        client.connection_made(asyncio.Transport())
        client.data_received(b"220 mx\r\n250 mx\r\n")
        await client.exchange(b"", in_seconds(5))
        await client.exchange(b"EHLO [192.0.2.1]", in_seconds(5))

    with pytest.raises(ValueError, match="went on talking"):
        asyncio.run(talk())


def test_a_reply_that_came_before_the_end_is_read() -> None:
    assert (Reply(("554 no",)), "") == heard(b"554 no\r\n", lost=True)


def test_an_end_without_a_reply_is_a_lost_connection() -> None:
    with pytest.raises(ConnectionAbortedError):
        heard(b"220-mx\r\n", lost=True)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param([b"2x0-mx\r\n"], id="no code, and more to come"),
        pytest.param([b"220-mx\r\n", b"x" * 1000, b"x" * 1048], id="a line without end"),
        pytest.param([b"220-" + b"x" * LINE_LIMIT + b"\r\n"], id="a long line, and more to come"),
        pytest.param([b"220-mx\r\n" * 512] * 8, id="lines without end"),
    ],
)
def test_what_can_become_no_reply_is_not_waited_for(said: list[bytes]) -> None:
    with pytest.raises(ValueError, match=r"line|end"):
        heard(*said)


@pytest.mark.parametrize(
    ("limits", "glance"),
    [
        pytest.param((60, 0.01), wire.GLANCE, id="a shorter limit after a longer one"),
        pytest.param((0.01, 0.02), wire.GLANCE, id="a longer limit after a shorter one"),
        pytest.param((60, 0.05), 0.01, id="looks at the clock in between"),
        pytest.param((60, -1), wire.GLANCE, id="a limit that is over"),
    ],
)
def test_nobody_is_waited_for_beyond_the_limit(
    monkeypatch: pytest.MonkeyPatch, limits: tuple[float, float], glance: float
) -> None:
    monkeypatch.setattr(wire, "GLANCE", glance)

    async def talk() -> None:
        client = Wire()
        client.connection_made(asyncio.Transport())
        loop = asyncio.get_running_loop()
        loop.call_soon(client.data_received, b"220 mx\r\n")
        await client.exchange(b"", in_seconds(limits[0]))
        ends = in_seconds(limits[1])
        with pytest.raises(TimeoutError):
            await client.exchange(b"", ends)
        assert loop.time() >= ends

    asyncio.run(talk())


def test_a_command_is_one_line() -> None:
    async def smuggle() -> None:
        await Wire().exchange(b"RCPT TO:<a>\r\nDATA", in_seconds(5))

    with pytest.raises(ValueError, match="one line"):
        asyncio.run(smuggle())


@given(st.binary(min_size=1, max_size=100))
def test_any_octets_are_a_reply_or_refused(junk: bytes) -> None:
    try:
        reply, _ = heard(junk + b"\r\n.\r\n")
    except ValueError:
        return
    assert 200 <= reply.code <= 599


def test_no_more_is_kept_than_a_reply_may_be_long() -> None:
    async def flooded() -> int:
        client = Wire()
        client.connection_made(asyncio.Transport())
        for _ in range(10):
            client.data_received(b"220-mx\r\n" * REPLY_LIMIT)
        return len(client.unread)

    assert asyncio.run(flooded()) == REPLY_LIMIT
