"""What is remembered of servers: who is asked last, and when all are dead."""

from __future__ import annotations

import pytest

from mailcheck.facts.dns import name_server
from mailcheck.probes.dns.upstream import (
    DEAD_FOR,
    DEAD_TRIES,
    SHUT_AGAIN_FOR,
    SHUT_FOR,
    SHUT_TRIES,
    SILENT_FOR,
    SILENT_TRIES,
    SUSPECT_FOR,
    SUSPECT_TRIES,
    Upstream,
    are_dead,
    are_suspect,
    in_order,
)
from mailcheck.probes.dns.wire.query import Query
from mailcheck.question import Unobserved

QUERY = Query("a.example", "A", recursive=True)


def upstream(
    number: int = 1, *, missed: int = 0, refused: int = 0, since: float = 0.0, heard: bool = False
) -> Upstream:
    """Return a server that was asked in vain so often, be it after it was *heard*."""
    made = Upstream(name_server(f"192.0.2.{number}"), ("127.0.0.1", 53), None)
    if heard:
        made.heard_streaming()
    for _ in range(missed):
        made.missed(since, refused=False)
    for _ in range(refused):
        made.missed(since, refused=True)
    return made


@pytest.mark.parametrize(
    ("tries", "seconds", "silent"),
    [
        pytest.param(SILENT_TRIES, SILENT_FOR, True, id="often and long"),
        pytest.param(SILENT_TRIES - 1, SILENT_FOR, False, id="long, not often"),
        pytest.param(SILENT_TRIES, SILENT_FOR - 1, False, id="often, not long"),
    ],
)
def test_a_server_is_silent_after_a_while(tries: int, seconds: float, *, silent: bool) -> None:
    assert upstream(missed=tries).is_silent(seconds) is silent


def test_one_answer_makes_good_all_silence() -> None:
    one = upstream(missed=100)
    one.heard()
    assert not one.is_silent(1000)


def test_servers_that_fail_are_asked_last_and_never_dropped() -> None:
    servers = [upstream(1, missed=9), upstream(2), upstream(3, missed=3), upstream(4, missed=2)]
    ordered = in_order(servers)
    assert [str(one.server) for one in ordered] == [f"192.0.2.{n}" for n in (2, 4, 1, 3)]


def test_servers_that_answer_stay_in_the_order_given() -> None:
    servers = (upstream(1), upstream(2))
    assert in_order(servers) is servers


UNASKED = Upstream(name_server("2001:db8::1"), Unobserved("no-ipv6-route"), None)


@pytest.mark.parametrize(
    ("servers", "now", "dead"),
    [
        pytest.param([upstream(missed=DEAD_TRIES)], DEAD_FOR, True, id="silent"),
        pytest.param([upstream(missed=DEAD_TRIES)], DEAD_FOR - 1, False, id="not for long"),
        pytest.param([upstream(missed=DEAD_TRIES - 1)], 99, False, id="not often"),
        pytest.param([upstream(refused=DEAD_TRIES)], SUSPECT_FOR, True, id="nobody listens"),
        pytest.param([upstream(refused=99)], SUSPECT_FOR - 1, False, id="one restarts"),
        pytest.param([upstream(refused=99, heard=True)], DEAD_FOR - 1, False, id="it may be back"),
        pytest.param([upstream(refused=99, heard=True)], DEAD_FOR, True, id="it is not back"),
        pytest.param([upstream(refused=20, missed=1)], SUSPECT_FOR, False, id="one may answer"),
        pytest.param([upstream(missed=6), upstream(missed=6)], 99, True, id="both, together"),
        pytest.param([upstream(missed=99), upstream()], 99, False, id="one answers"),
        pytest.param([upstream(missed=99), UNASKED], 99, True, id="the other cannot be asked"),
        pytest.param([UNASKED], 99, False, id="none can be asked"),
        pytest.param([], 99, False, id="none"),
    ],
)
def test_resolvers_are_dead_when_none_can_be_expected_to_answer(
    servers: list[Upstream], now: float, *, dead: bool
) -> None:
    assert are_dead(servers, now) is dead


@pytest.mark.parametrize(
    ("tries", "seconds", "suspect"),
    [
        pytest.param(SUSPECT_TRIES, SUSPECT_FOR, True, id="often and long"),
        pytest.param(SUSPECT_TRIES - 1, SUSPECT_FOR, False, id="long, not often"),
        pytest.param(SUSPECT_TRIES, SUSPECT_FOR - 1, False, id="often, not long"),
    ],
)
def test_resolvers_are_suspect_before_they_are_dead(
    tries: int, seconds: float, *, suspect: bool
) -> None:
    assert are_suspect([upstream(missed=tries)], seconds) is suspect


@pytest.mark.parametrize(
    ("tries", "seconds", "shut"),
    [(SHUT_TRIES, SHUT_FOR, True), (99, SHUT_FOR - 1, False), (SHUT_TRIES - 1, 99, False)],
)
def test_a_restart_is_not_the_end_of_a_server(tries: int, seconds: float, *, shut: bool) -> None:
    one = upstream(missed=1, since=-99)
    for _ in range(tries):
        one.missed(0.0, refused=True)
    assert one.is_shut(seconds) is shut
    one.heard()
    assert not one.is_shut(99)


def test_one_that_has_answered_has_longer_to_come_back() -> None:
    one = upstream(refused=99, heard=True)
    assert not one.is_shut(SHUT_AGAIN_FOR - 1)
    assert one.is_shut(SHUT_AGAIN_FOR)


def test_a_failure_names_the_server_and_the_question() -> None:
    said = upstream().unobserved(QUERY, "timeout")
    assert [str(line) for line in said.evidence] == ["a.example A → timeout, from 192.0.2.1"]


def test_what_cannot_be_asked_is_said_of_each_question() -> None:
    said = UNASKED.unasked(QUERY)
    assert (said.cause, said.not_evaluated) == ("no-ipv6-route", True)
    assert "a.example A" in str(said.evidence[0])
