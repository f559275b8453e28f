"""Whether this machine could send a datagram to a server at all."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailcheck.probes.routes import Endpoint


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
