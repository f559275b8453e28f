"""A network that loses packets costs time, and no answer."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

import pytest

from .internet import APEX, AUTHORITY, add_unbound, internet
from .real_lab import wait_for_dns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .namespace import Namespace

pytestmark = pytest.mark.servers("unbound", "nsd", "ip", "nft")

UNBOUND = ipaddress.IPv4Address("198.51.100.1")

NAMES = 2000

ZONE = APEX + "".join(f"n{n} A 192.0.2.{n % 256}\n" for n in range(NAMES))

LIMIT = "rrl-ratelimit: 200\n  rrl-slip: 1"

# Queries and responses; every twentieth, so that the loss is not left to chance.
FIREWALL = """\
table ip filter {
  chain in {
    type filter hook input priority 0;
    udp dport 53 numgen inc mod 20 == 7 drop
    udp sport 53 numgen inc mod 20 == 13 drop
  }
}
"""


@pytest.fixture(scope="module")
def space(folder: Path) -> Iterator[Namespace]:
    """Run a zone and a resolver, and lose 5 % of the packets each way."""
    with internet(folder, {"many.example": ZONE}) as running:
        add_unbound(running, UNBOUND)
        wait_for_dns(running, [UNBOUND])
        running.run("nft", "--file", "-", stdin=FIREWALL)
        yield running


@pytest.mark.parametrize("by", ["nsd", "unbound"])
def test_no_answer_is_lost(space: Namespace, by: str) -> None:
    asked = [{"name": f"n{n}.many.example", "type": "A"} for n in range(NAMES)]
    if by == "nsd":
        asked = [one | {"server": str(AUTHORITY)} for one in asked]
    said = space.ask("ask_world.py", asked, str(UNBOUND))
    assert [one.get("records") for one in said] == [[f"192.0.2.{n % 256}"] for n in range(NAMES)]


def test_a_server_that_limits_its_rate(folder: Path) -> None:
    """nsd takes 200 denials a second for an attack, and truncates what is beyond (slip 1).

    Who can do TCP is served. With its default, slip 2, half of the answers beyond are dropped.
    """
    asked = [
        {"name": f"no{n}.many.example", "type": "A", "server": str(AUTHORITY)}
        for n in range(NAMES // 4)
    ]
    limited = folder / "limited"
    limited.mkdir()
    with internet(limited, {"many.example": ZONE}, options=LIMIT) as running:
        said = running.ask("ask_world.py", asked)
    assert {one.get("status") for one in said} == {"nxdomain"}
    assert {one["transport"] for one in said} == {"UDP", "TCP"}
