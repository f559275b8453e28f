"""The lab's sockets."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import dns.asyncquery
import dns.message
import pytest

from mailcheck.lab.endpoints import LOOPBACK, Endpoints

if TYPE_CHECKING:
    from mailcheck.lab.faults import Transport


class Agreeable:
    """Answers every query, with nothing."""

    def respond(self, query: dns.message.Message, over: Transport) -> dns.message.Message | None:
        assert over in {"udp", "tcp"}
        return dns.message.make_response(query)


def test_a_refused_port_is_nobody_elses() -> None:
    """Connections are refused while the lab stands, and no other program can listen there."""

    async def run() -> None:
        endpoints = Endpoints()
        port = endpoints.refuse()
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection(LOOPBACK, port)
        with socket.socket() as other, pytest.raises(OSError, match="in use"):
            other.bind((LOOPBACK, port))
        await endpoints.close()
        with socket.socket() as other:
            other.bind((LOOPBACK, port))

    asyncio.run(run())


def test_garbage_on_tcp_ends_that_connection_only() -> None:
    """A length without its message, then a client that goes away."""

    async def run() -> None:
        endpoints = Endpoints()
        port = await endpoints.open_dns(Agreeable(), tcp=True)
        reader, writer = await asyncio.open_connection(LOOPBACK, port)
        writer.write(b"\x01\x00garbage")
        writer.write_eof()
        assert await reader.read() == b""
        writer.close()
        query = dns.message.make_query("example.com", "A")
        answer = await dns.asyncquery.tcp(query, LOOPBACK, port=port, timeout=5)
        assert query.is_response(answer)
        await endpoints.close()

    asyncio.run(run())


def test_garbage_on_udp_is_dropped() -> None:
    """The next datagram is served as if nothing had been."""

    async def run() -> None:
        endpoints = Endpoints()
        port = await endpoints.open_dns(Agreeable(), tcp=True)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.sendto(b"garbage", (LOOPBACK, port))
        query = dns.message.make_query("example.com", "A")
        answer = await dns.asyncquery.udp(query, LOOPBACK, port=port, timeout=5)
        assert query.is_response(answer)
        await endpoints.close()

    asyncio.run(run())
