"""DNS servers behind TLS on loopback, with certificates of an authority made for the test."""

from __future__ import annotations

import asyncio
import ssl
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

    Its certificate is for *name*. ``connections`` counts handshakes, ``asked`` holds queries;
    over TLS each answer comes in so many ``copies``.
    """

    def __init__(self, protocol: Literal["tls", "https"], name: str = "dns.example") -> None:
        self.protocol = protocol
        self.connections = 0
        self.asked: list[bytes] = []
        self.heads: list[str] = []
        self.status = "200 OK"
        self.padding = b""
        self.copies = 1
        self.authority = trustme.CA()
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.issue_cert(name).configure_cert(self._context)
        self._port = 0
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
    async def serving(self) -> AsyncIterator[tuple[str, int]]:
        """Listen on a port of loopback."""
        server = await asyncio.start_server(self._accept, LOOPBACK, 0, ssl=self._context)
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

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                while True:
                    if self.protocol == "tls":
                        await self._one_over_tls(reader, writer)
                    else:
                        await self._one_over_https(reader, writer)
        finally:
            writer.transport.abort()

    def _answer(self, query: bytes) -> bytes:
        self.asked.append(query)
        return query[:2] + b"\x81\x80" + query[4:] + self.padding

    async def _one_over_tls(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        length = int.from_bytes(await reader.readexactly(2), "big")
        answer = self._answer(await reader.readexactly(length))
        writer.write((len(answer).to_bytes(2, "big") + answer) * self.copies)

    async def _one_over_https(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        self.heads.append(head)
        [length] = [line.split()[1] for line in head.splitlines() if "content-length" in line]
        answer = self._answer(await reader.readexactly(int(length)))
        said = f"HTTP/1.1 {self.status}\r\nSet-Cookie: a=b\r\n"
        said += f"Content-Length: {len(answer)}\r\n\r\n"
        writer.write(said.encode() + answer)
