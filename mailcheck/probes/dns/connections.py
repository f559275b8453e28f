"""Queries over TCP (RFC 7766) and TLS (RFC 7858): one at a time on each connection."""

from __future__ import annotations

import asyncio
import ssl
from typing import TYPE_CHECKING, TypeAlias

from mailcheck.probes.dns.matching import answers

if TYPE_CHECKING:
    from mailcheck.facts.dns import NameServer
    from mailcheck.probes.dns.query import Query
    from mailcheck.probes.routes import Endpoint

Connection: TypeAlias = "tuple[asyncio.StreamReader, asyncio.StreamWriter]"


class Mismatched(Exception):
    """What came is no answer to the query."""


class Connections:
    """Asks over connections; those with TLS are used again.

    Certificates are verified against the system's authorities: a resolver is asked over TLS so
    that nobody in between can answer in its name.
    """

    def __init__(self) -> None:
        self._context: ssl.SSLContext | None = None
        self._idle: dict[NameServer, list[Connection]] = {}

    async def over_tcp(self, query: Query, own: bytes, endpoint: Endpoint) -> bytes:
        """Ask under the id *own*, and return the response.

        Raises:
            OSError, EOFError: if the connection cannot be made, or breaks.
            Mismatched: if something else was answered.
        """
        connection = await asyncio.open_connection(*endpoint)
        try:
            return await _converse(connection, query, own)
        finally:
            connection[1].transport.abort()

    async def over_tls(
        self, query: Query, own: bytes, server: NameServer, endpoint: Endpoint
    ) -> bytes:
        """Do the same over TLS, on a connection that is there already if it still holds."""
        idle = self._idle.setdefault(server, [])
        while idle:
            try:
                return await self._on(idle.pop(), query, own, server)
            except (OSError, EOFError, Mismatched):  # closed meanwhile, or out of step
                continue
        host, port = endpoint
        if self._context is None:  # making it reads every authority there is
            self._context = ssl.create_default_context()
        connection = await asyncio.open_connection(
            host,
            port,
            ssl=self._context,
            server_hostname=server.authentication or str(server.address),
        )
        return await self._on(connection, query, own, server)

    def shut(self) -> None:
        """Close what is not in use."""
        for idle in self._idle.values():
            for _, writer in idle:
                writer.transport.abort()
        self._idle.clear()

    async def _on(
        self, connection: Connection, query: Query, own: bytes, server: NameServer
    ) -> bytes:
        try:
            response = await _converse(connection, query, own)
        except BaseException:
            connection[1].transport.abort()
            raise
        self._idle.setdefault(server, []).append(connection)
        return response


async def _converse(connection: Connection, query: Query, own: bytes) -> bytes:
    """Send *query* and read messages, each behind its length (RFC 1035 §4.2.2), up to its answer.

    Others may come first: a server that says everything twice owes the second copy of what was
    asked before (RFC 7766 §7 has clients match the id, and ignore what matches nothing).
    """
    reader, writer = connection
    message = own + query.wire
    writer.write(len(message).to_bytes(2, "big") + message)
    await writer.drain()
    has_strayed = False
    while True:
        try:
            length = int.from_bytes(await reader.readexactly(2), "big")
            response = await reader.readexactly(length)
        except asyncio.IncompleteReadError as error:
            if has_strayed:
                raise Mismatched from error
            raise
        if response[:2] == own:
            if not answers(query, response):
                raise Mismatched
            return response
        has_strayed = True
