"""What an address is for: public, or set aside by IANA for something else."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.evidence import Evidence
from mailcheck.question import Question, question

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.names import Address, Network


@question
class AddressScope(Question["AddressScopeFact"]):
    """Whether *address* can be reached from the Internet at large.

    The world answers: in the lab, and for networks the run allows, addresses count as public that
    the IANA registries set aside.
    """

    address: Address


@dataclass(frozen=True, slots=True)
class AddressScopeFact:
    """``public`` decides; ``special`` says what the address is set aside for, if anything."""

    address: Address
    public: bool
    special: str = ""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Nothing for a public address; a line for any other."""
        if self.public:
            return ()
        return (Evidence(str(self.address), f"not public: {self.special}"),)


_ASSIGNMENTS = ("0/29", "11/32", "12/30", "16/28", "32/27", "64/26", "128/25")

# Blocks with a name of their own, most specific first; ipaddress decides about all others.
# Sources: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890).
_NAMED = tuple(
    (ipaddress.ip_network(block), name)
    for block, name in (
        ("0.0.0.0/8", "this network (RFC 791)"),
        ("10.0.0.0/8", "private use (RFC 1918)"),
        ("100.64.0.0/10", "carrier-grade NAT (RFC 6598)"),
        ("127.0.0.0/8", "loopback (RFC 1122)"),
        ("169.254.0.0/16", "link-local (RFC 3927)"),
        # Not IANA's, but no address of the Internet either: Azure answers it inside its networks.
        ("168.63.129.16/32", "the platform of Azure"),
        ("172.16.0.0/12", "private use (RFC 1918)"),
        ("192.0.0.8/32", "dummy address (RFC 7600)"),
        # All of 192.0.0.0/24 but its two anycast addresses, .9 and .10. A cloud's metadata is there too.
        *((f"192.0.0.{block}", "protocol assignments (RFC 6890)") for block in _ASSIGNMENTS),
        ("192.0.2.0/24", "documentation (RFC 5737)"),
        ("192.88.99.0/24", "deprecated 6to4 relay anycast (RFC 7526)"),
        ("192.168.0.0/16", "private use (RFC 1918)"),
        ("198.18.0.0/15", "benchmarking (RFC 2544)"),
        ("198.51.100.0/24", "documentation (RFC 5737)"),
        ("203.0.113.0/24", "documentation (RFC 5737)"),
        ("::1/128", "loopback (RFC 4291)"),
        ("::/96", "IPv4-compatible, deprecated (RFC 4291)"),
        ("::ffff:0:0/96", "IPv4-mapped (RFC 4291)"),
        ("::ffff:0:0:0/96", "IPv4-translated (RFC 2765)"),
        ("64:ff9b:1::/48", "local-use IPv4/IPv6 translation (RFC 8215)"),
        ("100::/64", "discard-only (RFC 6666)"),
        ("2001:2::/48", "benchmarking (RFC 5180)"),
        ("2001:db8::/32", "documentation (RFC 3849)"),
        ("3fff::/20", "documentation (RFC 9637)"),
        ("5f00::/16", "segment routing (RFC 9602)"),
        ("fc00::/7", "unique local (RFC 4193)"),
        ("fe80::/10", "link-local (RFC 4291)"),
        ("fec0::/10", "site-local, deprecated (RFC 3879)"),
    )
)

_PARTLY_SPECIAL = frozenset(
    [network.network_address.packed[0] for network, _ in _NAMED if network.version == 4]
    + list(range(224, 256))
)
"""First octets of IPv4 addresses some of which are not public; runs ask about very many others."""

DOCUMENTATION: tuple[Network, ...] = tuple(n for n, name in _NAMED if "documentation" in name)
"""The ranges that stand for public addresses in the lab, in examples and in tests."""


def scope_of(address: Address, allowed: Iterable[Network] = ()) -> AddressScopeFact:
    """Decide by the IANA registries; addresses in *allowed* networks count as public."""
    if address.version == 4 and address.packed[0] not in _PARTLY_SPECIAL:
        return AddressScopeFact(address, public=True)
    if any(address in network for network in allowed if network.version == address.version):
        return AddressScopeFact(address, public=True)
    for network, name in _NAMED:
        if network.version == address.version and address in network:
            return AddressScopeFact(address, public=False, special=name)
    if (inner := _translated(address)) is not None:
        fact = scope_of(inner, allowed)
        return AddressScopeFact(address, fact.public, fact.special and f"{inner}: {fact.special}")
    if address.is_multicast:
        return AddressScopeFact(address, public=False, special="multicast (RFC 5771, RFC 4291)")
    if address.is_global and (address.version == 4 or address in _UNICAST):
        return AddressScopeFact(address, public=True)
    return AddressScopeFact(address, public=False, special="reserved by IANA")


def _translated(address: Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that packets for *address* end at: NAT64 (RFC 6052), 6to4."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(address.packed[-4:])
    return address.sixtofour


_UNICAST = ipaddress.ip_network("2000::/3")
"""All that IANA has ever given out (RFC 4291 §2.4); ``is_global`` takes the rest for public."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
