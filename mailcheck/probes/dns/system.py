"""The resolvers this machine is configured with."""

from __future__ import annotations

import dns.resolver

from mailcheck.facts.dns import NameServer
from mailcheck.names import parse_address


def system_resolvers() -> tuple[NameServer, ...]:
    """Return the configured resolvers in order; empty if there is no configuration to read.

    IPv6 resolvers with a scope (``fe80::1%eth0``) are left out: they are asked by few tools alike.
    """
    try:
        resolver = dns.resolver.Resolver(configure=True)
    except dns.resolver.NoResolverConfiguration:
        return ()
    found = []
    for server in resolver.nameservers:
        try:
            found.append(NameServer(parse_address(str(server)), port=resolver.port))
        except ValueError:
            continue
    return tuple(found)
