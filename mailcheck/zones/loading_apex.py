"""What the top of a zone must have before a server takes it into service."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import dns.rdatatype as types

from .fault import Fault, shown
from .loading_tree import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dns.rdata import Rdata
    from dns.rdatatype import RdataType

    from .loading_tree import Entry, Tree

_SHA1 = 1
"""The only hash of NSEC3 there is (RFC 5155 §11)."""

MAX_ITERATIONS = 150
"""More of NSEC3's iterations are named's reason to warn (RFC 9276 §3.1 asks for none)."""


_REMOVAL = {types.CDS: bytes(5), types.CDNSKEY: bytes([0, 0, 3, 0, 0])}
"""What asks the zone above to remove the DS (RFC 8078 §4), as on the wire."""

_DIGESTS = {1: "sha1", 2: "sha256", 4: "sha384"}
"""Digest types of DS records (RFC 8624 §3.3)."""


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
    known = any(rdata.algorithm == _SHA1 for rdata, _ in entry.each())
    for rdata, record in entry.each():
        if rdata.algorithm != _SHA1:
            what = f"NSEC3PARAM asks for the unknown hash {rdata.algorithm}"
            yield Fault("unknown-nsec3-hash", what, record.place, refuses=not known)
        elif rdata.iterations > MAX_ITERATIONS:
            what = f"NSEC3PARAM asks for {rdata.iterations} iterations, more than {MAX_ITERATIONS}"
            yield Fault("many-nsec3-iterations", what, record.place, refuses=False)


def _announced_keys(tree: Tree) -> Iterator[Fault]:
    """Yield CDS and CDNSKEY records that name no key of the zone (RFC 7344 §4.1, RFC 8078 §4).

    Of each algorithm in them one must be that of a DNSKEY record; or else nothing but the record
    that asks for the removal of the DS.
    """
    keys = tree.entry(tree.origin, types.DNSKEY)
    held = {_wire(rdata) for rdata, _ in keys.each()} if keys is not None else set()
    for rdtype, removal in _REMOVAL.items():
        entry = tree.entry(tree.origin, rdtype)
        if entry is None:
            continue
        wires = {_wire(rdata): rdata.algorithm for rdata, _ in entry.each()}
        removes = wires.pop(removal, None) is not None
        known = {
            algorithm for wire, algorithm in wires.items() if _is_held(tree, rdtype, wire, held)
        }
        if (removes and wires) or set(wires.values()) - known:
            what = f"the {rdtype.name} records do not go with the zone's DNSKEY records"
            yield Fault("cds-without-key", what, entry.records[0].place, refuses=True)


def _is_held(tree: Tree, rdtype: RdataType, wire: bytes, held: set[bytes]) -> bool:
    if rdtype == types.CDNSKEY:
        return wire in held
    return any(_digested(tree, key, wire[3]) == wire for key in held)


def _digested(tree: Tree, key: bytes, digest_type: int) -> bytes | None:
    """Return the CDS of a DNSKEY, both as on the wire (RFC 4034 §5.1.4); None if nobody can."""
    if digest_type not in _DIGESTS:
        return None
    owner = b"".join(bytes([len(label)]) + label for label in tree.origin)
    digest = hashlib.new(_DIGESTS[digest_type], owner + key, usedforsecurity=False).digest()
    return _tag(key).to_bytes(2, "big") + key[3:4] + bytes([digest_type]) + digest


def _wire(rdata: Rdata) -> bytes:
    return rdata.to_wire() or b""  # None is for writing into a file


def _tag(key: bytes) -> int:
    """Return the key tag (RFC 4034 appendix B)."""
    total = sum(octet << 8 if at % 2 == 0 else octet for at, octet in enumerate(key))
    return (total + (total >> 16)) & 0xFFFF
