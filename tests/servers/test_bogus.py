"""Zones whose signatures do not validate: nothing is known of them, and it is said why."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

import dns.message
import dns.rcode
import dns.rdatatype
import pytest

from .internet import APEX, add_named, add_unbound, internet
from .judging import judge_sentences, live
from .real_lab import wait_for_dns
from .signed import sign, trusted_by_named, without_signatures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .namespace import Namespace

pytestmark = pytest.mark.servers("named", "unbound", "nsd", "ip")

UNBOUND, NAMED = (ipaddress.IPv4Address(f"198.51.100.{last}") for last in (1, 2))

RECORDS = f"""{APEX}
@         MX  10 mail
mail      A   192.0.2.25
tampered  A   192.0.2.66
stripped  A   192.0.2.67
"""

GOOD = sign("good.example", RECORDS)
EXPIRED = sign("expired.example", RECORDS, expired=True)
KEYS = [GOOD, EXPIRED]

ZONES = {
    # Somebody changed an address, and took away the signature of another, on the way.
    "good.example": without_signatures(
        GOOD.text.replace("192.0.2.66", "203.0.113.66"),
        "good.example",
        "stripped.good.example",
        dns.rdatatype.A,
    ),
    "expired.example": EXPIRED.text,
}

ENDS = {
    "domain good.example has MX": "met",
    "MX hosts of good.example resolve": "met",
    "domain nothing.good.example has MX": "no-such-domain",
    "host tampered.good.example resolves": "inconclusive: bogus",
    "host stripped.good.example resolves": "inconclusive: bogus",
    "domain expired.example has MX": "inconclusive: bogus",
    "host mail.expired.example resolves": "inconclusive: bogus",
    # Its denials are signed as badly as its data.
    "host nothing.expired.example resolves": "inconclusive: bogus",
    "domain mail.expired.example has MX": "inconclusive: bogus",
    "domain expired.example accepts no mail": "inconclusive: bogus",
    'TXT of expired.example includes "v=spf1"': "inconclusive: bogus",
}

TAMPERED = {"name": "tampered.good.example", "type": "A"}
OLD = {"name": "expired.example", "type": "MX"}


@pytest.fixture(scope="module")
def space(folder: Path) -> Iterator[Namespace]:
    """Run the zones and two resolvers that have their keys."""
    with internet(folder, ZONES) as running:
        anchors = [f'trust-anchor: "{signed.anchor}"' for signed in KEYS]
        add_unbound(running, UNBOUND, *anchors, "ede: yes", modules="validator iterator")
        add_named(running, NAMED, "dnssec-validation yes;", clauses=trusted_by_named(KEYS))
        wait_for_dns(running, [UNBOUND, NAMED])
        yield running


@pytest.mark.parametrize("at", [UNBOUND, NAMED], ids=["unbound", "named"])
def test_what_does_not_validate_is_not_known(space: Namespace, at: ipaddress.IPv4Address) -> None:
    judged = judge_sentences(space, live([at]), ENDS)
    assert {one.sentence: one.end for one in judged} == ENDS


@pytest.mark.parametrize(
    ("at", "extended"), [(UNBOUND, "DNSSEC"), (NAMED, "")], ids=["unbound", "named"]
)
def test_the_extended_error_is_shown(
    space: Namespace, at: ipaddress.IPv4Address, extended: str
) -> None:
    """unbound says what is wrong if it is told to (RFC 8914), this named says nothing."""
    said = space.ask("ask_world.py", [TAMPERED, OLD], str(at))
    assert [one["cause"] for one in said] == ["bogus", "bogus"]
    assert all(extended in one["evidence"] + one["text"] for one in said)


@pytest.mark.parametrize("at", [UNBOUND, NAMED], ids=["unbound", "named"])
def test_the_servers_fail_as_the_cause_says(space: Namespace, at: ipaddress.IPv4Address) -> None:
    """SERVFAIL to whoever wants the truth, the data to whoever checks for himself (CD)."""
    asked = [{"server": str(at), "recursive": True} | one for one in (TAMPERED, OLD)]
    plain = space.ask("ask_dns.py", asked)
    unchecked = space.ask("ask_dns.py", [one | {"unchecked": True} for one in asked])
    assert [_rcode(answer) for answer in plain] == ["SERVFAIL", "SERVFAIL"]
    assert [_rcode(answer) for answer in unchecked] == ["NOERROR", "NOERROR"]


def _rcode(answer: str) -> str:
    return dns.rcode.to_text(dns.message.from_wire(bytes.fromhex(answer)).rcode())
