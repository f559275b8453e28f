"""From packet to packet: what every DNS server does before and after it thinks.

Pure, and the only place that meets octets a stranger sent.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Protocol

import dns.exception
import dns.flags
import dns.message
import dns.rcode

from mailcheck.interrupts import raise_swallowed

if TYPE_CHECKING:
    from mailcheck.lab.faults import Transport

PAYLOAD = 1232
"""Octets of UDP that the lab's servers offer and send, as named and unbound do (max-udp-size)."""

_HEADER = 12
_QR = 0x8000
_SMALLEST = 512
_LARGEST = 65535


class Responder(Protocol):
    """A server's mind: question in, answer or silence out."""

    def respond(self, query: dns.message.Message, over: Transport) -> dns.message.Message | None:
        """Answer *query*, which came over UDP or TCP."""


def respond(responder: Responder, packet: bytes, over: Transport) -> bytes | None:
    """Return the packet that answers *packet*, None if there is to be none.

    Over UDP an answer is cut at the size the client offers in EDNS, 512 without (RFC 6891 §6.2.5),
    and at :data:`PAYLOAD` at most.
    """
    if len(packet) < _HEADER or struct.unpack_from("!H", packet, 2)[0] & _QR:
        return None
    try:
        query = dns.message.from_wire(packet, ignore_trailing=True)
    except (dns.exception.DNSException, ValueError) as error:
        raise_swallowed(error)
        return _form_error(packet)
    if query.edns > 0:
        response = dns.message.make_response(query, our_payload=PAYLOAD)
        response.set_rcode(dns.rcode.BADVERS)
    else:
        thought = responder.respond(query, over)
        if thought is None:
            return None
        response = thought
    response.flags |= query.flags & dns.flags.CD  # RFC 4035 §3.2.2; dnspython copies RD only
    size = _LARGEST if over == "tcp" else min(max(query.payload, _SMALLEST), PAYLOAD)
    return response.to_wire(max_size=size, prefer_truncation=True)


def _form_error(packet: bytes) -> bytes:
    """Return FORMERR for a packet whose header alone can be read."""
    flags = struct.unpack_from("!H", packet, 2)[0]
    kept = flags & (0x7800 | dns.flags.RD)  # opcode and RD are copied (RFC 1035 §4.1.1)
    return packet[:2] + struct.pack("!5H", _QR | kept | dns.rcode.FORMERR, 0, 0, 0, 0)
