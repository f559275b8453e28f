"""One row about SMTP: a world whose mail servers misbehave, one sentence, and how it ends.

The name servers of this world are honest. As in :mod:`tests.faults.rig`, it is known what was told:
a row that ends well must have been told at least the stages that its sentence is about.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from mailcheck.probes.smtp import Timeouts
from mailcheck.testing import ending
from tests.faults.rig import HONEST, Network, World, many_files
from tests.faults.smtp_server import LOOPBACK, Script, Server, authority

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mailcheck.probes.routes import Endpoint
    from mailcheck.verdict import Verdict

TRUTH = "truth"
"""The fault is survived: the row ends as it would without it, and the truth was told."""

Site: TypeAlias = "Script | Literal['refuses', 'drops', 'no route']"
"""A server; or a port that refuses connections, one whose SYN is lost, or no way to it from here."""

V4, V4_TOO, V6 = "192.0.2.25", "192.0.2.26", "2001:db8::25"


class Family(NamedTuple):
    """A sentence that is met where all is well, and the stages it must have been told for that."""

    sentence: str
    needs: frozenset[str]


_SERVES = frozenset({"greeting", "EHLO"})
_SAYS_ALL = _SERVES | {"TLS", "EHLO in TLS"}

FAMILIES: Mapping[str, Family] = {
    "accepts": Family("SMTP port 25 of mail.example.com accepts", _SERVES),
    "throughout": Family("IP 192.0.2.25 is host mail.example.com throughout", _SERVES | {"TLS"}),
    "starttls": Family("SMTP port 25 of mail.example.com offers STARTTLS", _SERVES | {"TLS"}),
    "names": Family("certificate of mail.example.com port 25 names host", _SERVES | {"TLS"}),
    "valid": Family("certificate of mail.example.com port 25 is valid", _SERVES | {"TLS"}),
    "offers": Family("SMTP port 25 of mail.example.com offers 8BITMIME", _SAYS_ALL),
    "auth": Family("SMTP port 25 of mail.example.com offers AUTH only after TLS", _SAYS_ALL),
    "pair": Family("SMTP port 25 of pair.example.com accepts", _SERVES),
    "dual": Family("SMTP port 25 of dual.example.com accepts", _SERVES),
}

CORE = ("accepts", "throughout", "starttls", "names", "valid", "offers", "auth")
"""Families that every fault of a single server meets."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of the servers at some addresses, and how it ends; ``but`` holds families that differ.

    ``shows`` is what text or evidence must say, and ``hides`` what no evidence may say. Where two
    endings are right, both stand, with `` or `` between them.
    """

    name: str
    ends: str
    sites: Mapping[str, Site]
    but: Mapping[str, str] = field(default_factory=dict)
    families: tuple[str, ...] = CORE
    patience: Timeouts = field(default_factory=Timeouts)
    shows: str = ""
    hides: str = "\0"

    def expected(self, family: str) -> set[str]:
        """Return how *family* may end."""
        ends = self.but.get(family, self.ends).split(" or ")
        return {"met" if end == TRUTH else end for end in ends}

    def needs_truth(self, family: str) -> bool:
        """Whether a row that is met must have been told the truth."""
        return TRUTH in self.but.get(family, self.ends).split(" or ")


class Ending(NamedTuple):
    """How a row ended, and the stages at which each server told the truth."""

    end: str
    told: tuple[frozenset[str], ...]
    verdict: Verdict

    def __str__(self) -> str:
        seen = "".join(f"\n  {line}" for line in self.verdict.evidence)
        advice = "".join(f"\n  advises: {each}" for each in self.verdict.advice)
        return f"{self.end}: {self.verdict.text}{seen}{advice}"


@contextmanager
def _full() -> Iterator[Endpoint]:
    """Yield where the kernel drops every SYN: the backlog is full, and nobody takes from it."""
    with socket.socket() as full, socket.socket() as first, socket.socket() as second:
        full.bind((LOOPBACK, 0))
        full.listen(0)
        for client in (first, second):
            client.settimeout(0)
            client.connect_ex(full.getsockname())
        yield full.getsockname()


@contextmanager
def _refusing() -> Iterator[Endpoint]:
    """Yield where connections are refused; the port is taken by somebody who does not listen."""
    with socket.socket() as bound:
        bound.bind((LOOPBACK, 0))
        yield bound.getsockname()


NOWHERE: Endpoint = ("fe80::1%nosuch0", 25)
"""An address that no route leads to: there is no such interface."""


async def end_of(fault: Fault, family: str) -> Ending:
    """Judge the sentence of *family* in the world of *fault*; every connection must be closed."""
    detours: dict[Endpoint, Endpoint] = {}
    servers = []
    async with AsyncExitStack() as stack:
        for address, site in fault.sites.items():
            match site:
                case "refuses":
                    where = stack.enter_context(_refusing())
                case "drops":
                    where = stack.enter_context(_full())
                case "no route":
                    where = NOWHERE
                case script:
                    assert not isinstance(script, str)
                    servers.append(Server(script))
                    await stack.enter_async_context(servers[-1].serving())
                    where = (LOOPBACK, servers[-1].port)
            detours[address, 25] = where
        network = Network((HONEST,))
        trusted = (ssl.PEM_cert_to_DER_cert(authority().cert_pem.bytes().decode()),)
        async with World(
            network, elsewhere=detours, patience=fault.patience, trusted=trusted
        ) as world:
            [verdict] = await world.judge(FAMILIES[family].sentence)
    told = tuple(frozenset(server.told) for server in servers)
    return Ending(" ".join(ending(verdict)), told, verdict)


AT_ONCE = 16
"""Rows at a time: so few that a stage that is answered at once is never late."""


async def ends_of(rows: Iterable[tuple[Fault, str]]) -> list[Ending]:
    """Judge many rows; nothing may be left when they are done."""
    loop = asyncio.get_running_loop()
    complaints: list[dict[str, Any]] = []
    loop.set_exception_handler(lambda _, context: complaints.append(context))
    room = asyncio.Semaphore(AT_ONCE)

    async def one(fault: Fault, family: str) -> Ending:
        async with room:
            return await end_of(fault, family)

    with many_files():
        endings = await asyncio.gather(*(one(*row) for row in rows))
    assert complaints == []
    assert asyncio.all_tasks() == {asyncio.current_task()}
    return endings
