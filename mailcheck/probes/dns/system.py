"""The resolvers this machine is configured with."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mailcheck.facts.dns import NameServer
from mailcheck.resolvers import resolver_address

if TYPE_CHECKING:
    from collections.abc import Iterable

RESOLV_CONF = Path("/etc/resolv.conf")
"""Where POSIX machines name their resolvers (resolv.conf(5))."""


MAX_RESOLVERS = 3
"""Resolvers that the C library asks (MAXNS in resolv.h): whatever is named behind them, no other
program of this machine uses."""

LOCAL = "127.0.0.1"
"""Whom the C library asks where none is named (resolv.conf(5)): a server on this machine."""


def system_resolvers(configuration: Path = RESOLV_CONF) -> tuple[NameServer, ...]:
    """Return the resolvers that programs on this machine ask, in their order.

    Read as the C library reads them, so that a run sees what a mail server here would see: a line
    that cannot be used hides no other one, options are ignored, three count, and without any the
    machine itself is asked. On Windows there may be none.
    """
    registered = sys.platform == "win32"
    found: dict[NameServer, None] = {}
    for text in _registered() if registered else _written(configuration):
        try:
            found[NameServer(resolver_address(text))] = None
        except ValueError:
            continue
    if registered:
        return tuple(found)
    return tuple(found)[:MAX_RESOLVERS] or (NameServer(resolver_address(LOCAL)),)


def _written(configuration: Path) -> Iterable[str]:
    try:
        lines = configuration.read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    words = [line.split() for line in lines]
    return [word[1] for word in words if len(word) > 1 and word[0] == "nameserver"]


def _registered() -> Iterable[str]:
    # Only Windows pays for the import, which takes as long as the rest of the command's start.
    import dns.resolver

    try:
        return [str(server) for server in dns.resolver.Resolver().nameservers]
    except dns.resolver.NoResolverConfiguration:
        return []
