"""Where a packet for a declared address really goes.

Live, that is the address itself, if it may be asked; under ``--mail-connect-to`` and in the lab it
is somewhere else. Probes ask here before they open a socket, and nowhere else.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

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


def has_route(endpoint: Endpoint) -> bool:
    """Ask the kernel for a route; connecting a datagram socket sends nothing.

    Only IPv6 is asked about: a machine without it is an ordinary vantage, one without IPv4 is not
    told apart from a network that is down. Sending would not tell: asyncio keeps the error of an
    unroutable datagram to itself, and what is left looks like a server that is silent.
    """
    if ":" not in endpoint[0]:
        return True
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as routed:
            routed.connect(endpoint)
    except OSError:
        return False
    return True
