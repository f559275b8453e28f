"""Where a packet for a declared address really goes.

Live, that is the address itself, if it may be asked; under ``--mail-connect-to`` and in the lab it
is somewhere else. Probes ask here before they open a socket, and nowhere else.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailcheck.names import Address

Endpoint: TypeAlias = tuple[str, int]
"""An address in text form and a port, as sockets take them."""


@dataclass(frozen=True, slots=True)
class Routes:
    """A table of detours.

    A ``closed`` world has no other way: what is not in the table is not reached, with cause
    ``not-in-lab``.
    """

    detours: Mapping[Endpoint, Endpoint] = field(default_factory=dict)
    closed: bool = False

    def to(self, address: Address, port: int) -> Endpoint | Unobserved:
        """Return where to connect for *address* and *port*."""
        detour = self.detours.get((str(address), port))
        if detour is not None:
            return detour
        if self.closed:
            return Unobserved(
                "not-in-lab",
                f"the lab declares nothing at {address} port {port}; --mail-live asks the network",
            )
        return str(address), port

    def families(self) -> tuple[bool, bool]:
        """Whether packets can leave over IPv4 and over IPv6; in a closed world, both."""
        if self.closed:
            return True, True
        return _is_routed(PUBLIC_V4), _is_routed(PUBLIC_V6)


PUBLIC_V4: Endpoint = ("198.41.0.4", 9)
PUBLIC_V6: Endpoint = ("2001:503:ba3e::2:30", 9)
"""Somewhere out in the network of each family; no packet is ever sent there."""


def has_route(endpoint: Endpoint) -> bool:
    """Ask the kernel for a route to *endpoint*, if it is IPv6.

    A machine without IPv6 is an ordinary vantage, one without IPv4 is not told apart from a network
    that is down. Sending would not tell: asyncio keeps the error of an unroutable datagram to
    itself, and what is left looks like a server that is silent.
    """
    return ":" not in endpoint[0] or _is_routed(endpoint)


def socket_address(endpoint: Endpoint) -> tuple[socket.AddressFamily, Any]:
    """Return the family and the address a socket takes for *endpoint*.

    The scope of a link-local address (``fe80::1%eth0``) is a number there; given as text,
    :meth:`socket.socket.connect` would drop it.

    Raises:
        OSError: if there is no such interface.
    """
    host, port = endpoint
    [(family, *_, sockaddr)] = socket.getaddrinfo(
        host, str(port), type=socket.SOCK_DGRAM, flags=socket.AI_NUMERICHOST
    )
    return family, sockaddr


def _is_routed(endpoint: Endpoint) -> bool:
    """Connect a datagram socket, which sends nothing."""
    try:
        family, address = socket_address(endpoint)
        with socket.socket(family, socket.SOCK_DGRAM) as routed:
            routed.connect(address)
    except OSError:
        return False
    return True
