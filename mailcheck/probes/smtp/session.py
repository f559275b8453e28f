"""One SMTP session, from the socket to QUIT. DATA is not among what it can say."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.smtp.session import Exchange, SmtpSessionFact
from mailcheck.facts.tls.handshake import Tls
from mailcheck.probes.routes import has_route
from mailcheck.probes.smtp.broken import BrokenOff, Limit, broken_at
from mailcheck.probes.smtp.wire import Wire

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from mailcheck.facts.smtp.reply import Reply
    from mailcheck.facts.smtp.session import SmtpSession, Stage
    from mailcheck.probes.routes import Endpoint
    from mailcheck.question import Unobserved


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds each stage may take as a whole, so that a reply in drops ends too.

    ``retry`` is the pause before a server is asked again that puts us off. ``session`` is for all
    stages together, from the connection on: nobody is waited for longer.

    Less than RFC 5321 §4.5.3.2 asks of a sender with a queue, and more than the delays servers put
    before a greeting (postscreen 6 s, tarpits up to 20 s).
    """

    connect: float = 10
    greeting: float = 30
    ehlo: float = 20
    starttls: float = 20
    handshake: float = 20
    mail: float = 30
    rcpt: float = 60
    quit: float = 5
    retry: float = 5
    session: float = 120


GREETING_FIRST = (25, 587)
"""Ports on which the server speaks first, and SMTP."""


