"""TLS on a connection that is there already: OpenSSL between the octets below and those above.

asyncio's own way (:meth:`asyncio.loop.start_tls`) makes a quarter of a megabyte of buffer for each
connection and takes turns of the loop for every step, which is a seventh of what an SMTP session
costs. Here :class:`ssl.SSLObject` is given what comes, and what it has to say is sent.
"""

from __future__ import annotations

import asyncio
import ssl
from typing import Any

AT_ONCE = 16_384
"""Octets that are taken from OpenSSL at a time: those of one record (RFC 8446 §5.1)."""

_BUFFER = memoryview(bytearray(65_536))
"""Where what comes is put, for as long as it takes to hand it to OpenSSL; one for all."""


class TlsLine(asyncio.BufferedProtocol, asyncio.Transport):
    """Stands between *transport* and the *protocol* above, as the one's protocol, the other's transport.

    Nothing is verified but what *context* says; *name* goes into the handshake if it is not empty.
    """

    def __init__(
        self,
        transport: asyncio.Transport,
        protocol: asyncio.Protocol,
        context: ssl.SSLContext,
        name: str,
    ) -> None:
        super().__init__()
        self._below = transport
        self._above = protocol
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=name or None)
        self._agreed = False
        self._shaken: asyncio.Future[None] | None = None

    async def shake_hands(self, seconds: float) -> ssl.SSLObject:
        """Begin TLS, and return the connection as OpenSSL knows it once both sides agree.

        The connection is dropped if they do not.

        Raises:
            ssl.SSLError: if they do not.
            TimeoutError: if it takes longer than *seconds*.
            ConnectionError: if the connection is closed or reset.
        """
        loop = asyncio.get_running_loop()
        self._shaken = loop.create_future()
        late = loop.call_later(seconds, self._fail, TimeoutError())
        self._below.set_protocol(self)
        try:
            self._go_on_shaking()
            self._below.resume_reading()
            await self._shaken
        except BaseException:
            self._below.abort()
            raise
        finally:
            late.cancel()
            self._shaken = None
        return self._tls

    # ── from below ───────────────────────────────────────────────────────────────────────────

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002  asyncio passes it
        """Return where to put what comes."""
        return _BUFFER

    def buffer_updated(self, nbytes: int) -> None:
        """Give OpenSSL what came, and hand up what it makes of it."""
        self._incoming.write(_BUFFER[:nbytes])
        if not self._agreed:
            self._go_on_shaking()
        if self._agreed:
            self._hand_up()

    def connection_lost(self, exc: Exception | None) -> None:
        """Pass it on; a handshake ends with it."""
        self._fail(exc or ConnectionAbortedError("the connection was closed"))
        self._above.connection_lost(exc)

    def _go_on_shaking(self) -> None:
        try:
            self._tls.do_handshake()
            self._agreed = True
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLError as error:
            self._fail(error)
        self._send()  # in the end an alert, if it fails
        if self._agreed and self._shaken is not None and not self._shaken.done():
            self._shaken.set_result(None)

    def _fail(self, error: Exception) -> None:
        if self._shaken is not None and not self._shaken.done():
            self._shaken.set_exception(error)

    def _hand_up(self) -> None:
        try:
            while self._incoming.pending or self._tls.pending():
                data = self._tls.read(AT_ONCE)
                if not data:  # the other side takes leave (RFC 8446 §6.1)
                    self._below.close()
                    break
                self._above.data_received(data)
        except ssl.SSLWantReadError:
            pass  # the rest of a record is still to come
        except ssl.SSLError:
            self._below.abort()
        self._send()  # what TLS itself has to answer, such as to a new key

    def _send(self) -> None:
        if data := self._outgoing.read():
            self._below.write(data)

    # ── from above ───────────────────────────────────────────────────────────────────────────

    def write(self, data: Any) -> None:
        """Encrypt *data* and send it; where OpenSSL cannot, the connection is dropped."""
        try:
            self._tls.write(data)
        except ssl.SSLError:
            self._below.abort()
            return
        self._send()

    def is_closing(self) -> bool:
        """Whether nothing can be sent any more."""
        return self._below.is_closing()

    def close(self) -> None:
        """Close the connection once all is sent; TLS is not taken leave of."""
        self._below.close()

    def abort(self) -> None:
        """Drop the connection."""
        self._below.abort()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Return what is known of the connection, as asyncio's transports do."""
        if name == "ssl_object":
            return self._tls
        return self._below.get_extra_info(name, default)

    def pause_reading(self) -> None:
        """Hand nothing up for a while."""
        self._below.pause_reading()

    def resume_reading(self) -> None:
        """Go on handing up."""
        self._below.resume_reading()
