"""Scripted IMAP servers on loopback, by the same means as those of SMTP."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.imap.session import ImapSession
from mailcheck.names import parse_address
from mailcheck.probes.imap import ImapProbe, Timeouts
from mailcheck.probes.routes import Routes
from tests.probes.smtp.conftest import serving as _serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from mailcheck.facts.imap.session import ImapSessionFact
    from mailcheck.question import Unobserved
    from tests.probes.smtp.conftest import Server, Step

ASKED = ImapSession(parse_address("192.0.2.25"), 143)


@pytest.fixture
def serving() -> Callable[..., AbstractAsyncContextManager[Server]]:
    """Start a server that plays a script: ``async with serving(b"* OK hi\\r\\n", "hear") as s``."""
    return _serving


@pytest.fixture
def ask() -> Callable[..., tuple[ImapSessionFact | Unobserved, list[str]]]:
    """Ask a server that plays a script; return the answer and what the server heard.

    The server is all there is in a closed world, at 192.0.2.25 port 143.
    """

    async def asked(
        *script: Step, timeouts: Timeouts, port: int
    ) -> tuple[ImapSessionFact | Unobserved, list[str]]:
        async with _serving(*script) as server:
            routes = Routes({("192.0.2.25", port): ("127.0.0.1", server.port)}, closed=True)
            answer = await ImapProbe(routes, timeouts=timeouts).answer(replace(ASKED, port=port))
        return answer, server.heard

    def run(
        *script: Step, timeouts: Timeouts | None = None, port: int = 143
    ) -> tuple[ImapSessionFact | Unobserved, list[str]]:
        return asyncio.run(asked(*script, timeouts=timeouts or Timeouts(), port=port))

    return run
