"""Scripted SMTP servers on loopback, as real as sockets are."""

from __future__ import annotations

import asyncio
import ssl
import struct
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from socket import SO_LINGER, SOL_SOCKET
from typing import TYPE_CHECKING, Literal, TypeAlias

import pytest
import trustme

from mailcheck.facts.smtp.session import SmtpSession
from mailcheck.names import parse_address
from mailcheck.probes.routes import Routes
from mailcheck.probes.smtp import SmtpProbe, Timeouts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager

    from mailcheck.facts.smtp.session import SmtpSessionFact
    from mailcheck.question import Unobserved

Step: TypeAlias = bytes | Literal["hear", "hello", "tls", "close", "reset", "silence", "flood"]
"""Octets to send; a line, octets or TLS to wait for; how to end; or the octets before it, over and over."""

ASKED = SmtpSession(parse_address("192.0.2.25"), 25)


@dataclass
class Server:
    """A server that plays one script to every client and keeps what it heard."""

    script: tuple[Step, ...]
    port: int = 0
    heard: list[str] = field(default_factory=list)
    open: int = 0
    most_open: int = 0
    idle: asyncio.Event = field(default_factory=asyncio.Event)
    silent: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Play the script to one client, then hear it out."""
        self.open += 1
        self.idle.clear()
        self.most_open = max(self.most_open, self.open)
        with suppress(ConnectionError):
            await self._play(reader, writer)
        self.open -= 1
        writer.close()
        if not self.open:
            self.idle.set()

    async def _play(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        sent = b""
        for step in self.script:
            if isinstance(step, bytes):
                sent = step
                writer.write(step)
                await writer.drain()
            elif step == "hear":
                self.heard.append(
                    (await reader.readline()).decode("ascii", "replace").rstrip("\r\n")
                )
            elif step == "hello":
                await reader.read(4096)
            elif step == "tls":
                await writer.start_tls(certified())
            elif step == "flood":
                while True:
                    writer.write(sent * 1000)
                    await writer.drain()
            elif step == "silence":
                self.silent.set()
                break
            else:
                if step == "reset":
                    linger = struct.pack("ii", 1, 0)
                    writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, linger)
                return
        rest = await reader.read()
        self.heard += rest.decode("ascii", "replace").splitlines()


@cache
def certified() -> ssl.SSLContext:
    """What a server needs that is called mx.example.com."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("mx.example.com").configure_cert(context)
    return context


@asynccontextmanager
async def serving(*script: Step, host: str = "127.0.0.1") -> AsyncIterator[Server]:
    """A listening server that plays *script*; at the end all its clients must be gone."""
    server = Server(script)
    listener = await asyncio.start_server(server.serve, host, 0)
    server.port = listener.sockets[0].getsockname()[1]
    async with listener:
        yield server
        if server.open:
            await server.idle.wait()


@pytest.fixture(name="serving")
def _serving() -> Callable[..., AbstractAsyncContextManager[Server]]:
    """Start a server that plays a script: ``async with serving(b"220 mx\\r\\n", "hear") as s``."""
    return serving


@pytest.fixture
def ask() -> Callable[..., tuple[SmtpSessionFact | Unobserved, list[str]]]:
    """Ask a server that plays a script; return the answer and what the server heard.

    The server is all there is in a closed world, at 192.0.2.25 port 25.
    """

    async def asked(
        *script: Step, host: str = "127.0.0.1", ehlo: str = "", timeouts: Timeouts, port: int
    ) -> tuple[SmtpSessionFact | Unobserved, list[str]]:
        async with serving(*script, host=host) as server:
            routes = Routes({("192.0.2.25", port): (host, server.port)}, closed=True)
            asked = replace(ASKED, port=port)
            answer = await SmtpProbe(routes, ehlo, timeouts=timeouts).answer(asked)
        return answer, server.heard

    def run(
        *script: Step,
        host: str = "127.0.0.1",
        ehlo: str = "",
        timeouts: Timeouts | None = None,
        port: int = 25,
    ) -> tuple[SmtpSessionFact | Unobserved, list[str]]:
        patience = timeouts or Timeouts()
        return asyncio.run(asked(*script, host=host, ehlo=ehlo, timeouts=patience, port=port))

    return run
