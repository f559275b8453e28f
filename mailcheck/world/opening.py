"""Opens the world that a run asks for: the live network, or the lab of a ``lab.yml``."""

from __future__ import annotations

import asyncio
import secrets
import string
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mailcheck.errors import UsageError
from mailcheck.facts.blocklists import RunBlocklists, RunBlocklistsFact
from mailcheck.facts.dns import NameServer
from mailcheck.facts.root import ROOT_SERVERS, RunRoot, RunRootFact
from mailcheck.facts.run import RunLabel, RunLabelFact, RunRoutes, RunRoutesFact
from mailcheck.facts.scope import DOCUMENTATION
from mailcheck.facts.smtp.envelope import RunRecipients
from mailcheck.facts.smtp.vantage import RunControls, RunControlsFact
from mailcheck.facts.tls.trust import ChainTrust
from mailcheck.names import parse_address
from mailcheck.options import refused
from mailcheck.probes.dns.named import named_resolvers, server_at
from mailcheck.probes.dns.system import system_resolvers
from mailcheck.probes.routes import Routes
from mailcheck.probes.trust_anchors import anchors_of, system_anchors
from mailcheck.world.empty import EmptyWorld
from mailcheck.world.lab import LabWorld
from mailcheck.world.lists import lists_of
from mailcheck.world.live import LiveWorld
from mailcheck.world.recipients import Recipients
from mailcheck.world.trust import Trust
from mailcheck.world.which import WorldKey, shown_below

if TYPE_CHECKING:
    import datetime
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from mailcheck.lab import Lab
    from mailcheck.question import Fact, Unobserved, World
    from mailcheck.resolvers import Resolver
    from mailcheck.settings import Settings

LABEL = 24
"""Letters of the label that nobody has registered (26^24 of them: a chance of nothing)."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A world that can be asked. ``name`` and ``resolvers`` are for headers and reports.

    So is ``for_lists``: whom only blocklists are asked of.
    """

    world: World
    name: str
    resolvers: tuple[NameServer, ...]
    close: Callable[[], Awaitable[None]]
    for_lists: tuple[NameServer, ...] = ()


async def open_world(
    key: WorldKey,
    settings: Settings,
    today: datetime.date,
    root: Path,
    recipients: Recipients | None = None,
) -> Opened:
    """Open the world *key* of a project at *root*; *recipients* is what its requirements try.

    Raises:
        SourceError: if the description of a lab cannot be used.
        UsageError: if an option cannot.
    """
    if key == "offline":
        return await open_offline(settings, today, recipients)
    if key == "live":
        return await open_live(settings, today, recipients)
    if key == "no lab":
        return await open_empty()
    return await open_lab(settings, today, key, shown_below(key, root), recipients)


async def open_live(
    settings: Settings, today: datetime.date, recipients: Recipients | None = None
) -> Opened:
    """Open the network as it is; *recipients* is what its requirements want to try.

    Raises:
        UsageError: if a resolver that is named by its host has no address, or the file of the
            authorities to be trusted cannot be used.
    """
    known = await _named("resolver", settings.resolvers) or system_resolvers()
    for_lists = await _named("blocklist-resolver", settings.blocklist_resolvers)
    resolvers = () if settings.authoritative else known
    routes = Routes(settings.connect_to)
    named = anchors_of(settings.ca_file) if settings.ca_file else ()
    trust = Trust(lambda: named or system_anchors(), today)
    world = LiveWorld(
        asyncio.get_running_loop(),
        routes=routes,
        resolvers=resolvers,
        public=settings.private_networks,
        ehlo=settings.ehlo,
        today=today,
        about_the_run=_about_the_run(
            routes,
            RunRootFact(ROOT_SERVERS, known),
            lists_of(settings, for_lists),
            recipients or Recipients(),
            RunControlsFact(settings.control_hosts),
            trust=trust,
        ),
        budget=settings.budget,
        keys=dict(settings.blocklist_keys),
    )
    asked_of_lists = () if settings.blocklist_authoritative else for_lists
    return Opened(world, "the live network", resolvers, world.closed, asked_of_lists)


