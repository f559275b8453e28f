"""Reading servers, resolvers and blocklists."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

import dns.name
import dns.rdatatype
import pytest

from mailcheck.errors import SourceError
from mailcheck.lab.faults import Fault, Rule

if TYPE_CHECKING:
    from tests.lab.conftest import MakeLab

SERVERS = """\
lab: 1
servers:
  ns1:
    address: [192.0.2.53, "2001:db8::53"]
    zones:
      example.com: a.zone
      192.0.2.0/24: b.zone
      2001:db8::/32: b.zone
      후이즈검색.한국: b.zone
      .: b.zone
      inline.example: |
        @ 60 SOA ns1 hostmaster 1 2 3 4 5
        @ 60 NS  ns1.example.com.
    faults:
      example.com: refuse
      example.com MX: silent
    tcp: refused
  ns2:
    address: 192.0.2.54
    faults: not authoritative
"""


def test_servers(make_lab: MakeLab) -> None:
    """Addresses, zones by name or network or in place, faults, TCP."""
    first, second = make_lab(SERVERS, a="", b="").servers
    assert first.addresses == (ip_address("192.0.2.53"), ip_address("2001:db8::53"))
    assert [str(zone.origin) for zone in first.zones] == [
        "example.com.",
        "2.0.192.in-addr.arpa.",
        "8.b.d.0.1.0.0.2.ip6.arpa.",
        "xn--c79as89aj0e29b77z.xn--3e0b707e.",
        ".",
        "inline.example.",
    ]
    name = dns.name.from_text("example.com")
    assert first.faults.rules == (
        Rule(Fault.REFUSE, name),
        Rule(Fault.SILENT, name, dns.rdatatype.MX),
    )
    assert (first.tcp, second.tcp) == (False, True)
    assert second.faults.rules == (Rule(Fault.NOT_AUTHORITATIVE),)


def test_resolvers(make_lab: MakeLab) -> None:
    """The first is the run's; stale copies with or without the time they have left."""
    lab = make_lab(
        SERVERS + "resolvers:\n"
        "  KT:\n    address: [168.126.63.1, 168.126.63.2]\n"
        "    stale:\n      example.com: {zone: a.zone, ttl_left: 1h30m}\n      old.example: b.zone\n"
        "  Liar:\n    address: 192.0.2.99\n    rewrites: 198.51.100.1\n    faults: servfail\n",
        a="",
        b="",
    )
    kt, liar = lab.resolvers
    assert [(str(s.zone.origin), s.ttl_left) for s in kt.stale] == [
        ("example.com.", 5400),
        ("old.example.", None),
    ]
    assert liar.rewrites == (ip_address("198.51.100.1"),)
    assert liar.faults.rules == (Rule(Fault.SERVFAIL),)


def test_blocklists(make_lab: MakeLab) -> None:
    """Each has a server of its own, placed by the lab unless the story says where."""
    lab = make_lab(
        "lab: 1\nblocklists:\n"
        "  dul.example:\n    listed: {203.0.113.9: [127.0.0.3, 127.0.0.10], 203.0.113.10: 127.0.0.2}\n"
        "    text: Dynamic\n"
        "  dead.example:\n    address: 192.0.2.7\n    test_points: false\n"
        "    faults: refuse\n"
        "  plain.example: {listed: [203.0.113.9]}\n"
    )
    addresses = [str(server.addresses[0]) for server in lab.servers]
    assert addresses == ["198.18.0.100", "192.0.2.7", "198.18.0.101"]
    sizes = [len(server.zones[0].nodes) for server in lab.servers]
    assert sizes == [2 + 2 + 2, 2, 2 + 2 + 1]
    assert lab.servers[1].faults.rules == (Rule(Fault.REFUSE),)


