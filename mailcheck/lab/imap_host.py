"""Connections to scripted IMAP hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.lab.imap_script import ImapSession
from mailcheck.lab.smtp_host import carry
from mailcheck.lab.smtp_script import Step

if TYPE_CHECKING:
    import asyncio
    import ssl

    from mailcheck.lab.imap_script import ImapScript

_TOO_LONG = Step(b"* BYE Error: line too long\r\n", hangs_up=True)


async def converse(
    script: ImapScript,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    tls: ssl.SSLContext | None = None,
    *,
    tls_first: bool = False,
) -> None:
    """Hold one session. *reader* must have been made with ``limit=MAX_LINE``.

    With *tls*, STARTTLS is offered, or TLS begins at once.
    """
    if tls and tls_first:
        await writer.start_tls(tls)
    session = ImapSession(script, offers_tls=tls is not None and not tls_first)
    await carry(session, _TOO_LONG, reader, writer, tls)
