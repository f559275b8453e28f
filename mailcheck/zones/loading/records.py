"""Records as a server takes them in, one after the other, while it reads a zone.

What is decided here: which records are left out, which TTL an RRset has, and what a server
refuses as soon as it has read it. All of it is as named 9.18 does it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import dns.rdatatype as types
from dns.rdatatype import RdataType

from mailcheck.zones.fault import Fault, shown
from mailcheck.zones.loading.tree import Entry, Key, Tree, key_of, target_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import dns.name

    from mailcheck.zones.placed import PlacedRecord

MAX_TTL = 2**31 - 1
"""Seconds (RFC 2181 §8); more is read as 0."""

_SINGLE = {
    types.SOA: ("several-soas", "SOA"),
    types.CNAME: ("several-cnames", "CNAME"),
    types.DNAME: ("several-dnames", "DNAME"),
}

_BESIDE_AN_ALIAS = frozenset(
    {types.CNAME, types.KEY, types.SIG, types.RRSIG, types.NSEC}  # RFC 2181 §10.1, RFC 4034 §4
)

_SIGNATURES = frozenset({types.SIG, types.RRSIG})

_OBSOLETE = frozenset({types.MD, types.MF})

_NEVER = (("obsolete-type", "the obsolete type"), ("meta-type", "a type of messages only,"))

_AT_APEX = "the zone {} has a DS record of its own, which belongs into the zone above"
_AS_IF_AT_APEX = (
    "the DS record of {} stands right behind an NS record of the zone that names it, and so"
    " counts as the zone's own; write it further down"
)

_BASE32HEX = b"0123456789abcdefghijklmnopqrstuv"

_SPARE_BITS = {0: 0, 2: 2, 4: 4, 5: 1, 7: 3}
"""Bits of the last digit that no octet uses, by the digits behind the last eight (RFC 4648 §6)."""

_META = frozenset(RdataType.make(value) for value in (0, types.OPT, *range(128, 256)))
"""Types of messages, of which no zone has records (RFC 6895 §3.1)."""

_LOOKED_AT = _META | _OBSOLETE | {types.SOA, types.NS, types.DS, types.NSEC3, types.RRSIG}
"""Types whose records may be left out."""


@dataclass(slots=True)
class _Block:
    """Lines of one owner that follow each other; their records of one type share a TTL."""

    labels: Key
    key: Key
    ttls: dict[RdataType | tuple[RdataType, RdataType], int] = field(default_factory=dict)
    targets: frozenset[Key] = frozenset()


class _Blocks:
    """Where the reader is.

    Behind the NS records of a block, lines of their targets are an insertion into that block
    (glue), which goes on afterwards.
    """

    def __init__(self) -> None:
        self.file: str | None = None
        self.files: dict[str, int] = {}
        self.outer = self.inner = _Block((), ())

    def enter(self, record: PlacedRecord) -> _Block:
        """Go on to the block of *record*, whose owner or file is another."""
        labels = record.name.labels
        if record.file != self.file:
            self.file = record.file
            self.files.setdefault(record.file, len(self.files))
            self.outer = _Block((), ())
        if labels == self.outer.labels:
            self.inner = self.outer
            return self.inner
        key = key_of(record.name)
        self.inner = _Block(labels, key)
        if key not in self.outer.targets:
            self.outer = self.inner
        return self.inner


class _Reader:
    def __init__(self, origin: dns.name.Name) -> None:
        self.tree = Tree(origin)
        self.faults: list[Fault] = []
        self.blocks = _Blocks()
        self.mixed: set[dns.name.Name] = set()

    def read(self, records: Iterable[PlacedRecord]) -> None:
        blocks, nodes, origin = self.blocks, self.tree.nodes, self.tree.origin
        depth = len(origin)
        block = blocks.inner
        node: dict[RdataType, Entry] = {}
        inside = False
        for record in records:
            if record.name.labels != block.labels or record.file != blocks.file:
                block = blocks.enter(record)
                inside = block.key[-depth:] == origin
                node = nodes.get(block.key, {})
            rdtype = record.rdata.rdtype
            if (rdtype in _LOOKED_AT or not inside) and self._leaves_out(record, block):
                continue
            entry = node.get(rdtype)
            if entry is None:
                entry = Entry(record.name, rdtype, record.ttl)
                if not node:
                    nodes[block.key] = node
                node[rdtype] = entry
                if len(node) > 1 and types.CNAME in node:
                    self._beside_an_alias(record, node)
            self._time(record, entry, block)
            if entry.add(record) and rdtype in _SINGLE and len(entry.records) == 2:
                tag, what = _SINGLE[rdtype]
                self._say(tag, record, f"{shown(record.name)} has several different {what} records")

    def _leaves_out(self, record: PlacedRecord, block: _Block) -> bool:
        """Whether *record* becomes no part of the zone, having said why."""
        rdtype, inside = record.rdata.rdtype, self.tree.holds(block.key)
        never = rdtype in _OBSOLETE or rdtype in _META
        if never:
            tag, what = _NEVER[rdtype in _META]
            kind = types.to_text(rdtype)
            self._say(tag, record, f"{shown(record.name)} has a record of {what} {kind}")
        if not inside:
            what = f"lies outside of the zone {shown(self.tree.name)} and is ignored"
            self._say("out-of-zone-data", record, f"{shown(record.name)} {what}", refuses=False)
        if never or not inside:
            return True
        if rdtype in (types.NSEC3, types.RRSIG):
            return self._is_hashed(record, block)
        if self._is_misplaced(record, block):
            return True
        if rdtype == types.NS and block is self.blocks.outer:
            block.targets |= {key_of(target_of(record.rdata))}
        return False

    def _is_misplaced(self, record: PlacedRecord, block: _Block) -> bool:
        """Whether *record* has a type that its owner cannot have."""
        rdtype, at_apex = record.rdata.rdtype, block.key == self.tree.origin
        owner = shown(record.name) if rdtype != types.NS else ""
        if rdtype == types.SOA and not at_apex:
            self._say("soa-below-apex", record, f"{owner} has an SOA record, but is not the zone")
        elif rdtype == types.DS and self.blocks.outer.key == self.tree.origin:
            self._say("ds-at-apex", record, (_AT_APEX if at_apex else _AS_IF_AT_APEX).format(owner))
        elif rdtype == types.NS and block.key[0] == b"*":
            self._say("wildcard-ns", record, f"the wildcard {shown(record.name)} has an NS record")
        else:
            return False
        return True

    def _is_hashed(self, record: PlacedRecord, block: _Block) -> bool:
        """Whether *record* stands in the tree of hashes, where no name exists by it."""
        if record.rdata.rdtype == types.RRSIG:
            return record.rdata.covers() == types.NSEC3
        label = block.key[0]
        if not _is_base32hex(label):
            what = f"{shown(record.name)} has an NSEC3 record, but is no hash"
            self._say("bad-nsec3-name", record, what)
        return True

    def _time(self, record: PlacedRecord, entry: Entry, block: _Block) -> None:
        """Settle the TTL: the first of a block counts, and of several blocks the last one."""
        ttl, rdtype = record.ttl, entry.rdtype
        if ttl > MAX_TTL:
            ttl = 0
            what = (
                f"the TTL {record.ttl} of {shown(record.name)} is longer than 68 years, so it is 0"
            )
            self._say("ttl-too-long", record, what, refuses=False)
        signed = rdtype in _SIGNATURES
        settled = block.ttls.setdefault((rdtype, record.rdata.covers()) if signed else rdtype, ttl)
        if ttl != entry.ttl and entry.records and not signed and entry.other_ttl is None:
            entry.other_ttl = record
        entry.ttl = settled

    def _beside_an_alias(self, record: PlacedRecord, node: dict[RdataType, Entry]) -> None:
        """Say once of a name that it is an alias and more (RFC 1034 §3.6.2)."""
        others = [rdtype for rdtype in node if rdtype not in _BESIDE_AN_ALIAS]
        name = next(iter(node.values())).name
        if others and name not in self.mixed:
            self.mixed.add(name)
            kinds = ", ".join(types.to_text(rdtype) for rdtype in others)
            what = f"{shown(name)} is an alias (CNAME) and has other records ({kinds})"
            self._say("cname-and-other-data", record, what)

    def _say(self, tag: str, record: PlacedRecord, text: str, *, refuses: bool = True) -> None:
        self.faults.append(Fault(tag, text, record.place, refuses))


def _is_base32hex(label: bytes) -> bool:
    """Whether *label* is octets in base 32 with the extended alphabet, without padding."""
    spare = _SPARE_BITS.get(len(label) % 8)
    if spare is None or not set(label) <= set(_BASE32HEX):
        return False
    return not label or _BASE32HEX.index(label[-1]) % (1 << spare) == 0


class ReadIn(NamedTuple):
    """What a server has after the last record, what it found wrong till then, and the files."""

    tree: Tree
    faults: list[Fault]
    files: dict[str, int]


def read_in(origin: dns.name.Name, records: Iterable[PlacedRecord]) -> ReadIn:
    """Take in *records* as they are written."""
    reader = _Reader(origin)
    reader.read(records)
    reader.tree.complete()
    return ReadIn(reader.tree, reader.faults, reader.blocks.files)
