"""What headers and reports say of a run: its world, whom it asks, from where, with what.

Imported by every session that was given an option, with suites or without; so it imports a probe
only where the resolvers of this machine must be found.
"""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

import mailcheck

if TYPE_CHECKING:
    from mailcheck.facts.dns import NameServer
    from mailcheck.settings import Resolver, Settings


def run_properties(settings: Settings) -> dict[str, str]:
    """Return the description, by name; what is not known is left out."""
    named = ", ".join(map(_shown, settings.resolvers))
    if not named and not settings.lab:
        from mailcheck.probes.dns.system import system_resolvers

        named = ", ".join(map(_shown, system_resolvers()))
    lab = "the lab.yml nearest to each suite" if settings.lab == "auto" else str(settings.lab)
    properties = {
        "world": f"lab ({lab})" if settings.lab else "live",
        "resolvers": named or ("of the lab" if settings.lab else "none"),
        "vantage": settings.vantage,
        "mailcheck": mailcheck.__version__,
        "python": platform.python_version(),
    }
    return {name: value for name, value in properties.items() if value}


def _shown(resolver: Resolver | NameServer) -> str:
    return f"{resolver.address}" + (f":{resolver.port}" if resolver.port != 53 else "")
