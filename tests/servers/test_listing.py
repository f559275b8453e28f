"""What ``not on`` concludes of lists that a real rbldnsd publishes, in every shape they come in."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

import pytest

from mailcheck.lab import read_lab

from .judging import Judged, judge_sentences, live
from .rbldnsd import DataSet, start_rbldnsd
from .real_lab import real_servers, wait_for_dns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.servers("named", "unbound", "rbldnsd", "ip")

LISTS = ipaddress.IPv4Address("192.0.2.53")
DEAD = ipaddress.IPv4Address("192.0.2.54")

SOA = "SOA ns.example. hostmaster.example. 1 7200 3600 1209600 300"

LISTED = [
    "ip4",
    "codes",
    "ip6",
    "untested",
    "empty",
    "wildcard",
    "sold",
    "refusing",
    "expired",
    "unserved",
]
"""Labels below ``example`` that are delegated to rbldnsd; the last one it does not have."""

DELEGATIONS = "\n        ".join(f"{label} NS ns.lists" for label in LISTED)

REGISTRY = f"""\
lab: 1
servers:
  ns.example:
    address: 192.0.2.1
    zones:
      org: |
        $TTL 3600
        @             {SOA}
        @             NS  ns.example.
        zen.spamhaus  NS  ns.lists.example.
      example: |
        $TTL 3600
        @         {SOA}
        @         NS  ns
        ns        A   192.0.2.1
        ns.lists  A   {LISTS}
        dead      NS  ns.dead
        ns.dead   A   {DEAD}
        {DELEGATIONS}
"""

APEX = "$SOA 300 ns.example.net. hostmaster.example.net. 1 600 300 86400 300\n"

SETS = (
    # A list of addresses and networks; its text has the address in place of the dollar sign.
    DataSet(
        "ip4.example",
        "ip4set",
        APEX + ":127.0.0.2:listed, see https://example.net/?$\n"
        "127.0.0.2\n203.0.113.77\n203.0.113.128/25\n!203.0.113.200\n",
    ),
    # Several codes for one address, each from a set of its own as combined lists are made.
    DataSet("codes.example", "ip4set", APEX + "127.0.0.2\n203.0.113.77 :127.0.0.3:a spam source\n"),
    DataSet("codes.example", "ip4set", "203.0.113.77 :127.0.0.10:dial-up\n"),
    # The shape of the list behind DUL.
    DataSet(
        "zen.spamhaus.org",
        "ip4set",
        APEX + "127.0.0.2 :127.0.0.10:\n203.0.113.77 :127.0.0.11:dynamic\n"
        "203.0.113.78 :127.0.0.4:hijacked\n",
    ),
    DataSet("ip6.example", "ip6trie", APEX + "::ffff:7f00:2\n2001:db8:bad::/48 :127.0.0.2:bad\n"),
    # No test point: was it ever filled?
    DataSet("untested.example", "ip4set", APEX + "203.0.113.77\n"),
    DataSet("empty.example", "ip4set", APEX),
    # Shut down in the way that lists everybody, and in the way that sells the domain.
    DataSet("wildcard.example", "ip4trie", APEX + "0.0.0.0/0 :127.0.0.2:gone\n"),
    DataSet("sold.example", "ip4trie", APEX + "0.0.0.0/0 :203.0.113.99:for sale\n"),
    # A list that does not serve this client.
    DataSet("refusing.example", "ip4trie", APEX + "0.0.0.0/0 :127.255.255.250:not for you\n"),
    # Data that its publisher has let expire.
    DataSet("expired.example", "ip4set", APEX + "$TIMESTAMP 2001:01:01 2001:01:02\n127.0.0.2\n"),
)


ENDS = {
    "IP 203.0.113.25 is not on ip4.example": "met",
    "IP 203.0.113.77 is not on ip4.example": "listed",
    "IP 203.0.113.129 is not on ip4.example": "listed",
    "IP 203.0.113.200 is not on ip4.example": "met",
    # rbldnsd serves IPv4 sets under mapped IPv6 names too, so their IPv6 test point is there.
    "IP 2001:db8:bad::25 is not on ip4.example": "met",
    "IP ::ffff:203.0.113.77 is not on ip4.example": "listed",
    "IP 203.0.113.77 is not on codes.example": "inconclusive: undeclared-code",
    "{IP 203.0.113.77 is not on codes.example: {codes: [127.0.0.10]}}": "listed",
    "{IP 203.0.113.77 is not on codes.example: {codes: [127.0.0.4]}}": "met",
    "IP 203.0.113.25 is not on DUL": "met",
    "IP 203.0.113.77 is not on DUL": "listed",
    "IP 203.0.113.78 is not on DUL": "met",
    "IP 203.0.113.78 is not on zen.spamhaus.org": "listed",
    "IP 2001:db8:bad::25 is not on ip6.example": "listed",
    "IP 2001:db8:900d::25 is not on ip6.example": "met",
    "IP 203.0.113.25 is not on ip6.example": "inconclusive: list-not-alive",
    "IP 203.0.113.25 is not on untested.example": "inconclusive: list-not-alive",
    "IP 203.0.113.77 is not on untested.example": "listed",
    "IP 203.0.113.25 is not on empty.example": "inconclusive: list-not-alive",
    "IP 203.0.113.25 is not on wildcard.example": "inconclusive: list-lists-everything",
    "IP 203.0.113.25 is not on sold.example": "inconclusive: not-a-return-code",
    "IP 203.0.113.25 is not on refusing.example": "inconclusive: list-refuses",
    "IP 203.0.113.25 is not on expired.example": "inconclusive: servfail",
    "IP 203.0.113.25 is not on dead.example": "inconclusive",
    "IP 203.0.113.25 is not on unserved.example": "inconclusive: list-refuses",
    "IP 203.0.113.25 is not on mistyped.example": "inconclusive: list-not-alive",
}
"""Sentences, and how each must end; the cause is left out where it depends on who gives up first."""


@pytest.fixture(scope="module")
def judged(folder: Path) -> Iterator[dict[str, Judged]]:
    """What the command says of all sentences, through an unbound that finds the lists."""
    (folder / "lab.yml").write_text(REGISTRY)
    lab = read_lab(folder / "lab.yml", "lab.yml")
    with real_servers(lab, folder) as space:
        space.add_addresses((LISTS, DEAD))
        start_rbldnsd(space, LISTS, SETS)
        wait_for_dns(space, (LISTS,))
        said = judge_sentences(space, live(lab.resolvers[0].addresses), ENDS)
        yield dict(zip(ENDS, said, strict=True))


@pytest.mark.parametrize(("sentence", "end"), ENDS.items(), ids=ENDS.keys())
def test_a_list_is_read(judged: dict[str, Judged], sentence: str, end: str) -> None:
    assert end in (judged[sentence].end, judged[sentence].verdict)
