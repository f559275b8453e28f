"""A zone that is to move, delegated to its old servers yet: what real new ones do to the verdicts."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.scope import DOCUMENTATION

from .internet import APEX, ROOT, add_unbound, internet
from .judging import judge_sentences
from .nsd import start_nsd
from .real_lab import wait_for_dns

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.servers("nsd", "unbound", "ip")

RESOLVER = ipaddress.IPv4Address("192.0.2.1")
GOOD = ipaddress.IPv4Address("192.0.2.31")
OLDER = ipaddress.IPv4Address("192.0.2.32")
EMPTY = ipaddress.IPv4Address("192.0.2.33")

COPY = "$TTL 300\n@ SOA a h {} 7200 3600 1209600 300\n@ NS a.agency.example.\n"

NAMES = f"""\
good A {GOOD}
older A {OLDER}
empty A {EMPTY}
lame A {ROOT}
web A 192.0.2.80
"""

SENTENCES = (
    "domain example.com has MX",
    "nameservers of example.com agree on SOA",
    "nameservers of example.com agree on MX",
    "host www.example.com resolves",
    "host old.example.com resolves",
)


@pytest.mark.usefixtures("namespaces")
def test_the_new_servers_are_judged(tmp_path: Path) -> None:
    """The old ones have the zone with another MX and one name more; the lame one is the zone above."""
    zones = {
        "example.com": f"{APEX}@ MX 10 mx.old.example.\nold A 192.0.2.9\n",
        "agency.example": APEX + NAMES,
    }
    more = "@ MX 10 mail\nmail A 192.0.2.25\nwww CNAME web.agency.example.\n"
    with internet(tmp_path, zones) as space:
        add_unbound(space, RESOLVER)
        space.add_addresses([GOOD, OLDER, EMPTY])
        start_nsd(space, GOOD, {"example.com": COPY.format(7) + more})
        start_nsd(space, OLDER, {"example.com": COPY.format(6) + more})
        start_nsd(space, EMPTY, {"example.org": COPY.format(7)})
        wait_for_dns(space, [GOOD, OLDER, EMPTY, RESOLVER])
        found = {
            servers: tuple(
                one.end
                for one in judge_sentences(
                    space,
                    {
                        "live": [],
                        "control-host": ["none"],
                        "resolver": [str(RESOLVER)],
                        "private-networks": [str(network) for network in DOCUMENTATION],
                        "proposed": [f"ns:example.com={servers}"],
                    },
                    SENTENCES,
                )
            )
            for servers in ENDS
        }
    assert found == ENDS


ENDS = {
    "good.agency.example": ("met", "met", "met", "met", "no-such-domain"),
    "good.agency.example,older.agency.example": (
        *("met", "nameservers-differ", "met", "met", "no-such-domain"),
    ),
    f"{GOOD},{EMPTY}": ("met", "server-refuses", "server-refuses", "met", "no-such-domain"),
    "good.agency.example,lame.agency.example": (
        *("met", "not-authoritative", "not-authoritative", "met", "no-such-domain"),
    ),
    "good.agency.example,new.example.com": (
        *("met", "server-without-address", "server-without-address", "met", "no-such-domain"),
    ),
    "empty.agency.example": (
        *("refused-by-authority", "server-refuses", "server-refuses"),
        *("refused-by-authority", "refused-by-authority"),
    ),
}
"""How the sentences end, by who the new servers are."""
