"""What a resolver says to its clients: flags, lies, faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.edns
import dns.flags
import dns.message
import dns.rcode
import pytest

from mailcheck.lab.authority import AuthoritativeServer
from mailcheck.lab.recursion import Internet
from mailcheck.lab.resolver import RecursiveResolver

if TYPE_CHECKING:
    from tests.lab.conftest import MakeLab

LAB = """\
lab: 1
servers:
  ns1:
    address: 192.0.2.53
    zones: {example.com: a.zone}
resolvers:
  R:
    address: 8.8.8.8
"""


def ask(make_lab: MakeLab, options: str, asked: str, flags: int = dns.flags.RD) -> str:
    """Return flags, rcode and data of the resolver's answer; ``silence`` if there is none."""
    lab = make_lab(LAB + options, a="@ MX 10 mail\nlost CNAME nowhere\n")
    servers = [AuthoritativeServer(server) for server in lab.servers]
    resolver = RecursiveResolver(lab.resolvers[0], Internet(servers))
    name, rdtype = asked.split()
    answer = resolver.respond(dns.message.make_query(name, rdtype, flags=flags), "udp")
    if answer is None:
        return "silence"
    data = [str(record) for rrset in answer.answer for record in rrset]
    rcode = dns.rcode.to_text(answer.rcode())
    return " ".join([dns.flags.to_text(answer.flags), rcode, *data])


REWRITES = "    rewrites: [198.51.100.1, 2001:db8::1]\n"


@pytest.mark.parametrize(
    ("options", "asked", "said"),
    [
        pytest.param("", "example.com MX", "QR RD RA NOERROR 10 mail.example.com.", id="no AA"),
        pytest.param("", "no.example.com A", "QR RD RA NXDOMAIN", id="NXDOMAIN"),
        pytest.param("", "example.com ANY", "QR RD RA NOTIMP", id="ANY"),
        pytest.param(REWRITES, "no.example.com A", "QR RD RA NOERROR 198.51.100.1", id="lie"),
        pytest.param(REWRITES, "no.example.com AAAA", "QR RD RA NOERROR 2001:db8::1", id="lie 6"),
        pytest.param(REWRITES, "no.example.com MX", "QR RD RA NXDOMAIN", id="no lie about MX"),
        pytest.param(REWRITES, "example.com A", "QR RD RA NOERROR", id="no lie about NODATA"),
        pytest.param(
            REWRITES,
            "lost.example.com A",
            "QR RD RA NOERROR nowhere.example.com. 198.51.100.1",
            id="lie at the end of an alias",
        ),
        pytest.param("    faults: refuse\n", "example.com MX", "QR RD RA REFUSED", id="refuses"),
        pytest.param("    faults: servfail\n", "example.com MX", "QR RD RA SERVFAIL", id="fails"),
        pytest.param("    faults: silent\n", "example.com MX", "silence", id="silent"),
        pytest.param(
            "    faults: {example.com MX: servfail}\n",
            "example.com A",
            "QR RD RA NOERROR",
            id="a fault for one question is none for others",
        ),
    ],
)
def test_answers(make_lab: MakeLab, options: str, asked: str, said: str) -> None:
    """RA in every answer, AA in none."""
    assert said == ask(make_lab, options, asked)


def test_without_rd_it_refuses(make_lab: MakeLab) -> None:
    """As unbound does to those who snoop in its cache."""
    assert ask(make_lab, "", "example.com MX", flags=0) == "QR RA REFUSED"


def test_a_servfail_says_why(make_lab: MakeLab) -> None:
    """Extended DNS errors (RFC 8914) reach whoever tries the lab with dig."""
    lab = make_lab(LAB, a="")
    servers = [AuthoritativeServer(server) for server in lab.servers]
    resolver = RecursiveResolver(lab.resolvers[0], Internet(servers))
    query = dns.message.make_query("example.org", "A", use_edns=0)
    answer = resolver.respond(query, "udp")
    assert answer is not None
    [option] = answer.options
    assert isinstance(option, dns.edns.EDEOption)
    assert option.text == "example.org. lies outside of the lab's zones"
