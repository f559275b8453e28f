"""Whether a datagram answers a query: id, flags and question, compared as octets.

The id is what a datagram was found by; everything else is looked at here. Nothing is believed that
does not match (RFC 5452 §9.1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.rcode

if TYPE_CHECKING:
    from mailcheck.probes.dns.wire.query import Query

QUESTION = 12
"""Where the question section begins: behind the header (RFC 1035 §4.1.1)."""

ONE = b"\x00\x01"

_COMPLAINTS = frozenset(
    {dns.rcode.FORMERR, dns.rcode.SERVFAIL, dns.rcode.NOTIMP, dns.rcode.REFUSED}
)
"""Response codes of servers that may not have understood the question, and leave it out."""


def is_response(wire: bytes) -> bool:
    """Whether there is a header with QR set and the opcode of a query."""
    return len(wire) >= QUESTION and wire[2] & 0xF8 == 0x80


def is_truncated(wire: bytes) -> bool:
    """Whether a response says that it did not fit (TC)."""
    return bool(wire[2] & 0x02)


def same_question(query: Query, wire: bytes) -> bool:
    """Whether *wire* holds the question of *query* and no other, in whatever case of letters."""
    if wire[4:6] != ONE:
        return False
    asked = query.question
    said = wire[QUESTION : QUESTION + len(asked)]
    return said == asked or (said[-4:] == asked[-4:] and said[:-4].lower() == asked[:-4].lower())


def answers(query: Query, wire: bytes) -> bool:
    """Whether *wire*, whose id is that of *query*, is a response to it."""
    if not is_response(wire):
        return False
    if wire[4:6] == bytes(2):
        return wire[3] & 0x0F in _COMPLAINTS
    return same_question(query, wire)


def is_under(name: bytes, zone: bytes) -> bool:
    """Whether *name* is *zone* or below it, both in wire format and lower-case."""
    at = 0
    above = len(name) - len(zone)
    while at < above:
        at += name[at] + 1
    return at == above and name.endswith(zone)
