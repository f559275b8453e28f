"""One SMTP session, from the socket to QUIT. DATA is not among what it can say."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aiosmtplib.errors import SMTPServerDisconnected, SMTPTimeoutError

from mailcheck.evidence import visible
from mailcheck.facts.smtp import Exchange, SmtpSessionFact
from mailcheck.probes.routes import has_route
from mailcheck.probes.smtp.wire import Wire

if TYPE_CHECKING:
    from mailcheck.facts.smtp import Reply, SmtpSession, Stage
    from mailcheck.probes.routes import Endpoint


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds each stage may take as a whole, so that a reply in drops ends too.

    Less than RFC 5321 §4.5.3.2 asks of a sender with a queue, and more than the delays servers put
    before a greeting (postscreen 6 s, tarpits up to 20 s).
    """

    connect: float = 10
    greeting: float = 30
    ehlo: float = 20
    quit: float = 5


class BrokenOff(Exception):
    """The session cannot go on, or cannot begin; ``seen`` is fit to be shown."""

    def __init__(self, stage: Stage, cause: str, text: str, seen: str) -> None:
        super().__init__(text)
        self.stage = stage
        self.cause = cause
        self.text = text
        self.seen = seen


class Session:
    """Asks one question; ``seen`` is the fact as far as it is known."""

    def __init__(self, question: SmtpSession, ehlo: str, timeouts: Timeouts) -> None:
        self.seen = SmtpSessionFact(
            question.address, question.port, question.server_name, client=ehlo
        )
        self._timeouts = timeouts

    async def hold(self, endpoint: Endpoint) -> None:
        """Connect, talk and leave.

        Raises:
            BrokenOff: where the server does not let it come to an end.
        """
        wire = Wire()
        with _socket_to(endpoint) as sock:
            if not await self._connect(sock, endpoint):
                return
            await asyncio.get_running_loop().create_connection(lambda: wire, sock=sock)
            try:
                await self._talk(wire)
            finally:
                wire.leave(politely=self.seen.greeting is not None)

    async def _connect(self, sock: socket.socket, endpoint: Endpoint) -> bool:
        """Open the TCP connection; return False if it is refused."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        try:
            async with asyncio.timeout(self._timeouts.connect):
                await loop.sock_connect(sock, endpoint)
        except ConnectionRefusedError:
            self.seen = replace(self.seen, refused=True)
            return False
        except TimeoutError:
            text = f"no answer within {self._timeouts.connect:g} s"
            if self.seen.port == 25:
                text += "; many networks let nobody out to port 25"
            raise BrokenOff("connect", "timeout", text, "timeout") from None
        except OSError as error:
            cause = "connection-reset" if isinstance(error, ConnectionResetError) else "no-route"
            reason = _reason(error)
            raise BrokenOff("connect", cause, reason, reason) from None
        client = self.seen.client or _literal(sock)
        elapsed = (loop.time() - started) * 1000
        self.seen = replace(self.seen, client=client, connected=elapsed)
        return True

    async def _talk(self, wire: Wire) -> None:
        greeting = await self._hear(wire, "greeting", self._timeouts.greeting)
        if greeting.code // 100 == 2:
            ehlo = await self._hear(wire, "EHLO", self._timeouts.ehlo)
            if ehlo.is_unknown_command:  # RFC 5321 §3.2
                await self._hear(wire, "HELO", self._timeouts.ehlo)
        try:
            await self._hear(wire, "QUIT", self._timeouts.quit)
        except BrokenOff as broken:
            # What was asked has been answered; how the server takes leave is only worth a note.
            self.seen = replace(self.seen, hung_up=broken.cause.startswith("connection-"))

    async def _hear(self, wire: Wire, stage: Stage, seconds: float) -> Reply:
        """Say what *stage* says and note the reply."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        try:
            reply = await wire.exchange(_command(stage, self.seen.client), seconds)
        except SMTPTimeoutError:
            text = f"no complete reply within {seconds:g} s"
            raise BrokenOff(stage, "timeout", text, _unfinished("timeout", wire)) from None
        except SMTPServerDisconnected as error:
            done = "reset" if isinstance(error.__cause__, ConnectionResetError) else "closed"
            text = f"the server {done} the connection"
            seen = _unfinished(f"connection {done}", wire)
            raise BrokenOff(stage, f"connection-{done}", text, seen) from None
        except ValueError as error:
            raise BrokenOff(stage, "malformed-reply", str(error), visible(wire.unread)) from None
        exchange = Exchange(stage, reply, (loop.time() - started) * 1000)
        self.seen = replace(self.seen, exchanges=(*self.seen.exchanges, exchange))
        return reply


def _command(stage: Stage, client: str) -> tuple[bytes, ...]:
    if stage in ("EHLO", "HELO"):
        return stage.encode(), client.encode("ascii")
    return (b"QUIT",) if stage == "QUIT" else ()


def _unfinished(event: str, wire: Wire) -> str:
    return f"{event}, after {visible(wire.unread)}" if wire.unread else event


def _socket_to(endpoint: Endpoint) -> socket.socket:
    """Return a socket of the family of *endpoint*.

    The route is asked for first: afterwards nothing could tell the kernel's "unreachable" from
    that of a router far away.

    Raises:
        BrokenOff: if this machine has no route for IPv6, or no socket to spare.
    """
    if not has_route(endpoint):
        text = "this machine has no route for IPv6"
        raise BrokenOff("connect", "no-ipv6-route", text, "no route")
    family = socket.AF_INET6 if ":" in endpoint[0] else socket.AF_INET
    try:
        sock = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        reason = _reason(error)
        raise BrokenOff("connect", "no-route", reason, reason) from None
    sock.settimeout(0)
    return sock


def _literal(sock: socket.socket) -> str:
    """Return the address literal of our side of the connection (RFC 5321 §4.1.3)."""
    address = str(sock.getsockname()[0]).partition("%")[0]
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"


def _reason(error: OSError) -> str:
    return visible(error.strerror or str(error))