async def open_lab(
    settings: Settings,
    today: datetime.date,
    path: Path,
    shown_as: str,
    recipients: Recipients | None = None,
) -> Opened:
    """Start the lab that *path* describes, *shown_as* in messages, and open its network.

    Raises:
        SourceError: if the file cannot be used.
        UsageError: if our own EHLO name cannot be said, or a resolver is named by its host, which
            is nowhere in a lab.
    """
    from mailcheck.lab import Lab, read_lab  # not for a run that asks the network

    named = tuple(map(_in_a_lab, settings.resolvers))
    for_lists = tuple(map(_in_a_lab, settings.blocklist_resolvers))
    lab = Lab(read_lab(path, shown_as))
    lists = lists_of(settings, for_lists, lab.covers)
    await lab.start()
    known = named or tuple(NameServer(parse_address(text)) for text in lab.resolvers)
    resolvers = () if settings.authoritative else known
    routes = Routes(lab.detours, closed=True)
    try:
        world = LabWorld(
            asyncio.get_running_loop(),
            routes=routes,
            resolvers=resolvers,
            public=(*DOCUMENTATION, *settings.private_networks),
            ehlo=settings.ehlo,
            today=today,
            about_the_run=_about_the_run(
                routes,
                RunRootFact(_root_of(lab), known),
                lists,
                (recipients or Recipients()).in_a_lab(),
                RunControlsFact(),
                trust=Trust(lambda: lab.trusted, today),
            ),
            budget=settings.budget,
            keys=dict(settings.blocklist_keys),
            covers=lab.covers,
        )
    except BaseException:
        await lab.close()
        raise

    async def close() -> None:
        await world.closed()
        await lab.close()

    return Opened(world, f"the lab {shown_as}", resolvers, close)


async def open_offline(
    settings: Settings, today: datetime.date, recipients: Recipients | None = None
) -> Opened:
    """Open the world in which nobody is asked; *recipients* is what its requirements want to try.

    Raises:
        SourceError: if the file of further lists cannot be used.
        UsageError: if a key belongs to a list that takes none.
    """
    # Imported late: most runs ask somebody.
    from mailcheck.world.offline import offline_world

    world = offline_world(settings, today, recipients or Recipients())
    return Opened(world, "nobody", (), _nothing)


async def open_empty() -> Opened:
    """Open the world of a suite that is to be judged in a lab and has none."""
    return Opened(EmptyWorld(), "no lab", (), _nothing)


async def _named(option: str, resolvers: tuple[Resolver, ...]) -> tuple[NameServer, ...]:
    try:
        return await named_resolvers(resolvers)
    except OSError as error:
        raise UsageError(
            f"--mail-{option} (ini mail_{option.replace('-', '_')}): {error}. Give its address instead: "
            "tls://ADDRESS#HOST, or https://ADDRESS/PATH if its certificate holds the address"
        ) from error


def _in_a_lab(resolver: Resolver) -> NameServer:
    if resolver.address is None:
        raise refused("resolver", str(resolver), "an address in a lab, whose servers have no names")
    return server_at(resolver.address, resolver)


def _root_of(lab: Lab) -> tuple[NameServer, ...]:
    """Return the servers of the lab's own root zone; most labs have none."""
    from mailcheck.lab.description import zone_name

    return tuple(
        NameServer(address, server.name)
        for server in lab.description.servers
        if any(zone_name(zone) == "." for zone in server.zones)
        for address in server.addresses
    )


def _about_the_run(
    routes: Routes,
    root: RunRootFact,
    lists: Callable[[], RunBlocklistsFact],
    recipients: Recipients,
    controls: RunControlsFact,
    *,
    trust: Trust,
) -> dict[type, Callable[[Any], Fact | Unobserved]]:
    """Return the answers to questions about the run that need no network."""
    label = RunLabelFact("".join(secrets.choice(string.ascii_lowercase) for _ in range(LABEL)))
    return {
        RunRoot: lambda _: root,
        RunLabel: lambda _: label,
        RunBlocklists: lambda _: lists(),
        RunRecipients: lambda _: recipients.fact(),
        RunControls: lambda _: controls,
        RunRoutes: lambda _: RunRoutesFact(*routes.families()),
        ChainTrust: trust.answer,
    }


async def _nothing() -> None:
    """Close nothing: the world has nothing of its own."""
