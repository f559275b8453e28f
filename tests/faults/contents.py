"""Well-formed responses that say odd things: strangers' records, too many, none, and lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.edns
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
from dns.edns import EDECode, EDEOption

from mailcheck.names import is_under
from tests.faults import truth
from tests.faults.mistaken import FORGED, contrary
from tests.faults.replies import honest, spoiled
from tests.faults.server import Packet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.faults.server import Asked, Reply

Message = dns.message.Message


def question_name(message: Message) -> str:
    """Return the name in the question."""
    return message.question[0].name.to_text()


def question_type(message: Message) -> str:
    """Return the type in the question."""
    return message.question[0].rdtype.name


# ── records that were not asked for ──────────────────────────────────────────────────────────


def of_another_name(message: Message) -> None:
    """Answer with the records of another name only."""
    rdtype = question_type(message)
    rdata = FORGED.get(rdtype, "other.example.")
    message.answer = [truth.rrset("other.example.", rdtype, rdata)]
    message.authority = []
    message.set_rcode(dns.rcode.NOERROR)


def of_another_type(message: Message) -> None:
    """Answer with records of another type only."""
    message.answer = [truth.rrset(question_name(message), "HINFO", '"x" "y"')]
    message.authority = []
    message.set_rcode(dns.rcode.NOERROR)


def poisoned(message: Message) -> None:
    """Add records of names that nobody asked about, among them some we shall ask about."""
    strange = [
        truth.rrset("mail.example.com.", "A", "203.0.113.66"),
        truth.rrset("mail2.example.com.", "A", "203.0.113.66"),
        truth.rrset("2.0.0.127.bl.example.net.", "A", "203.0.113.66"),
    ]
    others = [one for one in strange if one.name != message.question[0].name]
    message.answer.extend(others)
    message.additional.extend(others)


def of_another_class(message: Message) -> None:
    """Give every record in class CH."""
    for found in (*message.answer, *message.authority):
        found.rdclass = dns.rdataclass.CH


def denied_all_the_same(message: Message) -> None:
    """Say NXDOMAIN of a name and give its records."""
    if not message.answer:
        of_another_type(message)
    message.set_rcode(dns.rcode.NXDOMAIN)


def padded(number: int) -> Callable[[Message], None]:
    """Add *number* records of another name, so that the response is as large as can be."""

    def edit(message: Message) -> None:
        texts = [f'"{i:04} {"x" * 180}"' for i in range(number)]
        message.additional.append(truth.rrset("padding.example.", "TXT", *texts))

    return edit


def part(message: Message) -> None:
    """Keep the first record only, and say that there are more."""
    message.answer = [
        truth.rrset(o.name.to_text(), o.rdtype.name, o[0].to_text()) for o in message.answer
    ]
    message.flags |= dns.flags.TC


def nothing(message: Message) -> None:
    """Keep the header and the question only, and say that there is more."""
    message.answer, message.authority = [], []
    message.flags |= dns.flags.TC


def doubled(message: Message) -> None:
    """Give every record twice."""
    message.answer *= 2


def texts(*strings: str) -> Callable[[Message], None]:
    """Add TXT records, each of one string in presentation form."""

    def edit(message: Message) -> None:
        message.answer.append(truth.rrset(question_name(message), "TXT", *strings))

    return edit


def many(number: int) -> Callable[[Message], None]:
    """Add so many records of the type asked to those there are of the name."""
    hosts = [f"x{i}.example.com." for i in range(number)]
    rdata = {
        "MX": [f"10 {host}" for host in hosts],
        "PTR": hosts,
        "A": [f"127.1.{i // 250}.{i % 250}" for i in range(number)],
        "TXT": [f'"{i}"' for i in range(number)],
    }

    def edit(message: Message) -> None:
        if message.answer and question_type(message) in rdata:
            message.answer.append(
                truth.rrset(
                    question_name(message), question_type(message), *rdata[question_type(message)]
                )
            )

    return edit


def more_of(*targets: str) -> Callable[[Message], None]:
    """Name more hosts in the records there are of the name."""

    def edit(message: Message) -> None:
        name, rdtype = question_name(message), question_type(message)
        if message.answer:
            rdata = (f"10 {target}" if rdtype == "MX" else target for target in targets)
            message.answer.append(truth.rrset(name, rdtype, *rdata))

    return edit


def authoritative(message: Message) -> None:
    """Speak as a server that resolves nothing."""
    message.flags &= ~dns.flags.RA
    message.flags |= dns.flags.AA


def fragmented(reply: Reply) -> Reply:
    """Lose the datagrams of *reply* that are longer than 512 octets; cut them where EDNS is missing."""

    def through(asked: Asked) -> Iterable[Packet]:
        for packet in reply(asked):
            if len(packet.wire) <= 512:
                yield packet
            elif not asked.edns:
                message = asked.message()
                nothing(message)
                yield packet._replace(wire=message.to_wire())

    return through


# ── what there is not, and who says so ───────────────────────────────────────────────────────


def without_soa(message: Message) -> None:
    """Drop the SOA of a denial, as stub resolvers do."""
    message.authority = []


def referral(zone: str) -> Callable[[Message], None]:
    """Refer to the servers of *zone* instead of answering (RFC 1034 §4.3.2 step 3b)."""

    def edit(message: Message) -> None:
        message.set_rcode(dns.rcode.NOERROR)
        message.flags &= ~dns.flags.AA
        message.answer = []
        message.authority = [truth.rrset(zone, "NS", "ns1.example.net.", "ns2.example.net.")]
        message.additional = [truth.rrset("ns1.example.net.", "A", "192.0.2.53")]

    return edit


def denied_by_the_root(message: Message) -> None:
    """Have the root deny the name."""
    message.authority = [truth.soa(".")]


def without_glue(message: Message) -> None:
    """Drop the addresses that come with a referral."""
    message.additional = []


def denied_by(zone: str) -> Callable[[Message], None]:
    """Have *zone* deny what is not there."""

    def edit(message: Message) -> None:
        if message.authority:
            message.authority = [truth.soa(zone)]

    return edit


def denied(message: Message) -> None:
    """Say that the name does not exist."""
    message.answer, message.authority = [], []
    message.set_rcode(dns.rcode.NXDOMAIN)


def emptied(message: Message) -> None:
    """Say that there is nothing of the type."""
    message.answer, message.authority = [], []
    message.set_rcode(dns.rcode.NOERROR)


def blocking(code: EDECode) -> Reply:
    """Answer the contrary of the truth, and say by an extended error that it is so (RFC 8914)."""

    def reply(asked: Asked) -> Iterable[Packet]:
        message = contrary(asked)
        message.use_edns(0, options=[EDEOption(code)])
        return [Packet(message.to_wire())]

    return reply


def options(*added: dns.edns.Option, version: int = 0) -> Callable[[Message], None]:
    """Add EDNS options, or say another *version* of EDNS."""
    return lambda message: message.use_edns(version, options=list(added))


denies_all = spoiled(denied)
knows_nothing = spoiled(emptied)


def rewriting(address: str) -> Reply:
    """Answer with *address* wherever a name does not exist, and with nothing to other types."""

    def reply(asked: Asked) -> Iterable[Packet]:
        message = asked.message()
        if message.rcode() != dns.rcode.NXDOMAIN:
            return honest(asked)
        emptied(message)
        if asked.rdtype == "A":
            message.answer = [truth.rrset(question_name(message), "A", address)]
        return [Packet(message.to_wire())]

    return reply


def wildcard(zone: str, address: str) -> Reply:
    """Answer every question for an address in *zone* with *address*, and the others honestly.

    The zones' own servers keep theirs.
    """

    def reply(asked: Asked) -> Iterable[Packet]:
        own = asked.name in (*truth.SERVERS, truth.ROOT[0])
        if asked.rdtype != "A" or own or not is_under(asked.name, zone):
            return honest(asked)
        message = asked.message()
        emptied(message)
        message.answer = [truth.rrset(question_name(message), "A", address)]
        return [Packet(message.to_wire())]

    return reply
