"""Names that should be those of hosts, and are not.

``named-checkzone`` warns of them; named itself, unless its ``check-names`` is changed, loads no
primary zone that has them.
"""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING

import dns.name
import dns.rdatatype as types

from mailcheck.zones.fault import Fault, many, shown
from mailcheck.zones.loading.tree import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.zones.loading.tree import Entry, Key, Tree

_LABEL = rb"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_HOST = re.compile(rb"(?:%b\0)*" % _LABEL)
"""The labels of a host's name, each with a NUL behind it (RFC 952, RFC 1123 §2.1)."""

_MAILBOX = re.compile(rb"[!-~]+\0(?:%b\0)*" % _LABEL)
"""The same with a local part in front (RFC 1035 §8)."""

_OWNERS = frozenset({types.A, types.AAAA, types.MX, types.WKS, types.A6})

_HOSTS = {
    types.NS: ("target", "name server"),
    types.MX: ("exchange", "mail host"),
    types.SRV: ("target", "SRV host"),
    types.SOA: ("mname", "SOA primary"),
    types.AFSDB: ("hostname", "AFSDB host"),
    types.RT: ("exchange", "RT host"),
    types.HTTPS: ("target", "HTTPS host"),
    types.SVCB: ("target", "SVCB host"),
}
"""The field that names a host, and what that host is."""

_MAILBOXES = {types.SOA: "rname", types.RP: "mbox"}

_LITERALS = {types.MX: "mx-is-literal", types.NS: "ns-is-literal"}

_REVERSE = tuple(key_of(dns.name.from_text(zone)) for zone in ("in-addr.arpa", "ip6.arpa"))

_BROWSING = frozenset({b"b", b"db", b"r", b"dr", b"lb"})

_FOREST = (b"gc", b"_msdcs")
"""Where Active Directory has the addresses of its global catalogue, underscore or not."""


def host_faults(tree: Tree) -> Iterator[Fault]:
    """Yield owners and targets that cannot be the names of hosts, one fault for each."""
    for key, node in tree.nodes.items():
        for rdtype, entry in node.items():
            if rdtype in _OWNERS and not _owns(key, rdtype):
                has = many(len(entry.records), rdtype)
                what = f"{shown(entry.name)} has {has}, but is no host name"
                yield Fault("bad-host-name", what, entry.records[0].place, refuses=False)
            if rdtype in _HOSTS:
                yield from _targets(tree, entry, *_HOSTS[rdtype])
            elif rdtype == types.PTR and is_reverse(key) and not _browses(key):
                yield from _targets(tree, entry, "target", "PTR name")
            if rdtype in _MAILBOXES:
                yield from _mailboxes(entry, _MAILBOXES[rdtype])


def is_reverse(key: Key) -> bool:
    """Whether *key* lies in a tree of reverse names."""
    return any(key[-len(zone) :] == zone for zone in _REVERSE)


def _browses(key: Key) -> bool:
    """Whether *key* is where services are browsed, whose domains may be any (RFC 6763 §11)."""
    return key[0] in _BROWSING and key[1:3] == (b"_dns-sd", b"_udp")


def _owns(key: Key, rdtype: types.RdataType) -> bool:
    if key[0] == b"*":
        key = key[1:]
    if key[:2] == _FOREST and rdtype in (types.A, types.AAAA):
        key = key[2:]
    return _fits(_HOST, key)


def _targets(tree: Tree, entry: Entry, field: str, role: str) -> Iterator[Fault]:
    for rdata, record in entry.each():
        target: dns.name.Name = getattr(rdata, field)
        key = key_of(target)
        literal = _address(key, tree.origin)
        if entry.rdtype in _LITERALS and literal is not None and not tree.is_written(key):
            what = f"the {role} of {shown(entry.name)} is the address {literal}, not a name"
            yield Fault(_LITERALS[entry.rdtype], what, record.place, refuses=False)
        elif not _fits(_HOST, key):
            what = f"{shown(target)}, the {role} of {shown(entry.name)}, is no host name"
            yield Fault("bad-host-name", what, record.place, refuses=False)


def _mailboxes(entry: Entry, field: str) -> Iterator[Fault]:
    for rdata, record in entry.each():
        mailbox: dns.name.Name = getattr(rdata, field)
        key = key_of(mailbox)
        if len(key) > 1 and not _fits(_MAILBOX, key):
            what = f"{shown(mailbox)}, the mailbox of {shown(entry.name)}, is no mail address"
            yield Fault("bad-mailbox", what, record.place, refuses=False)


def _fits(pattern: re.Pattern[bytes], key: Key) -> bool:
    return pattern.fullmatch(b"\0".join(key)) is not None


def _address(key: Key, origin: Key) -> str | None:
    """Return the address that *key* is, with or without the zone's name behind it."""
    own = key[: -len(origin)] if key[-len(origin) :] == origin else key[:-1]
    text = b".".join(own).decode("latin-1")
    if not text[-1:].isalnum() and not text.endswith(":"):
        return None
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return None
