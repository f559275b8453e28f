"""Web servers on loopback: a script of octets behind TLS, and the real one of the standard library."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import trustme

from mailcheck.facts.https import HttpsGet, HttpsGetFact
from mailcheck.names import parse_address
from mailcheck.probes.https import HttpsProbe, Timeouts
from mailcheck.probes.routes import Routes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from mailcheck.question import Unobserved

HOST = "mta-sts.example.com"
ADDRESS = parse_address("192.0.2.80")
ASKED = HttpsGet(ADDRESS, 443, HOST, "/.well-known/mta-sts.txt", 1000)
AUTHORITY = trustme.CA()

Step: TypeAlias = "bytes | str"
"""Octets that are sent; or ``silence`` (until the client leaves), ``drops`` or ``endless`` octets.

As the first step, ``stuck`` never begins TLS, and ``greets`` speaks before it.
"""


def tls_of(*names: str, authority: trustme.CA = AUTHORITY) -> ssl.SSLContext:
    """What a server needs whose certificate is for *names*."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(made)
    return made


def ok(body: bytes, head: str = "content-type: text/plain") -> bytes:
    """A response with status 200."""
    return f"HTTP/1.1 200 OK\r\n{head}\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body


@dataclass
class Web:
    """A server that plays ``script`` to each client, once it has heard a request.

    ``tls`` is None for one that speaks without. ``heads`` are the requests it heard.
    """

    script: tuple[Step, ...]
    tls: ssl.SSLContext | None = field(default_factory=lambda: tls_of(HOST))
    heads: list[str] = field(default_factory=list)
    port: int = 0
    most_open: int = 0
    open: int = 0
    silent: asyncio.Event = field(default_factory=asyncio.Event)
    names: list[str | None] = field(default_factory=list)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[Web]:
        """Serve on loopback, and wait until all clients are gone."""
        gone: list[asyncio.Task[None]] = []
        if self.tls is not None:
            self.tls.sni_callback = lambda _, name, __: self.names.append(name)

        async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task
            gone.append(task)
            self.open += 1
            self.most_open = max(self.most_open, self.open)
            try:
                with contextlib.suppress(
                    ConnectionError, ssl.SSLError, asyncio.IncompleteReadError
                ):
                    await self._play(reader, writer)
            finally:
                self.open -= 1
                writer.close()

        server = await asyncio.start_server(hold, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            await asyncio.gather(*gone)

    async def _play(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if "stuck" in self.script or "greets" in self.script:
            self.silent.set()
            writer.write(b"220 mx ESMTP\r\n" if "greets" in self.script else b"")
            await reader.read()
            return
        if self.tls is not None:
            await writer.start_tls(self.tls)
        head = await reader.readuntil(b"\r\n\r\n")
        self.heads.append(head.decode())
        for step in self.script:
            if isinstance(step, bytes):
                writer.write(step)
                await writer.drain()
            else:
                await self._go_on(step, reader, writer)

    async def _go_on(
        self, step: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Do what has no end of its own."""
        self.silent.set()
        if step == "silence":
            while await reader.read(4096):
                pass
        while step == "drops" and await heard_nothing(reader):
            writer.write(b"x")
            await writer.drain()
        while step == "endless":
            writer.write(b"x" * 1000)
            await writer.drain()


async def heard_nothing(reader: asyncio.StreamReader, seconds: float = 0.05) -> bool:
    """Wait for a while; return whether the client is still there."""
    with contextlib.suppress(TimeoutError):
        return bool(await asyncio.wait_for(reader.read(1), seconds))
    return True


async def asked_of(
    web: Web, timeouts: Timeouts | None = None, question: HttpsGet = ASKED
) -> HttpsGetFact | Unobserved:
    """Ask *web*, which is all there is in a closed world."""
    async with web.serving():
        where = (str(question.address), question.port)
        routes = Routes({where: ("127.0.0.1", web.port)}, closed=True)
        probe = HttpsProbe(routes, timeouts=timeouts or Timeouts())
        try:
            return await probe.answer(question)
        finally:
            await probe.closed()


def ask(web: Web, timeouts: Timeouts | None = None) -> HttpsGetFact | Unobserved:
    """Do the same, from nowhere else."""
    return asyncio.run(asked_of(web, timeouts))


def get(web: Web) -> HttpsGetFact:
    """Do the same, where there is a response."""
    fact = ask(web)
    assert isinstance(fact, HttpsGetFact), fact
    return fact
