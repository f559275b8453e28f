"""Zones with a little of everything, and what is asked of those who serve them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import dns.name

from mailcheck.errors import Place
from mailcheck.lab.zone_file import read_zone
from mailcheck.source.problems import Problems

if TYPE_CHECKING:
    from mailcheck.zones.zone import Zone

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


@functools.cache
def lab_zones() -> tuple[Zone, ...]:
    """Return the zones as the lab reads them."""
    problems = Problems()
    zones = [
        read_zone(text, dns.name.from_text(origin), Place(origin, 1), problems)
        for origin, text in ZONES.items()
    ]
    assert problems.found == []
    return tuple(zone for zone in zones if zone is not None)
