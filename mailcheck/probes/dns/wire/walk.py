"""The walk over the records of a message, which verifies their form and builds nothing.

Names are verified once, and kept in mind by the offsets where they begin: most names of a response
point at others (RFC 1035 §4.1.4).
"""

from __future__ import annotations

import struct

_RR = struct.Struct("!HHIH").unpack_from

_A, _NS, CNAME, SOA, _PTR, _MX, _TXT, _AAAA, OPT = 1, 2, 5, 6, 12, 15, 16, 28, 41
_ONE_NAME = frozenset({_NS, CNAME, _PTR})

_MAX_TTL = 0x7FFFFFFF
"""A TTL beyond it means 0 (RFC 2181 §8)."""

_MAX_HOPS = 4
"""Compression pointers to follow to a name that is not known yet; real messages need one."""

_MAX_CHAIN = 15
"""Compression pointers in a known name; dnspython follows one more, and that one leads to it."""

Record = tuple[bytes, int, int, int, int]
"""Owner in wire format, type, TTL, and where the data lies: offset and length."""

Known = dict[int, tuple[bytes, int]]
"""Names in wire format, lower-case, and how many pointers they are spelled with, by the offsets
where they begin and may be pointed to."""


class OutOfTheOrdinary(Exception):
    """The walk does not know what to make of a packet."""


def section(
    wire: bytes, at: int, count: int, known: Known, opt: int = -1
) -> tuple[int, list[Record]]:
    """Verify *count* records from offset *at* on; return where they end, and them.

    Where *opt* is the type of the OPT record, there may be one.

    Raises:
        OutOfTheOrdinary: if they are anything but records of mail's types, well-formed.
        IndexError, struct.error: if the message ends before.
    """
    end = len(wire)
    records: list[Record] = []
    for _ in range(count):
        octet = wire[at]
        if octet >= 192 and (found := known.get((octet & 63) << 8 | wire[at + 1])):
            owner = found[0]
            at += 2
        elif octet:
            owner, at = name_at(wire, at, end, known)
        else:
            owner = b"\0"
            at += 1
        rdtype, rdclass, ttl, length = _RR(wire, at)
        at += 10
        begin = at
        at += length
        if at > end:
            raise OutOfTheOrdinary
        if rdtype == opt:
            # A further rcode (RFC 6891 §6.1.3), options, an owner that is not the root.
            if ttl >> 24 or length or owner != b"\0":
                raise OutOfTheOrdinary
            opt = -1
            continue
        if rdclass != 1:
            raise OutOfTheOrdinary
        if rdtype != _A or length != 4:
            _verify(wire, begin, at, rdtype, known)
        records.append((owner, rdtype, ttl if ttl <= _MAX_TTL else 0, begin, length))
    return at, records


def _verify(wire: bytes, at: int, end: int, rdtype: int, known: Known) -> None:
    """Make sure that data of *rdtype* between two offsets can be unpacked.

    Raises:
        OutOfTheOrdinary: if it cannot, or if the type is not one of mail's.
    """
    if rdtype == _MX:
        well = name_at(wire, at + 2, end, known)[1] == end
    elif rdtype in _ONE_NAME:
        well = name_at(wire, at, end, known)[1] == end
    elif rdtype == _AAAA:
        well = end - at == 16
    elif rdtype == _TXT:
        well = at < end
        while at < end:
            at += wire[at] + 1
        well &= at == end
    elif rdtype == SOA:
        _, at = name_at(wire, at, end, known)
        well = name_at(wire, at, end, known)[1] == end - 20
    else:
        well = False
    if not well:
        raise OutOfTheOrdinary


def name_at(
    wire: bytes, at: int, limit: int, known: Known, hops: int = _MAX_HOPS
) -> tuple[bytes, int]:
    """Return the name at offset *at* in wire format, lower-case, and the offset behind it.

    *limit* is where the record's data ends. A pointer leads backwards, and to before the part of
    the name it stands in, so that every name comes to an end (RFC 1035 §4.1.4). What a pointer
    leads to may not reach into that part either: a name that is known was read within other limits
    than those of one that is come upon on the way.

    Raises:
        OutOfTheOrdinary: if that does not hold, or the name is too long.
    """
    begin = at
    while 0 < (octet := wire[at]) < 64:
        at += octet + 1
    if at >= limit:
        raise OutOfTheOrdinary
    at += 1
    if not octet:
        name, chain = wire[begin:at].lower(), 0
    else:
        pointer = (octet & 63) << 8 | wire[at]
        at += 1
        if octet < 192 or at > limit or pointer >= begin or not hops:
            raise OutOfTheOrdinary
        if hops < _MAX_HOPS or pointer not in known:
            name_at(wire, pointer, begin, known, hops - 1)
        rest, chain = known[pointer]
        chain += 1
        name = wire[begin : at - 2].lower() + rest
    if len(name) > 255 or chain > _MAX_CHAIN:
        raise OutOfTheOrdinary
    known[begin] = name, chain
    return name, at
