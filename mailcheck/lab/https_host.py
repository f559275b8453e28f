"""Connections to scripted web hosts."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from mailcheck.lab.https_script import NO_REQUEST, Answer, Page

if TYPE_CHECKING:
    import ssl

    from mailcheck.lab.https_script import HttpsScript, Then

_TOO_LONG = Page(431, body=b"431 Request Header Fields Too Large\n")

_HANDSHAKE = b"\x16"
"""What a client begins with who wants TLS (RFC 8446 §5.1)."""

_AT_ONCE = b"x" * 4096
"""What an endless body is made of."""

PAUSE = 1.0
"""Seconds between the octets of a body that drips."""


async def converse(
    script: HttpsScript,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    tls: ssl.SSLContext | None = None,
) -> None:
    """Answer one request, in TLS if there is *tls*. *reader* must have been made with a limit."""
    if script.opens == "silent":
        await _until_gone(reader)
        return
    if script.opens == "closes":
        return
    if tls is not None:
        await writer.start_tls(tls)
    answer = await _answer(script, reader)
    writer.write(answer.octets)
    await writer.drain()
    await _go_on(answer.then, reader, writer)
    if tls is None:
        # What the client still sends is read: closing over unread octets would reset the
        # connection, and the client could lose the answer it has not read yet.
        writer.write_eof()
        await _until_gone(reader)


async def _answer(script: HttpsScript, reader: asyncio.StreamReader) -> Answer:
    begins = await reader.read(1)
    if begins == _HANDSHAKE:
        return NO_REQUEST.answer("GET")
    try:
        return script.answer(begins + await reader.readuntil(b"\r\n\r\n"))
    except asyncio.IncompleteReadError:
        return Answer(b"")
    except asyncio.LimitOverrunError:
        return _TOO_LONG.answer("GET")


async def _go_on(then: Then, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Do what comes behind an answer, until the client is gone."""
    if then == "silent":
        await _until_gone(reader)
    while then in ("endless", "drips"):
        writer.write(_AT_ONCE if then == "endless" else b"x")
        await writer.drain()
        if then == "drips":
            await asyncio.sleep(PAUSE)


async def _until_gone(reader: asyncio.StreamReader) -> None:
    while await reader.read(4096):
        pass
