"""What the top of a zone must have before a server takes it into service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.rdatatype as types

from mailcheck.zones.fault import Fault, shown
from mailcheck.zones.loading.tree import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.zones.loading.tree import Entry, Tree

_SHA1 = 1
"""The only hash of NSEC3 there is (RFC 5155 §11)."""

MAX_ITERATIONS = 150
"""More of NSEC3's iterations are named's reason to warn (RFC 9276 §3.1 asks for none)."""


_RSA = frozenset({1, 5, 7, 8, 10})
"""Algorithms of DNSKEY records that are RSA (RFC 8624 §3.1)."""

_ALGORITHM = {types.CDS: 2, types.CDNSKEY: 3}
"""Where the algorithm stands among the octets, which are all that is known of some digests."""

_REMOVAL = {types.CDS: bytes(5), types.CDNSKEY: bytes([0, 0, 3, 0, 0])}
"""What asks the zone above to remove the DS (RFC 8078 §4), as on the wire."""


def apex_faults(tree: Tree) -> Iterator[Fault]:
    """Yield what the top of the zone lacks (RFC 1035 §5.2) or cannot have."""
    zone = shown(tree.name)
    if tree.entry(tree.origin, types.SOA) is None:
        yield Fault("no-soa", f"the zone {zone} has no SOA record", None, refuses=True)
    servers = tree.entry(tree.origin, types.NS)
    if servers is None:
        yield Fault("no-ns", f"the zone {zone} has no NS record", None, refuses=True)
    else:
        yield from _servers(tree, servers)
    yield from _hashing(tree)
    yield from _weak_keys(tree)
    yield from _announced_keys(tree)


def _servers(tree: Tree, servers: Entry) -> Iterator[Fault]:
    """Yield the name servers in the zone that its own records do not lead to."""
    for rdata, record in servers.each():
        key = key_of(rdata.target)
        if not tree.holds(key):
            continue
        server = f"the name server {shown(rdata.target)}"
        match tree.find(key):
            case "nothing":
                what = f"{server} has no A or AAAA record in the zone"
                yield Fault("ns-without-address", what, record.place, refuses=True)
            case "alias":
                what = f"{server} is an alias (CNAME)"
                yield Fault("ns-is-alias", what, record.place, refuses=True)
            case "below-dname":
                what = f"{server} lies below a DNAME, which makes it an alias"
                yield Fault("ns-is-alias", what, record.place, refuses=True)


def _hashing(tree: Tree) -> Iterator[Fault]:
    """Yield what NSEC3PARAM asks for that no server can do (RFC 5155 §4)."""
    entry = tree.entry(tree.origin, types.NSEC3PARAM)
    if entry is None:
        return
    zone = shown(tree.name)
    known = any(rdata.algorithm == _SHA1 for rdata, _ in entry.each())
    for rdata, record in entry.each():
        if rdata.algorithm != _SHA1:
            what = f"NSEC3PARAM of {zone} asks for the unknown hash {rdata.algorithm}"
            yield Fault("unknown-nsec3-hash", what, record.place, refuses=not known)
        elif rdata.iterations > MAX_ITERATIONS:
            asked = f"{rdata.iterations} iterations, more than {MAX_ITERATIONS}"
            what = f"NSEC3PARAM of {zone} asks for {asked}"
            yield Fault("many-nsec3-iterations", what, record.place, refuses=False)


def _weak_keys(tree: Tree) -> Iterator[Fault]:
    """Yield RSA keys with the public exponent 3 (RFC 3110 §2 and §4)."""
    keys = tree.entry(tree.origin, types.DNSKEY)
    for rdata, record in keys.each() if keys is not None else ():
        if rdata.algorithm in _RSA and rdata.key.startswith(b"\x01\x03"):
            what = f"a DNSKEY record of {shown(tree.name)} has an RSA key with the exponent 3"
            yield Fault("weak-key", what, record.place, refuses=False)


def _announced_keys(tree: Tree) -> Iterator[Fault]:
    """Yield CDS and CDNSKEY records of an algorithm of which the zone has no key (RFC 7344 §4.1).

    What asks for the removal of the DS stands alone (RFC 8078 §4).
    """
    keys = tree.entry(tree.origin, types.DNSKEY)
    held = {rdata.algorithm for rdata, _ in keys.each()} if keys is not None else set()
    for rdtype, removal in _REMOVAL.items():
        entry = tree.entry(tree.origin, rdtype)
        if entry is None:
            continue
        wires = [rdata.to_wire() for rdata, _ in entry.each()]
        announced = {wire: wire[_ALGORITHM[rdtype]] for wire in wires}
        removes = announced.pop(removal, None) is not None
        if (removes and announced) or not held.issuperset(announced.values()):
            records = f"the {rdtype.name} records of {shown(tree.name)}"
            what = f"{records} do not go with its DNSKEY records"
            yield Fault("cds-without-key", what, entry.records[0].place, refuses=True)
