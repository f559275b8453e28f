"""The facts that are read from named's and nsd's packets: what dnspython reads, and mostly alike."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any, TypeAlias

import dns.flags
import dns.message
import dns.query
import dns.rcode
import dns.rdatatype
import pytest

from mailcheck.facts.dns import NameServer, ServerQuery

from .ask_world import conclusions, shown
from .authorities import serving
from .zones import QUESTIONS, ZONES

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.servers("named", "nsd")

ASKED = [f"{name} {rdtype}".lower() for name, rdtype in QUESTIONS if rdtype not in {"AXFR", "IXFR"}]

NS1 = "ns1.example.com (192.0.2.1)"
NS_SUB = "ns.sub.example.com (192.0.2.53)"
MORE_GLUE = {"glue": ([NS_SUB], [NS_SUB, NS1])}

DIFFERENT: dict[str, Mapping[str, object]] = {
    # nsd follows an alias into any zone it has, named in the same zone only: the one tells what is
    # there, the other where to ask.
    "across.example.com a": {
        "status": ("nodata", "data"),
        "records": ([], ["192.0.2.27"]),
        "ttl": (3600, 600),
    },
    "across.example.com mx": {"denier": ("", "example.net")},
    "up.child.example.com a": {"status": ("nodata", "data"), "records": ([], ["192.0.2.25"])},
    # named gives up by itself, nsd leaves it to us.
    "loop.example.com a": {"cause": ("servfail", "alias-loop")},
    # nsd's address of a server in the zone itself is no glue; it does no harm.
    "sub.example.com ns": MORE_GLUE,
    "sub.example.com a": MORE_GLUE,
    "sub.example.com soa": MORE_GLUE,
    "host.sub.example.com a": MORE_GLUE,
    "other.sub.example.com a": MORE_GLUE,
    "ns.sub.example.com a": MORE_GLUE,
}
"""The fields of a fact that depend on who answers: named's and nsd's."""


Readings: TypeAlias = list[tuple[dict[str, Any], dns.message.QueryMessage]]
"""For each question the fact that is read, and the message that dnspython reads."""


@pytest.fixture(scope="module")
def read(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Readings]:
    return {name: _read(name, tmp_path_factory) for name in ("named", "nsd")}


def _read(program: str, tmp_path_factory: pytest.TempPathFactory) -> Readings:
    with serving(program, ZONES, tmp_path_factory.mktemp(program)) as port:
        server = NameServer(ipaddress.IPv4Address("127.0.0.1"), port=port)
        pairs = [asked.split() for asked in ASKED]
        questions = [ServerQuery(name, rdtype.upper(), server) for name, rdtype in pairs]
        facts = map(shown, conclusions(questions, []))
        messages = [_message(name, rdtype, port) for name, rdtype in pairs]
    return list(zip(facts, messages, strict=True))


def _message(name: str, rdtype: str, port: int) -> dns.message.QueryMessage:
    query = dns.message.make_query(name, rdtype, flags=0, use_edns=0)
    answer = dns.query.udp(query, "127.0.0.1", port=port, timeout=5)
    assert isinstance(answer, dns.message.QueryMessage)
    return answer


@pytest.mark.parametrize("number", range(len(ASKED)), ids=ASKED)
def test_both_say_the_same_but_where_it_is_said(read: dict[str, Readings], number: int) -> None:
    named, nsd = (read[name][number][0] for name in ("named", "nsd"))
    told = {"text", "evidence"}
    differing = {
        field: (named.get(field), nsd.get(field))
        for field in sorted(named.keys() | nsd.keys())
        if field not in told and named.get(field) != nsd.get(field)
    }
    assert differing == DIFFERENT.get(ASKED[number], {})


@pytest.mark.parametrize("program", ["named", "nsd"])
@pytest.mark.parametrize("number", range(len(ASKED)), ids=ASKED)
def test_they_say_what_dnspython_reads(
    read: dict[str, Readings], number: int, program: str
) -> None:
    """Where it reads an answer to the question at all: it follows aliases in its own way."""
    fact, message = read[program][number]
    if message.rcode() == dns.rcode.REFUSED:
        assert fact["status"] == "refused"
    elif message.rcode() == dns.rcode.SERVFAIL:
        assert fact["cause"] == "servfail"
    elif not message.answer and not message.flags & dns.flags.AA:
        [cut] = message.authority
        assert (fact["status"], fact["cut"]) == ("referral", cut.name.to_text(omit_final_dot=True))
        assert fact["delegated_to"] == sorted(r.target.to_text(omit_final_dot=True) for r in cut)
    elif ASKED[number] == "loop.example.com a":
        with pytest.raises(dns.message.ChainTooLong):
            message.resolve_chaining()
        assert fact["cause"] == "alias-loop"
    else:
        _assert_same(fact, message)


def _assert_same(fact: dict[str, Any], message: dns.message.QueryMessage) -> None:
    chain = message.resolve_chaining()
    denied = [rrset for rrset in message.authority if rrset.rdtype == dns.rdatatype.SOA]
    assert fact["records"] == [str(record).lower() for record in sorted(chain.answer or ())]
    assert fact["aliases"] == [
        cname[0].target.to_text(omit_final_dot=True) for cname in chain.cnames
    ]
    assert fact["authoritative"] == bool(message.flags & dns.flags.AA)
    if chain.answer is None:
        assert fact["status"] == ("nxdomain" if message.rcode() == dns.rcode.NXDOMAIN else "nodata")
        assert fact["denier"] == "".join(soa.name.to_text(omit_final_dot=True) for soa in denied)
    else:
        assert (fact["status"], fact["ttl"]) == ("data", chain.minimum_ttl)
