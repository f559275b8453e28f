"""The lab's sockets. All are bound to 127.0.0.1, at ports the kernel chooses."""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
import struct
from typing import TYPE_CHECKING, TypeAlias, cast

from mailcheck.lab import https_host, imap_host
from mailcheck.lab.smtp_host import MAX_LINE, converse
from mailcheck.lab.wire import Responder, respond

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mailcheck.lab.https_script import HttpsScript
    from mailcheck.lab.imap_script import ImapScript
    from mailcheck.lab.smtp_script import Script

    Conversation: TypeAlias = Callable[
        [asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]
    ]

LOOPBACK = "127.0.0.1"

_ATTEMPTS = 20
"""Tries to find a port that is free for UDP and TCP; the first one nearly always is."""


class Endpoints:
    """Opens endpoints and closes them all. Use within one running event loop."""

    def __init__(self) -> None:
        self._servers: list[asyncio.Server] = []
        self._transports: list[asyncio.DatagramTransport] = []
        self._reserved: list[socket.socket] = []
        self._conversations: set[asyncio.Task[None]] = set()

    async def open_dns(self, responder: Responder, *, tcp: bool) -> int:
        """Serve *responder* over UDP and TCP at one port and return it.

        Without *tcp* connections are refused.
        """
        tcp_socket, udp_socket = _socket_pair()

        async def over_tcp(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await _serve_dns_stream(responder, reader, writer)

        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams(responder), sock=udp_socket
        )
        self._transports.append(transport)
        port: int = tcp_socket.getsockname()[1]
        if tcp:
            await self._listen(tcp_socket, over_tcp)
        else:
            self._reserved.append(tcp_socket)
        return port

    async def open_smtp(
        self,
        script: Script,
        tls: ssl.SSLContext | None = None,
        *,
        tls_first: bool = False,
        for_users: bool = False,
    ) -> int:
        """Serve an SMTP *script*, with TLS on demand or from the first, and return the port."""

        async def session(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await converse(script, reader, writer, tls, tls_first=tls_first, for_users=for_users)

        return await self._open(session)

    async def open_imap(
        self, script: ImapScript, tls: ssl.SSLContext | None = None, *, tls_first: bool = False
    ) -> int:
        """Serve an IMAP *script*, with TLS on demand or from the first, and return the port."""

        async def session(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await imap_host.converse(script, reader, writer, tls, tls_first=tls_first)

        return await self._open(session)

    async def open_https(self, script: HttpsScript, tls: ssl.SSLContext | None = None) -> int:
        """Serve the pages of *script*, in TLS if there is a certificate, and return the port."""

        async def session(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await https_host.converse(script, reader, writer, tls)

        return await self._open(session)

    async def _open(self, session: Conversation) -> int:
        listener = _bound(socket.SOCK_STREAM, 0)
        await self._listen(listener, session)
        port: int = listener.getsockname()[1]
        return port

    def refuse(self) -> int:
        """Return a port at which connections are refused for as long as the lab stands.

        A socket is bound there and does not listen, so that nobody else can take the port.
        """
        self._reserved.append(_bound(socket.SOCK_STREAM, 0))
        port: int = self._reserved[-1].getsockname()[1]
        return port

    async def close(self) -> None:
        """Close all sockets and end all conversations."""
        for server in self._servers:
            server.close()
        for transport in self._transports:
            transport.abort()
        for reserved in self._reserved:
            reserved.close()
        open_ones = list(self._conversations)
        for task in open_ones:
            task.cancel()
        await asyncio.gather(*open_ones, return_exceptions=True)
        self._servers, self._transports, self._reserved = [], [], []

    async def _listen(self, listener: socket.socket, conversation: Conversation) -> None:
        async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = cast("asyncio.Task[None]", asyncio.current_task())
            self._conversations.add(task)
            try:
                await conversation(reader, writer)
            except (ConnectionError, ssl.SSLError, asyncio.CancelledError):
                pass  # the client or the lab has gone, or they do not agree on TLS; asyncio would log either as an error
            finally:
                self._conversations.discard(task)
                writer.close()

        self._servers.append(await asyncio.start_server(hold, sock=listener, limit=MAX_LINE))


class _Datagrams(asyncio.DatagramProtocol):
    """DNS over UDP."""

    def __init__(self, responder: Responder) -> None:
        self._responder = responder
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # Not an instance of it: the selector loop's class derives from another base.
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        answer = respond(self._responder, data, "udp")
        if answer is not None and self._transport is not None:
            self._transport.sendto(answer, addr)


async def _serve_dns_stream(
    responder: Responder, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """DNS over TCP: each message behind its length (RFC 1035 §4.2.2), several per connection."""
    while True:
        try:
            (length,) = struct.unpack("!H", await reader.readexactly(2))
            packet = await reader.readexactly(length)
        except asyncio.IncompleteReadError:
            return
        answer = respond(responder, packet, "tcp")
        if answer is not None:
            writer.write(struct.pack("!H", len(answer)) + answer)
            await writer.drain()


def _socket_pair() -> tuple[socket.socket, socket.socket]:
    """Return a TCP and a UDP socket bound to the same port.

    Raises:
        OSError: if there is no such port, or no loopback.
    """
    for attempt in range(_ATTEMPTS):
        tcp_socket = _bound(socket.SOCK_STREAM, 0)
        try:
            return tcp_socket, _bound(socket.SOCK_DGRAM, tcp_socket.getsockname()[1])
        except OSError as error:
            tcp_socket.close()
            if error.errno != errno.EADDRINUSE or attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def _bound(kind: socket.SocketKind, port: int) -> socket.socket:
    bound = socket.socket(socket.AF_INET, kind)
    try:
        bound.bind((LOOPBACK, port))
    except OSError:
        bound.close()
        raise
    bound.settimeout(0)
    return bound
