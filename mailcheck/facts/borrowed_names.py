"""Names in EHLO that are not the client's own: everybody's, the receiver's, or its provider's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.facts.generic_names import looks
from mailcheck.finding import Finding, met, unmet
from mailcheck.names import is_under, to_u_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mailcheck.names import Address

LOCAL_NAME = "local-name"
GENERIC_NAME = "generic-name"
RECEIVERS_NAME = "receivers-name"

LOCAL_ZONES = (
    "localhost",  # RFC 6761 §6.3
    "localdomain",
    "local",  # RFC 6762 §3
    "home.arpa",  # RFC 8375
    "internal",
    "lan",
    "home",
    "corp",
    "intra",
    "intranet",
    "private",
    "priv",
    "invalid",  # RFC 6761 §6.4
    "in-addr.arpa",  # names of addresses, not of hosts
    "ip6.arpa",
)
"""Zones in which every network names its own hosts; none is, or will be, one of the Internet's."""


def is_local(name: str) -> bool:
    """Whether *name*, in normal form, means another host in every network."""
    return any(is_under(name, zone) for zone in LOCAL_ZONES)


def local_or_not(name: str) -> Finding:
    """Judge whether *name* can be one host's on the Internet."""
    if not is_local(name):
        return met()
    return unmet(LOCAL_NAME, f"{to_u_labels(name)} is a name of hosts in every local network")


def receivers_or_not(name: str, receivers: Iterable[str]) -> Finding:
    """Judge whether *name* is a name of one of *receivers*, or below one."""
    theirs = next((receiver for receiver in receivers if is_under(name, receiver)), "")
    if not theirs:
        return met()
    whose = "itself" if theirs == name else to_u_labels(theirs)
    return unmet(RECEIVERS_NAME, f"{to_u_labels(name)} is a name of the receiver {whose}")


def generic_or_not(name: str, ip: Address | None, allowed: Sequence[str]) -> Finding:
    """Judge whether *name* looks like one of those a provider gives to customers."""
    seen = looks(name, ip, allowed)
    if not seen.generic:
        return met()
    why = ", ".join(map(str, seen.flags))
    text = f"{to_u_labels(name)} looks like a name that a provider generated: {why}"
    return unmet(GENERIC_NAME, text)
