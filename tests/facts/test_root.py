"""Whether the root can be asked, and who answers in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.facts.authority import told_by
from mailcheck.facts.dns import NameServer, ServerQuery, name_server
from mailcheck.facts.root import PRIMED, ROOT_SERVERS, Root, RootFact, RunRoot, RunRootFact
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.check import Told

V4 = tuple(name_server(f"192.0.2.{n}", f"{n}.root.example") for n in range(5))
V6 = tuple(name_server(f"2001:db8::{n}", f"{n}.root.example") for n in range(5))
GUIDE = name_server("203.0.113.53")


def roots(*told: Told) -> tuple[Told, ...]:
    return ((RunRoot(), RunRootFact((*V4, *V6), (GUIDE,))), *told)


def says(answer: str, *servers: NameServer) -> list[Told]:
    return [told_by(server, ". NS", answer) for server in servers]


def test_the_root_has_thirteen_servers_in_both_families() -> None:
    assert len(set(ROOT_SERVERS)) == 26
    assert [server.address.version for server in ROOT_SERVERS] == [4] * 13 + [6] * 13
    assert len({server.name for server in ROOT_SERVERS}) == 13
    assert all(server.address.is_global for server in ROOT_SERVERS)


def test_some_servers_of_each_family_tell_for_all(answered: Callable[..., Any]) -> None:
    """The others would have to be told of: they are not asked."""
    told = says("a.root.example.", *V4[:PRIMED], *V6[:PRIMED])
    assert answered(Root(), *roots(*told)) == RootFact(
        (*V4[:PRIMED], *V6[:PRIMED], *V4[PRIMED:], *V6[PRIMED:]), (GUIDE,)
    )


def test_one_that_answers_is_enough_and_comes_first(answered: Callable[..., Any]) -> None:
    told = says("TIMEOUT", V4[0], V4[2], *V6) + says("a.root.example.", V4[1])
    found = answered(Root(), *roots(*told))
    assert found.servers == (V4[1], V4[0], *V4[2:])
    assert str(found) == "1.root.example (192.0.2.1) answers"


def test_without_ipv6_none_of_its_servers_is_asked_later(answered: Callable[..., Any]) -> None:
    unrouted = Unobserved("no-ipv6-route", not_evaluated=True)
    told = says("a.root.example.", *V4[:PRIMED])
    told += [(ServerQuery(".", "NS", server), unrouted) for server in V6]
    assert answered(Root(), *roots(*told)).servers == V4


@pytest.mark.parametrize("silence", ["TIMEOUT", "UNREACHABLE", "NOT-IN-LAB"])
def test_a_root_out_of_reach_leaves_the_resolvers(
    answered: Callable[..., Any], silence: str
) -> None:
    found = answered(Root(), *roots(*says(silence, *V4, *V6)))
    assert found == RootFact((), (GUIDE,))
    assert str(found) == "no answer; the way to a zone is asked of 203.0.113.53"


@pytest.mark.parametrize("answer", ["REFUSED-BY-AUTHORITY", "LAME", "SERVFAIL", "NXDOMAIN"])
def test_who_answers_otherwise_is_not_the_root(answered: Callable[..., Any], answer: str) -> None:
    told = says(answer, V4[1]) + says("TIMEOUT", V4[0], V4[2], *V6)
    found = answered(Root(), *roots(*told))
    assert found.servers == ()
    assert found.impostor
    assert "answers in its place" in str(found)


def test_data_without_authority_is_not_the_root_s(answered: Callable[..., Any]) -> None:
    cached = [
        (q, told_by(q.server, ". NS", "a.root.example.", recursive=True)[1])
        for q in (ServerQuery(".", "NS", server) for server in (*V4, *V6))
    ]
    found = answered(Root(), *roots(*cached))
    assert (found.servers, bool(found.impostor)) == ((), True)
