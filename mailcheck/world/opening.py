"""Opens the world that a run asks for: the live network, or the lab of a ``lab.yml``."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.facts.dns import NameServer
from mailcheck.facts.scope import DOCUMENTATION
from mailcheck.lab import Lab, read_lab
from mailcheck.names import parse_address
from mailcheck.probes.dns.system import system_resolvers
from mailcheck.probes.routes import Routes
from mailcheck.world.empty import EmptyWorld
from mailcheck.world.lab import LabWorld
from mailcheck.world.live import LiveWorld

if TYPE_CHECKING:
    import datetime
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from mailcheck.question import World
    from mailcheck.settings import Settings


@dataclass(frozen=True, slots=True)
class Opened:
    """A world that can be asked. ``name`` and ``resolvers`` are for headers and reports."""

    world: World
    name: str
    resolvers: tuple[NameServer, ...]
    close: Callable[[], Awaitable[None]]


async def open_live(settings: Settings, today: datetime.date) -> Opened:
    """Open the network as it is."""
    named = tuple(NameServer(r.address, port=r.port) for r in settings.resolvers)
    resolvers = named or system_resolvers()
    world = LiveWorld(
        asyncio.get_running_loop(),
        routes=Routes(settings.connect_to),
        resolvers=resolvers,
        public=settings.private_networks,
        ehlo=settings.ehlo,
        today=today,
    )
    return Opened(world, "the live network", resolvers, world.closed)


async def open_lab(settings: Settings, today: datetime.date, path: Path, shown_as: str) -> Opened:
    """Start the lab that *path* describes, *shown_as* in messages, and open its network.

    Raises:
        SourceError: if the file cannot be used.
        UsageError: if our own EHLO name cannot be said.
    """
    lab = Lab(read_lab(path, shown_as))
    await lab.start()
    named = tuple(NameServer(r.address, port=r.port) for r in settings.resolvers)
    resolvers = named or tuple(NameServer(parse_address(text)) for text in lab.resolvers)
    try:
        world = LabWorld(
            asyncio.get_running_loop(),
            routes=Routes(lab.detours, closed=True),
            resolvers=resolvers,
            public=(*DOCUMENTATION, *settings.private_networks),
            ehlo=settings.ehlo,
            today=today,
            covers=lab.covers,
        )
    except BaseException:
        await lab.close()
        raise

    async def close() -> None:
        await world.closed()
        await lab.close()

    return Opened(world, f"the lab {shown_as}", resolvers, close)


async def open_empty() -> Opened:
    """Open the world of a suite that is to be judged in a lab and has none."""
    return Opened(EmptyWorld(), "no lab", (), _nothing)


async def _nothing() -> None:
    """Close nothing: the world has nothing of its own."""
