"""What headers and reports say of a run: its world, whom it asks, from where, with what.

Imported by every session that was given an option, with suites or without; so it imports a probe
only where the resolvers of this machine must be found.
"""

from __future__ import annotations

import platform
from dataclasses import replace
from typing import TYPE_CHECKING

import mailcheck
from mailcheck.evidence import visible
from mailcheck.proposals import ProposedFiles, ProposedServers

if TYPE_CHECKING:
    from pathlib import Path

    from mailcheck.proposals import Proposal
    from mailcheck.settings import Settings

SHOWN = 3
"""Files left out that are named; the rest is counted."""


def run_properties(settings: Settings, root: Path) -> dict[str, str]:
    """Return the description, by name; what is not known is left out.

    Files that are proposed are shown as seen from *root*, as their lines are in evidence.
    ``blocklists`` is whom they are asked of, where that is not whom all else is.
    """
    properties = {
        "world": _world(settings),
        "proposed": visible(", ".join(_shown(one, root) for one in settings.proposed)),
        "resolvers": _resolvers(settings),
        "blocklists": _for_blocklists(settings),
        "vantage": visible(settings.vantage),
        "mailcheck": mailcheck.__version__,
        "python": platform.python_version(),
    }
    return {name: value for name, value in properties.items() if value}


def _world(settings: Settings) -> str:
    lab = "the lab.yml nearest to each suite" if settings.lab == "auto" else str(settings.lab)
    without = "offline" if settings.offline else "live"
    world = f"lab ({lab})" if settings.lab else without
    return f"{world} but for what is proposed" if settings.proposed else world


def _shown(proposal: Proposal, root: Path) -> str:
    """Return *proposal* as seen from *root*; of a folder, how many of its files are left out."""
    return f"{_named(proposal, root)}{_left_out(proposal)}"


def _left_out(proposal: Proposal) -> str:
    if not isinstance(proposal, ProposedFiles) or not proposal.path.is_dir():
        return ""
    from mailcheck.world.proposed.files import backups_in  # most runs propose nothing

    if not (backups := backups_in(proposal.path)):
        return ""
    files = "1 backup file is" if len(backups) == 1 else f"{len(backups)} backup files are"
    return f" ({files} left out: {', '.join(one.name for one in backups[:SHOWN])}{_more(backups)})"


def _more(files: list[Path]) -> str:
    return f", {len(files) - SHOWN} more" if len(files) > SHOWN else ""


def _named(proposal: Proposal, root: Path) -> str:
    if not isinstance(proposal, ProposedServers) and proposal.path.is_relative_to(root):
        return str(replace(proposal, path=proposal.path.relative_to(root)))
    return str(proposal)


def _resolvers(settings: Settings) -> str:
    if settings.offline:
        return ""
    named = ", ".join(map(str, settings.resolvers))
    if settings.authoritative:
        return "authoritative" + (f", the way shown by {named}" if named else "")
    if named or settings.lab:
        return named or "of the lab"
    from mailcheck.probes.dns.system import system_resolvers

    return ", ".join(str(server.address) for server in system_resolvers()) or "none"


def _for_blocklists(settings: Settings) -> str:
    if settings.offline:
        return ""
    if settings.blocklist_authoritative:
        return "authoritative"
    return ", ".join(map(str, settings.blocklist_resolvers))
