"""The lab's authoritative servers answer as named and nsd do: same zones, same questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import dns.flags
import dns.message
import dns.query
import dns.rcode
import dns.rrset
import pytest

from mailcheck.lab.authority import AuthoritativeServer, Authority
from mailcheck.lab.description import Server
from mailcheck.lab.wire import respond

from .authorities import serving
from .zones import QUESTIONS, ZONES, lab_zones

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.zones.zone import Zone

pytestmark = pytest.mark.servers("named", "nsd")


@dataclass(frozen=True, slots=True)
class Differently:
    """What nsd says otherwise than named and the lab: its rcode, and records that it has besides."""

    rcode: str = ""
    answer: frozenset[str] = frozenset()
    authority: frozenset[str] = frozenset()
    additional: frozenset[str] = frozenset()


NS_OF_EXAMPLE_COM = frozenset(
    {"example.com. 3600 2 ns1.example.com.", "example.com. 3600 2 ns2.example.net."}
)
ADDRESS_OF_NS1 = frozenset({"ns1.example.com. 3600 1 192.0.2.1"})

# A delegation to a name of the zone itself: nsd gives its address, which is no glue.
AND_NS1 = Differently(additional=ADDRESS_OF_NS1)

OF_NSD = {
    # nsd does not know a transfer over UDP (RFC 5936 §4.2); named knows it and refuses.
    "example.com AXFR": Differently("NOTIMP"),
    # nsd follows an alias into any zone it has, named (without recursion) in the same zone only.
    "across.example.com A": Differently(
        answer=frozenset({"www.example.net. 600 1 192.0.2.27"}),
        authority=frozenset({"example.net. 600 2 ns2.example.net."}),
        additional=frozenset({"ns2.example.net. 600 1 192.0.2.2"}),
    ),
    "across.example.com MX": Differently(
        authority=frozenset(
            {"example.net. 300 6 ns2.example.net. hostmaster.example.net. 1 7200 3600 1209600 300"}
        )
    ),
    "up.child.example.com A": Differently(
        answer=frozenset({"mail.example.com. 3600 1 192.0.2.25"}),
        authority=NS_OF_EXAMPLE_COM,
        additional=ADDRESS_OF_NS1,
    ),
    # nsd leaves it to the client to see that it runs in a circle.
    "loop.example.com A": Differently("NOERROR"),
    "below.example.com A": AND_NS1,
    "sub.example.com NS": AND_NS1,
    "sub.example.com A": AND_NS1,
    "sub.example.com SOA": AND_NS1,
    "host.sub.example.com A": AND_NS1,
    "other.sub.example.com A": AND_NS1,
    "ns.sub.example.com A": AND_NS1,
}
"""The questions that nsd answers otherwise. Every other answer is named's to the last record."""


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Run named with the zones and return its port."""
    with serving("named", ZONES, tmp_path_factory.mktemp("named")) as port:
        yield port


@pytest.fixture(scope="module")
def nsd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Run nsd with the zones and return its port."""
    with serving("nsd", ZONES, tmp_path_factory.mktemp("nsd")) as port:
        yield port


@pytest.fixture(scope="module")
def zones() -> tuple[Zone, ...]:
    """The lab with the same zones."""
    return lab_zones()


@pytest.mark.parametrize("flags", [0, dns.flags.RD], ids=["rd=0", "rd=1"])
@pytest.mark.parametrize(("name", "rdtype"), QUESTIONS)
def test_the_lab_answers_as_named_does(
    named: int, zones: tuple[Zone, ...], name: str, rdtype: str, flags: int
) -> None:
    """Rcode, AA and all three sections agree, as sets of records with their TTLs."""
    query = dns.message.make_query(name, rdtype, flags=flags, use_edns=0, payload=4096)
    assert _shown(_asked(named, query)) == _shown(Authority(zones).answer(query))


@pytest.mark.parametrize("flags", [0, dns.flags.RD], ids=["rd=0", "rd=1"])
@pytest.mark.parametrize(("name", "rdtype"), QUESTIONS)
def test_the_lab_answers_as_nsd_does_but_where_it_is_said(
    nsd: int, zones: tuple[Zone, ...], name: str, rdtype: str, flags: int
) -> None:
    """To nsd it is all the same whether recursion is desired; named then leaves out NS records."""
    query = dns.message.make_query(name, rdtype, flags=flags, use_edns=0, payload=4096)
    plain = dns.message.make_query(name, rdtype, flags=0, use_edns=0, payload=4096)
    lab = _shown(Authority(zones).answer(plain))
    special = OF_NSD.get(f"{name} {rdtype}", Differently())
    assert _shown(_asked(nsd, query)) == {
        "rcode": special.rcode or lab["rcode"],
        "authoritative": lab["authoritative"],
        "answer": lab["answer"] | special.answer,
        "authority": lab["authority"] | special.authority,
        "additional": lab["additional"] | special.additional,
    }


@pytest.mark.parametrize("program", ["named", "nsd"])
@pytest.mark.parametrize("payload", [0, 512, 1232, 4096])
@pytest.mark.parametrize("asked", ["size1000.example.com", "size2000.example.com"])
def test_the_lab_truncates_where_they_do(
    request: pytest.FixtureRequest,
    zones: tuple[Zone, ...],
    asked: str,
    payload: int,
    program: str,
) -> None:
    """By the size a client offers, if it offers any, and by the server's own."""
    edns = 0 if payload else False
    query = dns.message.make_query(asked, "TXT", use_edns=edns, payload=payload or 1232)
    theirs = _asked(request.getfixturevalue(program), query)
    server = AuthoritativeServer(Server("ns1", (), zones))
    ours = respond(server, query.to_wire(), "udp")
    assert ours is not None
    assert dns.flags.to_text(dns.message.from_wire(ours).flags) == dns.flags.to_text(theirs.flags)


def _asked(port: int, query: dns.message.Message) -> dns.message.Message:
    return dns.query.udp(query, "127.0.0.1", port=port, timeout=5)


def _shown(message: dns.message.Message) -> dict[str, Any]:
    return {
        "rcode": dns.rcode.to_text(message.rcode()),
        "authoritative": bool(message.flags & dns.flags.AA),
        "answer": _records(message.answer),
        "authority": _records(message.authority),
        "additional": _records(message.additional),
    }


def _records(section: list[dns.rrset.RRset]) -> set[str]:
    return {
        f"{rrset.name} {rrset.ttl} {record.rdtype} {record}".lower()
        for rrset in section
        for record in rrset
    }
