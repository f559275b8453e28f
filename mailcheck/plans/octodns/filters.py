"""Filters of octoDNS (``octodns.processor.filter``).

They take records out of what is wanted and, unless ``include_target`` is false, out of what is there
as well: these are neither changed nor removed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from mailcheck.plans.octodns.options import THE_PLAN
from mailcheck.plans.octodns.patterns import patterns_of
from mailcheck.plans.octodns.rdata import HOSTS, TEXTS, presented

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.plans.octodns.options import Options
    from mailcheck.plans.octodns.record import Record
    from mailcheck.plans.octodns.zone import Zone
    from mailcheck.source.problems import Problems

Processor: TypeAlias = "Callable[[Zone, Problems], None]"
"""Changes a zone in place."""


def by_type(options: Options, *, allows: bool) -> Processor:
    """Return ``TypeAllowlistFilter`` or ``TypeRejectlistFilter``."""
    options.only(_key(allows=allows), "include_target", "lenient")
    types = frozenset(options.texts(_key(allows=allows)))
    includes_target = options.flag("include_target", default=True)

    def is_out(_: str, rdtype: str) -> bool:
        return (rdtype in types) is not allows

    return lambda zone, _: _filter(zone, is_out, is_out if includes_target else None)


def by_name(options: Options, *, allows: bool) -> Processor:
    """Return ``NameAllowlistFilter`` or ``NameRejectlistFilter``."""
    options.only(_key(allows=allows), "include_target", "lenient")
    includes_target = options.flag("include_target", default=True)
    try:
        patterns = patterns_of(options.texts(_key(allows=allows)))
    except ValueError as error:
        options.fail(str(error), THE_PLAN)
        return nothing

    def is_out(name: str, _: str) -> bool:
        return patterns.match(name) is not allows

    return lambda zone, _: _filter(zone, is_out, is_out if includes_target else None)


def by_value(options: Options, *, allows: bool) -> Processor:
    """Return ``ValueAllowlistFilter`` or ``ValueRejectlistFilter``, of what is wanted alone.

    What it does about live records depends on their values.
    """
    options.only(_key(allows=allows), "include_target", "lenient")
    if options.flag("include_target", default=True):
        options.fail("what it leaves there depends on values that are live", THE_PLAN)
    try:
        patterns = patterns_of(options.texts(_key(allows=allows)))
    except ValueError as error:
        options.fail(str(error), THE_PLAN)
        return nothing

    def process(zone: Zone, problems: Problems) -> None:
        for record in zone:
            try:
                is_match = any(map(patterns.match, _match_texts(record)))
            except ValueError as error:
                problems.add(record.place, f"{zone.shown(record)}: {error}")
            else:
                if is_match is not allows:
                    zone.remove(record)

    return process


def no_root_ns(options: Options) -> Processor:
    """Return ``IgnoreRootNsFilter`` or ``ExcludeRootNsChanges``: NS of the apex stay as they are."""
    options.only("error", "lenient")
    return lambda zone, _: _filter(zone, _is_root_ns, _is_root_ns)


def zone_names(options: Options) -> Processor:
    """Return ``ZoneNameFilter``: names that end with that of the zone once more are a slip."""
    options.only("error", "include_target", "lenient")
    is_error = options.flag("error", default=True)
    includes_target = options.flag("include_target", default=True)

    def process(zone: Zone, problems: Problems) -> None:
        def is_out(name: str, _: str) -> bool:
            return name.endswith((zone.name, f"{zone.name}."))

        for record in zone:
            if is_error and is_out(record.name, record.rdtype):
                what = f"{zone.shown(record)}: the name ends with the zone's twice"
                problems.add(record.place, what, "expected it relative to the zone")
        _filter(zone, is_out, is_out if includes_target else None)

    return process


def nothing(zone: Zone, problems: Problems) -> None:
    """Do nothing: what only validates, or changes nothing that is published."""
    del zone, problems


def _filter(
    zone: Zone,
    is_out: Callable[[str, str], bool],
    stays: Callable[[str, str], bool] | None,
) -> None:
    for record in zone:
        if is_out(record.name, record.rdtype):
            zone.remove(record)
    if stays is not None:
        zone.stays.append(stays)


def _is_root_ns(name: str, rdtype: str) -> bool:
    return rdtype == "NS" and not name


def _key(*, allows: bool) -> str:
    return "allowlist" if allows else "rejectlist"


def _match_texts(record: Record) -> list[str]:
    if record.foreign or record.unknown:
        return []
    if record.rdtype in TEXTS or record.rdtype in HOSTS:
        return [str(value) for value in record.values]
    return [presented(record.rdtype, value) for value in record.values]
