"""What loads, and yet is hardly what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.rdatatype as types

from mailcheck.zones.fault import Fault, shown
from mailcheck.zones.loading.hosts import is_reverse
from mailcheck.zones.loading.tree import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import dns.name

    from mailcheck.zones.loading.tree import Entry, Key, Tree

_OLD = frozenset({types.SIG, types.NXT})
"""Types that RFC 3755 replaced."""

_CERTIFIED = frozenset({types.TLSA, types.SMIMEA})

_HASHES = {1: ("SHA-256", 32), 2: ("SHA-512", 64)}
"""Matching types of certificates, and the octets of each (RFC 6698 §2.1.3)."""

_TARGETS = {
    types.NS: "target",
    types.CNAME: "target",
    types.DNAME: "target",
    types.PTR: "target",
    types.MX: "exchange",
    types.SRV: "target",
    types.SOA: "rname",
}

_TOP_LABELS = frozenset({b"com", b"net", b"org", b"edu", b"gov", b"arpa"})
"""Labels with which a name ends that was meant to be complete."""

_CUT = frozenset({b"v=DMARC1", b"v=DKIM1", b"v=STSv1", b"v=TLSRPTv1"})
"""Texts that begin a policy and say nothing alone."""

_OWN_AT_A_CUT = frozenset({types.NS, types.DS, types.NSEC, types.RRSIG, types.NXT, types.SIG})


def slips(tree: Tree) -> Iterator[Fault]:
    """Yield advice about what no server refuses."""
    for key, node in tree.nodes.items():
        if b"*" in key[1:] or _repeats(key, tree.origin):
            yield _owner(key, next(iter(node.values())))
        for rdtype, entry in node.items():
            if entry.other_ttl is not None:
                what = f"the {types.to_text(rdtype)} records of {shown(entry.name)} have different TTLs"
                detail = f"{what}; all are served with {entry.ttl}"
                yield Fault("ttl-differs", detail, entry.other_ttl.place, refuses=False)
            if rdtype in _OLD:
                what = f"{shown(entry.name)} has a record of the first DNSSEC ({types.to_text(rdtype)})"
                yield _advice("old-dnssec", what, entry)
            if rdtype == types.TXT:
                yield from _without_quotes(entry)
            if rdtype in _CERTIFIED:
                yield from _certificates(entry)
            if rdtype in _TARGETS:
                yield from _complete(tree, key, entry, _TARGETS[rdtype])
    yield from _occluded(tree)


def _without_quotes(entry: Entry) -> Iterator[Fault]:
    """Yield policies in which quotes are missing, as it seems.

    Without them each word is a text of its own, and a semicolon begins a comment. Who takes the
    reports of others says no more than ``v=DMARC1`` (RFC 7489 §7.1).
    """
    for rdata, record in entry.each():
        first, *rest = rdata.strings
        if first == b"v=spf1" and rest and not rest[0].startswith(b" "):
            what = "has no spaces between its words"
        elif first in _CUT and not rest and b"_report" not in key_of(entry.name):
            what = "ends where a semicolon should follow"
        else:
            continue
        text = f"the policy {first.decode()} of {shown(entry.name)} {what}: quotes may be missing"
        yield Fault("txt-without-quotes", text, record.place, refuses=False)


def _owner(key: Key, entry: Entry) -> Fault:
    if b"*" in key[1:]:
        what = f"{shown(entry.name)} has an asterisk inside, where it stands for itself only"
        return _advice("inner-wildcard", what, entry)
    what = f"{shown(entry.name)} repeats the name of the zone: a trailing dot may be missing"
    return _advice("trailing-dot", what, entry)


def _certificates(entry: Entry) -> Iterator[Fault]:
    """Yield the hashes of certificates that no certificate can have."""
    for rdata, record in entry.each():
        octets = rdata.to_wire()
        name, wanted = _HASHES.get(octets[2], ("", 0)) if len(octets) > 2 else ("", 0)
        if wanted and len(octets) - 3 != wanted:
            of = f"the {types.to_text(entry.rdtype)} record of {shown(entry.name)}"
            what = f"{of} has {len(octets) - 3} octets of {name}, which has {wanted}"
            yield Fault("wrong-hash-length", what, record.place, refuses=False)


def _complete(tree: Tree, owner: Key, entry: Entry, field: str) -> Iterator[Fault]:
    """Yield the targets to which the zone's name was added, as it seems."""
    for rdata, record in entry.each():
        target: dns.name.Name = getattr(rdata, field)
        key = key_of(target)
        if not tree.holds(key):
            continue
        if _repeats(key, tree.origin):
            which = "repeats the name of the zone"
        elif entry.rdtype == types.PTR and is_reverse(owner):
            which = "lies in the reverse tree"
        elif _ends_twice(key, tree) and entry.rdtype != types.SOA:
            which = "the zone does not have"
        elif entry.rdtype == types.CNAME and not tree.exists(key):
            what = f"{shown(entry.name)} is an alias for {shown(target)}, which does not exist"
            yield Fault("alias-to-nothing", what, record.place, refuses=False)
            continue
        else:
            continue
        of = f"the {entry.rdtype.name} record of {shown(entry.name)}"
        what = f"{of} names {shown(target)}, which {which}: a trailing dot may be missing"
        yield Fault("trailing-dot", what, record.place, refuses=False)


def _repeats(key: Key, origin: Key) -> bool:
    """Whether the name of a zone stands twice at the end of *key*; one label says nothing."""
    zone = origin[:-1]
    return len(zone) > 1 and key[-len(origin) - len(zone) : -len(origin)] == zone


def _ends_twice(key: Key, tree: Tree) -> bool:
    inner = key[: -len(tree.origin)]
    complete = len(inner) > 1 and inner[-1] in _TOP_LABELS
    return complete and key not in tree.names and tree.cut_above(key) is None


def _occluded(tree: Tree) -> Iterator[Fault]:
    """Yield what lies below a cut and is no glue, so that nobody ever sees it."""
    if not tree.cuts:
        return
    servers = _servers(tree)
    for key, node in tree.nodes.items():
        above = tree.cut_above(key)
        cut = key if above is None and key in tree.cuts and tree.delegates(key) else above
        if cut is None:
            continue
        own = _OWN_AT_A_CUT if cut == key else frozenset()
        glue = {types.A, types.AAAA} if key in servers and tree.delegates(cut) else set()
        hidden = [entry for rdtype, entry in node.items() if rdtype not in own | glue]
        if hidden:
            kinds = ", ".join(types.to_text(entry.rdtype) for entry in hidden)
            cutter = f"{'delegation' if tree.delegates(cut) else 'DNAME'} of {_name(tree, cut)}"
            what = f"{shown(hidden[0].name)} lies below the {cutter}, which hides its records"
            if cut == key:
                what = f"the {cutter} hides other records of that name"
            yield _advice("hidden-data", f"{what} ({kinds})", hidden[0])


def _name(tree: Tree, key: Key) -> str:
    return shown(next(iter(tree.nodes[key].values())).name)


def _servers(tree: Tree) -> set[Key]:
    entries = (node[types.NS] for node in tree.nodes.values() if types.NS in node)
    return {key_of(rdata.target) for entry in entries for rdata, _ in entry.each()}


def _advice(tag: str, text: str, entry: Entry) -> Fault:
    return Fault(tag, text, entry.records[0].place, refuses=False)
