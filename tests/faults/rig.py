"""One row of the table: a world of faulty servers, one sentence, and how it ends.

The rig knows what is so, and which of it was told. So it can say by itself whether a verdict was
reached by observation, whatever the table expects.
"""

from __future__ import annotations

import asyncio
import datetime
import functools
import resource
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from mailcheck.catalogue import Catalogue, load_catalogue
from mailcheck.conclusion import conclude
from mailcheck.engine import Engine
from mailcheck.facts.blocklists import RunBlocklists, RunBlocklistsFact
from mailcheck.facts.dns import name_server
from mailcheck.facts.root import RunRoot, RunRootFact
from mailcheck.facts.run import RunLabel, RunLabelFact
from mailcheck.facts.scope import DOCUMENTATION
from mailcheck.facts.tls.trust import ChainTrust
from mailcheck.probes.routes import Routes
from mailcheck.suite.load import load_item
from mailcheck.testing import ending
from mailcheck.world.live import PATIENCE, LiveWorld
from mailcheck.world.trust import Trust
from tests.faults import truth
from tests.faults.conditions import CLEAR, condition
from tests.faults.replies import honest, over_tcp
from tests.faults.server import LOOPBACK, Server

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mailcheck.probes.routes import Endpoint
    from mailcheck.probes.smtp import Timeouts
    from mailcheck.verdict import Verdict
    from tests.faults.server import Conversation, Reply

A_DAY = datetime.date(2026, 1, 31)

SAME: Any = object()
"""Over TCP a server says the same as over UDP."""


class Family(NamedTuple):
    """A sentence, how it ends where all is well, and the first question it must have answered."""

    sentence: str
    truth: str
    asks: tuple[str, str]


FAMILIES: Mapping[str, Family] = {
    "mx": Family("domain example.com has MX", "met", ("example.com", "MX")),
    "no-mx": Family("domain bare.example.com has MX", "no-mx", ("bare.example.com", "MX")),
    "gone": Family("domain gone.example.com has MX", "no-such-domain", ("gone.example.com", "MX")),
    "null": Family(
        "domain parked.example.com accepts no mail", "met", ("parked.example.com", "MX")
    ),
    "ptr": Family("IP 192.0.2.25 has PTR matching A", "met", ("25.2.0.192.in-addr.arpa", "PTR")),
    "no-ptr": Family("IP 192.0.2.99 has PTR", "no-ptr", ("99.2.0.192.in-addr.arpa", "PTR")),
    "not-on": Family(
        "IP 192.0.2.25 is not on bl.example.net", "met", ("25.2.0.192.bl.example.net", "A")
    ),
    "listed": Family(
        "IP 192.0.2.66 is not on bl.example.net", "listed", ("66.2.0.192.bl.example.net", "A")
    ),
    "hosts": Family("MX hosts of example.com resolve", "met", ("example.com", "MX")),
    "address": Family(
        "host mail.example.com has address 192.0.2.25", "met", ("mail.example.com", "A")
    ),
    "ehlo": Family("EHLO name mail.example.com resolves", "met", ("mail.example.com", "A")),
    "txt": Family('TXT of example.com includes "v=spf1"', "met", ("example.com", "TXT")),
    "cname": Family(
        "CNAME of key.example.com is key.example.net", "met", ("key.example.com", "CNAME")
    ),
    "nameservers": Family("nameservers of example.com agree on MX", "met", ("example.com", "MX")),
    "resolvers": Family("resolvers agree on MX of example.com", "met", ("example.com", "MX")),
}

CORE = ("mx", "no-mx", "gone", "null", "ptr", "no-ptr", "not-on", "listed")
"""The families every fault meets: presence, absence, and absence that is good."""


class Site(NamedTuple):
    """How one server behaves; the port of a *deaf* one is closed for datagrams."""

    reply: Reply
    tcp: Conversation | None = SAME
    deaf: bool = False


HONEST = Site(honest)


@dataclass(frozen=True, slots=True)
class Network:
    """The servers of a world: resolvers in the order asked, the zones' two, and the root's."""

    resolvers: tuple[Site, ...]
    authorities: tuple[Site, Site] = (HONEST, HONEST)
    root: Site = HONEST


class Ending(NamedTuple):
    """How a row ended, in the words of a check's examples; ``told`` is the truth that was sent."""

    end: str
    told: frozenset[tuple[str, str]]
    verdict: Verdict

    @property
    def decided(self) -> bool:
        """Whether somebody will act on it: met or unmet."""
        return self.verdict.kind in ("met", "unmet")

    def __str__(self) -> str:
        seen = "".join(f"\n  {line}" for line in self.verdict.evidence)
        return f"{self.end}: {self.verdict.text}{seen}"


