"""Responses that answer somebody else: other ids, other questions, no response at all."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import dns.flags
import dns.message
import dns.name
import dns.opcode
import dns.rcode
import dns.rdataclass
import dns.rdatatype

from tests.faults import truth
from tests.faults.server import Packet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.faults.server import Asked, Reply

FORGED = {
    "A": "127.0.0.9",
    "AAAA": "2001:db8::666",
    "CNAME": "forged.example.",
    "MX": "10 forged.example.",
    "NS": "forged.example.",
    "PTR": "forged.example.",
    "TXT": '"forged"',
}
"""What a forger would have us believe where there is nothing."""


def contrary(asked: Asked) -> dns.message.Message:
    """Return the response that turns the truth round: denial of what is, records of what is not."""
    message = asked.message()
    if message.answer:
        message.answer, message.authority = [], [truth.soa(".")]
        message.set_rcode(dns.rcode.NXDOMAIN)
    elif asked.rdtype in FORGED:
        message.authority = []
        message.set_rcode(dns.rcode.NOERROR)
        name = message.question[0].name.to_text()
        message.answer = [truth.rrset(name, asked.rdtype, FORGED[asked.rdtype])]
    message.flags |= dns.flags.AA
    return message


def forged(*guesses: int) -> Reply:
    """Send the contrary of the truth under other ids: the true one plus each of *guesses*."""

    def reply(asked: Asked) -> Iterable[Packet]:
        wire = contrary(asked).to_wire()
        true = int.from_bytes(asked.id, "big")
        ids = (struct.pack("!H", (true + guess) & 0xFFFF) for guess in guesses)
        return [Packet(one + wire[2:]) for one in ids]

    return reply


def renamed(name: str = "other.example.", *, rdtype: str = "", rdclass: str = "IN") -> Reply:
    """Answer another question, under the right id: the contrary of the truth."""

    def reply(asked: Asked) -> Iterable[Packet]:
        message = contrary(asked)
        question = message.question[0]
        message.question = [
            dns.rrset.RRset(
                dns.name.from_text(name) if name else question.name,
                dns.rdataclass.from_text(rdclass),
                dns.rdatatype.from_text(rdtype) if rdtype else question.rdtype,
            )
        ]
        return [Packet(message.to_wire())]

    return reply


def contrary_and_cut(asked: Asked) -> Iterable[Packet]:
    """Say the contrary of the truth, and that there is more."""
    message = contrary(asked)
    message.flags |= dns.flags.TC
    return [Packet(message.to_wire())]


def without_question(asked: Asked) -> Iterable[Packet]:
    """Say the contrary of the truth, with no question in the response."""
    message = contrary(asked)
    message.question = []
    return [Packet(message.to_wire())]


def two_questions(asked: Asked) -> Iterable[Packet]:
    """Say the contrary of the truth, with the question twice."""
    message = contrary(asked)
    wire = message.to_wire()
    doubled = wire[:4] + b"\0\x02" + wire[6 : asked.end] + asked.question + wire[asked.end :]
    return [Packet(doubled)]


def as_query(asked: Asked) -> Iterable[Packet]:
    """Say the contrary of the truth in what is no response: QR is clear."""
    message = contrary(asked)
    message.flags &= ~dns.flags.QR
    return [Packet(message.to_wire())]


def echo(asked: Asked) -> Iterable[Packet]:
    """Send the query back."""
    return [Packet(asked.wire)]


def notification(asked: Asked) -> Iterable[Packet]:
    """Say the contrary of the truth as a NOTIFY (RFC 1996)."""
    message = contrary(asked)
    message.set_opcode(dns.opcode.NOTIFY)
    return [Packet(message.to_wire())]


def to_the_one_before(asked: Asked) -> Iterable[Packet]:
    """Answer, honestly but too late, the query that came before this one."""
    return [] if asked.before is None else [Packet(asked.before.honest())]
