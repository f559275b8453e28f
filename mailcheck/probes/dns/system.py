"""The resolvers this machine is configured with."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mailcheck.facts.dns import NameServer
from mailcheck.names import parse_address

if TYPE_CHECKING:
    from collections.abc import Iterable

RESOLV_CONF = Path("/etc/resolv.conf")
"""Where POSIX machines name their resolvers (resolv.conf(5))."""


def system_resolvers(configuration: Path = RESOLV_CONF) -> tuple[NameServer, ...]:
    """Return the configured resolvers in order; empty if there is no configuration to read.

    A line that cannot be used hides no other one, as in the C library. IPv6 resolvers with a scope
    (``fe80::1%eth0``) are left out: they are asked by few tools alike.
    """
    found = []
    for text in _registered() if sys.platform == "win32" else _written(configuration):
        try:
            found.append(NameServer(parse_address(text)))
        except ValueError:
            continue
    return tuple(dict.fromkeys(found))


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
