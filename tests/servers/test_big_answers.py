"""Answers that do not fit a datagram: over TCP whole, and without TCP not at all."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

import pytest

from .internet import APEX, AUTHORITY, add_named, add_unbound, internet
from .judging import judge_sentences, live
from .real_lab import wait_for_dns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .namespace import Namespace

pytestmark = pytest.mark.servers("named", "unbound", "nsd", "ip", "nft")

UNBOUND, NAMED, WITHOUT_TCP, MUTE_TCP = (
    ipaddress.IPv4Address(f"198.51.100.{last}") for last in range(1, 5)
)

TEXTS = [f'"{number:02} {"x" * 240}"' for number in range(16)]
EXCHANGES = [f"{number} mx{number}.example.net." for number in range(90)]
MORE = [f"{number} mx{number}.example.net." for number in range(300)]

BIG = (
    APEX
    + "".join(f"texts TXT {text}\n" for text in [*TEXTS, '"v=spf1 -all"'])
    + "".join(f"exchanges MX {exchange}\n" for exchange in EXCHANGES)
    + "".join(f"more MX {exchange}\n" for exchange in MORE)
    # The answer fits, the addresses that could come along do not.
    + "".join(f"courtesy MX {number} host{number}\n" for number in range(40))
    + "".join(f"host{number} A 192.0.2.{number}\n" for number in range(40))
)

ASKED = [
    {"name": "texts.big.example", "type": "TXT"},
    {"name": "exchanges.big.example", "type": "MX"},
    {"name": "courtesy.big.example", "type": "MX"},
]
WHOLE = [
    (sorted([*TEXTS, '"v=spf1 -all"']), "TCP"),
    (sorted(EXCHANGES), "TCP"),
    (sorted(f"{number} host{number}.big.example." for number in range(40)), "UDP"),
]

SMALL = {"name": "host7.big.example", "type": "A"}

FIREWALL = """\
table ip filter {{
  chain in {{
    type filter hook input priority 0;
    ip daddr {refused} tcp dport 53 reject with tcp reset
    ip daddr {dropped} tcp dport 53 drop
  }}
}}
"""


@pytest.fixture(scope="module")
def space(folder: Path) -> Iterator[Namespace]:
    """Run the zone and four resolvers, two of them behind a firewall that lets no TCP through."""
    with internet(folder, {"big.example": BIG}) as running:
        for at in (UNBOUND, WITHOUT_TCP, MUTE_TCP):
            add_unbound(running, at)
        add_named(running, NAMED, "dnssec-validation no;")
        wait_for_dns(running, [UNBOUND, NAMED, WITHOUT_TCP, MUTE_TCP])
        rules = FIREWALL.format(refused=WITHOUT_TCP, dropped=MUTE_TCP)
        running.run("nft", "--file", "-", stdin=rules)
        yield running


@pytest.mark.parametrize("at", [UNBOUND, NAMED], ids=["unbound", "named"])
def test_resolvers_give_it_over_tcp(space: Namespace, at: ipaddress.IPv4Address) -> None:
    said = space.ask("ask_world.py", ASKED, str(at))
    assert [(sorted(one["records"]), one["transport"]) for one in said] == WHOLE


def test_a_zones_own_server_gives_it_over_tcp(space: Namespace) -> None:
    said = space.ask("ask_world.py", [one | {"server": str(AUTHORITY)} for one in ASKED])
    assert [(sorted(one["records"]), one["transport"]) for one in said] == WHOLE


def test_more_records_than_named_takes(space: Namespace) -> None:
    """named keeps RRsets of 100 records (max-records-per-type) and fails for more; others do not."""
    asked = {"name": "more.big.example", "type": "MX"}
    [unbound] = space.ask("ask_world.py", [asked], str(UNBOUND))
    [own] = space.ask("ask_world.py", [asked | {"server": str(AUTHORITY)}])
    [named] = space.ask("ask_world.py", [asked], str(NAMED))
    assert sorted(unbound["records"]) == sorted(own["records"]) == sorted(MORE)
    assert named["cause"] == "servfail"


@pytest.mark.parametrize("at", [WITHOUT_TCP, MUTE_TCP], ids=["refused", "dropped"])
def test_without_tcp_it_is_truncated(space: Namespace, at: ipaddress.IPv4Address) -> None:
    """What fits a datagram is there all the same."""
    said = space.ask("ask_world.py", [*ASKED[:2], SMALL], str(at))
    assert [one.get("cause", one.get("records")) for one in said] == [
        "truncated",
        "truncated",
        ["192.0.2.7"],
    ]


SENTENCES = ('TXT of texts.big.example includes "v=spf1"', "domain exchanges.big.example has MX")


def test_a_sentence_about_it_is_met(space: Namespace) -> None:
    judged = judge_sentences(space, live([UNBOUND]), SENTENCES)
    assert [one.end for one in judged] == ["met", "met"]


def test_a_sentence_about_it_stays_open_without_tcp(space: Namespace) -> None:
    """The records that are looked for might be among those that were cut off."""
    judged = judge_sentences(space, live([WITHOUT_TCP]), SENTENCES)
    assert [one.end for one in judged] == ["inconclusive: truncated"] * 2
