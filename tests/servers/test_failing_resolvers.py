"""Resolvers that do not answer, or not from the zones: what that says about a domain, and what not."""

from __future__ import annotations

import contextlib
import ipaddress
from typing import TYPE_CHECKING

import pytest

from .internet import APEX, AUTHORITY, NOWHERE, add_named, add_unbound, internet
from .judging import judge_sentences, live
from .real_lab import wait_for_dns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mailcheck.names import Address

    from .namespace import Namespace

pytestmark = pytest.mark.servers("named", "unbound", "nsd", "ip")

REFUSING, NAMED, HOARDING = (ipaddress.IPv4Address(f"198.51.100.{last}") for last in range(1, 4))

ZONE = f"""{APEX}
@     MX     10 mail
mail  A      192.0.2.25
short 1 A    192.0.2.26
"""

STALE_TTL = 30
"""What unbound gives a record whose time is over (RFC 8767 §5.11)."""

TRIES = 30
"""How often it is asked whether a second is over."""


@pytest.fixture(scope="module")
def space(folder: Path) -> Iterator[Namespace]:
    """Run a zone and the resolvers."""
    elsewhere: dict[str, Address] = {"dead.example": NOWHERE, "refused.example": AUTHORITY}
    with internet(folder, {"plain.example": ZONE}, elsewhere=elsewhere) as running:
        add_unbound(running, REFUSING, "access-control: 0.0.0.0/0 refuse")
        add_unbound(running, HOARDING, "serve-expired: yes", "ede: yes", "ede-serve-expired: yes")
        add_named(running, NAMED, "dnssec-validation no;")
        wait_for_dns(running, [REFUSING, HOARDING, NAMED])
        yield running


def ends(space: Namespace, at: Address, *sentences: str) -> list[str]:
    return [one.end for one in judge_sentences(space, live([at]), sentences)]


def test_a_resolver_that_refuses_says_nothing_about_the_domain(space: Namespace) -> None:
    assert (
        ends(space, REFUSING, "domain plain.example has MX", "host nothing.plain.example resolves")
        == ["inconclusive: refused"] * 2
    )


def test_the_refusal_of_the_zones_own_server_does(space: Namespace) -> None:
    assert (
        ends(space, NAMED, "domain refused.example has MX", "host www.refused.example resolves")
        == ["refused-by-authority"] * 2
    )


def test_dead_servers_of_a_zone_say_nothing_about_it(space: Namespace) -> None:
    assert (
        ends(space, NAMED, "domain dead.example has MX", "domain dead.example accepts no mail")
        == ["inconclusive: servfail"] * 2
    )


def test_a_server_that_does_not_resolve_is_no_resolver(space: Namespace) -> None:
    """Asked for names that are not its own, nsd refuses; its root only refers."""
    assert ends(space, AUTHORITY, "domain elsewhere.example has MX") == ["inconclusive: refused"]
    [said] = space.ask("ask_world.py", [{"name": "plain.example", "type": "MX"}], "198.41.0.4")
    assert said["cause"] == "no-recursion"


def test_one_that_answers_is_enough(space: Namespace) -> None:
    """Whatever the others do, and in whatever order they are named."""
    sentence = "domain plain.example has MX"
    for resolvers in ([NOWHERE, REFUSING, NAMED], [NAMED, NOWHERE], [REFUSING, NAMED]):
        [judged] = judge_sentences(space, live(resolvers), [sentence])
        assert judged.end == "met", resolvers


def test_nobody_at_the_address(space: Namespace) -> None:
    [judged] = judge_sentences(space, live([NOWHERE]), ["domain plain.example has MX"])
    assert judged.verdict in {"inconclusive", "not evaluated"}
    assert judged.cause in {"unreachable", "resolver-dead"}


def test_records_whose_time_is_over_are_data(space: Namespace) -> None:
    """unbound keeps them for when the zone's servers are gone (RFC 8767), and so do mail hosts.

    Asked until the second of its TTL is over, which the answer itself tells.
    """
    asked = {"name": "short.plain.example", "type": "A"}
    [fresh] = space.ask("ask_world.py", [asked], str(HOARDING))
    assert (fresh["records"], fresh["ttl"]) == (["192.0.2.26"], 1)
    with gone(space, AUTHORITY):
        for _ in range(TRIES):
            [stale] = space.ask("ask_world.py", [asked], str(HOARDING))
            if stale["ttl"] == STALE_TTL:
                break
    assert (stale["status"], stale["records"], stale["ttl"]) == ("data", ["192.0.2.26"], STALE_TTL)


@contextlib.contextmanager
def gone(space: Namespace, address: Address) -> Iterator[None]:
    """Take *address* from the namespace for a while."""
    space.run("ip", "address", "delete", f"{address}/32", "dev", "lo")
    try:
        yield
    finally:
        space.add_addresses([address])
