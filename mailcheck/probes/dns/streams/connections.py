"""A connection for one query: over TCP (RFC 7766), or over TLS (RFC 7858) where none is shared."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, NamedTuple

from mailcheck.probes.dns.datagrams.udp import random_id
from mailcheck.probes.dns.streams.pipeline import framed
from mailcheck.probes.dns.wire.matching import answers

if TYPE_CHECKING:
    import ssl

    from mailcheck.probes.dns.wire.query import Query
    from mailcheck.probes.routes import Endpoint

_HANDSHAKE = 3600.0
"""Seconds for asyncio to end a handshake, whose clock runs while nobody listens; ours is sooner."""


class Mismatched(Exception):
    """What came is no answer to the query."""


class Security(NamedTuple):
    """How a server shows who it is: what is verified, and the name its certificate must hold."""

    context: ssl.SSLContext
    name: str

    def options(self) -> dict[str, Any]:
        """Return what asyncio takes, to open a connection."""
        return {
            "ssl": self.context,
            "server_hostname": self.name,
            "ssl_handshake_timeout": _HANDSHAKE,
        }


async def ask_alone(query: Query, endpoint: Endpoint, security: Security | None = None) -> bytes:
    """Ask on a connection of its own, and return the response.

    Others may come first: RFC 7766 §7 has clients match the id, and ignore what matches nothing.

    Raises:
        OSError, EOFError: if the connection cannot be made, or breaks.
        Mismatched: if something else was answered.
    """
    own = random_id()
    options = security.options() if security else {}
    reader, writer = await asyncio.open_connection(*endpoint, **options)
    has_strayed = False
    try:
        writer.write(framed(own + query.wire))
        await writer.drain()
        while True:
            length = int.from_bytes(await reader.readexactly(2), "big")
            response = await reader.readexactly(length)
            if response[:2] == own:
                break
            has_strayed = True
    except asyncio.IncompleteReadError as error:
        if has_strayed:
            raise Mismatched from error
        raise
    finally:
        writer.transport.abort()
    if not answers(query, response):
        raise Mismatched
    return response
