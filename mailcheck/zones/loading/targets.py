"""Whether the hosts that a zone's records name have addresses in it, where they lie in it.

A server loads the zone all the same, but mail and resolvers may not get there. Hosts outside of
the zone, and behind a delegation, are none of its business.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import dns.rdatatype as types

from mailcheck.zones.fault import Fault, shown
from mailcheck.zones.loading.tree import key_of, target_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import dns.name
    from dns.rdatatype import RdataType

    from mailcheck.zones.loading.tree import Entry, Found, Key, Tree
    from mailcheck.zones.placed import PlacedRecord

_IS_ALIAS = {"alias": "is an alias (CNAME)", "below-dname": "lies below a DNAME, so is an alias"}
_NO_GLUE = "and has no A or AAAA record as glue"
_HAS_NONE = "has no A or AAAA record in the zone"

_LOOKED_AT = frozenset({types.NS, types.MX, types.SRV, types.SPF})


def target_faults(tree: Tree) -> Iterator[Fault]:
    """Yield the hosts without address, and those that are aliases (RFC 2181 §10.3, RFC 2782)."""
    hosts = _Hosts(tree, {})
    for key, node in tree.nodes.items():
        if _LOOKED_AT.isdisjoint(node) or tree.cut_above(key) is not None:
            continue
        if key in tree.cuts and tree.delegates(key):
            yield from hosts.of_delegation(key, node[types.NS])
            continue
        if types.MX in node:
            yield from hosts.of_service(node[types.MX], "mx", "mail host")
        if types.SRV in node:
            yield from hosts.of_service(node[types.SRV], "srv", "SRV host")
        if types.SPF in node and not _has_policy(node):
            spf = node[types.SPF]
            what = f"{shown(spf.name)} has an SPF record, which nobody asks for, and no TXT with it"
            yield Fault("spf-without-txt", what, spf.records[0].place, refuses=False)


@dataclass(slots=True)
class _Hosts:
    tree: Tree
    found: dict[Key, Found]

    def of_service(self, entry: Entry, tag: str, role: str) -> Iterator[Fault]:
        """Yield the faults of MX or SRV records."""
        for rdata, record in entry.each():
            target = target_of(rdata)
            if len(target) == 1:  # the root stands for no host (RFC 7505 §3, RFC 2782)
                continue
            found = self._find(key_of(target))
            if found in _IS_ALIAS:
                what = _of(target, role, entry, _IS_ALIAS[found])
                yield _advice(f"{tag}-is-alias", what, record)
            elif found == "nothing":
                yield _advice(f"{tag}-without-address", _of(target, role, entry, _HAS_NONE), record)

    def of_delegation(self, cut: Key, entry: Entry) -> Iterator[Fault]:
        """Yield the faults of a delegation, which may need glue (RFC 1034 §4.2.1)."""
        for rdata, record in entry.each():
            key = key_of(rdata.target)
            found = self._find(key)
            if found in _IS_ALIAS:
                tag, what = "ns-is-alias", _IS_ALIAS[found]
            elif found == "nothing":
                tag, what = "ns-without-address", _HAS_NONE
            elif found != "delegated" or self.tree.is_written(key):
                continue
            elif key[-len(cut) :] == cut:
                tag, what = "missing-glue", f"lies below that delegation {_NO_GLUE}"
            else:
                tag, what = "missing-sibling-glue", f"lies below another delegation {_NO_GLUE}"
            yield _advice(tag, _of(rdata.target, "name server", entry, what), record)

    def _find(self, key: Key) -> Found | None:
        if not self.tree.holds(key):
            return None
        found = self.found.get(key)
        if found is None:
            found = self.found[key] = self.tree.find(key)
        return found


def _of(target: dns.name.Name, role: str, entry: Entry, what: str) -> str:
    return f"{shown(target)}, a {role} of {shown(entry.name)}, {what}"


def _has_policy(node: dict[RdataType, Entry]) -> bool:
    txt = node.get(types.TXT)
    texts = (b"".join(rdata.strings) for rdata, _ in txt.each()) if txt is not None else ()
    return any(text == b"v=spf1" or text.startswith(b"v=spf1 ") for text in texts)


def _advice(tag: str, text: str, record: PlacedRecord) -> Fault:
    return Fault(tag, text, record.place, refuses=False)
