"""What a run was told about blocklists, from its settings."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from mailcheck.blocklists.reading import read_registry, shipped
from mailcheck.facts.blocklists import RunBlocklistsFact
from mailcheck.options import refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.blocklists import Registry
    from mailcheck.facts.dns import NameServer
    from mailcheck.settings import Settings


def known_lists(settings: Settings) -> Registry:
    """Return the lists that mailcheck and the run know.

    Raises:
        SourceError: if the file of further lists cannot be used.
    """
    path = settings.blocklists
    return shipped().extended(read_registry(path, path.name)) if path else shipped()


def lists_of(
    settings: Settings,
    resolvers: tuple[NameServer, ...],
    holds: Callable[[str], bool] = lambda _: True,
) -> Callable[[], RunBlocklistsFact]:
    """Return what makes the fact of what the run was told about blocklists, if anybody asks.

    In a network that *holds* few of them, "any" and DUL stand for those.

    Raises:
        SourceError: if the file of further lists cannot be used.
        UsageError: if a key belongs to a list that is known to take none, and so would be misread.
    """
    known = cache(partial(known_lists, settings))
    if settings.blocklists or settings.blocklist_keys:  # else nothing can be wrong with them
        _check(settings, known())

    @cache
    def fact() -> RunBlocklistsFact:
        return RunBlocklistsFact(
            known().within(holds),
            resolvers,
            authoritative=settings.blocklist_authoritative,
            keys=dict(settings.blocklist_keys),
            holds=holds,
        )

    return fact


def _check(settings: Settings, known: Registry) -> None:
    for zone, secret in settings.blocklist_keys:
        one = known.find(zone)
        if one.defunct or (one.key == "none" and one.zone in known.lists):
            takes = (
                f"zones that take a key: {one.keyed} does" if one.keyed else "such as take a key"
            )
            raise refused("blocklist-keys", f"{zone} {secret}", takes)
