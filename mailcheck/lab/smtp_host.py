"""Connections to scripted SMTP hosts: carries lines to a session and its steps back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from mailcheck.lab.smtp_script import Session, Step, reply

if TYPE_CHECKING:
    import ssl

    from mailcheck.lab.smtp_script import Script

MAX_LINE = 4096
"""Octets of a command line; RFC 5321 §4.5.3.1.4 asks for 512."""

_TOO_LONG = Step(reply(500, "5.5.2 Error: line too long").octets, hangs_up=True)


async def converse(
    script: Script,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    tls: ssl.SSLContext | None = None,
    *,
    tls_first: bool = False,
    for_users: bool = False,
) -> None:
    """Hold one session. *reader* must have been made with ``limit=MAX_LINE``.

    With *tls*, STARTTLS is offered, or TLS begins at once; *for_users* a login is offered in TLS.
    """
    in_tls = tls is not None and tls_first
    if tls and in_tls:
        await writer.start_tls(tls)
    offers_tls = tls is not None and not in_tls
    session = Session(script, offers_tls=offers_tls, is_in_tls=in_tls, for_users=for_users)
    await carry(session, _TOO_LONG, reader, writer, tls)


class Speaker(Protocol):
    """What answers lines, one session long."""

    def opens(self) -> Step:
        """Return what is done before anything is heard."""

    def hears(self, line: bytes) -> Step:
        """Return what is done about a *line*."""


async def carry(
    session: Speaker,
    too_long: Step,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    tls: ssl.SSLContext | None,
) -> None:
    """Carry lines to *session* and its steps back; *too_long* is the one about an endless line."""
    step = session.opens()
    while True:
        writer.write(step.octets)
        await writer.drain()
        if step.begins_tls and tls:
            await writer.start_tls(tls)
        if step.hangs_up:
            if not writer.can_write_eof():  # in TLS, where closing says so to the client
                return
            writer.write_eof()
        if step.hangs_up or step.goes_silent:
            # What the client still sends is read: closing over unread octets would reset the
            # connection, and the client could lose the reply it has not read yet.
            while await reader.read(MAX_LINE):
                pass
            return
        try:
            line = await reader.readuntil(b"\n")
        except asyncio.IncompleteReadError:
            return
        except asyncio.LimitOverrunError:
            line = b""
            step = too_long
            continue
        step = session.hears(line)
