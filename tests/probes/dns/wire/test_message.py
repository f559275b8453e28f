"""What a DNS response says: facts where it says something, and why not where it says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import dns.edns
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rrset
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailcheck.facts.aliases import is_unfinished
from mailcheck.facts.dns import DnsAnswer, Reply, Source, name_server
from mailcheck.probes.dns.wire.message import MAX_RECORDS, read_response, read_wire
from mailcheck.probes.dns.wire.query import Query
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from random import Random

SOURCE = Source("192.0.2.1", milliseconds=3)

SOA = "example.com. 300 IN SOA ns1.example.com. hostmaster.example.com. 1 2 3 4 300"
NS = "example.com. 300 IN NS ns1.example.com."


def query(asked: str, *, recursive: bool = True) -> Query:
    """Return the query that *asked* spells."""
    name, rdtype = asked.split()
    return Query(name, rdtype, recursive)


def response(
    asked: str,
    answer: str = "",
    authority: str = "",
    additional: str = "",
    *,
    rcode: dns.rcode.Rcode = dns.rcode.NOERROR,
    flags: str = "RA",
    options: tuple[dns.edns.Option, ...] = (),
) -> dns.message.Message:
    """Return a response as the wire brings it; sections are zone-file lines separated by ``|``."""
    asking = dns.message.from_wire(bytes(2) + query(asked).wire)
    message = dns.message.make_response(asking, recursion_available=False)
    message.flags = dns.flags.from_text(f"QR RD {flags}")
    message.use_edns(0, options=list(options))
    message.set_rcode(rcode)
    for section, text in (
        (message.answer, answer),
        (message.authority, authority),
        (message.additional, additional),
    ):
        for line in filter(None, map(str.strip, text.split("|"))):
            owner, ttl, rdclass, rdtype, rdata = line.split(maxsplit=4)
            section.append(dns.rrset.from_text(owner, int(ttl), rdclass, rdtype, rdata))
    return dns.message.from_wire(message.to_wire(max_size=65535))


def read(asked: str, *sections: str, recursive: bool = True, **given: Any) -> Any:
    """Read a response to *asked*; see :func:`response`."""
    return read_response(
        query(asked, recursive=recursive), response(asked, *sections, **given), SOURCE
    )


def ending(said: DnsAnswer | Unobserved) -> str:
    """Return a status and its records, or the cause in capitals."""
    if isinstance(said, Unobserved):
        return said.cause.upper()
    return " ".join([said.status, *said.texts])


# ── response codes ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("rcode", list(dns.rcode.Rcode), ids=lambda rcode: rcode.name)
@pytest.mark.parametrize("recursive", [True, False], ids=["resolver", "authority"])
def test_every_rcode_says_something_or_is_a_cause(
    rcode: dns.rcode.Rcode,
    recursive: bool,  # noqa: FBT001  a column of the table
) -> None:
    facts = {dns.rcode.NOERROR: "nodata", dns.rcode.NXDOMAIN: "nxdomain"}
    if not recursive:
        facts[dns.rcode.REFUSED] = "refused"
    said = read("example.com MX", rcode=rcode, flags="RA AA", recursive=recursive)
    assert ending(said) == facts.get(rcode, dns.rcode.to_text(rcode))


def test_an_rcode_nobody_has_assigned_is_a_cause() -> None:
    assert ending(read("example.com MX", rcode=cast("Any", 3000))) == "RCODE-3000"


@pytest.mark.parametrize("rcode", [dns.rcode.SERVFAIL, dns.rcode.REFUSED, dns.rcode.FORMERR])
def test_records_beside_a_failure_are_not_believed(rcode: dns.rcode.Rcode) -> None:
    said = read("example.com A", "example.com. 60 IN A 192.0.2.80", rcode=rcode)
    assert ending(said) == dns.rcode.to_text(rcode)


def test_a_failure_names_who_failed_and_how_to_see_it() -> None:
    asked = query("example.com MX")
    source = Reply(
        name_server("192.0.2.1"), recursive=True, transport="UDP", milliseconds=3
    ).source("example.com", "MX")
    failed = response("example.com MX", rcode=dns.rcode.SERVFAIL)
    said = read_response(asked, failed, source)
    assert isinstance(said, Unobserved)
    [line] = said.evidence
    assert str(line) == "example.com MX → SERVFAIL, from 192.0.2.1"
    assert line.command == "dig @192.0.2.1 example.com MX"
    assert "the resolver tried and failed" in said.text


# ── what is there, and what is not ───────────────────────────────────────────────────────────

WWW = "www.example.com. 60 IN CNAME web.example.net."


def chain(length: int) -> str:
    """Return *length* aliases, each of the next."""
    return " | ".join(f"n{i}.example. 60 IN CNAME n{i + 1}.example." for i in range(length))


@pytest.mark.parametrize(
    ("asked", "sections", "expected"),
    [
        pytest.param(
            "example.com MX",
            ("example.com. 60 IN MX 10 Mail.example.com.",),
            "data 10 mail.example.com.",
            id="data",
        ),
        pytest.param(
            "example.com MX",
            ("EXAMPLE.com. 60 IN MX 10 mail.example.com.",),
            "data 10 mail.example.com.",
            id="owner in another case",
        ),
        pytest.param("example.com MX", ("", SOA), "nodata", id="nodata with SOA"),
        pytest.param("example.com MX", (), "nodata", id="nodata without SOA, as stubs pass it on"),
        pytest.param("example.com MX", ("", f"{SOA} | {NS}"), "nodata", id="nodata, SOA and NS"),
        pytest.param(
            "example.com MX",
            ("example.org. 60 IN MX 10 evil.example.org.",),
            "MALFORMED",
            id="answer for another name",
        ),
        pytest.param(
            "example.com MX", ("example.com. 60 IN A 192.0.2.80",), "MALFORMED", id="another type"
        ),
        pytest.param(
            "example.com A", ("example.com. 60 CH A a.example. 1",), "MALFORMED", id="another class"
        ),
        pytest.param(
            "example.com A",
            ("", SOA, "example.com. 60 IN A 192.0.2.80"),
            "MALFORMED",
            id="record in the additional section only",
        ),
        pytest.param(
            "example.com A",
            ("", "example.com. 60 IN A 192.0.2.80"),
            "MALFORMED",
            id="record in the authority section only",
        ),
        pytest.param(
            "www.example.com A",
            (WWW, SOA, "web.example.net. 60 IN A 192.0.2.80"),
            "MALFORMED",
            id="record of the alias in the additional section only",
        ),
        pytest.param(
            "www.example.com A",
            (f"{WWW} | web.example.net. 60 IN A 192.0.2.80",),
            "data 192.0.2.80",
            id="alias, complete",
        ),
        pytest.param(
            "www.example.com A",
            (f"web.example.net. 60 IN A 192.0.2.80 | {WWW}",),
            "data 192.0.2.80",
            id="alias, in odd order",
        ),
        pytest.param(
            "www.example.com A",
            (f"{WWW} | www.example.net. 60 IN A 192.0.2.80",),
            "nodata",
            id="alias, and a record off its way",
        ),
        pytest.param(
            "www.example.com CNAME", (WWW,), "data web.example.net.", id="the alias itself asked"
        ),
        pytest.param("www.example.com A", (WWW,), "nodata", id="alias, unfinished"),
        pytest.param(
            "n0.example A",
            (f"{chain(1)} | n1.example. 60 IN CNAME n0.example.",),
            "ALIAS-LOOP",
            id="aliases of each other",
        ),
        pytest.param(
            "a.example A", ("a.example. 60 IN CNAME a.example.",), "ALIAS-LOOP", id="its own alias"
        ),
        pytest.param(
            "n0.example A",
            (f"{chain(15)} | n15.example. 60 IN A 192.0.2.80",),
            "data 192.0.2.80",
            id="fifteen aliases",
        ),
        pytest.param(
            "n0.example A",
            (f"{chain(16)} | n16.example. 60 IN A 192.0.2.80",),
            "ALIAS-CHAIN-TOO-LONG",
            id="sixteen aliases",
        ),
    ],
)
def test_what_a_resolver_says(asked: str, sections: tuple[str, ...], expected: str) -> None:
    assert ending(read(asked, *sections)) == expected


def test_an_alias_of_nothing_says_who_denies_what() -> None:
    soa = "example.net. 300 IN SOA ns1.example.net. root.example.net. 1 2 3 4 300"
    said = read("www.example.com A", WWW, soa, rcode=dns.rcode.NXDOMAIN)
    assert ending(said) == "nxdomain"
    assert (said.aliases, said.denier) == (("web.example.net",), "example.net")
    [line] = said.evidence
    assert line.result == "alias of web.example.net → NXDOMAIN (denied by example.net)"


def test_a_name_that_does_not_exist_and_has_records_is_no_answer() -> None:
    said = read("example.com A", "example.com. 60 IN A 192.0.2.80", rcode=dns.rcode.NXDOMAIN)
    assert ending(said) == "MALFORMED"


@pytest.mark.parametrize(
    ("authority", "denier"),
    [
        pytest.param("", "", id="no SOA"),
        pytest.param(SOA, "example.com", id="SOA of the zone"),
        pytest.param("COM. 300 IN SOA a. b. 1 2 3 4 300", "com", id="SOA of the parent"),
        pytest.param("example.com. 300 CH SOA a. b. 1 2 3 4 300", "", id="SOA of another class"),
    ],
)
def test_the_denier_is_the_owner_of_the_soa(authority: str, denier: str) -> None:
    said = read("example.com MX", "", authority, rcode=dns.rcode.NXDOMAIN)
    assert said.denier == denier


def test_data_has_no_denier() -> None:
    assert read("example.com A", "example.com. 60 IN A 192.0.2.80", SOA).denier == ""


def test_the_ttl_is_the_shortest_of_the_chain() -> None:
    answer = "a.example. 30 IN CNAME b.example. | b.example. 3600 IN A 192.0.2.80"
    assert read("a.example A", answer).ttl == 30


def test_records_are_the_same_whatever_their_order() -> None:
    lines = [f"example.com. 60 IN MX {n} mx{n}.example.com." for n in (10, 20, 30)]
    forwards = read("example.com MX", " | ".join(lines))
    assert forwards == read("example.com MX", " | ".join(reversed(lines)))
    assert len(forwards.records) == 3


# ── flags ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("flags", "recursive", "expected"),
    [
        pytest.param("RA", True, "nodata", id="resolver"),
        pytest.param("", True, "NO-RECURSION", id="resolver that does not resolve"),
        pytest.param("AA", True, "nodata", id="authority asked as a resolver"),
        pytest.param("AA", False, "nodata", id="authority"),
        pytest.param("AA RA", False, "nodata", id="authority that resolves too"),
        pytest.param("", False, "LAME", id="server without the zone"),
        pytest.param("RA", False, "LAME", id="resolver asked for authority"),
        pytest.param("TC RA", True, "TRUNCATED", id="cut over TCP"),
        pytest.param("TC AA", False, "TRUNCATED", id="authority, cut over TCP"),
    ],
)
@pytest.mark.parametrize("rcode", [dns.rcode.NOERROR, dns.rcode.NXDOMAIN], ids=["none", "denied"])
def test_who_may_deny(
    flags: str,
    recursive: bool,  # noqa: FBT001  a column of the table
    expected: str,
    rcode: dns.rcode.Rcode,
) -> None:
    said = read("example.com MX", rcode=rcode, flags=flags, recursive=recursive)
    denied = {"nodata": "nxdomain"} if rcode == dns.rcode.NXDOMAIN else {}
    assert ending(said) == denied.get(expected, expected)


def test_records_of_a_cut_answer_are_not_taken_for_all() -> None:
    said = read("example.com MX", "example.com. 60 IN MX 10 mail.example.com.", flags="TC RA")
    assert ending(said) == "TRUNCATED"


@pytest.mark.parametrize(
    ("flags", "authoritative", "authenticated"),
    [("RA", False, False), ("RA AA", True, False), ("RA AD", False, True), ("AA AD", True, True)],
)
def test_flags_are_kept_and_shown(
    flags: str,
    authoritative: bool,  # noqa: FBT001  a column of the table
    authenticated: bool,  # noqa: FBT001  a column of the table
) -> None:
    said = read("example.com A", "example.com. 60 IN A 192.0.2.80", flags=flags)
    assert (said.authoritative, said.authenticated) == (authoritative, authenticated)
    source = said.evidence[0].source
    assert ("authoritative" in source, "validated" in source) == (authoritative, authenticated)


# ── referrals ────────────────────────────────────────────────────────────────────────────────

CUT = "sub.example.com. 300 IN NS ns1.sub.example.com. | sub.example.com. 300 IN NS ns.example.net."
CUT_AS_ONE = CUT.replace("ns.example.net.", "NS.example.net.")


def two_servers(asked: str, additional: str = "", *, recursive: bool = False) -> Any:
    """Read a referral of two servers."""
    message = response(asked, "", CUT_AS_ONE, additional, flags="")
    return read_response(query(asked, recursive=recursive), message, SOURCE)


def test_a_referral_names_the_cut_and_its_servers() -> None:
    said = two_servers("www.sub.example.com MX")
    assert (said.status, said.cut) == ("referral", "sub.example.com")
    assert said.delegated_to == ("ns.example.net", "ns1.sub.example.com")
    assert said.evidence[0].result == (
        "referral for sub.example.com to ns.example.net, ns1.sub.example.com"
    )


@pytest.mark.parametrize(
    ("additional", "glue"),
    [
        pytest.param("", (), id="none"),
        pytest.param(
            "ns1.sub.example.com. 60 IN A 192.0.2.53 | ns.example.net. 60 IN AAAA 2001:db8::53",
            (
                name_server("192.0.2.53", "ns1.sub.example.com"),
                name_server("2001:db8::53", "ns.example.net"),
            ),
            id="of the servers named",
        ),
        pytest.param("www.example.com. 60 IN A 192.0.2.80", (), id="of somebody else"),
        pytest.param("ns.example.net. 60 IN TXT 192.0.2.80", (), id="of another type"),
        pytest.param("ns.example.net. 60 CH A a.example. 1", (), id="of another class"),
        pytest.param(r"ns.example.net. 60 CLASS9 A \# 4 c0000235", (), id="of an unknown class"),
    ],
)
def test_glue_counts_for_the_servers_of_the_referral(additional: str, glue: Any) -> None:
    said = two_servers("www.sub.example.com MX", additional)
    assert [(g.address, g.name) for g in said.glue] == [(g.address, g.name) for g in glue]


def test_a_referral_from_a_resolver_means_that_it_does_not_resolve() -> None:
    assert ending(two_servers("www.sub.example.com MX", recursive=True)) == "NO-RECURSION"
    assert ending(read("www.sub.example.com MX", "", CUT, flags="RA")) == "NO-RECURSION"


@pytest.mark.parametrize(
    ("sections", "given", "expected"),
    [
        pytest.param(("", NS), {"flags": ""}, "referral", id="down"),
        pytest.param(("", ". 300 IN NS a.root."), {"flags": ""}, "referral", id="up to the root"),
        pytest.param(("", NS), {"flags": "AA"}, "nodata", id="authoritative: not a referral"),
        pytest.param(("", f"{NS} | {SOA}"), {"flags": ""}, "LAME", id="with SOA: not a referral"),
        pytest.param(
            ("", NS),
            {"flags": "", "rcode": dns.rcode.NXDOMAIN},
            "LAME",
            id="a denial is no referral",
        ),
        pytest.param(
            ("", "example.com. 300 CH NS ns1.example.com."),
            {"flags": ""},
            "LAME",
            id="of another class",
        ),
        pytest.param(
            ("example.com. 60 IN TXT x", NS), {"flags": ""}, "MALFORMED", id="beside an answer"
        ),
    ],
)
def test_what_an_authority_refers_to(
    sections: tuple[str, ...], given: dict[str, Any], expected: str
) -> None:
    assert ending(read("example.com MX", *sections, recursive=False, **given)) == expected


ALIAS = "www.example.com. 60 IN CNAME {}."
GLUE = "ns1.sub.example.com. 60 IN A 192.0.2.53"


@pytest.mark.parametrize(
    ("asked", "sections", "given", "expected"),
    [
        pytest.param("NS", (ALIAS.format("sub.example.com"), CUT, GLUE), {}, "", id="the cut"),
        pytest.param("A", (ALIAS.format("ns1.sub.example.com"), CUT, GLUE), {}, "", id="glue"),
        pytest.param("A", (ALIAS.format("a.sub.example.com"), CUT, GLUE), {}, "", id="below"),
        pytest.param(
            "NS",
            (ALIAS.format("sub.example.com"), f"{CUT} | {SOA}"),
            {},
            "MALFORMED",
            id="a denial, and the records",
        ),
        pytest.param(
            "NS",
            (ALIAS.format("sub.example.com"), CUT),
            {"rcode": dns.rcode.NXDOMAIN},
            "MALFORMED",
            id="no such name, and the records",
        ),
        pytest.param(
            "A",
            (ALIAS.format("ns1.sub.example.net"), CUT, GLUE.replace(".com", ".net")),
            {},
            "MALFORMED",
            id="not below the cut",
        ),
        pytest.param(
            "NS", (ALIAS.format("sub.example.com"), CUT), {"flags": ""}, "LAME", id="no authority"
        ),
        pytest.param(
            "NS",
            (ALIAS.format("sub.example.com"), CUT),
            {"flags": "RA", "recursive": True},
            "MALFORMED",
            id="a resolver",
        ),
    ],
)
def test_an_alias_may_lead_to_what_is_delegated(
    asked: str, sections: tuple[str, ...], given: dict[str, Any], expected: str
) -> None:
    """The server answers with the alias and refers to the cut, which leaves open what is there."""
    how: dict[str, Any] = {"flags": "AA", "recursive": False, **given}
    said = read(f"www.example.com {asked}", *sections, **how)
    assert ending(said) == expected or (expected == "" and is_unfinished(said))


def test_an_upward_referral_says_where_it_points() -> None:
    """Who asked sees that it leads no closer to the name (RFC 7719 calls it lame)."""
    said = read("example.com MX", "", ". 300 IN NS a.root.", flags="", recursive=False)
    assert (said.cut, said.delegated_to) == (".", ("a.root",))


# ── much, and hostile ────────────────────────────────────────────────────────────────────────


def test_64_kb_of_text_are_kept_and_not_shown() -> None:
    answer = "example.com. 60 IN TXT " + " ".join(['"' + "x" * 255 + '"'] * 250)
    said = read("example.com TXT", answer)
    [text] = said.records
    assert sum(map(len, text.strings)) == 255 * 250
    assert len(str(said.evidence[0])) < 1000
    assert "characters)" in said.evidence[0].result


def test_of_very_many_records_some_are_kept_and_few_are_shown() -> None:
    lines = " | ".join(f"example.com. 60 IN A 10.0.{n // 256}.{n % 256}" for n in range(600))
    said = read("example.com A", lines)
    assert len(said.records) == MAX_RECORDS
    assert said.cut_short
    assert said.evidence[0].result.endswith("10.0.0.19 | … and more than 480")


@pytest.mark.parametrize(
    ("option", "shown"),
    [
        pytest.param(
            dns.edns.EDEOption(dns.edns.EDECode.DNSSEC_BOGUS, "no RRSIG"),
            "SERVFAIL (DNSSEC_BOGUS no RRSIG)",
            id="code and text",
        ),
        pytest.param(
            dns.edns.EDEOption(dns.edns.EDECode.NO_REACHABLE_AUTHORITY),
            "SERVFAIL (NO_REACHABLE_AUTHORITY)",
            id="code",
        ),
        pytest.param(
            dns.edns.EDEOption(dns.edns.EDECode.OTHER, "\x1b[2J\r\nmet"),
            r"SERVFAIL (OTHER \x1b[2J\r\nmet)",
            id="terminal escapes",
        ),
        pytest.param(
            dns.edns.EDEOption(dns.edns.EDECode.OTHER, "x" * 500),
            "SERVFAIL (OTHER " + "x" * 74 + "… (506 characters))",
            id="long",
        ),
        pytest.param(dns.edns.NSIDOption(b"dns1"), "SERVFAIL", id="another option"),
    ],
)
def test_an_extended_error_is_shown(option: dns.edns.Option, shown: str) -> None:
    said = read("example.com MX", rcode=dns.rcode.SERVFAIL, options=(option,))
    assert said.evidence[0].result == shown


HOSTILE = dns.name.Name((b"\x1b[31m\r\n<x>", b"\xff\x00", b"example", b""))


def test_names_with_control_characters_are_followed_and_shown_escaped() -> None:
    message = response("a.example A")
    message.answer += [
        dns.rrset.from_rdata(
            "a.example.",
            60,
            dns.rdata.from_text("IN", "CNAME", HOSTILE.to_text()),
        ),
        dns.rrset.from_rdata(HOSTILE, 60, dns.rdata.from_text("IN", "A", "192.0.2.80")),
    ]
    wired = dns.message.from_wire(message.to_wire(max_size=65535))
    said = read_response(query("a.example A"), wired, SOURCE)
    assert ending(said) == "data 192.0.2.80"
    assert str(said.evidence[0]).isprintable()


# ── against dnspython, and against noise ─────────────────────────────────────────────────────

NAMES = [f"n{i}.example." for i in range(5)]
OWNERS = st.sampled_from(NAMES)
RECORDS = st.one_of(
    st.builds("{} {} IN CNAME {}".format, OWNERS, st.integers(0, 99), OWNERS),
    st.builds("{} {} IN A 192.0.2.{}".format, OWNERS, st.integers(0, 99), st.integers(0, 3)),
    st.builds("{} {} IN TXT x".format, OWNERS, st.integers(0, 99)),
)


@given(
    st.lists(RECORDS, max_size=8),
    st.sampled_from(["A", "CNAME", "TXT"]),
    st.sampled_from([dns.rcode.NOERROR, dns.rcode.NXDOMAIN]),
)
def test_aliases_lead_where_dnspython_says(
    lines: list[str], rdtype: str, rcode: dns.rcode.Rcode
) -> None:
    """Loops, branches and dead ends included."""
    asked = f"n0.example {rdtype}"
    message = response(asked, " | ".join(lines), rcode=rcode)
    said = read_response(query(asked), message, SOURCE)
    try:
        theirs = cast("dns.message.QueryMessage", message).resolve_chaining()
    except dns.message.ChainTooLong:
        assert ending(said) == "ALIAS-LOOP"
    except dns.message.AnswerForNXDOMAIN:
        assert ending(said) == "MALFORMED"
    else:
        if message.answer and not theirs.cnames and not theirs.answer:
            assert ending(said) == "MALFORMED"  # it answers what was not asked
            return
        assert isinstance(said, DnsAnswer)
        targets = [cname[0].target.to_text(omit_final_dot=True) for cname in theirs.cnames]
        assert list(said.aliases) == targets
        assert set(said.records) == set(theirs.answer or ())
        if theirs.answer:
            assert said.ttl == theirs.minimum_ttl


PACKETS = [
    response(
        "www.example.com A",
        f"{WWW} | web.example.net. 60 IN A 192.0.2.80",
        options=(dns.edns.EDEOption(dns.edns.EDECode.OTHER, "text"),),
    ).to_wire(),
    response("www.example.com MX", "", SOA, rcode=dns.rcode.NXDOMAIN).to_wire(),
    response(
        "www.sub.example.com MX",
        "",
        CUT,
        "ns1.sub.example.com. 60 IN A 192.0.2.53 | ns.example.net. 60 IN AAAA 2001:db8::53",
        flags="",
    ).to_wire(),
    response("example.com TXT", 'example.com. 60 IN TXT "a" "b"', flags="AA").to_wire(),
]


def survives(wire: bytes) -> None:
    """Read *wire* as the probe does; what its parser raises is what the probe translates."""
    try:
        message = dns.message.from_wire(wire)
    except (dns.exception.DNSException, ValueError):
        return
    for asked in ("www.example.com A", "www.sub.example.com MX", "example.com TXT"):
        for recursive in (True, False):
            said = read_response(query(asked, recursive=recursive), message, SOURCE)
            assert isinstance(said, DnsAnswer | Unobserved)
            assert all(str(line).isprintable() for line in said.evidence)


@given(
    st.sampled_from(PACKETS),
    st.lists(st.tuples(st.integers(0, 300), st.integers(0, 255)), max_size=6),
    st.integers(0, 3),
)
def test_a_packet_with_wrong_octets_brings_nothing_down(
    packet: bytes, changes: list[tuple[int, int]], lost: int
) -> None:
    octets = bytearray(packet)
    for where, octet in changes:
        octets[where % len(octets)] = octet
    survives(bytes(octets[: len(octets) - lost]))


@given(st.binary(max_size=100), st.integers(0, 15), st.integers(0, 255))
@example(b"", 0, 0)
def test_noise_brings_nothing_down(noise: bytes, opcode: int, counts: int) -> None:
    """Behind a header that says response, so that not all of it is refused at once."""
    header = bytes([0, 1, 0x80 | opcode << 3, 0x80, 0, counts & 1])
    header += bytes([0, counts >> 1 & 3, 0, counts >> 3 & 3, 0, counts >> 5 & 3])
    survives(header + noise)
    survives(noise)


@given(st.randoms(use_true_random=False))
def test_the_order_of_records_says_nothing(chance: Random) -> None:
    message = response(
        "a.example A",
        " | ".join(f"a.example. 60 IN A 192.0.2.{n}" for n in chance.sample(range(9), 9)),
    )
    said = read_response(query("a.example A"), message, SOURCE)
    assert ending(said) == "data " + " ".join(f"192.0.2.{n}" for n in range(9))


def test_a_chain_of_pointers_is_not_followed_for_each_of_many_names() -> None:
    """An answer of 64 KB made of nothing else costs half a minute to whoever follows them all."""
    header = bytes.fromhex("0000 8180 0001 0002 0000 0000")
    question = b"\x07example\x03com\x00" + bytes.fromhex("000f 0001")
    begins = len(header + question) + 12  # behind owner, type, class, TTL and length
    pointers = [12, *range(begins, begins + 998, 2)]
    chain = b"".join((0xC000 | at).to_bytes(2) for at in pointers)
    unknown = bytes.fromhex("c00c 000a 0001 0000003c") + len(chain).to_bytes(2) + chain
    last = (0xC000 | begins + len(chain) - 2).to_bytes(2)
    mx = last + bytes.fromhex("000f 0001 0000003c 0004 000a") + last
    said = read_wire(query("example.com MX"), header + question + unknown + mx, SOURCE)
    assert isinstance(said, Unobserved)
    assert said.cause == "malformed"
