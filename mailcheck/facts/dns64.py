"""Addresses that resolvers make up for hosts without IPv6 (DNS64, RFC 6147), known by their prefix.

They lead through a translator (NAT64) to the host's IPv4 address. No zone holds them.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

IPV4_ONLY = "ipv4only.arpa"
"""A name that has no AAAA record: one that a resolver gives was made up, and shows where it puts
IPv4 addresses (RFC 7050 §3)."""

_ITS_ADDRESSES = frozenset(
    ipaddress.IPv4Address(text).packed for text in ("192.0.0.170", "192.0.0.171")
)

SET_ASIDE = frozenset(ipaddress.IPv6Network(block) for block in ("64:ff9b::/96", "64:ff9b:1::/48"))
"""Prefixes for nothing but translation (RFC 6052 §2.1, RFC 8215)."""

_OCTETS = {
    32: (4, 5, 6, 7),
    40: (5, 6, 7, 9),
    48: (6, 7, 9, 10),
    56: (7, 9, 10, 11),
    64: (9, 10, 11, 12),
    96: (12, 13, 14, 15),
}
"""Which octets hold the IPv4 address behind a prefix of so many bits (RFC 6052 §2.2)."""


def prefixes_shown_by(addresses: Iterable[str]) -> frozenset[ipaddress.IPv6Network]:
    """Return the prefixes behind which *addresses*, said to be those of ``IPV4_ONLY``, hold its own.

    None for addresses that somebody put there for another reason.
    """
    return frozenset(
        ipaddress.IPv6Network((address.packed, length), strict=False)
        for address in map(ipaddress.IPv6Address, addresses)
        for length, octets in _OCTETS.items()
        if bytes(address.packed[at] for at in octets) in _ITS_ADDRESSES
    )


def are_made_up(addresses: Iterable[str], prefixes: frozenset[ipaddress.IPv6Network]) -> bool:
    """Whether all of the IPv6 *addresses* lie in *prefixes*, or in one set aside for translation.

    A resolver makes up none beside those that a zone holds (RFC 6147 §5.1.1).
    """
    return all(
        any(address in prefix for prefix in SET_ASIDE | prefixes)
        for address in map(ipaddress.IPv6Address, addresses)
    )
