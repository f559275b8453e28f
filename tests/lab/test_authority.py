"""Answers of authoritative servers. named confirms them in tests/servers/test_lab_authority.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.flags
import dns.message
import dns.opcode
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset
import pytest

from mailcheck.lab.authority import Authority

if TYPE_CHECKING:
    from tests.lab.conftest import MakeZone

RECORDS = """\
@       MX   10 mail
@       MX   20 mx.example.net.
mail    A    192.0.2.25
mail    AAAA 2001:db8::25
www     CNAME mail
away    CNAME www.example.net.
broken  CNAME nothing
loop    CNAME pool
pool    CNAME loop
below   CNAME host.sub
a.b     A    192.0.2.3
sub     NS   ns.sub
sub     NS   ns1
ns.sub  A    192.0.2.54
"""


@pytest.fixture
def authority(make_zone: MakeZone) -> Authority:
    return Authority(
        [make_zone("example.com", RECORDS), make_zone("example.net", "www A 192.0.2.80\n")]
    )


def question(asked: str) -> dns.message.Message:
    name, rdtype = asked.split()
    return dns.message.make_query(name, rdtype)


def shown(section: list[dns.rrset.RRset]) -> list[str]:
    """Return the records of *section* as owner, type and data."""
    return sorted(
        f"{rrset.name} {dns.rdatatype.to_text(rrset.rdtype)} {record}"
        for rrset in section
        for record in rrset
    )


SOA = "example.com. SOA ns1.example.com. hostmaster.example.com. 1 7200 3600 1209600 300"


@pytest.mark.parametrize(
    ("asked", "status", "answer", "authority_section"),
    [
        pytest.param(
            "example.com MX",
            "NOERROR AA",
            ["example.com. MX 10 mail.example.com.", "example.com. MX 20 mx.example.net."],
            [],
            id="data",
        ),
        pytest.param("mail.example.com MX", "NOERROR AA", [], [SOA], id="NODATA"),
        pytest.param("no.example.com MX", "NXDOMAIN AA", [], [SOA], id="NXDOMAIN"),
        pytest.param("b.example.com A", "NOERROR AA", [], [SOA], id="empty non-terminal"),
        pytest.param(
            "www.example.com A",
            "NOERROR AA",
            ["mail.example.com. A 192.0.2.25", "www.example.com. CNAME mail.example.com."],
            [],
            id="alias",
        ),
        pytest.param(
            "www.example.com MX",
            "NOERROR AA",
            ["www.example.com. CNAME mail.example.com."],
            [SOA],
            id="alias of a name without the type",
        ),
        pytest.param(
            "broken.example.com A",
            "NXDOMAIN AA",
            ["broken.example.com. CNAME nothing.example.com."],
            [SOA],
            id="alias of no name, RFC 6604",
        ),
        pytest.param(
            "away.example.com A",
            "NOERROR AA",
            ["away.example.com. CNAME www.example.net."],
            [],
            id="alias into another zone, served here too",
        ),
        pytest.param(
            "loop.example.com A",
            "SERVFAIL AA",
            [
                "loop.example.com. CNAME pool.example.com.",
                "pool.example.com. CNAME loop.example.com.",
            ],
            [],
            id="alias loop",
        ),
        pytest.param(
            "host.sub.example.com A",
            "NOERROR",
            [],
            ["sub.example.com. NS ns.sub.example.com.", "sub.example.com. NS ns1.example.com."],
            id="referral",
        ),
        pytest.param(
            "below.example.com A",
            "NOERROR AA",
            ["below.example.com. CNAME host.sub.example.com."],
            ["sub.example.com. NS ns.sub.example.com.", "sub.example.com. NS ns1.example.com."],
            id="alias, then a referral",
        ),
        pytest.param("example.org MX", "REFUSED", [], [], id="a zone it does not have"),
        pytest.param("com NS", "REFUSED", [], [], id="the parent of its zone"),
        pytest.param(". NS", "REFUSED", [], [], id="the root"),
        pytest.param("example.com AXFR", "REFUSED", [], [], id="zone transfer"),
        pytest.param("example.com ANY", "NOTIMP", [], [], id="ANY"),
    ],
)
def test_answers(
    authority: Authority,
    asked: str,
    status: str,
    answer: list[str],
    authority_section: list[str],
) -> None:
    """Rcode, AA, answer and authority of questions that desire recursion, as stubs ask."""
    response = authority.answer(question(asked))
    aa = " AA" if response.flags & dns.flags.AA else ""
    assert status == dns.rcode.to_text(response.rcode()) + aa
    assert answer == shown(response.answer)
    assert authority_section == shown(response.authority)
    assert not response.flags & dns.flags.RA


@pytest.mark.parametrize(
    ("asked", "additional"),
    [
        pytest.param(
            "example.com MX",
            ["mail.example.com. A 192.0.2.25", "mail.example.com. AAAA 2001:db8::25"],
            id="addresses of exchanges in the zone",
        ),
        pytest.param("x.sub.example.com A", ["ns.sub.example.com. A 192.0.2.54"], id="glue only"),
        pytest.param("www.example.com A", [], id="nothing for an alias"),
    ],
)
def test_additional_section(authority: Authority, asked: str, additional: list[str]) -> None:
    """Addresses come along where RFC 1035 §3.3 asks for them."""
    response = authority.answer(question(asked))
    assert additional == shown(response.additional)


def test_the_ds_of_a_child_is_the_parents(make_zone: MakeZone) -> None:
    """A server that has both zones answers from the parent (RFC 4035 §3.1.4.1)."""
    both = [make_zone("example.com", RECORDS), make_zone("sub.example.com", "")]
    assert shown(Authority(both).answer(question("sub.example.com DS")).authority) == [SOA]


def test_a_query_without_rd_gets_the_zones_servers(authority: Authority) -> None:
    """named's minimal-responses no-auth-recursive."""
    query = dns.message.make_query("mail.example.com", "A", flags=0)
    assert shown(authority.answer(query).authority) == ["example.com. NS ns1.example.com."]


def test_answering_changes_no_zone(authority: Authority) -> None:
    """The same question has the same answer again."""
    query = dns.message.make_query("no.example.com", "MX")
    assert authority.answer(query).to_text() == authority.answer(query).to_text()


def test_what_is_no_question() -> None:
    """Other opcodes, other classes and no question at all."""
    status = dns.message.make_query("example.com", "A")
    status.set_opcode(dns.opcode.STATUS)
    chaos = dns.message.make_query("version.bind", "TXT", dns.rdataclass.CH)
    empty = dns.message.QueryMessage()
    rcodes = [Authority([]).answer(query).rcode() for query in (status, chaos, empty)]
    assert rcodes == [dns.rcode.NOTIMP, dns.rcode.REFUSED, dns.rcode.FORMERR]
