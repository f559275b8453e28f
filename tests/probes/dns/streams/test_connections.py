"""One query on a connection of its own, and what else may come over it."""

from __future__ import annotations

import asyncio

import pytest

from mailcheck.probes.dns.streams.connections import Mismatched, ask_alone
from mailcheck.probes.dns.streams.pipeline import framed
from mailcheck.probes.dns.wire.query import Query
from tests.probes.dns.secured import LOOPBACK

QUERY = Query("example.com", "MX", recursive=True)
OTHER = Query("example.net", "MX", recursive=True)


def response(query: Query = QUERY) -> bytes:
    """What follows the id."""
    return b"\x81\x80" + query.wire[2:]


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        pytest.param([(0, response())], True, id="answer"),
        pytest.param([(1, response()), (0, response())], True, id="stray before it"),
        pytest.param([(1, response())], False, id="stray only"),
        pytest.param([(0, response(OTHER)), (0, response())], False, id="another question"),
    ],
)
def test_messages_are_read_up_to_the_one_that_answers(
    said: list[tuple[int, bytes]], *, holds: bool
) -> None:
    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        query = await reader.read(100)
        for off, rest in said:
            writer.write(framed(bytes([query[2] ^ off, query[3]]) + rest))
        writer.close()

    async def run() -> bytes:
        async with await asyncio.start_server(accept, LOOPBACK, 0) as server:
            return await ask_alone(QUERY, server.sockets[0].getsockname())

    if holds:
        assert asyncio.run(run())[2:] == response()
    else:
        with pytest.raises(Mismatched):
            asyncio.run(run())


def test_a_connection_that_ends_before_the_answer_is_broken() -> None:
    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.close()

    async def run() -> None:
        async with await asyncio.start_server(accept, LOOPBACK, 0) as server:
            await ask_alone(QUERY, server.sockets[0].getsockname())

    with pytest.raises(EOFError):
        asyncio.run(run())
