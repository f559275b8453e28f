"""Resolvers that a run names, as servers with addresses."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from typing import TYPE_CHECKING

from mailcheck.facts.dns import NameServer
from mailcheck.resolvers import resolver_address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.names import Address
    from mailcheck.resolvers import Resolver

PATIENCE = 5.0
"""Seconds a look-up may take; the C library itself would wait for ten and more."""

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


def server_at(address: Address, resolver: Resolver) -> NameServer:
    """Return the server of *resolver* at *address*; its certificate must hold the name given."""
    return NameServer(
        address, resolver.name, resolver.port, resolver.protocol, resolver.path, resolver.name
    )


async def _servers(resolver: Resolver) -> list[NameServer]:
    texts = [str(resolver.address)] if resolver.address else await _addresses_of(resolver)
    return [server_at(resolver_address(text), resolver) for text in texts]


async def _addresses_of(resolver: Resolver) -> list[str]:
    try:
        found = await asyncio.wait_for(_looked_up(resolver.name, resolver.port), PATIENCE)
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or str(error) or "it does not answer"
        text = f"the system's resolver has no address for {resolver}: {why}"
        raise OSError(text) from None
    return list(dict.fromkeys(found))[:MAX_ADDRESSES]


async def _looked_up(host: str, port: int) -> list[str]:
    """Return the addresses of *host*.

    In a thread that Python does not wait for when it ends, as it would for one of the loop's own:
    a resolver that is silent would hold up whoever interrupts the run.
    """
    loop = asyncio.get_running_loop()
    found: asyncio.Future[list[str]] = loop.create_future()

    def tell(addresses: list[str], error: OSError | UnicodeError | None) -> None:
        if found.done():
            return
        if error is None:
            found.set_result(addresses)
        else:
            found.set_exception(error)

    def look() -> None:
        addresses: list[str] = []
        failure: OSError | UnicodeError | None = None
        try:
            for *_, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                addresses.append(str(place[0]))
        except (OSError, UnicodeError) as error:
            failure = error
        with contextlib.suppress(RuntimeError):  # the run has ended, and its loop
            loop.call_soon_threadsafe(tell, addresses, failure)

    threading.Thread(target=look, name="look-up", daemon=True).start()
    return await found
