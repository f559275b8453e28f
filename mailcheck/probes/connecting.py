"""TCP connections to mail servers: made, refused, or not made and why."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.probes.routes import has_route

if TYPE_CHECKING:
    from mailcheck.probes.routes import Endpoint


class NotConnectedError(Exception):
    """There is no connection, and it was not refused; ``seen`` is fit to be shown."""

    def __init__(self, cause: str, text: str, seen: str) -> None:
        super().__init__(text)
        self.cause = cause
        self.seen = seen


def socket_to(endpoint: Endpoint) -> socket.socket:
    """Return a socket of the family of *endpoint*, not connected, that does not block.

    The route is asked for first: afterwards nothing could tell the kernel's "unreachable" from
    that of a router far away.

    Raises:
        NotConnectedError: if this machine has no route for IPv6, or no socket to spare.
    """
    if not has_route(endpoint):
        text = "this machine has no route for IPv6"
        raise NotConnectedError("no-ipv6-route", text, "no route")
    family = socket.AF_INET6 if ":" in endpoint[0] else socket.AF_INET
    try:
        sock = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        reason = _reason(error)
        raise NotConnectedError("no-route", reason, reason) from None
    sock.settimeout(0)
    return sock


async def connect(sock: socket.socket, endpoint: Endpoint, seconds: float) -> bool:
    """Open the TCP connection within *seconds*; return False if it is refused.

    Raises:
        NotConnectedError: if there is no answer, or an error on the way.
    """
    try:
        async with asyncio.timeout(seconds):
            await asyncio.get_running_loop().sock_connect(sock, endpoint)
    except ConnectionRefusedError:
        return False
    except TimeoutError:
        text = f"no answer within {seconds:g} s"
        raise NotConnectedError("timeout", text, "timeout") from None
    except OSError as error:
        cause = "connection-reset" if isinstance(error, ConnectionResetError) else "no-route"
        reason = _reason(error)
        raise NotConnectedError(cause, reason, reason) from None
    return True


def own_address(sock: socket.socket) -> str:
    """Return the address of our side of the connection, without the zone of an IPv6 address."""
    return str(sock.getsockname()[0]).partition("%")[0]


def _reason(error: OSError) -> str:
    return visible(error.strerror or str(error))
