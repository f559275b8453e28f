"""One SMTP session, from the socket to QUIT. DATA is not among what it can say."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mailcheck.facts.smtp.session import Exchange, SmtpSessionFact, offered_in
from mailcheck.facts.tls.handshake import NoTls, Tls
from mailcheck.probes.connecting import NotConnectedError, connect, own_address, socket_to
from mailcheck.probes.smtp.broken import BrokenOff, Limit, broken_at

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Coroutine

    from mailcheck.facts.smtp.reply import Reply
    from mailcheck.facts.smtp.session import SmtpSession, Stage
    from mailcheck.probes.routes import Endpoint
    from mailcheck.probes.smtp.wire import Wire
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
        # Brings aiosmtplib, and email with that: not for a run without SMTP, and before the clock runs.
        from mailcheck.probes.smtp.wire import Wire

        self._loop = asyncio.get_running_loop()
        self._wire = Wire()
        self._asked = question
        self._client = ehlo
        self._timeouts = timeouts
        self._ends = 0.0
        self._connected: float | None = None
        self._refused = self._hung_up = False
        self._said: list[Exchange] = []
        self._tls: Tls | NoTls | None = None

    @property
    def is_connected(self) -> bool:
        """Whether the server took the connection, now or then."""
        return self._connected is not None

    @property
    def seen(self) -> SmtpSessionFact:
        """The fact as far as it is known."""
        asked = self._asked
        return SmtpSessionFact(
            asked.address,
            asked.port,
            asked.server_name,
            self._refused,
            tuple(self._said),
            self._tls,
            hung_up=self._hung_up,
            only_tls=asked.only_tls,
            client=self._client,
            connected=self._connected,
        )

    async def hold(self, endpoint: Endpoint) -> None:
        """Connect, talk and leave.

        Raises:
            BrokenOff: where the server does not let it come to an end.
        """
        with self._socket(endpoint) as sock:
            if await self._connect(sock, endpoint):
                await self._over(sock, self._talk)

    async def call(self, endpoint: Endpoint) -> None:
        """Connect, hear the greeting if servers greet first on this port, and leave.

        Raises:
            BrokenOff: where nobody answers.
        """
        with self._socket(endpoint) as sock:
            if not await self._connect(sock, endpoint):
                raise BrokenOff("connect", "connection-refused", "refused", "connection refused")
            if self._asked.port in GREETING_FIRST:
                await self._over(sock, self._greet)

    async def _over(
        self, sock: socket.socket, talk: Callable[[Wire], Coroutine[Any, Any, object]]
    ) -> None:
        """Talk over *sock*; whatever happens, leave in the end."""
        wire = self._wire
        await self._loop.create_connection(lambda: wire, sock=sock)
        try:
            await talk(wire)
        finally:
            wire.leave(politely=bool(self._said))

    def _socket(self, endpoint: Endpoint) -> socket.socket:
        try:
            return socket_to(endpoint)
        except NotConnectedError as error:
            raise BrokenOff("connect", error.cause, str(error), error.seen) from None

    async def _connect(self, sock: socket.socket, endpoint: Endpoint) -> bool:
        """Open the TCP connection; return False if it is refused."""
        started = self._loop.time()
        self._ends = started + self._timeouts.session
        try:
            is_taken = await connect(sock, endpoint, self._timeouts.connect)
        except NotConnectedError as error:
            raise BrokenOff("connect", error.cause, str(error), error.seen) from None
        if not is_taken:
            self._refused = True
            return False
        self._client = self._client or _literal(own_address(sock))
        self._connected = (self._loop.time() - started) * 1000
        return True

    def rest(self, broken: BrokenOff) -> SmtpSessionFact | Unobserved:
        """Return what is left of a session that *broken* ended: a fact from its greeting on."""
        seen = self.seen
        in_tls = seen.tls is not None
        rest = seen.broken_off(broken.stage, broken.cause, broken.text, broken.seen, in_tls=in_tls)
        return rest if seen.greeting is None else replace(seen, broken=rest)

    async def _greet(self, wire: Wire) -> Reply:
        return await self._hear(wire, "greeting", self._timeouts.greeting)

    async def _talk(self, wire: Wire) -> None:
        if self._asked.begins_with_tls and not await self._begin_tls(wire):
            return
        greeting = await self._greet(wire)
        if greeting.code // 100 == 2:
            ehlo = await self._hear(wire, "EHLO", self._timeouts.ehlo)
            if ehlo.is_unknown_command:  # RFC 5321 §3.2
                await self._hear(wire, "HELO", self._timeouts.ehlo)
            if not self._tls and offered_in(ehlo, "STARTTLS") is not None:
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
            self._hung_up = broken.cause.startswith("connection-")

    async def _offer(self, wire: Wire) -> None:
        """Offer the envelopes to a server that took EHLO; a sender it refuses has no recipients."""
        if self._said[-1].reply.code // 100 != 2:
            return
        senders = dict.fromkeys(envelope.sender for envelope in self._asked.envelopes)
        for sender in senders:
            mail = await self._hear(wire, "MAIL", self._timeouts.mail, sender)
            if mail.code // 100 == 2:
                for envelope in self._asked.envelopes:
                    if envelope.sender == sender:
                        await self._hear(wire, "RCPT", self._timeouts.rcpt, envelope.recipient)
            await self._hear(wire, "RSET", self._timeouts.quit)

    async def _begin_tls(self, wire: Wire) -> bool:
        """Note how the handshake ended; return whether there is anybody to talk to."""
        limit = self._limit(self._timeouts.handshake, self._loop.time())
        only, name = self._asked.only_tls, self._asked.server_name
        try:
            self._tls = await wire.begin_tls(name, limit.seconds, only)
        except (OSError, ValueError) as error:
            raise broken_at(error, "TLS", wire, limit) from None
        return isinstance(self._tls, Tls)

    async def _hear(
        self, wire: Wire, stage: Stage, seconds: float, path: str | None = None
    ) -> Reply:
        """Say what *stage* says, of *path* if it is MAIL or RCPT, and note the reply."""
        started = self._loop.time()
        try:
            command = _command(stage, self._client, path)
            reply = await wire.exchange(command, min(started + seconds, self._ends))
        except (OSError, ValueError) as error:
            raise broken_at(error, stage, wire, self._limit(seconds, started)) from None
        elapsed = (self._loop.time() - started) * 1000
        self._said.append(Exchange(stage, reply, elapsed, self._tls is not None, path))
        return reply

    def _limit(self, seconds: float, now: float) -> Limit:
        """Return *seconds*, or what the session has left if that is less."""
        left = self._ends - now
        if seconds <= left:
            return Limit(seconds)
        # More than nothing: asyncio has no handshake that may take no time.
        return Limit(max(left, 0.001), self._timeouts.session)


def _command(stage: Stage, client: str, path: str | None) -> bytes:
    if path is not None:
        return f"{stage} {'FROM' if stage == 'MAIL' else 'TO'}:<{path}>".encode("ascii")
    if stage in ("EHLO", "HELO"):
        return f"{stage} {client}".encode("ascii")
    return b"" if stage == "greeting" else stage.encode()


def _literal(address: str) -> str:
    """Return *address* as a client without a name says it (RFC 5321 §4.1.3)."""
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"
