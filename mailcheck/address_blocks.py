"""Blocks of addresses that one sentence is about: small enough to ask for each."""

from __future__ import annotations

import ipaddress
from typing import ClassVar, Self

from mailcheck.names import Address, Network, parse_address

MAX_ADDRESSES = 256
"""Addresses of one block: a /24, and of IPv6 a /120. Each costs two questions or more."""


class AddressBlock(str):
    """A block of addresses in CIDR notation (RFC 4632 §3.1), IPv6 written out without ``::``."""

    __slots__ = ()
    expected: ClassVar[str] = "a block of at most 256 addresses such as 203.0.113.0/28"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``ADDRESS/LENGTH``.

        Raises:
            ValueError: if it is none, has bits set behind its length, or too many addresses.
        """
        address, slash, length = text.partition("/")
        if not slash or not (length.isascii() and length.isdigit() and len(length) <= 3):
            raise ValueError(f"{text!r} is not an address, a slash and a length")
        first = parse_address(address)
        if int(length) > first.max_prefixlen:
            raise ValueError(f"{text!r}: the length is at most {first.max_prefixlen}")
        network: Network = ipaddress.ip_network((first, int(length)), strict=False)
        if network.network_address != first:
            raise ValueError(f"{text!r} does not begin a block; the one around it is {network}")
        if network.num_addresses > MAX_ADDRESSES:
            longest = first.max_prefixlen - (MAX_ADDRESSES - 1).bit_length()
            raise ValueError(
                f"{text!r} has {_counted(network)} addresses, and {MAX_ADDRESSES} are asked for at "
                f"most; split it into blocks of /{longest}"
            )
        return cls(network.exploded)

    @property
    def addresses(self) -> tuple[Address, ...]:
        """All addresses, the first and the last included."""
        return tuple(ipaddress.ip_network(self))


def _counted(network: Network) -> str:
    """Return how many addresses *network* has, in a number that people can read."""
    bits = network.max_prefixlen - network.prefixlen
    return str(network.num_addresses) if bits <= 32 else f"2^{bits}"
