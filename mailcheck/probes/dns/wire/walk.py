"""The short way from the octets of an ordinary response to its answer.

Nearly every response holds records of a handful of types, of class IN, without EDNS options. Their
form can be verified in one walk that builds nothing, a tenth of what it takes to make a message of
objects; the records are unpacked when somebody reads them. Whatever is out of the ordinary is left
to :func:`mailcheck.probes.dns.wire.message.read_wire`: both must say the same of every packet.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import dns.name
import dns.rdatatype

from mailcheck.facts.dns import DnsAnswer
from mailcheck.facts.records import PackedRecords, normal_name
from mailcheck.probes.dns.wire.matching import is_under
from mailcheck.probes.dns.wire.message import MAX_CHAIN, MAX_RECORDS

if TYPE_CHECKING:
    from mailcheck.facts.dns import Reply
    from mailcheck.probes.dns.wire.query import Query

_HEADER = struct.Struct("!HHHHHH").unpack_from
_RR = struct.Struct("!HHIH").unpack_from

_A, _NS, _CNAME, _SOA, _PTR, _MX, _TXT, _AAAA, _OPT = 1, 2, 5, 6, 12, 15, 16, 28, 41
_ONE_NAME = frozenset({_NS, _CNAME, _PTR})
_SINGLE = frozenset({_CNAME, _SOA})
"""Types of which a name has one record at most: what is right of two, dnspython decides."""

_QR, _AA, _RA, _AD = 0x8000, 0x0400, 0x0080, 0x0020
_NEITHER = 0xFA00
"""QR, the opcode and TC: a whole response to a query has QR of these."""

_NOERROR, _NXDOMAIN = 0, 3

_MAX_TTL = 0x7FFFFFFF
"""A TTL beyond it means 0 (RFC 2181 §8)."""

_Record = tuple[bytes, int, int, int, int]
"""Owner in wire format, type, TTL, and where the data lies: offset and length."""


_MAX_HOPS = 4
"""Compression pointers to follow to a name that is not known yet; real messages need one."""

_Known = dict[int, bytes]
"""Names in wire format, lower-case, by the offsets where they begin and may be pointed to."""


class _OutOfTheOrdinary(Exception):
    """The walk does not know what to make of a packet."""


def read_ordinary(query: Query, wire: bytes, reply: Reply) -> DnsAnswer | None:
    """Return what *wire* says, or None if it is for dnspython to say.

    *wire* has the question of *query*, whatever the case of its letters.
    """
    try:
        return _read(query, wire, reply)
    except (IndexError, struct.error, _OutOfTheOrdinary):
        return None


def _read(query: Query, wire: bytes, reply: Reply) -> DnsAnswer | None:
    question = query.question
    _, flags, questions, answers, authorities, additionals = _HEADER(wire)
    rcode = flags & 0x0F
    if flags & _NEITHER != _QR or questions != 1 or rcode not in (_NOERROR, _NXDOMAIN):
        return None
    asked = question[:-4].lower()
    known = {12: asked}
    at, said = _section(wire, 12 + len(question), answers, known)
    at, authority = _section(wire, at, authorities, known)
    at, additional = _section(wire, at, additionals, known, _OPT)
    if at != len(wire):
        return None
    wanted = int.from_bytes(question[-4:-2], "big")
    name, aliases, ttl, places = _follow(wire, said, known, wanted)
    if len(places) > MAX_RECORDS or (len(places) > 1 and wanted in _SINGLE):
        return None
    denier = ""
    if not places:
        may_deny = _AA if not query.recursive else _RA if aliases else _RA | _AA
        if (said and not aliases) or not flags & may_deny:
            return None
        if any(r[1] == wanted and r[0] == name for r in (*authority, *additional)):
            return None
        denier = _denier(authority, name)
    elif rcode == _NXDOMAIN:
        return None
    return DnsAnswer.packed(
        (query.name, query.rdtype),
        "data" if places else "nxdomain" if rcode else "nodata",
        PackedRecords(wire, wanted, places) if places else None,
        reply,
        aliases=aliases,
        ttl=ttl,
        authoritative=bool(flags & _AA),
        authenticated=bool(flags & _AD),
        denier=denier,
    )


def _denier(authority: list[_Record], name: bytes) -> str:
    """Return the owner of the SOA, empty if there is none, or none of a zone that holds *name*.

    Raises:
        _OutOfTheOrdinary: if there is something else: it may be a referral.
    """
    for owner, rdtype, *_ in authority:
        if rdtype == _SOA:
            return _text(owner) if is_under(name, owner) else ""
    if authority:
        raise _OutOfTheOrdinary
    return ""


def _follow(
    wire: bytes, said: list[_Record], known: _Known, wanted: int
) -> tuple[bytes, tuple[str, ...], int | None, tuple[tuple[int, int], ...]]:
    """Walk the CNAMEs from the name asked to the records *wanted*."""
    name = known[12]
    if len(said) == 1:
        [(owner, rdtype, ttl, at, length)] = said
        if rdtype == wanted and owner == name:
            return name, (), ttl, ((at, length),)
    aliases: list[str] = []
    ttls: list[int] = []
    for _ in range(MAX_CHAIN):
        found = [r for r in said if r[1] == wanted and r[0] == name]
        if found:
            ttls += [r[2] for r in found]
            return name, tuple(aliases), min(ttls), tuple([r[3:] for r in found])
        cnames = [r for r in said if r[1] == _CNAME and r[0] == name]
        if not cnames:
            return name, tuple(aliases), min(ttls, default=None), ()
        if len(cnames) > 1:
            break
        [(_, _, ttl, at, length)] = cnames
        ttls.append(ttl)
        name, _ = _name(wire, at, at + length, known)
        aliases.append(_text(name))
    raise _OutOfTheOrdinary


def _section(
    wire: bytes, at: int, count: int, known: _Known, opt: int = -1
) -> tuple[int, list[_Record]]:
    """Verify *count* records from offset *at* on; return where they end, and them.

    Where *opt* is the type of the OPT record, there may be one.
    """
    end = len(wire)
    records: list[_Record] = []
    for _ in range(count):
        octet = wire[at]
        if octet >= 192 and (name := known.get((octet & 63) << 8 | wire[at + 1])):
            owner = name
            at += 2
        elif octet:
            owner, at = _name(wire, at, end, known)
        else:
            owner = b"\0"
            at += 1
        rdtype, rdclass, ttl, length = _RR(wire, at)
        at += 10
        begin = at
        at += length
        if at > end:
            raise _OutOfTheOrdinary
        if rdtype == opt:
            # A further rcode (RFC 6891 §6.1.3), options, an owner that is not the root.
            if ttl >> 24 or length or owner != b"\0":
                raise _OutOfTheOrdinary
            opt = -1
            continue
        if rdclass != 1:
            raise _OutOfTheOrdinary
        if rdtype == _A:
            if length != 4:
                raise _OutOfTheOrdinary
        elif rdtype == _MX:
            if _name(wire, begin + 2, at, known)[1] != at:
                raise _OutOfTheOrdinary
        else:
            _verify(wire, begin, at, rdtype, known)
        records.append((owner, rdtype, ttl if ttl <= _MAX_TTL else 0, begin, length))
    return at, records


def _verify(wire: bytes, at: int, end: int, rdtype: int, known: _Known) -> None:
    """Make sure that data of *rdtype* between two offsets can be unpacked.

    Raises:
        _OutOfTheOrdinary: if it cannot, or if the type is not one of mail's.
    """
    if rdtype in _ONE_NAME:
        well = _name(wire, at, end, known)[1] == end
    elif rdtype == _AAAA:
        well = end - at == 16
    elif rdtype == _TXT:
        well = at < end
        while at < end:
            at += wire[at] + 1
        well &= at == end
    elif rdtype == _SOA:
        _, at = _name(wire, at, end, known)
        well = _name(wire, at, end, known)[1] == end - 20
    else:
        well = False
    if not well:
        raise _OutOfTheOrdinary


def _name(
    wire: bytes, at: int, limit: int, known: _Known, hops: int = _MAX_HOPS
) -> tuple[bytes, int]:
    """Return the name at offset *at* in wire format, lower-case, and the offset behind it.

    *limit* is where the record's data ends. A pointer leads backwards, and to before the part of
    the name it stands in, so that every name comes to an end (RFC 1035 §4.1.4).

    Raises:
        _OutOfTheOrdinary: if that does not hold, or the name is too long.
    """
    begin = at
    while 0 < (octet := wire[at]) < 64:
        at += octet + 1
    if at >= limit:
        raise _OutOfTheOrdinary
    at += 1
    if not octet:
        name = wire[begin:at].lower()
    else:
        pointer = (octet & 63) << 8 | wire[at]
        at += 1
        if octet < 192 or at > limit or pointer >= begin or not hops:
            raise _OutOfTheOrdinary
        rest = known.get(pointer) or _name(wire, pointer, begin, known, hops - 1)[0]
        name = wire[begin : at - 2].lower() + rest
    if len(name) > 255:
        raise _OutOfTheOrdinary
    known[begin] = name
    return name, at


def _text(name: bytes) -> str:
    """Return a name in wire format in normal form."""
    return normal_name(dns.name.from_wire(name, 0)[0])