FILES = 40
"""File descriptors that one row may need: two a server, and those of who asks."""


@functools.cache
def catalogue() -> Catalogue:
    """Return the checks there are."""
    return load_catalogue()


class World:
    """The world of one *network* under one condition; use it as an asynchronous context.

    *elsewhere* leads to servers that are no name servers, for whom there is *patience*; *trusted*
    are the authorities of certificates, in DER.
    """

    def __init__(
        self,
        network: Network,
        under: str = CLEAR,
        elsewhere: Mapping[Endpoint, Endpoint] = {},
        patience: Timeouts = PATIENCE,
        trusted: tuple[bytes, ...] = (),
    ) -> None:
        self._trust = Trust(lambda: trusted, A_DAY)
        self._elsewhere = elsewhere
        self._patience = patience
        self.told: set[tuple[str, str]] = set()
        self._stack = AsyncExitStack()
        self.servers: dict[str, Server] = {}
        for number, site in enumerate(network.resolvers, 1):
            self._place(f"192.0.2.{number}", "resolver", site, under)
        for address, site in zip(truth.SERVERS.values(), network.authorities, strict=True):
            self._place(address, "authority", site, under)
        self._place(truth.ROOT[1], "root", network.root, under)
        self._resolvers = tuple(self.servers)[: len(network.resolvers)]

    def _place(self, address: str, role: truth.Role, site: Site, under: str) -> None:
        tcp = over_tcp(site.reply) if site.tcp is SAME else site.tcp
        self.servers[address] = Server(
            condition(under, site.reply), tcp, role, self.told, site.deaf
        )

    async def __aenter__(self) -> Self:
        for server in self.servers.values():
            await self._stack.enter_async_context(server.serving())
        detours = {(at, 53): (LOOPBACK, server.port) for at, server in self.servers.items()}
        detours |= self._elsewhere
        resolvers = tuple(map(name_server, self._resolvers))
        live = LiveWorld(
            asyncio.get_running_loop(),
            routes=Routes(detours, closed=True),
            resolvers=resolvers,
            public=DOCUMENTATION,
            ehlo="",
            today=A_DAY,
            patience=self._patience,
            about_the_run={
                ChainTrust: self._trust.answer,
                RunBlocklists: lambda _: RunBlocklistsFact(),
                RunLabel: lambda _: RunLabelFact("nobodyhasregisteredthis"),
                RunRoot: lambda _: RunRootFact(
                    (name_server(truth.ROOT[1], truth.ROOT[0]),), resolvers
                ),
            },
        )
        self.engine = Engine(live)
        self._stack.push_async_callback(live.closed)
        self._stack.callback(self.engine.close)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def judge(self, *sentences: str) -> list[Verdict]:
        """Judge *sentences* in their order, as the items of a run."""
        planned = []
        for sentence in sentences:
            [requirement] = load_item(sentence, catalogue())
            check, params = requirement.check, requirement.params
            planned.append((requirement, self.engine.plan(functools.partial(check.judge, params))))
        return [
            conclude(requirement, await self.engine.finished(node), A_DAY)
            for requirement, node in planned
        ]


async def end_of(network: Network, family: str, under: str = CLEAR) -> Ending:
    """Judge the sentence of *family* in *network*."""
    async with World(network, under) as world:
        [verdict] = await world.judge(FAMILIES[family].sentence)
        return Ending(" ".join(ending(verdict)), frozenset(world.told), verdict)


@contextmanager
def many_files() -> Iterator[int]:
    """Let this process open more files than usual; yield how many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    more = 20_000 if hard == resource.RLIM_INFINITY else min(hard, 20_000)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, more), hard))
    try:
        yield max(soft, more)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def ends_of(rows: Iterable[tuple[Network, str, str]]) -> list[Ending]:
    """Judge many rows at once, as many as there are file descriptors for."""
    # A server of ours that crashes is silent, and would pass for a fault.
    crashes: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: crashes.append(context))

    with many_files() as files:
        room = asyncio.Semaphore(files // FILES)

        async def one(network: Network, family: str, under: str) -> Ending:
            async with room:
                return await end_of(network, family, under)

        endings = await asyncio.gather(*(one(*row) for row in rows))
    assert crashes == []
    return endings
