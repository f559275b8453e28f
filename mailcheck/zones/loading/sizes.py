"""How much one name can have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.rdatatype as types

from mailcheck.zones.fault import Fault, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.zones.loading.tree import Entry, Tree

MAX_RRSET = 65_512
"""Octets of the data of one RRset that named keeps, with two more for each record."""

MOST = 100
"""Records of one name and type, and types of one name, beyond which named does not load a zone if
it is not told else (``max-records-per-type``, ``max-types-per-name``); ``named-checkzone`` does."""

_SMALL = frozenset({types.A, types.AAAA, types.NS, types.MX, types.CNAME, types.PTR, types.SRV})
"""Types of which ``MOST`` records are always small enough."""


def size_faults(tree: Tree) -> Iterator[Fault]:
    """Yield RRsets that are too big, and those that are more than a server may want."""
    for node in tree.nodes.values():
        if len(node) > MOST:
            entry = next(iter(node.values()))
            what = f"{shown(entry.name)} has records of {len(node)} types"
            yield _too_many("too-many-types", what, entry)
        for rdtype, entry in node.items():
            count = len(entry.records)
            if (count > MOST or rdtype not in _SMALL) and _octets(entry) + 2 * count > MAX_RRSET:
                what = (
                    f"{shown(entry.name)} has more than 64 KiB of {types.to_text(rdtype)} records"
                )
                yield Fault("rrset-too-big", what, entry.records[-1].place, refuses=True)
            if count > MOST:
                what = f"{shown(entry.name)} has {count} {types.to_text(rdtype)} records"
                yield _too_many("too-many-records", what, entry)


def _octets(entry: Entry) -> int:
    if entry.rdtype == types.TXT:
        return sum(len(string) + 1 for rdata, _ in entry.each() for string in rdata.strings)
    return sum(len(rdata.to_wire()) for rdata, _ in entry.each())


def _too_many(tag: str, what: str, entry: Entry) -> Fault:
    text = f"{what}; named loads no zone with more than {MOST}, unless it is told so"
    return Fault(tag, text, entry.records[0].place, refuses=False)
