"""What no client of ours sends, or seldom: named, nsd and the lab beside one another.

Where a row has one word, all three say it. Where it has three, they are what named, nsd and the lab
say, in this order; a client must live with each.
"""

from __future__ import annotations

import socket
import struct
from typing import TYPE_CHECKING

import dns.edns
import dns.flags
import dns.message
import dns.rcode
import pytest

from mailcheck.lab.authority import AuthoritativeServer
from mailcheck.lab.description import Server
from mailcheck.lab.wire import respond

from .authorities import serving
from .zones import ZONES, lab_zones

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.servers("named", "nsd")

SERVERS = ("named", "nsd", "lab")

OPT = b"\0" + struct.pack("!HHIH", 41, 1232, 0, 0)


def ask(
    name: str = "example.com", rdtype: str = "MX", rdclass: str = "IN", *, flags: int = 0
) -> bytes:
    """Return an ordinary query."""
    query = dns.message.make_query(name, rdtype, rdclass, flags=flags, use_edns=0, payload=1232)
    return query.to_wire()


def with_opcode(opcode: int) -> bytes:
    query = bytearray(ask(rdtype="SOA"))
    query[2] |= opcode << 3
    return bytes(query)


def with_option(code: int, octets: bytes) -> bytes:
    options: list[dns.edns.Option] = [
        dns.edns.GenericOption(dns.edns.OptionType.make(code), octets)
    ]
    return dns.message.make_query(
        "example.com", "MX", flags=0, use_edns=0, options=options
    ).to_wire()


def header(*, questions: int, additional: int = 0) -> bytes:
    return struct.pack("!6H", 77, 0, questions, 0, 0, additional)


def with_count(section: int, count: int, more: bytes = b"") -> bytes:
    """Return a query without EDNS, *count* of a *section* (0 is the question) and *more* behind."""
    query = dns.message.make_query("example.com", "MX", flags=0, use_edns=False).to_wire()
    at = 4 + 2 * section
    return query[:at] + struct.pack("!H", count) + query[at + 2 :] + more


A_RECORD = b"\0" + struct.pack("!HHIH4s", 1, 1, 5, 4, b"\x7f\0\0\1")

EDNS_1 = dns.message.make_query("example.com", "MX", flags=0, use_edns=1, payload=1232).to_wire()
EDNS_DO = dns.message.make_query("example.com", "MX", flags=0, want_dnssec=True).to_wire()

GOOD = "NOERROR AA"
BARE = "without the question"
"""What a client that compares the question must not overlook: these are answers to it."""

ROWS = {
    # Answers to what was not understood repeat id, opcode and RD, seldom the question.
    "IQUERY": (with_opcode(1), f"NOTIMP {BARE}", f"NOTIMP {BARE}", "NOTIMP"),
    "STATUS": (with_opcode(2), f"NOTIMP {BARE}", f"NOTIMP {BARE}", "NOTIMP"),
    "NOTIFY": (with_opcode(4), GOOD, f"REFUSED {BARE}", "NOTIMP"),
    "UPDATE": (with_opcode(5), "REFUSED", f"NOTIMP {BARE}", "NOTIMP"),
    "an opcode of nobody": (with_opcode(15), f"NOTIMP {BARE}", f"NOTIMP {BARE}", "NOTIMP"),
    "no question": (header(questions=0), f"FORMERR {BARE}"),
    "no question, EDNS": (
        header(questions=0, additional=1) + OPT,
        *(f"FORMERR {BARE}", f"NOERROR {BARE}", f"FORMERR {BARE}"),
    ),
    "two questions": (with_count(0, 2), f"FORMERR {BARE}"),
    "a question that is cut": (with_count(0, 1)[:-3], f"FORMERR {BARE}"),
    "a name that points at itself": (
        header(questions=1) + b"\xc0\x0c\0\1\0\1",
        f"FORMERR {BARE}",
    ),
    "two OPT": (with_count(3, 2, OPT + OPT), "FORMERR", f"FORMERR {BARE}", f"FORMERR {BARE}"),
    "OPT as an answer": (with_count(1, 1, OPT), "FORMERR", f"FORMERR {BARE}", f"FORMERR {BARE}"),
    "a record as an answer": (with_count(1, 1, A_RECORD), GOOD, f"FORMERR {BARE}", GOOD),
    "octets behind": (ask() + b"xx", GOOD),
    "half a header": (ask()[:6], "silence"),
    "a response": (ask(flags=dns.flags.QR), "silence"),
    # EDNS (RFC 6891).
    "EDNS version 1": (EDNS_1, "BADVERS"),
    "DO, and no signatures": (EDNS_DO, GOOD),
    "an unknown option": (with_option(65001, b"xyz"), GOOD),
    "NSID, and no name is set": (with_option(3, b""), GOOD),
    "a cookie": (with_option(10, b"12345678"), f"{GOOD} cookie", GOOD, GOOD),
    "half a cookie": (with_option(10, b"1234"), "FORMERR", GOOD, f"FORMERR {BARE}"),
    # Flags that are not for queries, or not for servers without recursion. CD is to be copied
    # (RFC 4035 §3.2.2); nsd does not.
    "AA and TC": (ask(flags=dns.flags.AA | dns.flags.TC), GOOD),
    "AD and CD": (ask(flags=dns.flags.AD | dns.flags.CD), f"{GOOD} CD", GOOD, f"{GOOD} CD"),
    # Classes and types.
    "class CH, a name of ours": (ask(rdtype="A", rdclass="CH"), "REFUSED"),
    "version.bind": (ask("version.bind", "TXT", "CH"), GOOD, "NOERROR", "REFUSED"),
    "class ANY": (ask(rdclass="ANY"), "FORMERR", "NOERROR", "REFUSED"),
    "class NONE": (ask(rdclass="NONE"), "FORMERR", f"REFUSED {BARE}", "REFUSED"),
    "an unknown type": (ask(rdtype="TYPE65400"), GOOD),
    "type 0": (ask(rdtype="TYPE0"), GOOD),
    # named gives all it has, nsd one set (RFC 8482 §4.1).
    "ANY": (ask(rdtype="ANY"), GOOD, GOOD, "NOTIMP"),
    "MAILB": (ask(rdtype="MAILB"), "NOTIMP", GOOD, "NOTIMP"),
    "OPT": (ask(rdtype="OPT"), "FORMERR", GOOD, "NOTIMP"),
    "TSIG": (ask(rdtype="TSIG"), "FORMERR", GOOD, "NOTIMP"),
}

