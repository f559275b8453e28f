"""Lists that a project describes itself, published by a real rbldnsd: domains, bits, and a key."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

import pytest

from mailcheck.lab import read_lab

from .judging import Judged, judge, live
from .rbldnsd import DataSet, start_rbldnsd
from .real_lab import real_servers, wait_for_dns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.servers("named", "unbound", "rbldnsd", "ip")

LISTS = ipaddress.IPv4Address("192.0.2.53")
KEY = "k3y0f0urs"

LAB = f"""\
lab: 1
servers:
  ns1.example:
    address: 192.0.2.1
    zones:
      example: |
        $TTL 3600
        @         SOA ns1 hostmaster 1 7200 3600 1209600 300
        @         NS  ns1
        ns1       A   192.0.2.1
        ns.lists  A   {LISTS}
        names     NS  ns.lists
        bits      NS  ns.lists
        trust     NS  ns.lists
        keyed     NS  ns.lists
        gone      NS  ns.lists
"""

INI = """\
[pytest]
mail_blocklists = lists.yml
mail_blocklist_keys = keyed.example ${env:OUR_LIST_KEY}
mail_secrets = OUR_LIST_KEY
"""

DECLARED = """\
blocklists: 1
lists:
  zen.spamhaus.org: &elsewhere {operator: elsewhere, state: 'defunct 2026, in this story'}
  dbl.spamhaus.org: *elsewhere
  multi.surbl.org: *elsewhere
  multi.uribl.com: *elsewhere
  names.example:
    operator: Ours
    takes: domain
    codes:
      127.0.1.2: abuse, domains of spammers
      127.0.1.100-127.0.1.199: neutral, seen once
    default: yes
  bits.example:
    operator: Ours
    takes: ip4
    base: 127.1.0.0
    bits: {1: 'spam, RBL', 2: 'dynamic, DUL', 128: 'neutral, seen'}
  trust.example:
    operator: Ours
    takes: ip4, ip6
    codes: {127.0.5.0-127.0.5.3: 'allow, trusted'}
  keyed.example:
    operator: Ours
    takes: ip4, ip6
    key: required
    codes: {127.0.0.2: 'spam, sender of spam'}
  gone.example:
    operator: Ours
    state: defunct 2025-12-31, its operator retired
"""

APEX = "$SOA 300 ns.example. hostmaster.example. 1 600 300 86400 300\n"

SETS = (
    DataSet(
        "names.example",
        "dnset",
        APEX + ":127.0.1.2:spammer\ntest\nbad.example.com\n.wide.example.org\n"
        "seen.example.com :127.0.1.150:once\nodd.example.com :127.0.1.7:\n",
    ),
    DataSet(
        "bits.example",
        "ip4set",
        APEX + "127.0.0.2 :127.1.0.2:\n203.0.113.1 :127.1.0.1:\n203.0.113.3 :127.1.0.3:\n"
        "203.0.113.128 :127.1.0.128:\n203.0.113.4 :127.1.0.4:\n",
    ),
    DataSet("trust.example", "ip4set", APEX + "127.0.0.2 :127.0.5.0:\n203.0.113.1 :127.0.5.2:\n"),
    DataSet(
        f"{KEY}.keyed.example",
        "ip4set",
        APEX + f"127.0.0.2\n203.0.113.1 :127.0.0.2:https://keyed.example/{KEY}/$\n",
    ),
    DataSet(f"{KEY}.keyed.example", "ip6trie", "::ffff:7f00:2\n2001:db8:bad::/48 :127.0.0.2:\n"),
)

ENDS = {
    "domain example.com is not on any blocklist": "met",
    "domain bad.example.com is not on any blocklist": "listed",
    "domain mail.wide.example.org is not on any blocklist": "listed",
    "domain seen.example.com is not on any blocklist": "met",
    "domain odd.example.com is not on any blocklist": "inconclusive: undeclared-code",
    "IP 203.0.113.9 is not on bits.example": "met",
    "IP 203.0.113.1 is not on bits.example": "listed",
    "IP 203.0.113.3 is not on bits.example": "listed",
    "IP 203.0.113.128 is not on bits.example": "met",
    "IP 203.0.113.4 is not on bits.example": "inconclusive: undeclared-code",
    "IP 2001:db8::1 is not on bits.example": "not evaluated: wrong-family",
    "IP 203.0.113.1 is not on trust.example": "met",
    "IP 203.0.113.9 is not on keyed.example": "met",
    "IP 203.0.113.1 is not on keyed.example": "listed",
    "IP 2001:db8::9 is not on keyed.example": "met",
    "IP 2001:db8:bad::1 is not on keyed.example": "listed",
    "IP 203.0.113.1 is not on names.example": "inconclusive: wrong-list",
    "IP 203.0.113.1 is not on gone.example": "inconclusive: list-defunct",
    "IP 203.0.113.1 is not on dul.gone.example": "inconclusive: list-defunct",
}
"""Sentences, and how each must end."""


@pytest.fixture(scope="module")
def judged(folder: Path) -> Iterator[dict[str, Judged]]:
    """What the command says of all sentences in a project that describes the lists."""
    (folder / "lab.yml").write_text(LAB)
    project = folder / "project"
    project.mkdir()
    (project / "pytest.ini").write_text(INI)
    (project / "lists.yml").write_text(DECLARED)
    sentences = "".join(f"  - {sentence}\n" for sentence in ENDS)
    (project / "mail.yml").write_text(f"mailcheck: 1\nchecks:\n{sentences}")
    lab = read_lab(folder / "lab.yml", "lab.yml")
    with real_servers(lab, folder) as space:
        space.add_addresses((LISTS,))
        start_rbldnsd(space, LISTS, SETS)
        wait_for_dns(space, (LISTS,))
        options = live(lab.resolvers[0].addresses)
        said = judge(space, options, str(project / "mail.yml"), OUR_LIST_KEY=KEY)
        yield dict(zip(ENDS, said, strict=True))


@pytest.mark.parametrize(("sentence", "end"), ENDS.items(), ids=ENDS.keys())
def test_a_declared_list_is_read(judged: dict[str, Judged], sentence: str, end: str) -> None:
    assert judged[sentence].end == end


def test_the_key_is_sent_and_shown_nowhere(judged: dict[str, Judged]) -> None:
    told = repr(list(judged.values()))
    assert "${env:OUR_LIST_KEY}.keyed.example" in told
    assert KEY not in told.lower()
