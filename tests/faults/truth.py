"""What is really so: the records that every honest server of the rig tells.

A resolver, two authoritative servers that hold all zones, and one of the root are given out here as
responses; what a fault makes of them is told elsewhere.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, TypeAlias

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset

from mailcheck.names import is_under

Role: TypeAlias = Literal["resolver", "authority", "root"]
"""What a server is asked as."""

SERVED = ("bl.example.net", "2.0.192.in-addr.arpa", "example.com", "example.net")
"""The zones below the root, the deepest first; both authoritative servers hold all of them."""

SERVERS = {"ns1.example.net": "192.0.2.53", "ns2.example.net": "192.0.2.54"}
"""The authoritative servers."""

ROOT = ("root.example.net", "192.0.2.50")

RECORDS = """
. NS root.example.net.
root.example.net A 192.0.2.50
ns1.example.net A 192.0.2.53
ns2.example.net A 192.0.2.54
example.com MX 10 mail.example.com.
example.com MX 20 mail2.example.com.
example.com TXT "v=spf1 a -all"
mail.example.com A 192.0.2.25
mail2.example.com A 192.0.2.26
pair.example.com A 192.0.2.25
pair.example.com A 192.0.2.26
dual.example.com A 192.0.2.25
dual.example.com AAAA 2001:db8::25
parked.example.com MX 0 .
bare.example.com A 192.0.2.80
key.example.com CNAME key.example.net.
key.example.net TXT "v=DKIM1; p="
25.2.0.192.in-addr.arpa PTR mail.example.com.
2.0.0.127.bl.example.net A 127.0.0.2
66.2.0.192.bl.example.net A 127.0.0.2
66.2.0.192.bl.example.net TXT "a spammer"
"""

TTL = 3600


def rrset(owner: str, rdtype: str, *rdata: str, ttl: int = TTL) -> dns.rrset.RRset:
    """Return records of class IN."""
    return dns.rrset.from_text_list(owner, ttl, "IN", rdtype, rdata)


def soa(zone: str) -> dns.rrset.RRset:
    """Return the SOA of *zone*."""
    apex = zone if zone.endswith(".") else f"{zone}."
    return rrset(apex, "SOA", "ns1.example.net. hostmaster.example.net. 1 7200 3600 1209600 300")


def _read() -> dict[tuple[str, str], dns.rrset.RRset]:
    lines: dict[tuple[str, str], list[str]] = {}
    for line in RECORDS.strip().splitlines():
        owner, rdtype, rdata = line.split(maxsplit=2)
        lines.setdefault((owner, rdtype), []).append(rdata)
    for zone in SERVED:
        lines[zone, "NS"] = [f"{server}." for server in SERVERS]
    found = {
        (owner, rdtype): rrset(owner if owner == "." else f"{owner}.", rdtype, *rdata)
        for (owner, rdtype), rdata in lines.items()
    }
    return found | {(zone, "SOA"): soa(zone) for zone in (*SERVED, ".")}


_PUBLISHED = _read()


def zone_of(name: str) -> str:
    """Return the deepest zone that holds *name*."""
    return next((zone for zone in SERVED if is_under(name, zone)), ".")


@cache
def response(role: Role, name: str, rdtype: str, *, edns: bool) -> bytes:
    """Return what an honest server in *role* says, with id 0."""
    message = dns.message.make_query(
        dns.name.from_text(name), rdtype, use_edns=0 if edns else False
    )
    message.id = 0
    message.flags = dns.flags.Flag(dns.flags.QR)
    if role == "resolver":
        message.flags |= dns.flags.RD | dns.flags.RA
        _answer(message, name, rdtype)
    elif role == "root" and zone_of(name) != ".":
        _refer(message, zone_of(name))
    elif role == "authority" and zone_of(name) == ".":
        message.set_rcode(dns.rcode.REFUSED)
    else:
        message.flags |= dns.flags.AA
        _answer(message, name, rdtype)
    return message.to_wire(max_size=65535)


def _answer(message: dns.message.Message, name: str, rdtype: str) -> None:
    """Put the records of *name* into *message*, through its aliases, or the denial of them."""
    while (name, rdtype) not in _PUBLISHED and (name, "CNAME") in _PUBLISHED:
        alias = _PUBLISHED[name, "CNAME"]
        message.answer.append(alias)
        name = alias[0].target.to_text(omit_final_dot=True)
    if (name, rdtype) in _PUBLISHED:
        message.answer.append(_PUBLISHED[name, rdtype])
        return
    message.authority.append(soa(zone_of(name)))
    if not any(is_under(owner, name) for owner, _ in _PUBLISHED):
        message.set_rcode(dns.rcode.NXDOMAIN)


def _refer(message: dns.message.Message, zone: str) -> None:
    """Name the servers of *zone*, with their addresses (RFC 1034 §4.3.2 step 3b)."""
    message.authority.append(_PUBLISHED[zone, "NS"])
    message.additional.extend(_PUBLISHED[server, "A"] for server in SERVERS)
