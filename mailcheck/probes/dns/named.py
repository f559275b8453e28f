"""Resolvers that a run names, as servers with addresses."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

from mailcheck.facts.dns import NameServer
from mailcheck.resolvers import resolver_address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.resolvers import Resolver

MAX_ADDRESSES = 4
"""Addresses of one host that are asked as resolvers; services have two of each family."""


async def named_resolvers(resolvers: Iterable[Resolver]) -> tuple[NameServer, ...]:
    """Return the servers of *resolvers* in their order, each once.

    A host name is looked up as every program on this machine looks names up: a resolver can hardly
    be asked for its own address.

    Raises:
        OSError: if a host name has no address; the text says which.
    """
    found: dict[NameServer, None] = {}
    for resolver in resolvers:
        for server in await _servers(resolver):
            found[server] = None
    return tuple(found)


async def _servers(resolver: Resolver) -> list[NameServer]:
    texts = [str(resolver.address)] if resolver.address else await _addresses_of(resolver)
    return [
        NameServer(
            resolver_address(text), resolver.name, resolver.port, resolver.protocol, resolver.path
        )
        for text in texts
    ]


async def _addresses_of(resolver: Resolver) -> list[str]:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(
            resolver.name, resolver.port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
        )
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or error
        text = f"the system's resolver has no address for {resolver}: {why}"
        raise OSError(text) from None
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))[:MAX_ADDRESSES]
