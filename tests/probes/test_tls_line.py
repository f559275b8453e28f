"""TLS on a connection, however the network cuts it: against OpenSSL on the other side, by hand."""

from __future__ import annotations

import asyncio
import ssl
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.probes.tls import context
from mailcheck.probes.tls_line import TlsLine

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine


@cache
def certified() -> ssl.SSLContext:
    """What the other side needs."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("mx.example.com").configure_cert(made)
    return made


def feed(line: TlsLine, data: bytes) -> None:
    """Hand *data* to *line* as asyncio does."""
    line.get_buffer(-1)[: len(data)] = data
    line.buffer_updated(len(data))


class Other(asyncio.Transport):
    """The connection below, and who is at its other end: OpenSSL, whose octets come *cut*."""

    def __init__(self, cut: int = 1 << 20) -> None:
        super().__init__()
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = certified().wrap_bio(self._incoming, self._outgoing, server_side=True)
        self.cut = cut
        self.protocol: Any = None  # a TlsLine, once there is one
        self.closed = ""
        self.heard = b""
        self.says_first = b""

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self.protocol = protocol

    def resume_reading(self) -> None:
        """Read all the time."""

    def is_closing(self) -> bool:
        return bool(self.closed)

    def write(self, data: Any) -> None:
        self._incoming.write(data)
        asyncio.get_running_loop().call_soon(self.work)

    def work(self) -> None:
        """Shake hands, say what is to be said first, and hear what comes."""
        try:
            self.tls.do_handshake()
            if self.says_first:
                self.tls.write(self.says_first)
                self.says_first = b""
            while data := self.tls.read(1024):
                self.heard += data
        except ssl.SSLWantReadError:
            pass
        self.send()

    def send(self) -> None:
        """Send what OpenSSL has to say, in pieces."""
        data = self._outgoing.read()
        for at in range(0, len(data), self.cut):
            if not self.closed:
                feed(self.protocol, data[at : at + self.cut])

    def end(self, error: Exception | None = None) -> None:
        """Close or lose the connection."""
        self.closed = self.closed or "lost"
        self.protocol.connection_lost(error)

    def close(self) -> None:
        self.closed = self.closed or "closed"

    def abort(self) -> None:
        self.closed = self.closed or "aborted"


class Above(asyncio.Protocol):
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.received = b""
        self.lost: list[Exception | None] = []

    def data_received(self, data: bytes) -> None:
        self.received += data

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost.append(exc)


def run(work: Callable[[Other, Above, TlsLine], Coroutine[Any, Any, None]], other: Other) -> Above:
    """Do *work* with a line to *other*; return what is above it."""
    above = Above()

    async def all_of_it() -> None:
        await work(other, above, TlsLine(other, above, context(), "mx.example.com"))

    asyncio.run(all_of_it())
    return above


@given(st.integers(1, 4000), st.binary(min_size=1, max_size=3000))
def test_what_is_said_arrives_however_it_is_cut(cut: int, said: bytes) -> None:
    async def talk(other: Other, above: Above, line: TlsLine) -> None:
        await line.shake_hands(5)
        line.write(b"EHLO me\r\n")
        other.tls.write(said)
        other.work()
        assert (above.received, other.heard) == (said, b"EHLO me\r\n")

    run(talk, Other(cut))


def test_what_comes_right_behind_the_handshake_is_not_lost() -> None:
    async def talk(other: Other, above: Above, line: TlsLine) -> None:
        other.says_first = b"220 mx\r\n"
        await line.shake_hands(5)
        assert above.received == b"220 mx\r\n"

    run(talk, Other())


def test_the_end_of_the_connection_ends_the_handshake() -> None:
    async def talk(other: Other, above: Above, line: TlsLine) -> None:
        asyncio.get_running_loop().call_soon(other.end)
        other.cut = 0
        with pytest.raises(ConnectionAbortedError):
            await line.shake_hands(5)
        assert above.lost == [None]

    other = Other()
    other.send = lambda: None  # type: ignore[method-assign]  # it says nothing
    run(talk, other)


def test_an_error_of_the_connection_is_told_as_it_is() -> None:
    async def talk(other: Other, above: Above, line: TlsLine) -> None:
        reset = ConnectionResetError(104, "reset")
        asyncio.get_running_loop().call_soon(other.end, reset)
        with pytest.raises(ConnectionResetError) as error:
            await line.shake_hands(5)
        assert (error.value, above.lost) == (reset, [reset])

    other = Other()
    other.send = lambda: None  # type: ignore[method-assign]  # it says nothing
    run(talk, other)


def test_silence_has_an_end_and_the_connection_with_it() -> None:
    async def talk(other: Other, above: Above, line: TlsLine) -> None:
        del above
        with pytest.raises(TimeoutError):
            await line.shake_hands(0.01)
        assert other.closed == "aborted"

    other = Other()
    other.send = lambda: None  # type: ignore[method-assign]  # it says nothing
    run(talk, other)


def test_what_is_no_tls_is_said_so() -> None:
    async def talk(other: Other, above: Above, line: TlsLine) -> None:
        del above
        asyncio.get_running_loop().call_soon(feed, line, b"220 still in clear\r\n")
        with pytest.raises(ssl.SSLError):
            await line.shake_hands(5)
        assert other.closed == "aborted"

    other = Other()
    other.send = lambda: None  # type: ignore[method-assign]  # it says nothing
    run(talk, other)


def test_an_end_in_order_closes_the_connection() -> None:
    async def talk(other: Other, above: Above, line: TlsLine) -> None:
        await line.shake_hands(5)
        other.tls.write(b"221 bye\r\n")
        with pytest.raises(ssl.SSLWantReadError):
            other.tls.unwrap()
        other.send()
        assert (above.received, other.closed) == (b"221 bye\r\n", "closed")

    run(talk, Other())


def test_octets_that_were_changed_on_the_way_end_it() -> None:
    async def talk(other: Other, above: Above, line: TlsLine) -> None:
        await line.shake_hands(5)
        feed(line, b"\x17\x03\x03\x00\x20" + b"x" * 32)
        assert (above.received, other.closed) == (b"", "aborted")

    run(talk, Other())


def test_what_cannot_be_encrypted_is_not_said_and_no_crash() -> None:
    """As with any transport, the loss of the connection says so."""

    async def talk(other: Other, above: Above, line: TlsLine) -> None:
        del above
        line.write(b"QUIT\r\n")
        assert (other.heard, other.closed) == (b"", "aborted")

    run(talk, Other())
