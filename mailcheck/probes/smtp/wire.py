"""The octets of an SMTP session: what is said, and what is really received."""

from __future__ import annotations

import asyncio
import re
import socket
from typing import TYPE_CHECKING, cast

from aiosmtplib.errors import SMTPServerDisconnected
from aiosmtplib.protocol import SMTPProtocol

from mailcheck.facts.smtp.reply import LINE_LIMIT, REPLY_LIMIT, read_reply
from mailcheck.probes.tls import shake_hands

if TYPE_CHECKING:
    from mailcheck.facts.smtp.reply import Reply
    from mailcheck.facts.tls.handshake import NoTls, Tls

GLANCE = 5
"""Seconds between two looks at the clock while nothing comes."""

_GOES_ON = re.compile(rb"[2-5][0-9]{2}-")
_CONTROL = re.compile(rb"[\x00-\x1f\x7f]")


class Wire(SMTPProtocol):
    """aiosmtplib's protocol, with ears of its own: what really came since the last reply.

    aiosmtplib's ``SMTP`` class is left aside: it hangs up without QUIT on a greeting other than
    220, and asks ``getfqdn()`` and upgrades to TLS unless told not to. Its protocol class carries
    the connection; but what is no reply it takes for one (``+25``), what comes out of turn it drops,
    and to QUIT it makes up a reply. So replies are read here, from the octets: what is not part of
    one that was waited for ends the session.
    """

    def __init__(self) -> None:
        super().__init__(loop=asyncio.get_running_loop())
        self._unread = b""
        self._looked_at = 0
        self._waiter: asyncio.Future[bool] | None = None
        self._lost: Exception | None = None
        self._said_quit = False
        self._ends = 0.0
        self._alarm: asyncio.TimerHandle | None = None

    @property
    def unread(self) -> str:
        """What was received and is not part of a reply that was read."""
        return self._unread.decode("utf-8", "backslashreplace")

    def data_received(self, data: bytes) -> None:
        """Keep as much as a reply may be long."""
        self._unread += data[: REPLY_LIMIT - len(self._unread)]
        if self._waiter is not None and self._is_settled():
            self._wake(is_settled=True)

    def connection_lost(self, exc: Exception | None) -> None:
        """Note how it ended; whoever waits has waited long enough."""
        super().connection_lost(exc)
        self._lost = exc or _closed()
        self._wake()

    async def exchange(self, command: bytes, ends: float) -> Reply:
        """Say *command*, unless it is empty, and return the reply.

        *ends* is when nobody waits for it any longer, by the clock of the loop.

        Raises:
            ValueError: if what came is not a reply, or came before the command, or *command* has
                control characters in it.
            TimeoutError: if there is no whole reply by *ends*.
            OSError: if the connection is lost before.
        """
        if command:
            self._insist_on_silence()
            self._say(command)
        if not self._unread or not self._is_settled():
            await self._settled(ends)
        reply, self._unread = read_reply(self._unread)
        self._looked_at = 0
        return reply

    def _say(self, command: bytes) -> None:
        if _CONTROL.search(command):
            raise ValueError(f"{command!r} is no command of one line")
        self._said_quit = command == b"QUIT"
        try:
            self.write(command + b"\r\n")
        except SMTPServerDisconnected:
            raise self._lost or _closed() from None

    async def _settled(self, ends: float) -> None:
        """Wait until what was received is a reply, or can become none."""
        if self._lost is not None:
            raise self._lost
        self._waiter = self._loop.create_future()
        self._ends = ends
        if self._alarm is None or ends < self._alarm.when():
            self._look_at_clock()
        try:
            is_settled = await self._waiter
        finally:
            self._waiter = None
        if not is_settled:
            raise self._lost or TimeoutError

    def _look_at_clock(self) -> None:
        """Wake whoever has waited long enough.

        One timer, renewed now and then, is for all replies of a session: to set one for each, and
        to take it back, is a fiftieth of what a session costs.
        """
        self._forget_alarm()
        now = self._loop.time()
        if now < self._ends:
            self._alarm = self._loop.call_at(min(self._ends, now + GLANCE), self._look_at_clock)
        else:
            self._wake()

    def _forget_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _wake(self, *, is_settled: bool = False) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(is_settled)

    def _is_settled(self) -> bool:
        """Whether a line has come that does not go on with another one, or too much without it.

        Lines are looked at once, in however many pieces they come.
        """
        while (end := self._unread.find(b"\n", self._looked_at)) >= 0:
            if (
                not _GOES_ON.match(self._unread, self._looked_at)
                or end - self._looked_at >= LINE_LIMIT
            ):
                return True
            self._looked_at = end + 1
        received = len(self._unread)
        return received - self._looked_at >= LINE_LIMIT or received >= REPLY_LIMIT

    async def begin_tls(self, name: str, seconds: float, only: str) -> Tls | NoTls:
        """Go on in TLS with the server, which is called *name*; return how the handshake ended.

        *only* is the one version that is offered, or empty for all.

        What was received in clear by then is no part of what follows (RFC 3207 §4.2): somebody on
        the way may have put it there.

        Raises:
            ValueError: if the server went on talking in clear.
            TimeoutError: if the handshake did not come to an end within *seconds*.
            OSError: if the connection was lost.
        """
        self._insist_on_silence()
        if self.transport is None:
            raise self._lost or _closed()
        # With Nagle's algorithm EHLO waits for the server's session tickets and acknowledges them.
        # Sent before they are there, it leaves them to a delayed acknowledgement, for which the
        # server's reply waits in turn: 40 ms.
        self.transport.get_extra_info("socket").setsockopt(
            socket.IPPROTO_TCP, socket.TCP_NODELAY, 0
        )
        secured, outcome = await shake_hands(self.transport, self, name, seconds, only)
        if secured is not None:
            self.transport = secured
        return outcome

    def _insist_on_silence(self) -> None:
        if self._unread:
            raise ValueError("the server went on talking after its reply")

    def leave(self, *, politely: bool) -> None:
        """Drop the connection; *politely* with a QUIT whose reply nobody waits for."""
        transport = cast("asyncio.Transport | None", self.transport)
        self._forget_alarm()
        if transport is None:
            return
        if politely and not self._said_quit and not transport.is_closing():
            transport.write(b"QUIT\r\n")
        transport.abort()


def _closed() -> ConnectionError:
    return ConnectionAbortedError("the connection was closed")
