"""The lab's resolvers find what unbound finds: same zones, same questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import pytest

from mailcheck.lab import LabDescription, read_lab
from mailcheck.lab.authority import AuthoritativeServer
from mailcheck.lab.recursion import Internet
from mailcheck.lab.resolver import RecursiveResolver

from .real_lab import not_reproduced, real_servers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.servers("named", "unbound", "ip")

SOA = "SOA ns1.example.net. hostmaster.example.net. 1 7200 3600 1209600 300"

LAB = f"""\
lab: 1
servers:
  a.gtld-servers.net:
    address: 192.5.6.30
    zones:
      com: |
        $TTL 3600
        @            {SOA}
        @            NS  a.gtld-servers.net.
        example      NS  ns1.example
        example      NS  ns2.example.net.
        ns1.example  A   192.0.2.53
        ; Delegated to a server that does not have it.
        refused      NS  ns1.example
        ; To one that does not have it and one that does.
        half         NS  ns1.example
        half         NS  ns2.example.net.
        ; To an address where no server is.
        gone         NS  ns.gone
        ns.gone      A   192.0.2.99
        ; To a name that does not exist, to one without address, to one outside of the world.
        nameless     NS  nothing.example.net.
        addressless  NS  example.net.
        foreign      NS  ns.example.org.
        ; To each other's names.
        chicken      NS  ns.egg.com.
        egg          NS  ns.chicken.com.
      net: |
        $TTL 3600
        @               {SOA}
        @               NS  a.gtld-servers
        a.gtld-servers  A   192.5.6.30
        example         NS  ns2.example
        ns2.example     A   198.51.100.53
  ns1.example.com:
    address: 192.0.2.53
    zones:
      example.com: &example |
        $TTL 3600
        @       {SOA}
        @       NS    ns1
        @       NS    ns2.example.net.
        @       MX    10 mail
        @       MX    20 mx.example.net.
        @       TXT   "one" "two"
        ns1     A     192.0.2.53
        mail    A     192.0.2.25
        mail    AAAA  2001:db8::25
        www     CNAME mail
        twice   CNAME www
        across  CNAME mx.example.net.
        astray  CNAME nothing.example.net.
        empty   CNAME example.net.
        beyond  CNAME www.example.org.
        broken  CNAME www.refused.com.
        loop    CNAME pool
        pool    CNAME loop
        itself  CNAME itself
        *.wild  MX    10 mail
        a.b.c   A     192.0.2.3
        child   NS    ns2.example.net.
        lame    NS    ns1
  ns2.example.net:
    address: 198.51.100.53
    zones:
      example.com: *example
      child.example.com: |
        $TTL 3600
        @    {SOA}
        @    NS    ns2.example.net.
        @    MX    0 .
        www  CNAME mail.example.com.
      half.com: |
        $TTL 3600
        @    {SOA}
        @    NS    ns2.example.net.
        @    MX    10 mail.example.com.
      example.net: |
        $TTL 3600
        @    {SOA}
        @    NS    ns2
        ns2  A     198.51.100.53
        mx   A     198.51.100.25
resolvers:
  KT:
    address: 168.126.63.1
