"""Zones that are configured by ``*``: those that their sources have (``Manager._preprocess_zones``)."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.plans.names import full_name
from mailcheck.plans.octodns.config import ZoneConfig
from mailcheck.plans.octodns.hosts import encoded
from mailcheck.plans.octodns.options import THE_PLAN
from mailcheck.plans.octodns.patterns import expression_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.plans.octodns.config import Config
    from mailcheck.plans.octodns.sources import Source
    from mailcheck.source.problems import Problems


def expanded(
    config: Config, source_of: Callable[[str, ZoneConfig], Source | None]
) -> dict[str, ZoneConfig]:
    """Return the zones of *config*, with those that ``*`` stands for in its place.

    A zone that has its own configuration, or that of an earlier ``*``, keeps it.
    """
    zones = dict(config.zones)
    for name, one in config.zones.items():
        if not name.startswith("*"):
            continue
        del zones[name]
        found: set[str] = set()
        for source_name in one.names("sources", config.problems) or ():
            if source := source_of(source_name, one):
                found |= _encoded(source.zones(), one, config.problems)
        for match in sorted(_matching(found - zones.keys(), one, config.problems)):
            zones[match] = ZoneConfig(match, one.fields, one.place)
    return zones


def _encoded(names: list[str], one: ZoneConfig, problems: Problems) -> set[str]:
    found: set[str] = set()
    for name in names:
        try:
            found.add(f"{full_name(encoded(name))}.")
        except ValueError as error:
            what = f"what is called {visible(name, 260)} has the name of no zone: {error}"
            problems.add(one.place, what)
    return found


def _matching(names: set[str], one: ZoneConfig, problems: Problems) -> set[str]:
    if glob := one.fields.get("glob"):
        return {name for name in names if fnmatchcase(name, str(glob))}
    if regex := one.fields.get("regex"):
        try:
            expression = expression_of(str(regex))
        except ValueError as error:
            problems.add(one.place, f"zone {one.shown}: {error}", THE_PLAN)
            return set()
        return {name for name in names if expression.search(name)}
    return names


def zones_below(zones: dict[str, ZoneConfig]) -> dict[str, set[str]]:
    """Return the zones that lie in each, relative to it."""
    below: dict[str, set[str]] = {}
    for name in zones:
        above = name.partition(".")[2]
        while above:
            if above in zones:
                below.setdefault(above, set()).add(name.removesuffix(f".{above}"))
            above = above.partition(".")[2]
    return below
