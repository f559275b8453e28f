"""Resolvers of every make and setting that answer honestly: every sentence ends alike."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, TypeAlias

import pytest

from .internet import (
    APEX,
    AUTHORITY,
    add_named,
    add_unbound,
    internet,
)
from .judging import judge_sentences, live
from .real_lab import wait_for_dns
from .signed import sign, trusted_by_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mailcheck.names import Address

    from .namespace import Namespace

pytestmark = pytest.mark.servers("named", "unbound", "nsd", "ip")

RECORDS = f"""{APEX}
@      MX     10 mail
@      TXT    "v=spf1 mx -all"
mail   A      192.0.2.25
www    CNAME  mail
far    CNAME  mail.signed.example.
gone   CNAME  nothing
*.wild MX     10 mail
"""

SIGNED = sign("signed.example", RECORDS)

ZONES = {
    "plain.example": RECORDS,
    "signed.example": SIGNED.text,
    "bare.example": APEX,
    "null.example": f"{APEX}@ MX 0 .\n",
}

ENDS = {
    "domain plain.example has MX": "met",
    "MX hosts of plain.example resolve": "met",
    "host www.plain.example resolves": "met",
    "host far.plain.example resolves": "met",
    "host gone.plain.example resolves": "no-such-domain",
    "host nothing.plain.example resolves": "no-such-domain",
    "domain any.wild.plain.example has MX": "met",
    "domain wild.plain.example has MX": "no-mx",
    "domain nobody.example has MX": "no-such-domain",
    "domain signed.example has MX": "met",
    "domain nothing.signed.example has MX": "no-such-domain",
    "domain www.signed.example has MX": "no-mx",
    "domain any.wild.signed.example has MX": "met",
    "domain bare.example has MX": "no-mx",
    "domain null.example accepts no mail": "met",
    'TXT of plain.example includes "v=spf1"': "met",
    "CNAME of www.plain.example is mail.plain.example": "met",
    "nameservers of plain.example agree on MX": "met",
    # Delegated to a server that does not have it: the resolver fails, the server refuses.
    "domain refused.example has MX": "refused-by-authority",
}

HARDENED = (
    *("harden-glue: yes", "harden-dnssec-stripped: yes", "harden-below-nxdomain: yes"),
    *("harden-referral-path: yes", "harden-algo-downgrade: yes", "harden-large-queries: yes"),
    *("harden-short-bufsize: yes", "use-caps-for-id: yes", "qname-minimisation-strict: yes"),
    *("aggressive-nsec: yes", "deny-any: yes", "prefetch: yes", "hide-identity: yes"),
)

FORWARDER = 'forward-zone:\n  name: "."\n  forward-addr: 198.51.100.1\n'

Starter: TypeAlias = "Callable[[Namespace, Address], None]"


def unbound(*options: str, modules: str = "iterator", clauses: str = "") -> Starter:
    return lambda space, at: add_unbound(space, at, *options, modules=modules, clauses=clauses)


def named(*options: str, clauses: str = "") -> Starter:
    return lambda space, at: add_named(space, at, *options, clauses=clauses)


RESOLVERS = {
    "198.51.100.1": ("unbound", unbound()),
    "198.51.100.2": ("unbound, all sections", unbound("minimal-responses: no")),
    "198.51.100.3": (
        "unbound, validating",
        unbound(f'trust-anchor: "{SIGNED.anchor}"', *HARDENED, modules="validator iterator"),
    ),
    "127.0.0.53": ("unbound, a stub on loopback", unbound(clauses=FORWARDER)),
    "198.51.100.5": ("named, minimal", named("dnssec-validation no;", "minimal-responses yes;")),
    "198.51.100.6": (
        "named, validating",
        named(
            "dnssec-validation yes;", "minimal-responses no;", clauses=trusted_by_named([SIGNED])
        ),
    ),
}
"""By address: what is there, and how it is started."""


@pytest.fixture(scope="module")
def space(folder: Path) -> Iterator[Namespace]:
    """Run the zones and the resolvers."""
    with internet(folder, ZONES, elsewhere={"refused.example": AUTHORITY}) as running:
        resolvers = [ipaddress.ip_address(address) for address in RESOLVERS]
        for at, (_, start) in zip(resolvers, RESOLVERS.values(), strict=True):
            start(running, at)
        wait_for_dns(running, resolvers)
        yield running


@pytest.mark.parametrize("at", [pytest.param(at, id=what) for at, (what, _) in RESOLVERS.items()])
def test_every_sentence_ends_as_the_zones_have_it(space: Namespace, at: str) -> None:
    """By the command, with ``--resolver``."""
    judged = judge_sentences(space, live([ipaddress.ip_address(at)]), ENDS)
    assert {one.sentence: one.end for one in judged} == ENDS


def test_the_system_resolver_may_be_a_stub_on_loopback(space: Namespace) -> None:
    """Without ``--resolver`` the run asks whom ``/etc/resolv.conf`` names."""
    space.use_resolver(ipaddress.IPv4Address("127.0.0.53"))
    judged = judge_sentences(space, live([]), ENDS)
    assert {one.sentence: one.end for one in judged} == ENDS


@pytest.mark.parametrize(
    ("at", "validates"),
    [
        ("198.51.100.1", False),
        ("198.51.100.3", True),
        ("127.0.0.53", False),
        ("198.51.100.6", True),
    ],
    ids=lambda value: RESOLVERS[value][0] if isinstance(value, str) else "",
)
def test_only_those_who_have_its_key_vouch_for_a_zone(
    space: Namespace, at: str, *, validates: bool
) -> None:
    """AD on the signed zone's data and denials."""
    asked = [
        {"name": "signed.example", "type": "MX"},
        {"name": "nothing.signed.example", "type": "MX"},
        {"name": "plain.example", "type": "MX"},
    ]
    said = space.ask("ask_world.py", asked, at)
    assert [one["authenticated"] for one in said] == [validates, validates, False]
