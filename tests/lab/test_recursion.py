"""How a lab's resolver finds answers, told as labs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.name
import dns.rcode
import dns.rdatatype
import pytest

from mailcheck.lab.authority import AuthoritativeServer
from mailcheck.lab.recursion import Internet, Recursion, Resolved
from mailcheck.lab.stale import StaleCopies

if TYPE_CHECKING:
    from mailcheck.lab import LabDescription
    from tests.lab.conftest import MakeLab

PARENT = """\
lab: 1
servers:
  registry:
    address: 192.0.2.1
    zones: {com: com.zone, net: net.zone}
"""

DELEGATION = """\
example    NS   ns1.example
example    NS   ns2.example
ns1.example A   192.0.2.11
ns2.example A   192.0.2.12
"""


def resolve(lab: LabDescription, asked: str) -> Resolved:
    name, rdtype = asked.split()
    servers = [AuthoritativeServer(server) for server in lab.servers]
    recursion = Recursion(Internet(servers), StaleCopies(lab.resolvers[0].stale))
    return recursion.resolve(dns.name.from_text(name), dns.rdatatype.from_text(rdtype))


def shown(found: Resolved) -> str:
    """Return rcode and data in one line."""
    data = [str(record) for rrset in found.answer for record in rrset]
    return " ".join([dns.rcode.to_text(found.rcode), *data])


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param("example.com MX", "NOERROR 10 mail.example.com.", id="down a delegation"),
        pytest.param("example.com A", "NOERROR", id="NODATA"),
        pytest.param("no.example.com A", "NXDOMAIN", id="NXDOMAIN by the zone"),
        pytest.param("exmple.com MX", "NXDOMAIN", id="NXDOMAIN by the registry"),
        pytest.param(
            "www.example.com A", "NOERROR www.example.net. 192.0.2.80", id="alias across zones"
        ),
        pytest.param(
            "gone.example.com A", "NXDOMAIN gone.example.net.", id="alias of a name not there"
        ),
        pytest.param("far.example.com A", "SERVFAIL", id="alias out of the lab"),
        pytest.param("loop.example.com A", "SERVFAIL", id="aliases without end"),
        pytest.param("example.org A", "SERVFAIL", id="outside of the lab"),
        pytest.param("_dmarc.org TXT", "SERVFAIL", id="a registry of nothing in the lab"),
    ],
)
def test_what_is_found(make_lab: MakeLab, asked: str, expected: str) -> None:
    """Down from the registry, and through aliases."""
    zone = (
        "@ MX 10 mail\nwww CNAME www.example.net.\ngone CNAME gone.example.net.\n"
        "far CNAME www.example.org.\nloop CNAME pool\npool CNAME loop\n"
    )
    lab = make_lab(
        PARENT
        + "  both:\n    address: [192.0.2.11, 192.0.2.12, 192.0.2.53]\n"
        + "    zones: {example.com: a.zone, example.net: b.zone}\n",
        com=DELEGATION,
        net="example NS ns1.example.com.\n",
        a=zone,
        b="www A 192.0.2.80\n",
    )
    assert expected == shown(resolve(lab, asked))


def test_a_zone_that_is_not_delegated_is_not_found(make_lab: MakeLab) -> None:
    """A server may still have the zone: the registry decides, as it does for expired domains."""
    lab = make_lab(
        PARENT + "  own:\n    address: 192.0.2.11\n    zones: {example.com: a.zone}\n",
        com="",
        net="",
        a="@ MX 10 mail\n",
    )
    assert shown(resolve(lab, "example.com MX")) == "NXDOMAIN"


@pytest.mark.parametrize(
    ("asked", "denier"),
    [
        pytest.param("no.example.com A", "example.com.", id="the zone"),
        pytest.param("exmple.com A", "com.", id="the registry"),
    ],
)
def test_a_denial_carries_the_soa_of_who_denies(make_lab: MakeLab, asked: str, denier: str) -> None:
    """So that a mistyped domain can be told from a missing host."""
    lab = make_lab(
        PARENT + "  own:\n    address: 192.0.2.11\n    zones: {example.com: a.zone}\n",
        com=DELEGATION,
        net="",
        a="",
    )
    assert [denier] == [str(rrset.name) for rrset in resolve(lab, asked).authority]


@pytest.mark.parametrize(
    ("first", "said"),
    [
        pytest.param("faults: refuse", "REFUSED", id="refused"),
        pytest.param("faults: servfail", "SERVFAIL", id="servfail"),
        pytest.param("faults: silent", "no answer", id="silent"),
        pytest.param("faults: lame", "lame", id="upward referral"),
        pytest.param("faults: not authoritative", "lame", id="no AA"),
        pytest.param("faults: wrong id", "no answer", id="wrong id"),
        pytest.param("faults: wrong question", "no answer", id="wrong question"),
        pytest.param("faults: truncate\n    tcp: refused", "no answer", id="TC without TCP"),
    ],
)
def test_another_server_is_asked_and_all_failing_is_servfail(
    make_lab: MakeLab, first: str, said: str
) -> None:
    """One sound server is enough; without one, the reason says what each server said."""
    text = PARENT + (
        f"  ns1:\n    address: 192.0.2.11\n    zones: {{example.com: a.zone}}\n    {first}\n"
        "  ns2:\n    address: 192.0.2.12\n    zones: {example.com: a.zone}\n"
    )
    zones = {"com": DELEGATION, "net": "", "a": "@ MX 10 mail\n"}
    sound = resolve(make_lab(text, **zones), "example.com MX")
    broken = resolve(make_lab(text + "    faults: refuse\n", **zones), "example.com MX")
    assert shown(sound) == "NOERROR 10 mail.example.com."
    assert shown(broken) == "SERVFAIL"
    expected = f"ns1 (192.0.2.11): {said}; ns2 (192.0.2.12): REFUSED"
    assert f"no server of example.com. answers: {expected}" == broken.why


def test_truncated_answers_are_had_over_tcp(make_lab: MakeLab) -> None:
    """TC is no failure where TCP answers."""
    lab = make_lab(
        "lab: 1\nservers:\n  ns1:\n    address: 192.0.2.53\n"
        "    zones: {example.com: a.zone}\n    faults: truncate\n",
        a="@ MX 10 mail\n",
    )
    assert shown(resolve(lab, "example.com MX")) == "NOERROR 10 mail.example.com."


def test_a_delegation_to_where_nothing_is(make_lab: MakeLab) -> None:
    """The servers a registry names may not exist."""
    found = resolve(make_lab(PARENT, com=DELEGATION, net=""), "www.example.com A")
    assert shown(found) == "SERVFAIL"
    assert found.why == (
        "example.com. is delegated to ns1.example.com. (192.0.2.11), "
        "ns2.example.com. (192.0.2.12): no server there"
    )


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param("_dmarc.com TXT", ("NXDOMAIN", ["com."]), id="what a registry has not"),
        pytest.param("com NS", ("SERVFAIL", []), id="what it may have"),
    ],
)
def test_a_lab_without_registries_knows_what_they_have_not(
    make_lab: MakeLab, asked: str, expected: tuple[str, list[str]]
) -> None:
    text = "lab: 1\nservers:\n  own: {address: 192.0.2.11, zones: {example.com: a.zone}}\n"
    found = resolve(make_lab(text, a=""), asked)
    assert (shown(found), [str(rrset.name) for rrset in found.authority]) == expected


def test_delegations_that_need_each_other_end(make_lab: MakeLab) -> None:
    """Name servers of two zones that lie in the other zone, without glue."""
    lab = make_lab(PARENT, com="a NS ns.a.net.\n", net="a NS ns.a.com.\n")
    assert shown(resolve(lab, "www.a.com A")) == "SERVFAIL"


def test_a_maze_of_delegations_ends(make_lab: MakeLab) -> None:
    """Many servers in many zones, each served by all others: the queries are counted."""
    zones = range(12)
    maze = "".join(f"z{a} NS n.z{b}\n" for a in zones for b in zones if a != b)
    found = resolve(make_lab(PARENT, com=maze, net=""), "www.z0.com A")
    assert shown(found) == "SERVFAIL"


def test_servers_without_glue_are_looked_up(make_lab: MakeLab) -> None:
    """A registry gives no addresses for servers outside of its zones; their own zone does."""
    lab = make_lab(
        PARENT
        + "  own:\n    address: 192.0.2.53\n    zones: {example.com: a.zone, example.net: b.zone}\n",
        com="example NS ns1.example.net.\n",
        net="example NS ns1.example\nns1.example A 192.0.2.53\n",
        a="@ MX 10 mail\n",
        b="",
    )
    assert shown(resolve(lab, "example.com MX")) == "NOERROR 10 mail.example.com."
