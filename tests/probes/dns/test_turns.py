"""Whose turn it is to be asked."""

from __future__ import annotations

import pytest

from mailcheck.facts.dns import name_server
from mailcheck.probes.dns.turns import Turns
from mailcheck.probes.dns.upstream import FAILING, Upstream


def servers(count: int, *failing: int) -> list[Upstream]:
    """Return so many servers, of which those numbered (from 1) answer nobody."""
    made = [
        Upstream(name_server(f"192.0.2.{number}"), ("127.0.0.1", 53), None)
        for number in range(1, count + 1)
    ]
    for number in failing:
        for _ in range(FAILING):
            made[number - 1].missed(0.0, refused=False)
    return made


def taken(turns: Turns, count: int = 99) -> str:
    """Return the last octets of those whose turn it is, one after the other."""
    order: list[str] = []
    while len(order) < count and (one := turns.take()):
        order.append(str(one.server)[-1])
    return "".join(order)


@pytest.mark.parametrize(
    ("count", "failing", "order"),
    [
        pytest.param(1, (), "111111", id="one"),
        pytest.param(2, (), "121212", id="two in turns"),
        pytest.param(2, (1,), "212121", id="the first fails"),
        pytest.param(3, (1,), "231231", id="the first of three fails"),
        pytest.param(2, (1, 2), "121212", id="both fail"),
        pytest.param(8, (), "12345678", id="each has a turn"),
    ],
)
def test_who_was_asked_least_is_next(count: int, failing: tuple[int, ...], order: str) -> None:
    assert taken(Turns(servers(count, *failing), sends=6, rounds=2)) == order


def test_one_who_fails_in_so_many_words_has_few_turns() -> None:
    first, second = servers(2)
    turns = Turns([first, second], sends=6, rounds=2)
    assert taken(turns, 1) == "1"
    turns.failed(first, for_good=False)
    assert taken(turns, 2) == "21"
    turns.failed(first, for_good=False)
    assert turns.left == [second]
    assert taken(turns) == "222"


def test_one_who_cannot_be_asked_has_none() -> None:
    first, second = servers(2)
    turns = Turns([first, second], sends=6, rounds=2)
    turns.failed(first, for_good=True)
    turns.failed(second, for_good=True)
    assert turns.take() is None


def test_a_turn_that_came_to_nothing_is_given_back() -> None:
    turns = Turns(servers(1), sends=2, rounds=2)
    assert taken(turns) == "11"
    turns.give_back()
    assert taken(turns) == "1"


def test_a_closed_port_is_no_turn_and_waited_for_only_where_all_are_closed() -> None:
    first, second = servers(2)
    turns = Turns([first, second], sends=1, rounds=1)
    pauses = [turns.refused(one, for_good=False) for one in (first, second) * 4]
    assert pauses == [0, 0.25, 0, 0.5, 0, 1.0, 0, 1.0]
    assert turns.refused(first, for_good=True) == 0
    assert turns.left == [second]


@pytest.mark.parametrize(
    ("count", "last"),
    [
        pytest.param(1, ".....1", id="one"),
        pytest.param(2, "....12", id="two"),
        pytest.param(4, "..3412", id="four"),
    ],
)
def test_the_last_turn_of_each_server_is_known(count: int, last: str) -> None:
    turns = Turns(servers(count), sends=6, rounds=2)
    found = ""
    while one := turns.take():
        found += str(one.server)[-1] if turns.is_last else "."
    assert found == last
