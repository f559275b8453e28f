"""An SMTP server on loopback that does at each stage what its script says: every segment is real."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from collections.abc import Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, TypeAlias

import trustme

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

LOOPBACK = "127.0.0.1"

HOST = "mail.example.com"

GONE_WITHIN = 30
"""Seconds after which a client that has not closed its connection has left it open."""

HONEST = {
    "greeting": b"220 mail.example.com ESMTP\r\n",
    "EHLO": b"250-mail.example.com\r\n250-SIZE 52428800\r\n250 STARTTLS\r\n",
    "HELO": b"250 mail.example.com\r\n",
    "STARTTLS": b"220 2.0.0 Ready to start TLS\r\n",
    "EHLO in TLS": b"250-mail.example.com\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n",
    "QUIT": b"221 2.0.0 Bye\r\n",
    "QUIT in TLS": b"221 2.0.0 Bye\r\n",
}
"""What a server says at each stage where all is well; at ``TLS`` it shakes hands."""


class GoneError(Exception):
    """The server has no more to do with this connection."""


class Connection:
    """One client. ``sent`` is what was said to it at this stage; ``is_secured`` that it is in TLS."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self.sent = b""
        self.is_secured = False

    async def say(self, octets: bytes) -> None:
        """Send *octets*, in a segment of their own."""
        self.sent += octets
        self.writer.write(octets)
        await self.writer.drain()

    async def hear(self) -> bytes:
        """Take in what came, be it in clear or not."""
        self.listens()
        return await self.reader.read(65536)

    async def hear_out(self) -> None:
        """Read on until the client has gone."""
        while await self.hear():
            pass
        raise GoneError

    def listens(self, *, to_all: bool = True) -> None:
        """Read what comes; or, until it is clear what that will be, leave it in the socket."""
        transport = self.writer.transport
        assert isinstance(transport, asyncio.Transport)
        (transport.resume_reading if to_all else transport.pause_reading)()


Act: TypeAlias = Callable[[Connection], Awaitable[None]]
"""What a server does at a stage, upon the command."""

Script: TypeAlias = Mapping[str, Act]
"""What it does at some stages; at others it is honest."""


def says(octets: bytes) -> Act:
    """Send *octets*."""
    return lambda client: client.say(octets)


def then(*acts: Act) -> Act:
    """Do one after the other."""

    async def all_of_them(client: Connection) -> None:
        for act in acts:
            await act(client)

    return all_of_them


async def silent(client: Connection) -> None:
    """Say nothing more."""
    await client.hear_out()


async def closes(client: Connection) -> None:
    """Close the connection."""
    if client.writer.can_write_eof():
        client.writer.write_eof()
        await client.hear_out()
    raise GoneError


async def resets(client: Connection) -> None:
    """Send RST, which overtakes nothing that was sent before and read."""
    linger = struct.pack("ii", 1, 0)
    raw = client.writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    client.writer.transport.abort()
    raise GoneError


def waits(seconds: float) -> Act:
    """Do nothing for some *seconds*."""
    return lambda _: asyncio.sleep(seconds)


def drips(octets: bytes, every: float) -> Act:
    """Send one octet at a time."""

    async def dripping(client: Connection) -> None:
        for octet in octets:
            await client.say(bytes([octet]))
            await asyncio.sleep(every)

    return dripping


def floods(octets: bytes) -> Act:
    """Send *octets* over and over, until the client has gone."""

    async def flooding(client: Connection) -> None:
        while True:
            client.writer.write(octets * 1000)
            await client.writer.drain()
            await asyncio.sleep(0)

    return flooding


@cache
def authority() -> trustme.CA:
    """Return the authority that is trusted."""
    return trustme.CA()


Chain: TypeAlias = Callable[[list[bytes]], list[bytes]]
"""What a server makes of the certificates it should send, in PEM: its own and the one above it."""


@cache
def certified(
    sends: Chain = list, at_most: ssl.TLSVersion | None = None, *, by: trustme.CA | None = None
) -> ssl.SSLContext:
    """Return what the server needs, with a certificate that *by*, or who is trusted, has signed."""
    made = (by or authority()).create_child_ca().issue_cert(HOST)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with NamedTemporaryFile() as file:  # Python reads them from a file only
        sent = sends([pem.bytes() for pem in made.cert_chain_pems])
        file.write(made.private_key_pem.bytes() + b"".join(sent))
        file.flush()
        context.load_cert_chain(file.name)
    if at_most:
        context.maximum_version = at_most
    return context


def shakes_hands_with(sends: Chain, by: trustme.CA | None = None) -> Act:
    """Go on in TLS, with another certificate or others above it."""

    async def shaking(client: Connection) -> None:
        await client.writer.start_tls(certified(sends, by=by))
        client.is_secured = True

    return shaking


shakes_hands = shakes_hands_with(list)
"""Go on in TLS."""


@dataclass(eq=False)
class Server:
    """Plays *script* to every client.

    ``told`` are the stages at which the honest reply was sent, perhaps among other things, and
    ``heard`` counts what it took in.
    """

    script: Script = field(default_factory=dict)
    port: int = 0
    told: set[str] = field(default_factory=set)
    heard: list[str] = field(default_factory=list)
    _clients: set[asyncio.Task[None]] = field(default_factory=set)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Listen on a port of loopback; at the end, every client must close its connections."""
        async with await asyncio.start_server(self._accept, LOOPBACK, 0) as listener:
            self.port = listener.sockets[0].getsockname()[1]
            yield
            async with asyncio.timeout(GONE_WITHIN):
                await asyncio.gather(*self._clients)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._converse(reader, writer))
        self._clients.add(task)
        task.add_done_callback(self._clients.discard)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        client = Connection(reader, writer)
        # What the client does to the connection is judged by how the row ends.
        with suppress(GoneError, OSError, asyncio.IncompleteReadError):
            await self._talk(client)
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    async def _talk(self, client: Connection) -> None:
        await self._play("greeting", client)
        in_tls = ""
        while True:
            client.listens()
            line = await client.reader.readuntil(b"\n")
            verb = line.split(maxsplit=1)[0].decode("ascii", "replace").upper()
            stage = verb + in_tls
            self.heard.append(stage)
            # What a stream has read cannot be given back to TLS.
            client.listens(to_all=stage != "STARTTLS")
            await self._play(stage, client)
            if stage == "STARTTLS" and client.sent.startswith(b"220"):
                await self._play("TLS", client)
                in_tls = " in TLS"
            if verb == "QUIT":
                await closes(client)

    async def _play(self, stage: str, client: Connection) -> None:
        honest = HONEST.get(stage, b"502 5.5.2 Error: command not recognized\r\n")
        default = shakes_hands if stage == "TLS" else says(honest)
        act = self.script.get(stage, default)
        client.sent = b""
        try:
            await act(client)
        finally:
            if client.is_secured if stage == "TLS" else honest in client.sent:
                self.told.add(stage)
