"""The short way to an answer says what dnspython says, or nothing: of any packet."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import dns.edns
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rrset
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mailcheck.facts.dns import DnsAnswer, Reply, name_server
from mailcheck.probes.dns.wire.matching import same_question
from mailcheck.probes.dns.wire.message import MAX_RECORDS, read_wire
from mailcheck.probes.dns.wire.ordinary import read_ordinary
from mailcheck.probes.dns.wire.query import Query
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Iterable

SERVER = name_server("192.0.2.1")
SOA = "example.com. 300 IN SOA ns1.example.com. hostmaster.example.com. 1 2 3 4 300"


def query(asked: str, *, recursive: bool = True) -> Query:
    """Return the query that *asked* spells."""
    name, rdtype = asked.split()
    return Query(name, rdtype, recursive)


def packet(
    asked: str,
    *sections: str,
    rcode: dns.rcode.Rcode = dns.rcode.NOERROR,
    flags: str = "RA",
    options: tuple[dns.edns.Option, ...] | None = (),
) -> bytes:
    """Return a response; sections are zone-file lines separated by ``|``."""
    message = dns.message.make_response(dns.message.from_wire(bytes(2) + query(asked).wire))
    message.flags = dns.flags.from_text(f"QR RD {flags}")
    message.use_edns(False if options is None else 0, options=list(options or ()))
    message.set_rcode(rcode)
    for section, text in zip(message.sections[1:], sections, strict=False):
        for line in filter(None, map(str.strip, text.split("|"))):
            owner, ttl, rdclass, rdtype, rdata = line.split(maxsplit=4)
            section.append(dns.rrset.from_text(owner, int(ttl), rdclass, rdtype, rdata))
    return message.to_wire(max_size=65535)


def both(asked: Query, wire: bytes) -> tuple[DnsAnswer | None, DnsAnswer | Unobserved]:
    """Read *wire* the short way and the long one."""
    reply = Reply(SERVER, asked.recursive, "UDP", 3.0)
    short = read_ordinary(asked, wire, reply)
    return short, read_wire(asked, wire, reply.source(asked.name, asked.rdtype))


def agree(asked: Query, wire: bytes) -> bool:
    """Whether the short way knows an answer; if so it is the same, to the last record."""
    short, whole = both(asked, wire)
    if short is None:
        return False
    assert short == whole
    assert hash(short) == hash(whole)
    assert short.evidence == whole.evidence
    assert repr(short) == repr(whole)
    return True


WWW = "www.example.com. 60 IN CNAME web.example.net."

ORDINARY = [
    pytest.param("example.com MX", ("example.com. 60 IN MX 10 Mail.example.com.",), {}, id="MX"),
    pytest.param(
        "example.com MX",
        (" | ".join(f"example.com. {n} IN MX {n} mx{n}.example.com." for n in (30, 10, 20, 10)),),
        {},
        id="several, one twice, each with a TTL of its own",
    ),
    pytest.param(
        "example.com A",
        ("example.com. 60 IN A 192.0.2.80", "example.com. 60 IN NS ns1.example.com."),
        {"flags": "AA"},
        id="A with authority",
    ),
    pytest.param(
        "example.com MX",
        (
            "example.com. 60 IN MX 10 mail.example.com.",
            "example.com. 60 IN NS ns1.example.com. | example.com. 60 IN NS ns2.example.net.",
            "mail.example.com. 60 IN A 192.0.2.25 | mail.example.com. 60 IN AAAA 2001:db8::25",
        ),
        {},
        id="all sections",
    ),
    pytest.param("example.com AAAA", ("example.com. 60 IN AAAA 2001:db8::80",), {}, id="AAAA"),
    pytest.param("example.com TXT", ('example.com. 60 IN TXT "a" "" "b"',), {}, id="TXT"),
    pytest.param("example.com SOA", (SOA,), {"flags": "AA AD"}, id="SOA"),
    pytest.param(
        "1.2.0.192.in-addr.arpa PTR", ("1.2.0.192.in-addr.arpa. 6 IN PTR a.b.",), {}, id="PTR"
    ),
    pytest.param("example.com NS", ("example.com. 60 IN NS ns1.example.com.",), {}, id="NS"),
    pytest.param("www.example.com CNAME", (WWW,), {}, id="CNAME asked for"),
    pytest.param(
        "www.example.com A", (f"{WWW} | web.example.net. 30 IN A 192.0.2.80",), {}, id="alias"
    ),
    pytest.param(
        "www.example.com A", (f"web.example.net. 90 IN A 192.0.2.80 | {WWW}",), {}, id="odd order"
    ),
    pytest.param("www.example.com A", (WWW,), {}, id="alias, unfinished"),
    pytest.param("www.example.com A", (WWW, SOA), {"rcode": dns.rcode.NXDOMAIN}, id="of nothing"),
    pytest.param("example.com MX", ("", SOA), {}, id="NODATA"),
    pytest.param("example.com MX", (), {}, id="NODATA without SOA"),
    pytest.param("example.com MX", ("", SOA), {"rcode": dns.rcode.NXDOMAIN}, id="NXDOMAIN"),
    pytest.param("example.com MX", ("", SOA), {"flags": "AA"}, id="NODATA of an authority"),
    pytest.param("example.com A", ("EXAMPLE.com. 60 IN A 192.0.2.1",), {}, id="another case"),
    pytest.param(
        "example.com A", ("example.com. 60 IN A 192.0.2.1",), {"options": None}, id="no EDNS"
    ),
    pytest.param(". NS", (". 60 IN NS a.root-servers.net.",), {}, id="the root"),
    pytest.param(r"a\.b.example TXT", (r'a\.b.example. 60 IN TXT "x"',), {}, id="a dot in a label"),
]

STRANGE = [
    pytest.param("example.com MX", (), {"rcode": dns.rcode.SERVFAIL}, id="SERVFAIL"),
    pytest.param("example.com MX", (), {"rcode": dns.rcode.BADVERS}, id="BADVERS"),
    pytest.param("example.com MX", (), {"flags": "TC RA"}, id="truncated"),
    pytest.param("example.com MX", (), {"flags": ""}, id="no recursion"),
    pytest.param("example.com A", ("example.com. 60 CH A a.example. 1",), {}, id="another class"),
    pytest.param("example.com MX", ("example.com. 60 IN A 192.0.2.1",), {}, id="another type"),
    pytest.param(
        "example.com A",
        ("example.com. 60 IN A 192.0.2.1",),
        {"rcode": dns.rcode.NXDOMAIN},
        id="denied data",
    ),
    pytest.param(
        "www.sub.example.com A", ("", "sub.example.com. 60 IN NS a.b."), {}, id="referral"
    ),
    pytest.param("example.com CAA", ('example.com. 60 IN CAA 0 issue "x"',), {}, id="a rare type"),
    pytest.param(
        "example.com A",
        ("example.com. 60 IN A 192.0.2.1",),
        {"options": (dns.edns.NSIDOption(b"dns1"),)},
        id="an option",
    ),
    pytest.param(
        "a.example CNAME",
        ("", "", "a.example. 60 IN CNAME b.example."),
        {},
        id="a denial of what it holds",
    ),
    pytest.param(
        "a.example A",
        ("a.example. 60 IN CNAME b.example. | b.example. 60 IN CNAME a.example.",),
        {},
        id="a loop",
    ),
    pytest.param(
        "example.com A",
        (
            " | ".join(
                f"example.com. 60 IN A 10.0.{n // 256}.{n % 256}" for n in range(MAX_RECORDS + 1)
            ),
        ),
        {},
        id="too many",
    ),
]


@pytest.mark.parametrize(("asked", "sections", "given"), ORDINARY)
def test_an_ordinary_response_takes_the_short_way(
    asked: str, sections: tuple[str, ...], given: dict[str, Any]
) -> None:
    wire = packet(asked, *sections, **given)
    assert agree(query(asked, recursive=given.get("flags") != "AA"), wire)


@pytest.mark.parametrize(("asked", "sections", "given"), STRANGE)
def test_a_strange_one_is_left_to_dnspython(
    asked: str, sections: tuple[str, ...], given: dict[str, Any]
) -> None:
    wire = packet(asked, *sections, **given)
    assert not agree(query(asked), wire)


CASES: list[Any] = [case.values for case in (*ORDINARY, *STRANGE)]
PACKETS = [(asked, packet(asked, *said, **given)) for asked, said, given in CASES]


def test_the_question_may_come_back_in_capitals() -> None:
    wire = packet("example.com MX", "example.com. 60 IN MX 10 mail.example.com.")
    assert agree(query("example.com MX"), wire.replace(b"\x07example", b"\x07eXAmple", 1))


@settings(max_examples=300)
@given(
    st.sampled_from(PACKETS),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=4),
    st.integers(0, 3),
    st.binary(max_size=3),
    st.booleans(),
)
def test_wrong_octets_make_no_difference(
    sent: tuple[str, bytes],
    changes: list[tuple[int, int]],
    lost: int,
    added: bytes,
    recursive: bool,  # noqa: FBT001  a drawn value
) -> None:
    asked, wire = sent
    octets = bytearray(wire)
    for where, octet in changes:
        octets[2 + where % (len(octets) - 2)] = octet
    changed = bytes(octets[: len(octets) - lost]) + added
    asking = query(asked, recursive=recursive)
    if same_question(asking, changed):
        agree(asking, changed)


NAMES = st.sampled_from(
    [
        *(bytes((0xC0, at)) for at in (0x0C, 0x0E, 0x10, 0x12, 0x18, 0x1A, 0x1B, 0x29, 0x2B, 0xFF)),
        *(
            b"\x00",
            b"\x01n\x00",
            b"\x01N\xc0\x0c",
            b"\x01n\xc0\x2b",
            b"\x02n",
            b"\x40n\x00",
            b"\x80",
        ),
        *(b"\x3f" + b"x" * 63, b"\x05mail1\x07example\x03com\x00", b"\x01n\x01n\xc0\x0e"),
    ]
)
"""Names: whole, compressed, pointing at names, into names, forwards and at themselves."""

DATA = st.one_of(
    st.binary(max_size=20),
    NAMES,
    st.builds(lambda preference, name: preference + name, st.just(b"\0\x0a"), NAMES),
    st.builds(lambda one, other, rest: one + other + rest, NAMES, NAMES, st.just(bytes(20))),
    st.sampled_from([b"\xc0\x00\x02\x01", b"\xc0\x00\x02\x01\x00", b"\x01a\x02bc", b"", bytes(16)]),
)
TYPES = st.sampled_from([1, 2, 5, 6, 12, 15, 16, 28, 41, 46, 257])


@st.composite
def records(draw: st.DrawFn) -> bytes:
    """Draw one record that is nearly well-formed."""
    data = draw(DATA)
    length = max(0, len(data) + draw(st.sampled_from([0, 0, 0, 0, 0, 1, -1])))
    ttl = draw(st.sampled_from([0, 60, 0x7FFFFFFF, 0x80000000, 0x01000000]))
    rdclass = draw(st.sampled_from([1, 1, 1, 1, 3, 1232]))
    return (
        draw(NAMES)
        + draw(TYPES).to_bytes(2, "big")
        + rdclass.to_bytes(2, "big")
        + ttl.to_bytes(4, "big")
        + length.to_bytes(2, "big")
        + data
    )


A_RECORD = b"\xc0\x0c\0\x01\0\x01\0\0\0\x3c\0\x04\0\0\x02\x01"
"""Its first octet of data is an end to a name that leads astray from the class of the question."""


@settings(max_examples=500)
@given(
    st.sampled_from(["n.example MX", "n.example A", "n.example CNAME", "n.example TXT"]),
    st.lists(records(), max_size=4),
    st.lists(records(), max_size=2),
    st.lists(records(), max_size=2),
    st.sampled_from([0x8180, 0x8583, 0x8100, 0x8580, 0x8183, 0x8120]),
    st.booleans(),
)
@example("n.example A", [A_RECORD, A_RECORD], [], [], 0x8180, True)  # noqa: FBT003  as it is drawn
@example("n.example A", [b"\xc0\x1a" + A_RECORD[2:], A_RECORD], [], [], 0x8180, True)  # noqa: FBT003  as it is drawn
def test_records_made_to_mislead_make_no_difference(  # noqa: PLR0917  drawn values
    asked: str,
    answers: list[bytes],
    authorities: list[bytes],
    additionals: list[bytes],
    flags: int,
    recursive: bool,  # noqa: FBT001  a drawn value
) -> None:
    asking = query(asked, recursive=recursive)
    counts = [1, len(answers), len(authorities), len(additionals)]
    header = bytes(2) + flags.to_bytes(2, "big") + b"".join(n.to_bytes(2, "big") for n in counts)
    agree(asking, header + asking.question + joined(answers, authorities, additionals))


def test_a_long_chain_of_pointers_is_left_to_dnspython() -> None:
    asking = query("n.example A")
    text = bytearray()
    last, at = 12, 12 + len(asking.question) + len(b"\xc0\x0c") + 10
    for _ in range(20):
        text.append(254)
        for _ in range(127):
            here = at + len(text)
            text += (0xC000 | last).to_bytes(2, "big")
            last = here
    txt = b"\xc0\x0c\0\x10\0\x01\0\0\0\x3c" + len(text).to_bytes(2, "big") + text
    owner = (0xC000 | last).to_bytes(2, "big")
    header = bytes(2) + b"\x81\x80\0\x01\0\x02\0\0\0\0"
    assert not agree(asking, header + asking.question + txt + owner + A_RECORD[2:])


@pytest.mark.parametrize("names", [15, 16, 17])
def test_names_that_point_at_each_other_are_a_chain_as_well(names: int) -> None:
    asking = query("n.example A")
    wire = bytes(2) + b"\x81\x80\0\x01\0\x01\0\0" + (names + 1).to_bytes(2, "big")
    wire += asking.question + A_RECORD
    last = 12
    for _ in range(names):
        here = len(wire)
        wire += b"\x01a" + (0xC000 | last).to_bytes(2, "big") + A_RECORD[2:]
        last = here
    wire += (0xC000 | last).to_bytes(2, "big") + A_RECORD[2:]
    assert agree(asking, wire) == (names <= 15)


def test_a_known_name_that_reaches_into_the_one_that_points_at_it_is_left_to_dnspython() -> None:
    asking = query("b PTR", recursive=False)
    wire = bytes.fromhex(
        "000184000001000000020000016200000c0001c00a000500010000012c0002c013"
        "c00c0006000100000001001ac014012ec01f" + "00" * 20
    )
    assert not agree(asking, wire)


def joined(*sections: Iterable[bytes]) -> bytes:
    """Return the octets of all records."""
    return b"".join(record for section in sections for record in section)


def test_records_are_unpacked_once_and_only_when_read() -> None:
    asked = query("example.com MX")
    wire = packet("example.com MX", "example.com. 60 IN MX 10 mail.example.com.")
    answer, _ = both(asked, wire)
    assert answer is not None
    calls: list[str] = []
    sys.setprofile(
        lambda frame, event, _: calls.append(frame.f_code.co_name) if event == "call" else None
    )
    try:
        first, second = answer.records, answer.records
    finally:
        sys.setprofile(None)
    assert first is second
    assert calls.count("unpacked") == 1


ALIAS_OF_B = b"\xc0\x0c\0\x05\0\x01\0\0\0\x3c\0\x04\x01b\xc0\x0e"
ALIAS_OF_C = ALIAS_OF_B.replace(b"\x01b", b"\x01c")


@pytest.mark.parametrize("asked", ["n.example A", "n.example CNAME"])
@pytest.mark.parametrize(
    ("aliases", "cause"),
    [
        pytest.param([ALIAS_OF_B, ALIAS_OF_C], "malformed", id="of two"),
        pytest.param([ALIAS_OF_B, ALIAS_OF_B], "", id="of one, said twice"),
    ],
)
def test_a_name_is_an_alias_of_one_other(asked: str, aliases: list[bytes], cause: str) -> None:
    """RFC 2181, section 10.1; dnspython alone would keep the last one."""
    asking = query(asked)
    header = bytes(2) + b"\x81\x80\0\x01\0\x02\0\0\0\0"
    short, said = both(asking, header + asking.question + joined(aliases))
    assert short is None
    assert getattr(said, "cause", "") == cause
