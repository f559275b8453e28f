"""The lab's authoritative servers answer as BIND's named does: same zones, same questions."""

from __future__ import annotations

import socket
import subprocess
from typing import TYPE_CHECKING

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.query
import dns.rcode
import dns.rrset
import pytest

from mailcheck.errors import Place
from mailcheck.lab.authority import AuthoritativeServer, Authority
from mailcheck.lab.description import Server
from mailcheck.lab.wire import respond
from mailcheck.lab.zone_file import read_zone
from mailcheck.source.problems import Problems

from .namespace import unconfined

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mailcheck.lab.zone import Zone

pytestmark = pytest.mark.servers("named")

SIZE_1000 = " ".join(["x" * 99] * 10)

ZONES = {
    "example.com": f"""\
$TTL 3600
@        SOA ns1 hostmaster 2026010101 7200 3600 1209600 300
@        NS  ns1
@        NS  ns2.example.net.
@        MX  10 mail
@        MX  20 mx.example.net.
@        TXT "v=spf1 mx -all" "; second string"
ns1      A   192.0.2.1
mail     A   192.0.2.25
mail     AAAA 2001:db8::25
www      CNAME mail
away     CNAME www.example.org.
across   CNAME www.example.net.
broken   CNAME nothing
noaddr   CNAME txt
glued    MX  10 host.sub
loop     CNAME pool
pool     CNAME loop
chain    CNAME www
below    CNAME host.sub
txt      TXT "only text"
a.b.c    A   192.0.2.3
*.wild   MX  10 mail
*.wild   TXT "from the wildcard"
x.wild   A   192.0.2.4
x.y.wild A   192.0.2.5
*.alias  CNAME mail
sub      NS  ns.sub
sub      NS  ns1
ns.sub   A   192.0.2.53
host.sub A   192.0.2.54
*.sub    A   192.0.2.55
child    NS  ns1
_s._tcp  SRV 0 0 25 mail
UPPER    A   192.0.2.6
size1000 TXT {SIZE_1000}
size2000 TXT {SIZE_1000} {SIZE_1000}
""",
    "child.example.com": """\
$TTL 600
@        SOA ns1.example.com. hostmaster 1 7200 3600 1209600 86400
@        NS  ns1.example.com.
@        MX  0 .
www      A   192.0.2.7
up       CNAME mail.example.com.
""",
    "example.net": """\
$TTL 600
@        SOA ns2 hostmaster 1 7200 3600 1209600 300
@        NS  ns2
ns2      A   192.0.2.2
mx       A   192.0.2.26
www      A   192.0.2.27
""",
}

ASKED = """\
example.com SOA NS MX TXT A DS AXFR IXFR
EXAMPLE.com mx
mail.example.com A AAAA MX
www.example.com A CNAME MX
away.example.com A
across.example.com A MX
broken.example.com A
noaddr.example.com A
glued.example.com MX
loop.example.com A
chain.example.com AAAA
below.example.com A
nothing.example.com A
b.c.example.com A
c.example.com MX
z.c.example.com A
wild.example.com MX
any.wild.example.com MX A
deep.any.wild.example.com TXT
x.wild.example.com MX
z.x.wild.example.com MX
y.wild.example.com MX
z.y.wild.example.com MX
*.wild.example.com TXT
any.alias.example.com A MX
sub.example.com NS A DS SOA
host.sub.example.com A
other.sub.example.com A
ns.sub.example.com A
child.example.com NS DS MX A
www.child.example.com A
up.child.example.com A
nothing.child.example.com A
_s._tcp.example.com SRV
_tcp.example.com SRV
upper.example.com A
mx.example.net A
example.org A
com NS
. NS A
"""
"""A name and the types that are asked of it, on each line."""

QUESTIONS = [
    (name, rdtype) for name, *types in map(str.split, ASKED.splitlines()) for rdtype in types
]


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Run named with the zones on a loopback port of its own; its data goes when the run ends."""
    folder = tmp_path_factory.mktemp("named")
    port = _free_port()
    zones = []
    for origin, text in ZONES.items():
        (folder / f"{origin}.zone").write_text(text)
        zones.append(f'zone "{origin}" {{ type primary; file "{folder}/{origin}.zone"; }};')
    config = folder / "named.conf"
    config.write_text(_OPTIONS.format(folder=folder, port=port) + "\n".join(zones))
    with (folder / "named.log").open("wb") as log:
        program = unconfined("named", folder)
        process = subprocess.Popen([program, "-g", "-c", str(config)], stderr=log)
        try:
            _wait_until_it_answers(process, port, folder / "named.log")
            yield port
        finally:
            process.terminate()
            process.wait()


_OPTIONS = """\
options {{
  directory "{folder}"; pid-file none; session-keyfile none; managed-keys-directory "{folder}";
  listen-on port {port} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }};
  recursion no; allow-transfer {{ none; }}; dnssec-validation no; notify no;
}};
controls {{ }};
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_it_answers(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Ask for the first zone until it is there; named serves nothing before all are loaded."""
    query = dns.message.make_query(next(iter(ZONES)), "SOA")
    for _ in range(100):
        assert process.poll() is None, log.read_text()
        try:
            if dns.query.udp(query, "127.0.0.1", port=port, timeout=0.1).answer:
                return
        except (dns.exception.Timeout, OSError):
            continue
    pytest.fail(f"named does not answer: {log.read_text()}")


@pytest.fixture(scope="module")
def zones() -> tuple[Zone, ...]:
    """The lab with the same zones."""
    problems = Problems()
    zones = [
        read_zone(text, dns.name.from_text(origin), Place(origin, 1), problems)
        for origin, text in ZONES.items()
    ]
    assert problems.found == []
    return tuple(zone for zone in zones if zone is not None)


@pytest.mark.parametrize("flags", [0, dns.flags.RD], ids=["rd=0", "rd=1"])
@pytest.mark.parametrize(("name", "rdtype"), QUESTIONS)
def test_the_lab_answers_as_named_does(
    named: int, zones: tuple[Zone, ...], name: str, rdtype: str, flags: int
) -> None:
    """Rcode, AA and all three sections agree, as sets of records with their TTLs."""
    query = dns.message.make_query(name, rdtype, flags=flags, use_edns=0, payload=4096)
    theirs = dns.query.udp(query, "127.0.0.1", port=named, timeout=5)
    assert _shown(theirs) == _shown(Authority(zones).answer(query))


@pytest.mark.parametrize("payload", [0, 512, 1232, 4096])
@pytest.mark.parametrize("asked", ["size1000.example.com", "size2000.example.com"])
def test_the_lab_truncates_where_named_does(
    named: int, zones: tuple[Zone, ...], asked: str, payload: int
) -> None:
    """By the size a client offers, if it offers any, and by the server's own."""
    edns = 0 if payload else False
    query = dns.message.make_query(asked, "TXT", use_edns=edns, payload=payload or 1232)
    theirs = dns.query.udp(query, "127.0.0.1", port=named, timeout=5)
    server = AuthoritativeServer(Server("ns1", (), zones))
    ours = respond(server, query.to_wire(), "udp")
    assert ours is not None
    assert dns.flags.to_text(dns.message.from_wire(ours).flags) == dns.flags.to_text(theirs.flags)


def _shown(message: dns.message.Message) -> dict[str, object]:
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