LONG = ".".join(["b" * 60] * 4)
"""A name of 243 characters, before which no address of a list fits."""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "servers:\n  ns1: {zones: {}}\n",
            '2:3: server "ns1" has no address; expected address: 192.0.2.53, or a list of addresses',
            id="no address",
        ),
        pytest.param(
            "servers:\n  ns1: {address: 192.0.2.300}\n",
            "2:18: '192.0.2.300' is not an IP address; expected one such as 203.0.113.25",
            id="no IP address",
        ),
        pytest.param(
            "servers:\n  ns1: {address: 192.0.2.53}\nresolvers:\n  R: {address: 192.0.2.53}\n",
            '4:16: 192.0.2.53 belongs to server "ns1" already; '
            "every server and host needs an address of its own",
            id="an address twice",
        ),
        pytest.param(
            "servers:\n  ns1: {address: 192.0.2.53, faults: refused}\n",
            '2:38: unknown word "refused" in "faults"; did you mean "refuse"?',
            id="unknown fault",
        ),
        pytest.param(
            "servers:\n  ns1: {address: 192.0.2.53, faults: {example.com MXX: refuse}}\n",
            '2:39: "MXX" is not a record type; expected NAME, or NAME TYPE such as example.com MX',
            id="fault of an unknown type",
        ),
        pytest.param(
            "servers:\n  ns1: {address: 192.0.2.53, zone: {}}\n",
            '2:30: unknown key "zone" in server "ns1"; did you mean "zones"?',
            id="unknown key",
        ),
        pytest.param(
            "servers:\n  ns1: {address: 192.0.2.53, tcp: refuse}\n",
            '2:35: unknown word "refuse" in "tcp"; did you mean "refused"?',
            id="tcp",
        ),
        pytest.param(
            "servers:\n  ns1: {address: 192.0.2.53, zones: {192.0.2.0/25: a.zone}}\n",
            "2:38: 192.0.2.0/25 is not a multiple of 8 bits, so it has no zone of its own; "
            "expected a name such as example.com, or a network such as 203.0.113.0/24",
            id="a network that has no zone",
        ),
        pytest.param(
            "servers:\n  ns1: {address: 192.0.2.53, zones: {a..b: a.zone}}\n",
            "2:38: 'a..b' has an empty label; "
            "expected a name such as example.com, or a network such as 203.0.113.0/24",
            id="no name",
        ),
        pytest.param(
            "servers:\n  ns1: {address: 192.0.2.53, zones: {b: a.zone, B: a.zone}}\n",
            "2:49: the zone b. twice; a server has one copy",
            id="a zone twice",
        ),
        pytest.param(
            "servers:\n  ns1: {address: 192.0.2.53, zones: {b: ../a.zone}}\n",
            '2:41: "../a.zone" lies outside of the folder of this file; '
            "expected a zone file beside it",
            id="a file elsewhere",
        ),
        pytest.param(
            "servers:\n  ns1:\n    address: 192.0.2.53\n    zones:\n      b: |\n"
            "        @ 60 SOA a b 1 2 3 4 5\n        @ 60 NS c.\n        d 60 AX e\n",
            '8:1: "d 60 AX e" cannot be read: there is no type AX; '
            "expected NAME [TTL] [IN] TYPE DATA",
            id="a line of a zone in place",
        ),
        pytest.param(
            "resolvers:\n  R: {address: 8.8.8.8, faults: lame}\n",
            '2:33: unknown word "lame" in "faults"; known: refuse, servfail, formerr, notimp, '
            "silent, truncate, wrong id, wrong question",
            id="a fault of servers only",
        ),
        pytest.param(
            "resolvers:\n  R: {address: 8.8.8.8, stale: {b: {zone: a.zone, ttl_left: soon}}}\n",
            '2:61: "soon" is not a TTL; expected seconds, or such as 1h30m',
            id="no TTL",
        ),
        pytest.param(
            "resolvers:\n  R: {address: 8.8.8.8, stale: {b: {ttl_left: 5}}}\n",
            '2:36: stale zone "b" has no zone; expected zone: FILE, the old copy',
            id="stale without a zone",
        ),
        pytest.param(
            "blocklists:\n  b: {listed: {203.0.113.9: 127.0.0.300}}\n",
            "2:29: '127.0.0.300' is not an IP address; expected one such as 203.0.113.25",
            id="no code",
        ),
        pytest.param(
            f"blocklists:\n  {LONG}: {{listed: ['2001:db8::1']}}\n",
            f'2:3: the blocklist "{LONG}" makes no zone: '
            "A DNS name is > 255 octets long.; expected a shorter name, and a text of one line",
            id="a list without room for addresses",
        ),
        pytest.param(
            'blocklists:\n  b: {text: "two\\nlines"}\n',
            '2:3: the blocklist "b" makes no zone: newline in quoted string; '
            "expected a shorter name, and a text of one line",
            id="a text of two lines",
        ),
        pytest.param(
            "blocklists:\n" + "".join(f"  b{n}: {{}}\n" for n in range(156)),
            "157:3: no address of 198.18.0.0/24 is left for this blocklist; "
            "expected address: 192.0.2.53",
            id="more lists than addresses",
        ),
        pytest.param(
            "blocklists:\n  b: {test_points: maybe}\n",
            '2:20: unknown word "maybe" in "test_points"; known: true, false',
            id="test points",
        ),
    ],
)
def test_problems(make_lab: MakeLab, text: str, said: str) -> None:
    """Each at its place; line 1 of these labs is left out here."""
    with pytest.raises(SourceError) as error:
        make_lab("lab: 1\n" + text, a="")
    [problem] = error.value.problems
    place = problem.place
    assert f"{place.line - 1}:{place.column}: {problem.what}; {problem.expected}" == said