"""

ASKED = """\
example.com SOA NS MX TXT A DS
EXAMPLE.com MX
com SOA NS A
a.gtld-servers.net A
mail.example.com A AAAA MX
www.example.com A AAAA CNAME MX
twice.example.com A
across.example.com A AAAA
astray.example.com A MX
empty.example.com A
beyond.example.com A CNAME
broken.example.com A
loop.example.com A CNAME
itself.example.com A
nothing.example.com A MX
any.wild.example.com MX A
wild.example.com MX
c.example.com A
b.c.example.com A
child.example.com NS MX A DS SOA
www.child.example.com A CNAME
nothing.child.example.com A
example.net A MX
nothing.example.net A
exampel.com A MX
refused.com SOA MX
www.refused.com A
half.com MX A
gone.com A
nameless.com A
addressless.com A
foreign.com A
chicken.com A
example.org A
"""
"""A name and the types that are asked of it, on each line."""

QUESTIONS = [
    (name, rdtype) for name, *types in map(str.split, ASKED.splitlines()) for rdtype in types
]


@pytest.fixture(scope="module")
def lab(folder: Path) -> LabDescription:
    (folder / "lab.yml").write_text(LAB)
    described = read_lab(folder / "lab.yml", "lab.yml")
    assert list(not_reproduced(described)) == []
    return described


@pytest.fixture(scope="module")
def unbound(lab: LabDescription, folder: Path) -> Iterator[dict[tuple[str, str, bool], str]]:
    """What unbound answers to each question, with and without recursion desired."""
    everything = [*QUESTIONS, SELF_DELEGATED]
    asked = [(*question, recursive) for question in everything for recursive in (True, False)]
    with real_servers(lab, folder) as space:
        resolver = str(lab.resolvers[0].addresses[0])
        answers = space.ask(
            "ask_dns.py",
            [
                {"server": resolver, "name": name, "type": rdtype, "recursive": recursive}
                for name, rdtype, recursive in asked
            ],
        )
        yield dict(zip(asked, answers, strict=True))


@pytest.mark.parametrize(("name", "rdtype"), QUESTIONS)
def test_the_lab_resolves_as_unbound_does(
    unbound: dict[tuple[str, str, bool], str], lab: LabDescription, name: str, rdtype: str
) -> None:
    """Rcode, RA, AA, the answer as a set of records, and who denies what is not there."""
    query = dns.message.make_query(name, rdtype, use_edns=0, payload=4096)
    assert _shown(_answer(lab, query)) == _shown(_parsed(unbound[name, rdtype, True]))


@pytest.mark.parametrize(("name", "rdtype"), QUESTIONS[:3])
def test_without_recursion_desired_it_refuses_as_unbound_does(
    unbound: dict[tuple[str, str, bool], str], lab: LabDescription, name: str, rdtype: str
) -> None:
    query = dns.message.make_query(name, rdtype, flags=0, use_edns=0, payload=4096)
    assert _shown(_answer(lab, query)) == _shown(_parsed(unbound[name, rdtype, False]))


SELF_DELEGATED = "lame.example.com", "A"
"""Delegated to the parent's own server, which does not have it and refers to itself.

unbound's last resort is to ask such a server once more as if it were a resolver (RD set), and to
take the same referral for "no such record", without an SOA. BIND's resolver says SERVFAIL, and so
does the lab: nobody has said that there is none.
"""


def test_a_zone_that_its_server_refers_to_itself_for(
    unbound: dict[tuple[str, str, bool], str], lab: LabDescription
) -> None:
    """The one known difference; it is gone when this fails."""
    theirs = _parsed(unbound[(*SELF_DELEGATED, True)])
    ours = _answer(lab, dns.message.make_query(*SELF_DELEGATED))
    assert (theirs.rcode(), theirs.answer) == (dns.rcode.NOERROR, [])
    assert (ours.rcode(), ours.answer) == (dns.rcode.SERVFAIL, [])


def _answer(lab: LabDescription, query: dns.message.Message) -> dns.message.Message:
    internet = Internet([AuthoritativeServer(server) for server in lab.servers])
    answer = RecursiveResolver(lab.resolvers[0], internet).respond(query, "udp")
    assert answer is not None
    return answer


def _parsed(answer: str) -> dns.message.Message:
    assert answer, "unbound did not answer"
    return dns.message.from_wire(bytes.fromhex(answer))


def _shown(message: dns.message.Message) -> dict[str, object]:
    return {
        "rcode": dns.rcode.to_text(message.rcode()),
        "flags": dns.flags.to_text(message.flags),
        "answer": {
            f"{rrset.name} {record.rdtype.name} {record}".lower()
            for rrset in message.answer
            for record in rrset
        },
        "denied by": {
            rrset.name.to_text().lower()
            for rrset in message.authority
            if rrset.rdtype == dns.rdatatype.SOA
        },
    }
