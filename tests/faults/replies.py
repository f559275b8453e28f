"""What servers send: the truth, silence, codes of failure, and how replies are put together."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import dns.edns
import dns.flags
import dns.message
import dns.rcode

from tests.faults import truth
from tests.faults.server import CD, Packet, Stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.faults.server import Asked, Conversation, Reply


def honest(asked: Asked) -> Iterable[Packet]:
    """Say what is so."""
    return [Packet(asked.honest())]


def silent(asked: Asked) -> Iterable[Packet]:  # noqa: ARG001  a reply takes what was asked
    """Say nothing."""
    return []


def octets(edit: Callable[[bytes], bytes]) -> Reply:
    """Spoil the octets of the honest response."""
    return lambda asked: [Packet(edit(asked.truth()))]


def odd_octets(edit: Callable[[bytes], bytes]) -> Reply:
    """Say what is so, in octets that are unusual and right all the same."""
    return lambda asked: [Packet(edit(asked.honest()))]


def spoiled(*edits: Callable[[dns.message.Message], object]) -> Reply:
    """Spoil the honest response, as a message."""
    return lambda asked: [Packet(_edited(asked, edits))]


def oddly(*edits: Callable[[dns.message.Message], object]) -> Reply:
    """Say what is so, in an unusual form that is right all the same."""
    return lambda asked: [Packet(asked.telling(_edited(asked, edits)))]


def _edited(asked: Asked, edits: tuple[Callable[[dns.message.Message], object], ...]) -> bytes:
    message = asked.message()
    for edit in edits:
        edit(message)
    return message.to_wire(max_size=65535)


def failing(rcode: int, *, question: bool = True, error: dns.edns.EDEOption | None = None) -> Reply:
    """Answer with *rcode* and nothing else; *error* explains it (RFC 8914)."""

    def reply(asked: Asked) -> Iterable[Packet]:
        message = dns.message.from_wire(asked.truth())
        message.answer, message.authority, message.additional = [], [], []
        message.flags &= ~dns.flags.AA
        if not question:
            message.question = []
        if error:
            message.use_edns(0, options=[error])
        elif rcode < 16 and not asked.edns:
            message.use_edns(False)  # noqa: FBT003  dnspython has it so
        message.set_rcode(dns.rcode.Rcode(rcode))
        return [Packet(message.to_wire())]

    return reply


def upper_case(asked: Asked) -> Iterable[Packet]:
    """Say what is so of the name in capitals, in the question and in what points to it."""
    wire, end = asked.honest(), asked.end - 4
    return [Packet(wire[:12] + wire[12:end].upper() + wire[end:])]


def reserved_bit(wire: bytes) -> bytes:
    """Set the bit that must be zero (RFC 1035 §4.1.1)."""
    return wire[:3] + bytes([wire[3] | 0x40]) + wire[4:]


def flagged(*, on: str = "", off: str = "", odd: bool = False) -> Reply:
    """Set and clear flags of the honest response; *odd* ones leave it true."""

    def edit(message: dns.message.Message) -> None:
        message.flags |= dns.flags.from_text(on)
        message.flags &= ~dns.flags.from_text(off)

    return (oddly if odd else spoiled)(edit)


# ── put together ─────────────────────────────────────────────────────────────────────────────


def both(*replies: Reply) -> Reply:
    """Send the packets of all *replies*, one after the other."""
    return lambda asked: [packet for reply in replies for packet in reply(asked)]


def when(condition: Callable[[Asked], bool], reply: Reply, otherwise: Reply = honest) -> Reply:
    """Give *reply* to the queries that meet *condition*."""
    return lambda asked: (reply if condition(asked) else otherwise)(asked)


def at_first(reply: Reply, times: int = 1) -> Reply:
    """Give *reply* to the first *times* of every question, then the truth."""
    return when(lambda asked: asked.nth <= times, reply)


def to_edns(reply: Reply) -> Reply:
    """Give *reply* to queries with EDNS, and the truth to those without."""
    return when(lambda asked: asked.edns, reply)


def unless_unchecked(reply: Reply) -> Reply:
    """Give *reply* as long as validation is asked for (CD is clear), and the truth otherwise."""
    return when(lambda asked: not asked.flags & CD, reply)


def but_for_delegations(reply: Reply) -> Reply:
    """Give *reply* to all but what leads to the zones' own servers: NS, and their addresses."""
    servers = (*truth.SERVERS, truth.ROOT[0])
    return when(lambda asked: asked.rdtype != "NS" and asked.name not in servers, reply)


