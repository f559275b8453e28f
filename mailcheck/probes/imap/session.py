"""One IMAP session, from the socket to LOGOUT. It never logs in."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.imap.session import Exchange, ImapSessionFact
from mailcheck.facts.tls.handshake import Tls
from mailcheck.probes.connecting import NotConnectedError, connect, own_address, socket_to
from mailcheck.probes.imap.wire import HungUpError, Wire

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    from mailcheck.facts.imap.response import Response
    from mailcheck.facts.imap.session import ImapSession, Stage
    from mailcheck.probes.routes import Endpoint
    from mailcheck.question import Unobserved


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds each stage may take as a whole, so that a response in drops ends too.

    Mail programs wait a minute; servers that look up the client's name first need some seconds.
    """

    connect: float = 10
    greeting: float = 30
    command: float = 20
    handshake: float = 20
    logout: float = 5


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

    def __init__(self, question: ImapSession, timeouts: Timeouts) -> None:
        self.seen = ImapSessionFact(question.address, question.port, question.server_name)
        self._tls_first = question.begins_with_tls
        self._timeouts = timeouts

    async def hold(self, endpoint: Endpoint) -> None:
        """Connect, talk and leave.

        Raises:
            BrokenOff: where the server does not let it come to an end.
        """
        try:
            sock = socket_to(endpoint)
        except NotConnectedError as error:
            raise BrokenOff("connect", error.cause, str(error), error.seen) from None
        with sock:
            if await self._connect(sock, endpoint):
                await self._converse(sock)

    def broken_off(self, broken: BrokenOff) -> ImapSessionFact | Unobserved:
        """Return what is left of a session that *broken* ended: a fact from its greeting on."""
        in_tls = self.seen.tls is not None
        rest = self.seen.broken_off(
            broken.stage, broken.cause, broken.text, broken.seen, in_tls=in_tls
        )
        return rest if self.seen.greeting is None else replace(self.seen, broken=rest)

    async def _connect(self, sock: socket.socket, endpoint: Endpoint) -> bool:
        """Open the TCP connection; return False if it is refused."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        try:
            is_open = await connect(sock, endpoint, self._timeouts.connect)
        except NotConnectedError as error:
            raise BrokenOff("connect", error.cause, str(error), error.seen) from None
        if not is_open:
            self.seen = replace(self.seen, refused=True)
            return False
        elapsed = (loop.time() - started) * 1000
        self.seen = replace(self.seen, client=own_address(sock), connected=elapsed)
        return True

    async def _converse(self, sock: socket.socket) -> None:
        wire = Wire(tls_first=self._tls_first)
        await asyncio.get_running_loop().create_connection(lambda: wire, sock=sock)
        try:
            if not self._tls_first or await self._begin_tls(wire):
                await self._talk(wire)
        finally:
            wire.leave(politely=self.seen.greeting is not None)

    async def _talk(self, wire: Wire) -> None:
        greeting = await self._hear(wire, "greeting", self._timeouts.greeting)
        if greeting.status == "BYE":  # the server closes the connection (RFC 9051 §7.1.5)
            return
        await self._hear(wire, "CAPABILITY", self._timeouts.command)
        if not self._tls_first and self.seen.may_start_tls:
            response = await self._hear(wire, "STARTTLS", self._timeouts.command)
            if response.status == "OK":
                if not await self._begin_tls(wire):
                    return
                await self._hear(wire, "CAPABILITY", self._timeouts.command)
        # What was asked has been answered: how the server takes leave changes nothing.
        try:
            await self._hear(wire, "LOGOUT", self._timeouts.logout)
        except BrokenOff:
            return

    async def _begin_tls(self, wire: Wire) -> bool:
        """Note how the handshake ended; return whether there is anybody to talk to."""
        seconds = self._timeouts.handshake
        with _broken_off("TLS", wire, seconds):
            outcome = await wire.begin_tls(self.seen.server_name, seconds)
        self.seen = replace(self.seen, tls=outcome)
        return isinstance(outcome, Tls)

    async def _hear(self, wire: Wire, stage: Stage, seconds: float) -> Response:
        """Say what *stage* says and note the response."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        with _broken_off(stage, wire, seconds):
            response = await wire.exchange("" if stage == "greeting" else stage, seconds)
        elapsed = (loop.time() - started) * 1000
        exchange = Exchange(stage, response, elapsed, in_tls=self.seen.tls is not None)
        self.seen = replace(self.seen, exchanges=(*self.seen.exchanges, exchange))
        return response


@contextmanager
def _broken_off(stage: Stage, wire: Wire, seconds: float) -> Iterator[None]:
    """Say of what goes wrong on the wire at which *stage* it did.

    Raises:
        BrokenOff: in place of the wire's errors.
    """
    try:
        yield
    except TimeoutError:
        what = "handshake" if stage == "TLS" else "complete response"
        text = f"no {what} within {seconds:g} s"
        raise BrokenOff(stage, "timeout", text, _unfinished("timeout", wire)) from None
    except HungUpError as error:
        done = "reset" if error.reset else "closed"
        text = f"the server {done} the connection"
        seen = _unfinished(f"connection {done}", wire)
        raise BrokenOff(stage, f"connection-{done}", text, seen) from None
    except ValueError as error:
        raise BrokenOff(stage, "malformed-reply", str(error), visible(wire.unread)) from None


def _unfinished(event: str, wire: Wire) -> str:
    return f"{event}, after {visible(wire.unread)}" if wire.unread else event
