"""DNS servers behind TLS on loopback, with certificates of an authority made for the test."""

from __future__ import annotations

import asyncio
import ssl
import sys
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import trustme

from mailcheck.facts.dns import NameServer
from mailcheck.names import parse_address

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import Literal

LOOPBACK = "127.0.0.1"


class Secured:
    """Answers NODATA, with RA, over TLS (RFC 7858) or HTTPS (RFC 8484).

    Its certificate is for *name*. ``connections`` counts handshakes, ``asked`` holds queries.

    It is silent to a query that holds ``ignores``, and after so many answers on the connections in
    ``mute_after``, which are numbered from 1. Over TLS it answers so many ``at_a_time``, the last
    first, each in so many ``copies``; it hangs up after ``closes_after`` answers on a connection,
    and at once on a query that holds ``poison``.
    """

    def __init__(self, protocol: Literal["tls", "https"], name: str = "dns.example") -> None:
        self.protocol = protocol
        self.connections = 0
        self.asked: list[bytes] = []
        self.heads: list[str] = []
        self.status = "200 OK"
        self.padding = b""
        self.at_a_time = 1
        self.copies = 1
        self.closes_after = sys.maxsize
        self.poison = self.ignores = b"\0none"
        self.mute_after: dict[int, int] = {}
        self.authority = trustme.CA()
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.issue_cert(name).configure_cert(self._context)
        self._port = 0
        self._arrived = asyncio.Event()
        self._conversations: set[asyncio.Task[None]] = set()

    def trusted(self, folder: Path) -> str:
        """Write the authority's certificate where SSL_CERT_FILE can point."""
        path = folder / "authority.pem"
        self.authority.cert_pem.write_to_path(str(path))
        return str(path)

    def server(self, name: str = "dns.example") -> NameServer:
        """Return the server as a run would name it."""
        return NameServer(
            parse_address(LOOPBACK), name, self._port, self.protocol, authentication=name
        )

    @asynccontextmanager
    async def serving(self, port: int = 0) -> AsyncIterator[tuple[str, int]]:
        """Listen on a port of loopback; 0 is any."""
        server = await asyncio.start_server(self._accept, LOOPBACK, port, ssl=self._context)
        self._port = server.sockets[0].getsockname()[1]
        async with server:
            yield LOOPBACK, self._port
        for task in self._conversations:
            task.cancel()
        await asyncio.gather(*self._conversations, return_exceptions=True)
        await asyncio.sleep(0)  # what was aborted is closed when the loop turns

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._conversations.add(asyncio.create_task(self._converse(reader, writer)))

    async def until_asked(self, count: int) -> None:
        """Wait for the query that makes it *count*."""
        while len(self.asked) < count:
            self._arrived.clear()
            await self._arrived.wait()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(asyncio.IncompleteReadError, OSError):
                if self.protocol == "tls":
                    await self._over_tls(reader, writer)
                else:
                    await self._over_https(reader, writer)
        finally:
            writer.transport.abort()

    def _answer(self, query: bytes) -> bytes:
        self.asked.append(query)
        self._arrived.set()
        return query[:2] + b"\x81\x80" + query[4:] + self.padding

    async def _over_tls(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        left = self.closes_after
        voice = self.mute_after.get(self.connections, sys.maxsize)
        held: list[bytes] = []
        while left:
            length = int.from_bytes(await reader.readexactly(2), "big")
            query = await reader.readexactly(length)
            answer = self._answer(query)
            if self.poison in query:
                return
            if self.ignores in query or not voice:
                continue
            held.append((len(answer).to_bytes(2, "big") + answer) * self.copies)
            if len(held) == min(self.at_a_time, left, voice):
                left -= len(held)
                voice -= len(held)
                writer.write(b"".join(reversed(held)))
                held.clear()
        await writer.drain()

    async def _over_https(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        voice = self.mute_after.get(self.connections, sys.maxsize)
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            self.heads.append(head)
            [length] = [line.split()[1] for line in head.splitlines() if "content-length" in line]
            query = await reader.readexactly(int(length))
            answer = self._answer(query)
            if self.ignores in query or not voice:
                await reader.read()
                return
            voice -= 1
            said = f"HTTP/1.1 {self.status}\r\nSet-Cookie: a=b\r\n"
            said += f"Content-Length: {len(answer)}\r\n\r\n"
            writer.write(said.encode() + answer)


class Stuck:
    """Accepts connections on loopback, and says nothing there; ``accepted`` once it did."""

    def __init__(self) -> None:
        self.accepted = asyncio.Event()
        self._ended = asyncio.Event()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[tuple[str, int]]:
        """Listen on a port; the one connection is to be closed by the client."""
        server = await asyncio.start_server(self._accept, LOOPBACK, 0)
        async with server:
            yield server.sockets[0].getsockname()
            await self._ended.wait()
        await asyncio.sleep(0)  # what was aborted is closed when the loop turns

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.accepted.set()
        with suppress(OSError):
            await reader.read()
            await reader.read()
        writer.transport.abort()
        self._ended.set()