def but_for_the_root(reply: Reply) -> Reply:
    """Give *reply* to all but the root's NS and the addresses of servers."""
    servers = (*truth.SERVERS, truth.ROOT[0], ".")
    return when(lambda asked: asked.name not in servers, reply)


def of_type(rdtypes: str, reply: Reply) -> Reply:
    """Give *reply* to questions of these types."""
    return when(lambda asked: asked.rdtype in rdtypes.split(), reply)


def later(seconds: float, reply: Reply = honest) -> Reply:
    """Send the packets of *reply* so much later."""
    return lambda asked: [p._replace(after=p.after + seconds) for p in reply(asked)]


def elsewhere(reply: Reply) -> Reply:
    """Send the packets of *reply* from another port."""
    return lambda asked: [p._replace(elsewhere=True) for p in reply(asked)]


def under_another_id(reply: Reply) -> Reply:
    """Send the packets of *reply* under an id that was not asked."""
    return lambda asked: [
        p._replace(wire=bytes([p.wire[0] ^ 1]) + p.wire[1:]) for p in reply(asked)
    ]


def copies(number: int, reply: Reply = honest) -> Reply:
    """Send every packet of *reply* so many times."""
    return lambda asked: [packet for packet in reply(asked) for _ in range(number)]


# ── over TCP ─────────────────────────────────────────────────────────────────────────────────


def framed(wire: bytes) -> bytes:
    """Put the length in front (RFC 1035 §4.2.2)."""
    return struct.pack("!H", len(wire)) + wire


def over_tcp(reply: Reply) -> Conversation:
    """Say the same over TCP as over UDP; where that is nothing, the connection stalls."""
    return lambda asked: Stream(tuple(framed(packet.wire) for packet in reply(asked)))


def stalls(asked: Asked) -> Stream:  # noqa: ARG001  a conversation takes what was asked
    """Take the query and write nothing."""
    return Stream(())


def stalls_midway(asked: Asked) -> Stream:
    """Write half of the response."""
    return Stream((framed(asked.truth())[:20],))


def closes(asked: Asked) -> Stream:  # noqa: ARG001  a conversation takes what was asked
    """Take the query and hang up."""
    return Stream((), "closes")


def closes_midway(asked: Asked) -> Stream:
    """Write half of the response and hang up."""
    return Stream((framed(asked.truth())[:20],), "closes")


def resets(asked: Asked) -> Stream:  # noqa: ARG001  a conversation takes what was asked
    """Take the query and reset the connection."""
    return Stream((), "resets")


def says_length_0(asked: Asked) -> Stream:  # noqa: ARG001  a conversation takes what was asked
    """Write a message of no octets."""
    return Stream((b"\0\0",))


def octet_by_octet(asked: Asked) -> Stream:
    """Write the truth one octet at a time."""
    return Stream(tuple(bytes([octet]) for octet in framed(asked.honest())))


def glued(*replies: Reply) -> Conversation:
    """Write the messages of all *replies* as one piece."""
    return lambda asked: Stream((b"".join(framed(p.wire) for p in both(*replies)(asked)),))


def in_pieces(asked: Asked) -> Stream:
    """Write the truth in pieces: half of the length, a part of the header, the rest."""
    wire = framed(asked.honest())
    return Stream((wire[:1], wire[1:7], wire[7:]))
