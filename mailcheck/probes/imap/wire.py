"""The octets of an IMAP session: what is said, and what is really received."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from mailcheck.facts.imap.response import (
    GREETING,
    RESPONSE_LIMIT,
    UnfinishedError,
    read_response,
)
from mailcheck.facts.tls.handshake import NoTls
from mailcheck.probes.tls import shake_hands

if TYPE_CHECKING:
    from mailcheck.facts.imap.response import Response
    from mailcheck.facts.tls.handshake import Tls


class HungUpError(Exception):
    """The connection is lost; ``reset`` if it was not closed in order."""

    def __init__(self, *, reset: bool) -> None:
        super().__init__("the connection was reset" if reset else "the connection was closed")
        self.reset = reset


class Wire(asyncio.Protocol):
    """One connection. Where *tls_first*, nothing is read before TLS has begun.

    ``imaplib`` is left aside: it blocks, logs in clear unless told not to, and believes capabilities
    that it heard before TLS.
    """

    def __init__(self, *, tls_first: bool) -> None:
        self._tls_first = tls_first
        self._transport: asyncio.Transport | None = None
        self._news = asyncio.Event()
        self._unread = b""
        self._lost: HungUpError | None = None
        self._commands = 0
        self._said_logout = False

    @property
    def unread(self) -> str:
        """What was received and is not part of a response that was read."""
        return self._unread.decode("utf-8", "backslashreplace")

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to listen, or wait for TLS to begin."""
        # Not an instance of it: the selector loop's class derives from another base.
        self._transport = cast("asyncio.Transport", transport)
        if self._tls_first:
            self._transport.pause_reading()

    def data_received(self, data: bytes) -> None:
        """Keep as much as a response may be long."""
        self._unread += data[: RESPONSE_LIMIT - len(self._unread)]
        self._news.set()

    def connection_lost(self, exc: Exception | None) -> None:
        """Note how it ended."""
        self._lost = HungUpError(reset=isinstance(exc, ConnectionResetError))
        self._news.set()

    async def exchange(self, command: str, seconds: float) -> Response:
        """Say *command* and return the response; without one, wait for the greeting.

        Untagged data that came before belongs to the response: a server may send it at any time
        (RFC 9051 §7).

        Raises:
            ValueError: if what came is no response, or answers what was not said yet.
            TimeoutError: if there is no whole response within *seconds*.
            HungUpError: if the connection is lost before.
        """
        if command:
            self._insist_on_no_answer()
        tag = self._say(command) if command else GREETING
        async with asyncio.timeout(seconds):
            while True:
                try:
                    response, self._unread = read_response(self._unread, tag)
                except UnfinishedError:
                    if len(self._unread) >= RESPONSE_LIMIT:
                        raise ValueError(f"more than {RESPONSE_LIMIT} octets") from None
                else:
                    return response
                if self._lost is not None:
                    raise self._lost
                self._news.clear()
                await self._news.wait()

    async def begin_tls(self, name: str, seconds: float) -> Tls | NoTls:
        """Go on in TLS with the server, which is called *name*; return how the handshake ended.

        What was received in clear by then is no part of what follows (RFC 9051 §6.2.1): somebody on
        the way may have put it there. BYE is an end like that of a handshake: so says Dovecot, in
        clear, if it cannot use its key.

        Raises:
            ValueError: if the server went on talking in clear.
            TimeoutError: if the handshake did not come to an end within *seconds*.
            HungUpError: if the connection was lost.
        """
        if self._unread.startswith(b"* BYE"):
            return NoTls(f"in its place the server says {self.unread.strip()}")
        if self._unread:
            raise ValueError("the server went on talking after its response")
        if self._transport is None or self._lost is not None:
            raise self._lost or HungUpError(reset=False)
        try:
            secured, outcome = await shake_hands(self._transport, self, name, seconds)
        except ConnectionError:
            raise HungUpError(reset=False) from None
        if secured is not None:
            self._transport = cast("asyncio.Transport", secured)
        return outcome

    def leave(self, *, politely: bool) -> None:
        """Drop the connection; *politely* with a LOGOUT whose response nobody waits for."""
        if self._transport is None:
            return
        if politely and not self._said_logout and not self._transport.is_closing():
            self._say("LOGOUT")
        self._transport.abort()

    def _say(self, command: str) -> str:
        """Say *command* under the next tag, and return the tag."""
        self._commands += 1
        self._said_logout = command == "LOGOUT"
        tag = f"m{self._commands}"
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(f"{tag} {command}\r\n".encode("ascii"))
        return tag

    def _insist_on_no_answer(self) -> None:
        """Raise ValueError if the next command was answered already."""
        tag = f"m{self._commands + 1} ".encode("ascii")
        if any(line.startswith(tag) for line in self._unread.split(b"\n")):
            raise ValueError("an answer to what was not said yet")
