"""Resolvers that put words of their own in place of the zones': no sentence may end wrong for it.

Ends are those of the zones, which can be asked from the root down; or inconclusive, because a
resolver that was seen through has said nothing.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, TypeAlias

import pytest

from .internet import APEX, add_named, add_unbound, internet
from .judging import judge_sentences, live
from .real_lab import wait_for_dns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from .namespace import Namespace

    Starter: TypeAlias = "Callable[[Namespace, ipaddress.IPv4Address], None]"

pytestmark = pytest.mark.servers("named", "unbound", "nsd", "ip")

ZONES = {
    "plain.example": f"""{APEX}
@      MX     10 mail
mail   A      192.0.2.25
inner  A      10.1.2.3
six    AAAA   2001:db8::25
www    CNAME  mail
gone   CNAME  nothing
""",
    "bare.example": APEX,
    "ipv4only.arpa": f"{APEX}@ A 192.0.0.170\n@ A 192.0.0.171\n",
}

TRUTH = {
    "domain plain.example has MX": "met",
    "MX hosts of plain.example resolve": "met",
    "domain plain.example accepts no mail": "has-mx",
    "host mail.plain.example resolves": "met",
    "host www.plain.example resolves": "met",
    "host inner.plain.example resolves": "met",
    "host gone.plain.example resolves": "no-such-domain",
    "host nothing.plain.example resolves": "no-such-domain",
    "host mail.plain.example has address 192.0.2.25: {only: true}": "met",
    "host six.plain.example has address 2001:db8::25: {only: true}": "met",
    "host mail.plain.example has address 64:ff9b::c000:219": "missing-address",
    "domain nothing.plain.example has MX": "no-such-domain",
    "domain bare.example has MX": "no-mx",
    "MX hosts of nothing.plain.example resolve": "no-such-domain",
}

POLICY = "$TTL 60\n@ SOA a. b. 1 7200 3600 1209600 300\n@ NS a.\n"


def rewriting(space: Namespace, at: ipaddress.IPv4Address) -> None:
    """named that answers with an address of its own in place of every NXDOMAIN."""
    add_named(
        space,
        at,
        "dnssec-validation no;",
        clauses='zone "." { type redirect; file "redirect"; };',
        files={"redirect": POLICY.replace("@", ".") + "*. A 203.0.113.99\n"},
    )


def blocking_named(rule: str) -> Starter:
    """named with a response policy zone that has *rule*."""

    def start(space: Namespace, at: ipaddress.IPv4Address) -> None:
        add_named(
            space,
            at,
            *("dnssec-validation no;", 'response-policy { zone "rpz"; };'),
            clauses='zone "rpz" { type primary; file "rpz"; };',
            files={"rpz": POLICY + rule},
        )

    return start


def blocking_unbound(space: Namespace, at: ipaddress.IPv4Address) -> None:
    """unbound with a response policy zone that denies a mail host."""
    path = space.folder / "rpz"
    path.write_text(POLICY + "mail.plain.example CNAME .\n")
    clauses = f'rpz:\n  name: "rpz"\n  zonefile: "{path}"\n'
    add_unbound(space, at, modules="respip validator iterator", clauses=clauses)


def dns64(prefix: str) -> Starter:
    """named that gives every host an IPv6 address behind *prefix*."""
    options = ("dnssec-validation no;", f"dns64 {prefix} {{ }};")
    return lambda space, at: add_named(space, at, *options)


def unbound_dns64(space: Namespace, at: ipaddress.IPv4Address) -> None:
    """unbound that does so behind a prefix of its own."""
    add_unbound(space, at, "dns64-prefix: 2001:db8:64::/96", modules="dns64 validator iterator")


def unbound(*options: str) -> Starter:
    return lambda space, at: add_unbound(space, at, *options)


RESOLVERS = {
    "named that rewrites NXDOMAIN": rewriting,
    "named that denies a name by policy": blocking_named("mail.plain.example CNAME .\n"),
    "named that empties a name by policy": blocking_named("plain.example CNAME *.\n"),
    "unbound that denies a name by policy": blocking_unbound,
    "unbound that denies a zone": unbound('local-zone: "plain.example" static'),
    "unbound that puts an address at a zone's apex": unbound(
        'local-zone: "bare.example" static', 'local-data: "bare.example A 203.0.113.99"'
    ),
    "named that synthesises IPv6": dns64("64:ff9b::/96"),
    "named that synthesises IPv6 behind a prefix of its own": dns64("2001:db8:64::/64"),
    "unbound that synthesises IPv6": unbound_dns64,
    "unbound that hides private addresses": unbound("private-address: 10.0.0.0/8"),
}
PLACES = [ipaddress.IPv4Address("198.51.100.0") + last for last in range(1, len(RESOLVERS) + 1)]


@pytest.fixture(scope="module")
def space(folder: Path) -> Iterator[Namespace]:
    """Run the zones and the resolvers."""
    with internet(folder, ZONES) as running:
        for at, start in zip(PLACES, RESOLVERS.values(), strict=True):
            start(running, at)
        wait_for_dns(running, PLACES)
        yield running


@pytest.mark.parametrize(
    "at", [pytest.param(at, id=n) for at, n in zip(PLACES, RESOLVERS, strict=True)]
)
def test_no_sentence_ends_wrong(space: Namespace, at: ipaddress.IPv4Address) -> None:
    judged = judge_sentences(space, live([at]), TRUTH)
    wrong = {
        sentence: one.end
        for (sentence, truth), one in zip(TRUTH.items(), judged, strict=True)
        if one.end not in (truth, "inconclusive: resolver-rewrites")
    }
    assert wrong == {}
