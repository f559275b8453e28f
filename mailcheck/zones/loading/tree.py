"""What a server has read of a zone, and what it finds there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import dns.name
import dns.rdataclass
import dns.rdatatype as types
import dns.rrset

from mailcheck.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dns.rdatatype import RdataType

    from mailcheck.zones.placed import PlacedRecord

Key: TypeAlias = tuple[bytes, ...]
"""The labels of a name in lower case, the root's among them: a name that is quick to compare."""

Found: TypeAlias = Literal["address", "nothing", "alias", "below-dname", "delegated"]
"""What a question for the addresses of a name of the zone finds."""


MAX_EMPTY = 2**20
"""Names without records of their own, above those that have some: with a hundred labels in each name
a file of a few megabytes has more than memory holds."""


def key_of(name: dns.name.Name) -> Key:
    """Return the labels of *name*, an absolute one, as they are compared (RFC 4343)."""
    return tuple([label.lower() for label in name.labels])


def target_of(rdata: Any) -> dns.name.Name:
    """Return the name that an NS, MX, SRV, CNAME, DNAME or PTR record points to."""
    target: dns.name.Name = rdata.exchange if rdata.rdtype == types.MX else rdata.target
    return target


def _identity(rdata: Any) -> object:
    """Return what two records of one RRset do not share; for the usual types at less cost."""
    if rdata.rdtype == types.A:
        return rdata.address
    if rdata.rdtype == types.NS:
        return key_of(rdata.target)
    return rdata


@dataclass(slots=True)
class Entry:
    """The records of one name and type, duplicates left out, each with where it was first.

    ``other_ttl`` is the first of them with another TTL than those before it.
    """

    name: dns.name.Name
    rdtype: RdataType
    ttl: int
    records: list[PlacedRecord] = field(default_factory=list)
    other_ttl: PlacedRecord | None = None
    _known: set[object] | None = None

    def add(self, record: PlacedRecord) -> bool:
        """Whether *record* is another than those before it. Of one alone no hash is taken."""
        if self.records:
            if self._known is None:
                self._known = {_identity(self.records[0].rdata)}
            before = len(self._known)
            self._known.add(_identity(record.rdata))
            if len(self._known) == before:
                return False
        self.records.append(record)
        return True

    def each(self) -> Iterator[tuple[Any, PlacedRecord]]:
        """Yield the data of each record, whose fields depend on the type, and the record."""
        return ((record.rdata, record) for record in self.records)

    def rrset(self) -> dns.rrset.RRset:
        """Return what is served."""
        rrset = dns.rrset.RRset(self.name, dns.rdataclass.IN, self.rdtype)
        rrset.ttl = self.ttl
        rrset.items = dict.fromkeys(record.rdata for record in self.records)
        return rrset


class LazyNode(Mapping["RdataType", "dns.rrset.RRset"]):
    """The RRsets of one name, each made when it is first asked for: most of them never are."""

    __slots__ = ("_entries", "_made")

    def __init__(self, entries: dict[RdataType, Entry]) -> None:
        self._entries = entries
        self._made: dict[RdataType, dns.rrset.RRset] | None = None

    def __getitem__(self, rdtype: RdataType) -> dns.rrset.RRset:
        if self._made is None:
            self._made = {}
        rrset = self._made.get(rdtype)
        if rrset is None:
            rrset = self._made[rdtype] = self._entries[rdtype].rrset()
        return rrset

    def __iter__(self) -> Iterator[RdataType]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, rdtype: object) -> bool:
        return rdtype in self._entries


class Tree:
    """Entries by name and type.

    ``names`` are those that exist, empty non-terminals among them; ``cuts`` those with a
    delegation or a DNAME, below which nothing is the zone's own.
    """

    def __init__(self, origin: dns.name.Name) -> None:
        self.name = origin
        self.origin = key_of(origin)
        self.nodes: dict[Key, dict[RdataType, Entry]] = {}
        self.names: set[Key] = set()
        self.cuts: set[Key] = set()

    def complete(self) -> None:
        """Note ``names`` and ``cuts``, once everything is in.

        Raises:
            UsageError: if there are too many names.
        """
        names, depth = set(self.nodes), len(self.origin)
        for key, node in self.nodes.items():
            above = key[1:]
            while len(above) >= depth and above not in names:
                names.add(above)
                above = above[1:]
            if len(names) - len(self.nodes) > MAX_EMPTY:
                text = f"more than {MAX_EMPTY} names that have no records, above those that have"
                raise UsageError(f"the zone {self.name} has {text}; propose less of it")
            if types.DNAME in node or (types.NS in node and key != self.origin):
                self.cuts.add(key)
        names.add(self.origin)
        self.names = names

    def entry(self, key: Key, rdtype: RdataType) -> Entry | None:
        """Return what is written at *key*, if there is."""
        return self.nodes.get(key, {}).get(rdtype)

    def holds(self, key: Key) -> bool:
        """Whether *key* is the zone's name or lies below it."""
        return key[-len(self.origin) :] == self.origin

    def cut_above(self, key: Key) -> Key | None:
        """Return the topmost cut above *key*, *key* itself not among them."""
        if self.cuts:
            for labels in range(len(key) - len(self.origin), 0, -1):
                if key[labels:] in self.cuts:
                    return key[labels:]
        return None

    def delegates(self, cut: Key) -> bool:
        """Whether *cut* is a delegation; where there is a DNAME too, NS comes first."""
        return cut != self.origin and types.NS in self.nodes[cut]

    def is_written(self, key: Key) -> bool:
        """Whether *key* has an address record, be it glue."""
        node = self.nodes.get(key, {})
        return types.A in node or types.AAAA in node

    def exists(self, key: Key) -> bool:
        """Whether a question for *key* finds anything but NXDOMAIN."""
        return (
            key in self.names
            or self._wildcard_for(key) in self.names
            or self.cut_above(key) is not None
        )

    def find(self, key: Key) -> Found:
        """Look for the addresses of *key*, a name of the zone (RFC 1034 §4.3.2, RFC 4592)."""
        cut = self.cut_above(key)
        if cut is not None:
            return "delegated" if self.delegates(cut) else "below-dname"
        if key in self.cuts and self.delegates(key):
            return "delegated"
        at = key if key in self.names else self._wildcard_for(key)
        if types.CNAME in self.nodes.get(at, {}):
            return "alias"
        return "address" if self.is_written(at) else "nothing"

    def _wildcard_for(self, key: Key) -> Key:
        encloser = key[1:]
        while encloser not in self.names:
            encloser = encloser[1:]
        return (b"*", *encloser)


class Records(Mapping[tuple[dns.name.Name, "RdataType"], "Sequence[PlacedRecord]"]):
    """The records of *tree* where they are written, by name and type: looked up, as few are shown."""

    def __init__(self, tree: Tree) -> None:
        self._nodes = tree.nodes

    def __getitem__(self, asked: tuple[dns.name.Name, RdataType]) -> Sequence[PlacedRecord]:
        name, rdtype = asked
        return self._nodes[key_of(name)][rdtype].records

    def __iter__(self) -> Iterator[tuple[dns.name.Name, RdataType]]:
        entries = (entry for node in self._nodes.values() for entry in node.values())
        return ((entry.name, entry.rdtype) for entry in entries)

    def __len__(self) -> int:
        return sum(map(len, self._nodes.values()))
