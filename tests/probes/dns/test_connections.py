"""One query on one connection, and what else may come over it."""

from __future__ import annotations

import asyncio

import pytest

from mailcheck.probes.dns.connections import Connections, Mismatched
from mailcheck.probes.dns.query import Query
from tests.probes.dns.secured import LOOPBACK

QUERY = Query("example.com", "MX", recursive=True)
OTHER = Query("example.net", "MX", recursive=True)


def response(own: bytes, query: Query = QUERY) -> bytes:
    return own + b"\x81\x80" + query.wire[2:]


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        pytest.param([response(b"ab")], True, id="answer"),
        pytest.param([response(b"xy"), b"", response(b"ab")], True, id="strays before it"),
        pytest.param([response(b"xy")], False, id="stray only"),
        pytest.param([response(b"ab", OTHER), response(b"ab")], False, id="another question"),
    ],
)
def test_messages_are_read_up_to_the_one_that_answers(said: list[bytes], *, holds: bool) -> None:
    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(b"".join(len(one).to_bytes(2, "big") + one for one in said))
        writer.close()

    async def run() -> bytes:
        async with await asyncio.start_server(accept, LOOPBACK, 0) as server:
            where = server.sockets[0].getsockname()
            return await Connections().over_tcp(QUERY, b"ab", where)

    if holds:
        assert asyncio.run(run()) == response(b"ab")
    else:
        with pytest.raises(Mismatched):
            asyncio.run(run())
