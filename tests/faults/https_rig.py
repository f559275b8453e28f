"""One row about HTTPS: policy hosts that misbehave, a sentence about MTA-STS, and how it ends.

DNS is honest, and told. A row that ends well must have been sent the whole policy by somebody.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import functools
import socket
import ssl
import struct
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

import trustme

from mailcheck.conclusion import conclude
from mailcheck.engine import Engine
from mailcheck.facts.dns import DnsQuery, told
from mailcheck.facts.scope import DOCUMENTATION
from mailcheck.facts.tls.trust import ChainTrust
from mailcheck.probes.https import Timeouts
from mailcheck.probes.routes import Routes
from mailcheck.question import Unobserved
from mailcheck.suite.load import load_item
from mailcheck.testing import ending
from mailcheck.world.live import LiveWorld
from mailcheck.world.trust import Trust
from tests.faults.rig import A_DAY, catalogue, many_files
from tests.faults.smtp_rig import _full, _refusing
from tests.faults.smtp_server import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping

    from mailcheck.probes.routes import Endpoint
    from mailcheck.verdict import Verdict

HOST = "mta-sts.example.com"
SENTENCE = "MTA-STS of example.com is valid"
V4, V4_TOO = "192.0.2.80", "192.0.2.81"
POLICY = b"version: STSv1\r\nmode: enforce\r\nmx: mx.example.com\r\nmax_age: 2419200\r\n"

Step: TypeAlias = (
    "bytes | Literal['closes', 'resets', 'silent', 'drips', 'endless', 'hints', 'hears']"
)
"""Octets; or an end; or octets for as long as somebody listens; or a request is heard."""


@dataclass(frozen=True, slots=True)
class Script:
    """What a server does: *before* TLS, in its place; and *behind* the handshake, by *tls*."""

    behind: tuple[Step, ...] = ()
    before: tuple[Step, ...] = ()
    tls: ssl.SSLContext | None = None
    in_pieces: bool = False


Site: TypeAlias = "Script | Literal['refuses', 'drops']"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault at some addresses of the policy host, and how it ends; `` or `` between two that may be."""

    name: str
    ends: str
    sites: Mapping[str, Site]
    patience: Timeouts = field(default_factory=Timeouts)

    def __str__(self) -> str:
        return self.name


class Ending(NamedTuple):
    """How a row ended, and whether the policy was sent whole, inside TLS."""

    end: str
    told: bool
    verdict: Verdict

    def __str__(self) -> str:
        return f"{self.end}: {self.verdict.text}" + "".join(
            f"\n  {e}" for e in self.verdict.evidence
        )


@cache
def authority() -> trustme.CA:
    """The authority that the run trusts."""
    return trustme.CA()


def served_by(
    *names: str, ca: trustme.CA | None = None, day: datetime.datetime | None = None
) -> ssl.SSLContext:
    """A server whose certificate is for *names*, by *ca*, and ended on a *day*."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    (ca or authority()).issue_cert(*names, not_after=day).configure_cert(made)
    return made


@cache
def good() -> ssl.SSLContext:
    """A server on which all is well."""
    return served_by(HOST)


class Server:
    """Plays a script to each client."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._open: set[asyncio.Task[None]] = set()
        self.told = False
        self.port = 0

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Serve, until every client has gone by itself."""
        server = await asyncio.start_server(self._hold, LOOPBACK, 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield
        finally:
            server.close()
            async with asyncio.timeout(30):
                await asyncio.gather(*self._open)

    async def _hold(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._open.add(task)
        with contextlib.suppress(ConnectionError, ssl.SSLError, asyncio.IncompleteReadError):
            await self._play(self._script.before, reader, writer)
            if not self._script.before:
                await writer.start_tls(self._script.tls or good())
                await self._play(("hears", *self._script.behind), reader, writer)
        writer.close()

    async def _play(
        self, steps: tuple[Step, ...], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        sent = b""
        for step in steps:
            if isinstance(step, bytes):
                sent += step
                size = 1 if self._script.in_pieces else len(step) or 1
                for at in range(0, len(step), size):
                    writer.write(step[at : at + size])
                    await writer.drain()
                    await asyncio.sleep(0)
                self.told |= POLICY in sent or self._script.in_pieces
            else:
                await _act(step, reader, writer)


async def _act(step: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    match step:
        case "hears":
            await reader.readuntil(b"\r\n\r\n")
        case "silent":
            while await reader.read(4096):
                pass
        case "resets":
            sock = writer.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
        case "closes":
            writer.close()
    unending = {"drips": b"k", "endless": b"k" * 4096, "hints": b"HTTP/1.1 103 x\r\n\r\n" * 100}
    while step in unending:
        writer.write(unending[step])
        await writer.drain()
        await asyncio.sleep(0.02 if step == "drips" else 0)


NAMES: dict[Any, Any] = dict(
    [
        told("_mta-sts.example.com TXT", '"v=STSv1; id=1"'),
        told("example.com MX", "10 mx.example.com."),
        told(f"{HOST} AAAA", "NODATA"),
    ]
)


async def end_of(fault: Fault) -> Ending:
    """Judge the sentence in the world of *fault*; every connection must be closed."""
    detours: dict[Endpoint, Endpoint] = {}
    servers: list[Server] = []
    async with AsyncExitStack() as stack:
        for address, site in fault.sites.items():
            if site == "refuses":
                where = stack.enter_context(_refusing())
            elif site == "drops":
                where = stack.enter_context(_full())
            else:
                assert not isinstance(site, str)
                servers.append(Server(site))
                await stack.enter_async_context(servers[-1].serving())
                where = (LOOPBACK, servers[-1].port)
            detours[address, 443] = where
        names = {**NAMES, **dict([told(f"{HOST} A", " | ".join(fault.sites))])}
        anchor = ssl.PEM_cert_to_DER_cert(authority().cert_pem.bytes().decode())
        live = LiveWorld(
            asyncio.get_running_loop(), routes=Routes(detours, closed=True), resolvers=(),
            public=DOCUMENTATION, ehlo="", today=A_DAY, web_patience=fault.patience,
            about_the_run={
                DnsQuery: lambda asked: names.get(asked, Unobserved("not-told", str(asked))),
                ChainTrust: Trust(lambda: (anchor,), A_DAY).answer,
            },
        )  # fmt: skip
        stack.push_async_callback(live.closed)
        engine = Engine(live)
        stack.callback(engine.close)
        [wanted] = load_item(SENTENCE, catalogue())
        node = engine.plan(functools.partial(wanted.check.judge, wanted.params))
        verdict = conclude(wanted, await engine.finished(node), A_DAY)
    return Ending(" ".join(ending(verdict)), any(server.told for server in servers), verdict)


AT_ONCE = 8
"""Rows at a time: so few that a stage that is answered at once is never late."""


async def ends_of(faults: Iterable[Fault]) -> list[Ending]:
    """Judge many rows; nothing may be left when they are done."""
    complaints: list[dict[str, Any]] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: complaints.append(context))
    room = asyncio.Semaphore(AT_ONCE)

    async def one(fault: Fault) -> Ending:
        async with room:
            return await end_of(fault)

    with many_files():
        endings = await asyncio.gather(*map(one, faults))
    assert complaints == []
    assert asyncio.all_tasks() == {asyncio.current_task()}
    return endings