CASES = [
    pytest.param(packet, said[at % len(said)], name, id=f"{what}, {name}")
    for what, (packet, *said) in ROWS.items()
    for at, name in enumerate(SERVERS)
]


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, int]]:
    """Run named and nsd with the zones."""
    folder = tmp_path_factory.mktemp
    with (
        serving("named", ZONES, folder("named")) as named,
        serving("nsd", ZONES, folder("nsd")) as nsd,
    ):
        yield {"named": named, "nsd": nsd}


@pytest.mark.parametrize(("packet", "said", "by"), CASES)
def test_an_odd_query(ports: dict[str, int], packet: bytes, said: str, by: str) -> None:
    answer = _lab(packet) if by == "lab" else _exchange(ports[by], packet, silent=said == "silence")
    assert _shown(answer) == said


@pytest.mark.parametrize(
    ("by", "owners"),
    [
        # named writes names as the zone file has them, and so does not point to the question.
        ("named", {"www.example.com.", "mail.example.com.", "example.com."}),
        # nsd and the lab compress against the question, and so repeat its case.
        ("nsd", {"wWw.ExAmPlE.cOm.", "mail.ExAmPlE.cOm.", "ExAmPlE.cOm."}),
        ("lab", {"wWw.ExAmPlE.cOm.", "mail.ExAmPlE.cOm.", "ExAmPlE.cOm."}),
    ],
)
def test_the_case_of_names(ports: dict[str, int], by: str, owners: set[str]) -> None:
    """All repeat the question octet for octet; owners are in the server's case, or the question's.

    Resolvers ask in mixed case to be harder to deceive; a client compares owners without case.
    """
    packet = ask("wWw.ExAmPlE.cOm", "A")
    answer = _lab(packet) if by == "lab" else _exchange(ports[by], packet)
    assert answer is not None
    message = dns.message.from_wire(answer)
    assert answer[12 : len(packet) - len(OPT)] == packet[12 : -len(OPT)]
    assert {rrset.name.to_text() for rrset in (*message.answer, *message.authority)} == owners


def _lab(packet: bytes) -> bytes | None:
    return respond(AuthoritativeServer(Server("ns1", (), lab_zones())), packet, "udp")


def _exchange(port: int, packet: bytes, *, silent: bool = False) -> bytes | None:
    """Send *packet* and return what comes, None if nothing does.

    Who expects silence asks something ordinary behind it, which tells when nothing more will come:
    both programs answer one socket in the order of its questions.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(5)
        client.connect(("127.0.0.1", port))
        client.send(packet)
        behind = ask("nothing.example.com")
        if silent:
            client.send(behind)
        answer = client.recv(65535)
    return None if silent and answer[:2] == behind[:2] else answer


def _shown(answer: bytes | None) -> str:
    if answer is None:
        return "silence"
    message = dns.message.from_wire(answer)
    words = [dns.rcode.to_text(message.rcode())]
    words += [dns.flags.to_text(message.flags & (dns.flags.AA | dns.flags.CD))]
    words += ["cookie" for option in message.options if option.otype == dns.edns.OptionType.COOKIE]
    words += [] if message.question else [BARE]
    return " ".join(filter(None, words))
