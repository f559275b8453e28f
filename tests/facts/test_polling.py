"""What the servers of a zone come to together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailcheck.facts.dns import DnsAnswer, name_server, told
from mailcheck.facts.polling import IN_VAIN, Polling, doubling, rotated
from mailcheck.question import Unobserved

NS = name_server("192.0.2.1", "ns.example")


def said(words: str, *, authoritative: bool = True) -> DnsAnswer | Unobserved:
    answer = told("a.example A", words)[1]
    return replace(answer, authoritative=authoritative) if isinstance(answer, DnsAnswer) else answer


NO_ROUTE = Unobserved("no-ipv6-route", not_evaluated=True)
REFUSES = said("REFUSED-BY-AUTHORITY")


@pytest.mark.parametrize("words", ["192.0.2.80", "NODATA", "NXDOMAIN", "-> b.example"])
def test_an_answer_with_authority_counts(words: str) -> None:
    polling = Polling("example")
    assert polling.heard([(NS, REFUSES), (NS, said(words))], "a.example") == said(words)


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        pytest.param([REFUSES, REFUSES], "refused example", id="all refuse"),
        pytest.param([REFUSES, NO_ROUTE], "refused example", id="all that have a route refuse"),
        pytest.param([REFUSES, said("TIMEOUT")], "timeout", id="one is silent"),
        pytest.param(
            [REFUSES, said("192.0.2.80", authoritative=False)], "lame", id="one has no authority"
        ),
        pytest.param([said("TIMEOUT"), said("SERVFAIL")], "timeout", id="nobody answers"),
        pytest.param([NO_ROUTE, NO_ROUTE], "no-ipv6-route", id="nobody can be asked"),
        pytest.param([], "lame", id="nobody is there"),
    ],
)
def test_what_it_comes_to(answers: list[DnsAnswer | Unobserved], outcome: str) -> None:
    polling = Polling("example")
    assert polling.heard([(NS, answer) for answer in answers], "a.example") is None
    found = polling.outcome(complete=True)
    shown = f"refused {found.cut}" if isinstance(found, DnsAnswer) else found.cause
    assert shown == outcome


@pytest.mark.parametrize(
    ("zone", "impostor", "complete", "unknown"),
    [
        pytest.param("example", "192.0.2.66", True, (), id="somebody answers for the root"),
        pytest.param(".", "", True, (), id="nobody but an impostor refuses the root"),
        pytest.param("example", "", False, (), id="some were not asked"),
        pytest.param("example", "", True, ("ns2.example",), id="one has no address"),
    ],
)
def test_refusals_that_are_no_fact(
    zone: str, impostor: str, *, complete: bool, unknown: tuple[str, ...]
) -> None:
    polling = Polling(zone, impostor)
    polling.heard([(NS, REFUSES)], "a.example")
    for host in unknown:
        polling.found([host], ())
    found = polling.outcome(complete=complete)
    assert isinstance(found, Unobserved)
    assert found.cause == "refused"


@pytest.mark.parametrize("answers", [[said("192.0.2.80", authoritative=False)], [REFUSES], []])
def test_names_from_the_network_are_shown_escaped(answers: list[DnsAnswer | Unobserved]) -> None:
    evil = name_server("192.0.2.66", "ns.\x1b[2J")
    polling = Polling("\x1b[2J.example", impostor="\x1b[2J")
    polling.heard([(evil, answer) for answer in answers], "a.example")
    polling.found(["\x1b[2J"], ())
    found = polling.outcome(complete=True)
    assert isinstance(found, Unobserved)
    assert "\x1b" not in found.text


def test_a_zone_whose_servers_fail_is_given_up() -> None:
    polling = Polling("example")
    for _ in range(IN_VAIN - 2):
        polling.heard([(NS, said("TIMEOUT")), (NS, REFUSES)], "a.example")
    polling.found(["ns2.example"], {"ns2.example"})
    assert not polling.in_vain
    polling.found(["ns2.example"], ())
    assert polling.in_vain


def test_hosts_whose_address_could_not_be_found_out_are_not_lame() -> None:
    silence = said("TIMEOUT")
    assert isinstance(silence, Unobserved)
    polling = Polling("example", unseen={"ns2.example": replace(silence, text="no answer came")})
    polling.found(["ns1.example", "ns2.example"], ())
    found = polling.outcome(complete=True)
    assert isinstance(found, Unobserved)
    assert found.cause == "timeout"
    assert "ns2.example" in found.text
    assert found.text.endswith("no answer came")


def denied_by(zone: str, words: str = "NXDOMAIN") -> DnsAnswer:
    """Return a denial with authority of *zone*."""
    answer = told("a.example A", words, denier=zone)[1]
    assert isinstance(answer, DnsAnswer)
    return replace(answer, authoritative=True)


@pytest.mark.parametrize("above", [".", "test"])
def test_a_server_that_holds_a_zone_above_does_not_speak_for_this_one(above: str) -> None:
    polling = Polling("example")
    own = denied_by("example")
    assert polling.heard([(NS, denied_by(above)), (NS, own)], "a.example") == own


@pytest.mark.parametrize(
    ("others", "complete", "ends"),
    [
        pytest.param([], True, "nodata", id="all do, so it is theirs"),
        pytest.param([], False, "lame", id="some were not asked"),
        pytest.param([REFUSES], True, "lame", id="one refuses"),
        pytest.param([said("TIMEOUT")], True, "lame", id="one is silent"),
    ],
)
def test_what_denials_by_a_zone_above_come_to(
    others: list[DnsAnswer | Unobserved], ends: str, *, complete: bool
) -> None:
    polling = Polling("example")
    answers = [denied_by(".", "NODATA"), *others]
    assert polling.heard([(NS, answer) for answer in answers], "a.example") is None
    found = polling.outcome(complete=complete)
    assert ends == (found.status if isinstance(found, DnsAnswer) else found.cause)


def test_a_server_may_deny_what_an_alias_leads_to() -> None:
    polling = Polling("example")
    answer = replace(denied_by("test"), aliases=("b.test",))
    assert polling.heard([(NS, answer)], "a.example") == answer


def test_who_is_asked_first_depends_on_the_name_alone() -> None:
    hosts = ["a", "b", "c", "d"]
    orders = {name: rotated(hosts, name) for name in map(str, range(100))}
    assert orders == {name: rotated(hosts, name) for name in orders}
    assert {order[0] for order in orders.values()} == set(hosts)
    assert {frozenset(order) for order in orders.values()} == {frozenset(hosts)}
    assert rotated([], "name") == []


@pytest.mark.parametrize(
    ("count", "sizes"), [(0, []), (1, [1]), (2, [1, 1]), (7, [1, 2, 4]), (9, [1, 2, 4, 2])]
)
def test_more_and_more_are_asked_at_once(count: int, sizes: list[int]) -> None:
    servers = [name_server(f"192.0.2.{number}") for number in range(count)]
    batches = doubling(servers)
    assert [len(batch) for batch in batches] == sizes
    assert [server for batch in batches for server in batch] == servers
