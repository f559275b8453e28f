"""Which servers a zone is delegated to, where the resolver fails for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.engine import Engine
from mailcheck.facts.delegation import (
    ADDRESSES,
    MAX_REFERRALS,
    Delegation,
    DelegationFact,
)
from mailcheck.facts.dns import DnsAnswer, ServerQuery, name_server, told
from mailcheck.facts.iteration import MAX_SERVERS
from mailcheck.finding import Finding, met
from mailcheck.question import Unobserved
from mailcheck.world.told import ToldWorld

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.check import Told


def test_a_resolver_that_knows_the_zone_is_enough(answered: Callable[..., Any]) -> None:
    """No server is asked directly: nobody told what it would say."""
    fact = answered(
        Delegation("a.b.example"),
        told("a.b.example NS", "NODATA"),
        told("b.example NS", "ns1.example."),
        told("ns1.example A", "192.0.2.1"),
        told("ns1.example AAAA", "2001:db8::1"),
    )
    assert fact == DelegationFact(
        "b.example", (name_server("192.0.2.1"), name_server("2001:db8::1"))
    )


def test_a_name_that_does_not_exist_is_held_by_the_zone_above(answered: Callable[..., Any]) -> None:
    fact = answered(
        Delegation("gone.b.example"),
        told("gone.b.example NS", "NXDOMAIN"),
        told("b.example NS", "ns1.example."),
        told("ns1.example A", "192.0.2.1"),
        told("ns1.example AAAA", "NODATA"),
    )
    assert fact.zone == "b.example"


def test_an_alias_is_no_zone_of_its_own(answered: Callable[..., Any]) -> None:
    """The NS records are those of what it is an alias of."""
    fact = answered(
        Delegation("www.b.example"),
        told("www.b.example NS", "-> cdn.example.net | ns9.example.net."),
        told("b.example NS", "ns1.example."),
        told("ns1.example A", "192.0.2.1"),
        told("ns1.example AAAA", "NODATA"),
    )
    assert fact.zone == "b.example"


def test_where_the_resolver_fails_the_parent_shows_the_way(
    answered: Callable[..., Any], corner: Any
) -> None:
    fact = answered(
        Delegation(corner.name), *corner.resolver, corner.registry, *corner.both("REFUSED")
    )
    assert fact == DelegationFact("dakao.io", (corner.ns1, corner.ns2))


def test_servers_that_are_to_refuse_a_zone_are_found_through_its_parent(
    answered: Callable[..., Any], corner: Any
) -> None:
    """No resolver says so of itself: a change will have the zone on servers that lack it."""
    refused = [
        (question, DnsAnswer(question.name, "NS", "refused") if said.cause == "servfail" else said)
        if isinstance(said, Unobserved)
        else (question, said)
        for question, said in corner.resolver
    ]
    assert refused != [*corner.resolver]
    fact = answered(Delegation(corner.name), *refused, corner.registry, *corner.both("REFUSED"))
    assert fact == DelegationFact("dakao.io", (corner.ns1, corner.ns2))


def test_a_registry_that_is_silent_leaves_the_zone_above(
    answered: Callable[..., Any], corner: Any
) -> None:
    silent = corner.says(corner.io, "NS", "TIMEOUT")
    fact = answered(Delegation(corner.name), *corner.resolver, silent)
    assert fact.zone == "io"


def test_addresses_from_beside_the_zone_are_looked_up(
    answered: Callable[..., Any], corner: Any
) -> None:
    """The servers of io may say what is under io; about ns.kakao.example they are not believed."""
    forged = name_server("203.0.113.66", "ns.kakao.example")
    fact = answered(
        Delegation(corner.name),
        *corner.resolver,
        corner.refers(corner.io, "dakao.io", ("ns.kakao.example",), (forged,)),
        told("ns.kakao.example A", "198.51.100.9"),
        told("ns.kakao.example AAAA", "NODATA"),
    )
    assert fact == DelegationFact("dakao.io", (name_server("198.51.100.9"),))


def test_addresses_of_hosts_the_zone_is_not_delegated_to_do_not_count(
    answered: Callable[..., Any], corner: Any
) -> None:
    stray = name_server("203.0.113.66", "stray.io")
    fact = answered(
        Delegation(corner.name),
        *corner.resolver,
        corner.refers(corner.io, "dakao.io", ("ns1.dakao.io",), (corner.ns1, stray)),
    )
    assert fact.servers == (corner.ns1,)


def test_a_server_whose_address_is_unknown_is_not_forgotten(
    answered: Callable[..., Any], corner: Any
) -> None:
    fact = answered(
        Delegation(corner.name),
        *corner.resolver,
        corner.refers(corner.io, "dakao.io", ("ns1.dakao.io", "ns.example"), (corner.ns1,)),
        told("ns.example A", "TIMEOUT"),
        told("ns.example AAAA", "NODATA"),
    )
    assert fact.servers == (corner.ns1,)
    assert [u.cause for u in fact.unknown] == ["timeout"]


@pytest.mark.parametrize(
    "cut",
    [
        pytest.param(".", id="up to the root"),
        pytest.param("io", id="to the zone itself"),
        pytest.param("other.io", id="sideways below the zone"),
        pytest.param("evil.example", id="sideways elsewhere"),
        pytest.param("akao.io", id="to a name that only ends alike"),
        pytest.param("x.vm26.dakao.io", id="past the name"),
    ],
)
def test_a_referral_that_does_not_lead_down_to_the_name_is_not_followed(
    answered: Callable[..., Any], corner: Any, cut: str
) -> None:
    trap = name_server("203.0.113.66", "ns1.dakao.io")
    fact = answered(
        Delegation(corner.name),
        *corner.resolver,
        corner.refers(corner.io, cut, ("ns1.dakao.io",), (trap,)),
    )
    assert fact == DelegationFact("io", (corner.io,))


def test_two_zone_cuts_are_followed(answered: Callable[..., Any], corner: Any) -> None:
    deep = name_server("198.51.100.7", "ns.vm26.dakao.io")
    fact = answered(
        Delegation(corner.name),
        *corner.resolver,
        corner.registry,
        corner.refers(corner.ns1, "vm26.dakao.io", ("ns.vm26.dakao.io",), (deep,)),
        corner.says(corner.ns2, "NS", "TIMEOUT"),
    )
    assert fact == DelegationFact("vm26.dakao.io", (deep,))


def test_a_ladder_of_referrals_ends(answered: Callable[..., Any]) -> None:
    """Every server refers one label further down; a name has up to 127."""
    labels = ["x"] * 30 + ["io"]
    name = ".".join(labels)
    above = [".".join(labels[i:]) for i in range(len(labels))]
    server = name_server("192.0.2.1", "ns.io")
    ladder: list[Told] = [told(f"{zone} NS", "SERVFAIL") for zone in above if zone != "io"]
    ladder += [told("io NS", "ns.io."), told("ns.io A", "192.0.2.1"), told("ns.io AAAA", "NODATA")]
    for step, cut in enumerate(reversed(above[:-1])):
        below = name_server(f"198.51.100.{step}", f"ns.{cut}")
        answer = DnsAnswer(
            name, "NS", "referral", cut=cut, delegated_to=(f"ns.{cut}",), glue=(below,)
        )
        ladder.append((ServerQuery(name, "NS", server), answer))
        server = below
    fact = answered(Delegation(name), *ladder)
    assert fact.zone == ".".join(labels[-MAX_REFERRALS - 1 :])


def test_a_zone_with_a_crowd_of_servers_is_cut_short(
    answered: Callable[..., Any], corner: Any
) -> None:
    crowd = tuple(name_server(f"203.0.113.{i}", f"ns{i:03}.dakao.io") for i in range(100))
    fact = answered(
        Delegation(corner.name),
        *corner.resolver,
        corner.refers(corner.io, "dakao.io", tuple(ns.name for ns in crowd), crowd),
    )
    assert fact.servers == crowd[:MAX_SERVERS]
    assert [u.cause for u in fact.unknown] == ["too-many-servers"]


@pytest.mark.parametrize("denial", ["NODATA", "NXDOMAIN"])
def test_a_server_without_address_is_named(answered: Callable[..., Any], denial: str) -> None:
    fact = answered(
        Delegation("b.example"),
        told("b.example NS", "ns1.example. | ns2.example."),
        told("ns1.example A", "192.0.2.1"),
        told("ns1.example AAAA", "NODATA"),
        told("ns2.example A", denial),
        told("ns2.example AAAA", denial),
    )
    assert fact == DelegationFact(
        "b.example", (name_server("192.0.2.1"),), without_address=("ns2.example",)
    )


def test_a_server_of_which_a_family_is_unknown_is_not_without_address(
    answered: Callable[..., Any],
) -> None:
    fact = answered(
        Delegation("b.example"),
        told("b.example NS", "ns1.example."),
        told("ns1.example A", "NODATA"),
        told("ns1.example AAAA", "TIMEOUT"),
    )
    assert fact.without_address == ()
    assert [u.cause for u in fact.unknown] == ["timeout"]


def test_a_zone_delegated_to_nobody_names_the_root_as_its_server(
    answered: Callable[..., Any],
) -> None:
    """Some registries delegate what they withdraw to ``.``."""
    fact = answered(
        Delegation("b.example"),
        told("b.example NS", "."),
        told(". A", "NODATA"),
        told(". AAAA", "NODATA"),
    )
    assert fact == DelegationFact("b.example", (), without_address=(".",))


def test_a_silent_resolver_is_not_asked_for_every_name_above() -> None:
    """An IPv6 reverse name has 34 names above it, and each would be waited for."""
    name = "1." + "0." * 23 + "8.b.d.0.1.0.0.2.ip6.arpa"
    engine = Engine(ToldWorld([told(f"{name} NS", "TIMEOUT")]))

    async def ask() -> Finding:
        await Delegation(name)
        return met()

    outcome = engine.finish(engine.plan(ask)).outcome
    assert isinstance(outcome, Unobserved)
    assert outcome.cause == "timeout"
    assert engine.questions_begun == 1


def test_a_resolver_that_knows_nothing_at_all(answered: Callable[..., Any]) -> None:
    fact = answered(
        Delegation("a.example"),
        told("a.example NS", "SERVFAIL"),
        told("example NS", "SERVFAIL"),
        told(". NS", "TIMEOUT"),
    )
    assert isinstance(fact, Unobserved)
    assert fact.cause == "timeout"


def test_a_resolver_without_a_root(answered: Callable[..., Any]) -> None:
    fact = answered(Delegation("example"), told("example NS", "NXDOMAIN"), told(". NS", "NODATA"))
    assert isinstance(fact, Unobserved)
    assert fact.cause == "no-root"


PARENT = name_server("192.0.2.10", "a.registry.example")
OLD = name_server("198.51.100.1", "ns.old.example")
NEW = name_server("203.0.113.1", "ns.new.example")


def moved(*more: Told) -> tuple[Told, ...]:
    """A resolver that still holds the NS of before shop.example moved to other servers."""
    return (
        told("shop.example NS", "ns.old.example."),
        told("ns.old.example A", str(OLD.address)),
        told("ns.old.example AAAA", "NODATA"),
        told("ns.new.example A", str(NEW.address)),
        told("ns.new.example AAAA", "NODATA"),
        told("example NS", "a.registry.example."),
        told("a.registry.example A", str(PARENT.address)),
        told("a.registry.example AAAA", "NODATA"),
        *more,
    )


def refers_to(server: str) -> DnsAnswer:
    return DnsAnswer("shop.example", "NS", "referral", cut="shop.example", delegated_to=(server,))


def test_confirmed_by_its_parent_a_zone_that_moved_is_found_where_it_is(
    answered: Callable[..., Any],
) -> None:
    said = (ServerQuery("shop.example", "NS", PARENT), refers_to("ns.new.example"))
    assert answered(Delegation("shop.example", confirmed=True), *moved(said)) == DelegationFact(
        "shop.example", (NEW,)
    )


def test_unconfirmed_the_resolver_is_believed(answered: Callable[..., Any]) -> None:
    assert answered(Delegation("shop.example"), *moved()) == DelegationFact("shop.example", (OLD,))


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Unobserved("timeout"), id="silent"),
        pytest.param(DnsAnswer("shop.example", "NS", "refused"), id="refusing"),
        pytest.param(
            DnsAnswer("shop.example", "NS", "nodata", authoritative=True), id="holding both zones"
        ),
    ],
)
def test_a_parent_that_does_not_say_leaves_the_word_of_the_resolver(
    answered: Callable[..., Any], answer: DnsAnswer | Unobserved
) -> None:
    said = (ServerQuery("shop.example", "NS", PARENT), answer)
    assert answered(Delegation("shop.example", confirmed=True), *moved(said)) == DelegationFact(
        "shop.example", (OLD,)
    )


def test_a_parent_above_which_nothing_is_known_leaves_the_word_of_the_resolver(
    answered: Callable[..., Any],
) -> None:
    """A private network without the public root, a lab without registries."""
    fact = answered(
        Delegation("shop.example", confirmed=True),
        told("shop.example NS", "ns.old.example."),
        told("ns.old.example A", str(OLD.address)),
        told("ns.old.example AAAA", "NODATA"),
        told("example NS", "NXDOMAIN"),
        told(". NS", "SERVFAIL"),
    )
    assert fact == DelegationFact("shop.example", (OLD,))


def test_one_address_of_a_server_is_enough_to_know_it(answered: Callable[..., Any]) -> None:
    fact = answered(
        Delegation("b.example"),
        told("b.example NS", "ns1.example."),
        told("ns1.example A", "192.0.2.1"),
        told("ns1.example AAAA", "SERVFAIL"),
    )
    assert fact == DelegationFact("b.example", (name_server("192.0.2.1"),))


def test_a_server_with_very_many_addresses_is_asked_at_some(answered: Callable[..., Any]) -> None:
    """A stranger's zone does not decide how many packets leave."""
    many = " | ".join(f"192.0.2.{n}" for n in range(1, 100))
    fact = answered(
        Delegation("b.example"),
        told("b.example NS", "ns1.example."),
        told("ns1.example A", many),
        told("ns1.example AAAA", "NODATA"),
    )
    assert len(fact.servers) == ADDRESSES
    assert [unknown.cause for unknown in fact.unknown] == ["too-many-servers"]
