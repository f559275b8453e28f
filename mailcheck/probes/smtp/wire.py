"""The octets of an SMTP session: what is said, and what is really received."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from aiosmtplib.errors import SMTPResponseException, SMTPServerDisconnected
from aiosmtplib.protocol import SMTPProtocol

from mailcheck.facts.smtp.reply import REPLY_LIMIT, read_reply
from mailcheck.probes.tls import shake_hands

if TYPE_CHECKING:
    from mailcheck.facts.smtp.reply import Reply
    from mailcheck.facts.tls.handshake import NoTls, Tls


class Wire(SMTPProtocol):
    """aiosmtplib's protocol, keeping what the server really sent since the last reply.

    aiosmtplib's ``SMTP`` class is left aside: it hangs up without QUIT on a greeting other than
    220, and asks ``getfqdn()`` and upgrades to TLS unless told not to. Its protocol class decides
    here when a reply is complete and bounds its own buffer; but it also lets pass what is no reply
    (``+25``, ``220mail``), and takes what a server says out of turn for the answer to the next
    command. So a reply is read from the octets themselves, and unread ones end the session.
    """

    def __init__(self) -> None:
        super().__init__(loop=asyncio.get_running_loop())
        self._unread = b""
        self._said_quit = False

    @property
    def unread(self) -> str:
        """What was received and is not part of a reply that was read."""
        return self._unread.decode("utf-8", "backslashreplace")

    def data_received(self, data: bytes) -> None:
        """Keep as much as a reply may be long; hand all on."""
        self._unread += data[: REPLY_LIMIT - len(self._unread)]
        super().data_received(data)

    async def exchange(self, command: tuple[bytes, ...], seconds: float) -> Reply:
        """Say *command*, if there is one, and return the reply.

        Raises:
            ValueError: if what came is not a reply, or came before the command.
            SMTPTimeoutError: if there is no whole reply within *seconds*.
            SMTPServerDisconnected: if the connection is lost before.
        """
        if command:
            self._insist_on_silence()
        with suppress(SMTPResponseException):  # not a reply: read_reply says why not
            if command:
                self._said_quit = command == (b"QUIT",)
                await self.execute_command(*command, timeout=seconds)
            else:
                await self.read_response(timeout=seconds)
        if not self._unread:  # the library makes up a reply to QUIT if the connection is lost
            raise SMTPServerDisconnected("no reply")
        reply, self._unread = read_reply(self._unread)
        return reply

    async def begin_tls(self, name: str, seconds: float, only: str) -> Tls | NoTls:
        """Go on in TLS with the server, which is called *name*; return how the handshake ended.

        *only* is the one version that is offered, or empty for all.

        What was received in clear by then is no part of what follows (RFC 3207 §4.2): somebody on
        the way may have put it there.

        Raises:
            ValueError: if the server went on talking in clear.
            TimeoutError: if the handshake did not come to an end within *seconds*.
            ConnectionError: if the connection was lost.
        """
        self._insist_on_silence()
        if self.transport is None:
            raise ConnectionResetError("the connection was closed")
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
        if transport is None:
            return
        if politely and not self._said_quit and not transport.is_closing():
            transport.write(b"QUIT\r\n")
        transport.abort()
