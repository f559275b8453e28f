"""Blocklist zones made from a list of addresses, as RFC 5782 lays them out."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import dns.name
import dns.rdataclass
import dns.rdatatype
import dns.rrset

from mailcheck.zones.zone import Zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mailcheck.names import Address


TTL = 300

TEST_POINTS: tuple[Address, ...] = (
    ipaddress.ip_address("127.0.0.2"),
    ipaddress.ip_address("::ffff:7f00:2"),
)
"""Addresses that every working list has (RFC 5782 §5); 127.0.0.1 is never listed."""

LISTED = ipaddress.IPv4Address("127.0.0.2")
"""The code that says no more than that an address is listed (RFC 5782 §2.1)."""


@dataclass(frozen=True, slots=True)
class Blocklist:
    """A DNS list: its zone, the codes of each address it has, the text that goes with all."""

    origin: dns.name.Name
    listed: Mapping[Address, tuple[ipaddress.IPv4Address, ...]]
    text: str = ""
    test_points: bool = True

    def zone(self, server: Address) -> Zone:
        """Return the zone, served by a name server ``ns`` in it at the address *server*."""
        host = dns.name.Name((b"ns",)).concatenate(self.origin)
        soa = f"{host} hostmaster.{self.origin} 1 3600 600 86400 {TTL}"
        version = "A" if server.version == 4 else "AAAA"
        apex = [(self.origin, "SOA", soa), (self.origin, "NS", str(host))]
        own = [*apex, (host, version, str(server))]
        rrsets = [_rrset(name, rdtype, text) for name, rdtype, text in own]
        return Zone.of(self.origin, [*rrsets, *self._entries()])

    def _entries(self) -> Iterator[dns.rrset.RRset]:
        entries = dict(self.listed)
        if self.test_points:
            entries = {**dict.fromkeys(TEST_POINTS, (LISTED,)), **entries}
        for address, codes in entries.items():
            name = query_name(address, self.origin)
            yield _rrset(name, "A", *map(str, codes))
            if self.text:
                quoted = self.text.replace("\\", "\\\\").replace('"', '\\"')
                yield _rrset(name, "TXT", f'"{quoted}"')


def query_name(address: Address, origin: dns.name.Name) -> dns.name.Name:
    """Return the name under which a list *origin* has *address* (RFC 5782 §2.1, §2.4)."""
    reverse = address.reverse_pointer.removesuffix(".in-addr.arpa").removesuffix(".ip6.arpa")
    return dns.name.from_text(reverse, origin)


def _rrset(name: dns.name.Name, rdtype: str, *texts: str) -> dns.rrset.RRset:
    return dns.rrset.from_text_list(name, TTL, dns.rdataclass.IN, rdtype, texts)