class Session:
    """Asks one question."""

    def __init__(self, question: SmtpSession, ehlo: str, timeouts: Timeouts) -> None:
        self._loop = asyncio.get_running_loop()
        self._said: list[Exchange] = []
        self._seen = SmtpSessionFact(
            question.address,
            question.port,
            question.server_name,
            only_tls=question.only_tls,
            client=ehlo,
        )
        self._tls_first = question.begins_with_tls
        self._envelopes = question.envelopes
        self._timeouts = timeouts
        self._ends = 0.0

    @property
    def is_connected(self) -> bool:
        """Whether the server took the connection, now or then."""
        return self._seen.connected is not None

    @property
    def seen(self) -> SmtpSessionFact:
        """The fact as far as it is known."""
        return replace(self._seen, exchanges=tuple(self._said))

    async def hold(self, endpoint: Endpoint) -> None:
        """Connect, talk and leave.

        Raises:
            BrokenOff: where the server does not let it come to an end.
        """
        with _socket_to(endpoint) as sock:
            if await self._connect(sock, endpoint):
                async with self._on(sock) as wire:
                    if not self._tls_first or await self._begin_tls(wire):
                        await self._talk(wire)

    async def call(self, endpoint: Endpoint) -> None:
        """Connect, hear the greeting if servers greet first on this port, and leave.

        Raises:
            BrokenOff: where nobody answers.
        """
        with _socket_to(endpoint) as sock:
            if not await self._connect(sock, endpoint):
                raise BrokenOff("connect", "connection-refused", "refused", "connection refused")
            if self.seen.port in GREETING_FIRST:
                async with self._on(sock) as wire:
                    await self._hear(wire, "greeting", self._timeouts.greeting)

    @asynccontextmanager
    async def _on(self, sock: socket.socket) -> AsyncIterator[Wire]:
        """Talk over *sock*; whatever happens, leave in the end."""
        wire = Wire()
        await self._loop.create_connection(lambda: wire, sock=sock)
        try:
            yield wire
        finally:
            wire.leave(politely=bool(self._said))

    async def _connect(self, sock: socket.socket, endpoint: Endpoint) -> bool:
        """Open the TCP connection; return False if it is refused."""
        started = self._loop.time()
        self._ends = started + self._timeouts.session
        limit = self._limit(self._timeouts.connect, started)
        try:
            async with asyncio.timeout(limit.seconds):
                await self._loop.sock_connect(sock, endpoint)
        except ConnectionRefusedError:
            self._seen = replace(self._seen, refused=True)
            return False
        except TimeoutError:
            text = f"no answer within {limit}"
            raise BrokenOff("connect", "timeout", text, "timeout") from None
        except OSError as error:
            cause = "connection-reset" if isinstance(error, ConnectionResetError) else "no-route"
            reason = _reason(error)
            raise BrokenOff("connect", cause, reason, reason) from None
        client, elapsed = self._seen.client or _literal(sock), self._loop.time() - started
        self._seen = replace(self._seen, client=client, connected=elapsed * 1000)
        return True

    def rest(self, broken: BrokenOff) -> SmtpSessionFact | Unobserved:
        """Return what is left of a session that *broken* ended: a fact from its greeting on."""
        seen = self.seen
        in_tls = seen.tls is not None
        rest = seen.broken_off(broken.stage, broken.cause, broken.text, broken.seen, in_tls=in_tls)
        return rest if seen.greeting is None else replace(seen, broken=rest)

    async def _talk(self, wire: Wire) -> None:
        greeting = await self._hear(wire, "greeting", self._timeouts.greeting)
        if greeting.code // 100 == 2:
            ehlo = await self._hear(wire, "EHLO", self._timeouts.ehlo)
            if ehlo.is_unknown_command:  # RFC 5321 §3.2
                await self._hear(wire, "HELO", self._timeouts.ehlo)
            if not self._tls_first and self.seen.offers("STARTTLS") is not None:
                reply = await self._hear(wire, "STARTTLS", self._timeouts.starttls)
                if reply.code == 220:  # RFC 3207 §4
                    if not await self._begin_tls(wire):
                        return
                    await self._hear(wire, "EHLO", self._timeouts.ehlo)
            await self._offer(wire)
        try:
            await self._hear(wire, "QUIT", self._timeouts.quit)
        except BrokenOff as broken:
            # What was asked has been answered; how the server takes leave is only worth a note.
            self._seen = replace(self._seen, hung_up=broken.cause.startswith("connection-"))

    async def _offer(self, wire: Wire) -> None:
        """Offer the envelopes to a server that took EHLO; a sender it refuses has no recipients."""
        if self._said[-1].reply.code // 100 != 2:
            return
        senders = dict.fromkeys(envelope.sender for envelope in self._envelopes)
        for sender in senders:
            mail = await self._hear(wire, "MAIL", self._timeouts.mail, sender)
            if mail.code // 100 == 2:
                for envelope in self._envelopes:
                    if envelope.sender == sender:
                        await self._hear(wire, "RCPT", self._timeouts.rcpt, envelope.recipient)
            await self._hear(wire, "RSET", self._timeouts.quit)

    async def _begin_tls(self, wire: Wire) -> bool:
        """Note how the handshake ended; return whether there is anybody to talk to."""
        limit = self._limit(self._timeouts.handshake, self._loop.time())
        only, name = self._seen.only_tls, self._seen.server_name
        try:
            outcome = await wire.begin_tls(name, limit.seconds, only)
        except (OSError, ValueError) as error:
            raise broken_at(error, "TLS", wire, limit) from None
        self._seen = replace(self._seen, tls=outcome)
        return isinstance(outcome, Tls)

    async def _hear(
        self, wire: Wire, stage: Stage, seconds: float, path: str | None = None
    ) -> Reply:
        """Say what *stage* says, of *path* if it is MAIL or RCPT, and note the reply."""
        started = self._loop.time()
        limit = self._limit(seconds, started)
        try:
            reply = await wire.exchange(_command(stage, self._seen.client, path), limit.seconds)
        except (OSError, ValueError) as error:
            raise broken_at(error, stage, wire, limit) from None
        elapsed = (self._loop.time() - started) * 1000
        in_tls = self._seen.tls is not None
        self._said.append(Exchange(stage, reply, elapsed, in_tls, path))
        return reply

    def _limit(self, seconds: float, now: float) -> Limit:
        """Return *seconds*, or what the session has left if that is less."""
        left = self._ends - now
        if seconds <= left:
            return Limit(seconds)
        # More than nothing: asyncio has no handshake that may take no time.
        return Limit(max(left, 0.001), self._timeouts.session)


def _command(stage: Stage, client: str, path: str | None) -> tuple[bytes, ...]:
    if path is not None:
        return stage.encode(), f"{'FROM' if stage == 'MAIL' else 'TO'}:<{path}>".encode("ascii")
    if stage in ("EHLO", "HELO"):
        return stage.encode(), client.encode("ascii")
    return () if stage == "greeting" else (stage.encode(),)


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
