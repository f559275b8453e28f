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
from mailcheck.probes.dns.wire.walk import CNAME, OPT, SOA, OutOfTheOrdinary, name_at, section

if TYPE_CHECKING:
    from mailcheck.facts.dns import Reply
    from mailcheck.probes.dns.wire.query import Query
    from mailcheck.probes.dns.wire.walk import Known, Record

_HEADER = struct.Struct("!HHHHHH").unpack_from

_SINGLE = frozenset({CNAME, SOA})
"""Types of which a name has one record at most: what is right of two, dnspython decides."""

_QR, _AA, _RA, _AD = 0x8000, 0x0400, 0x0080, 0x0020
_NEITHER = 0xFA00
"""QR, the opcode and TC: a whole response to a query has QR of these."""

_NOERROR, _NXDOMAIN = 0, 3


def read_ordinary(query: Query, wire: bytes, reply: Reply) -> DnsAnswer | None:
    """Return what *wire* says, or None if it is for dnspython to say.

    *wire* has the question of *query*, whatever the case of its letters.
    """
    try:
        return _read(query, wire, reply)
    except (IndexError, struct.error, OutOfTheOrdinary):
        return None


def _read(query: Query, wire: bytes, reply: Reply) -> DnsAnswer | None:
    question = query.question
    _, flags, questions, answers, authorities, additionals = _HEADER(wire)
    rcode = flags & 0x0F
    if flags & _NEITHER != _QR or questions != 1 or rcode not in (_NOERROR, _NXDOMAIN):
        return None
    asked = question[:-4].lower()
    known = {12: (asked, 0)}
    at, said = section(wire, 12 + len(question), answers, known)
    at, authority = section(wire, at, authorities, known)
    at, additional = section(wire, at, additionals, known, OPT)
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


def _denier(authority: list[Record], name: bytes) -> str:
    """Return the owner of the SOA, empty if there is none, or none of a zone that holds *name*.

    Raises:
        OutOfTheOrdinary: if there is something else: it may be a referral.
    """
    for owner, rdtype, *_ in authority:
        if rdtype == SOA:
            return _text(owner) if is_under(name, owner) else ""
    if authority:
        raise OutOfTheOrdinary
    return ""


def _follow(
    wire: bytes, said: list[Record], known: Known, wanted: int
) -> tuple[bytes, tuple[str, ...], int | None, tuple[tuple[int, int], ...]]:
    """Walk the CNAMEs from the name asked to the records *wanted*."""
    name, _ = known[12]
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
        cnames = [r for r in said if r[1] == CNAME and r[0] == name]
        if not cnames:
            return name, tuple(aliases), min(ttls, default=None), ()
        if len(cnames) > 1:
            break
        [(_, _, ttl, at, length)] = cnames
        ttls.append(ttl)
        name, _ = name_at(wire, at, at + length, known)
        aliases.append(_text(name))
    raise OutOfTheOrdinary


def _text(name: bytes) -> str:
    """Return a name in wire format in normal form."""
    return normal_name(dns.name.from_wire(name, 0)[0])
