"""The benches run, and say of every goal what came of it. What takes how long is not asserted."""

from __future__ import annotations

import dataclasses
import itertools
import math
from typing import TYPE_CHECKING

import pytest

from tests.bench.__main__ import GROUPS, measured
from tests.bench.child import BenchError
from tests.bench.goals import GOALS, NUMBERS, Goal, Row, ratios, row
from tests.bench.rounds import interleaved
from tests.bench.size import Size
from tests.bench.table import details, table

if TYPE_CHECKING:
    from tests.bench.bed import Bed

TINY = Size(
    wanted=frozenset(NUMBERS),
    rounds=1,
    items=20,
    small=5,
    domains=20,
    sample=1,
    starts=1,
    small_runs=1,
    offline=True,
)

LESS = Goal("P0", "ours", "theirs", target=1.2, moonshot=1.05)
MORE = Goal("P0", "ours", "theirs", target=40, moonshot=80, more_is_better=True)


@pytest.mark.servers("nsd", "dnsperf")
@pytest.mark.parametrize("number", NUMBERS)
def test_a_goal_is_measured(number: str) -> None:
    size = dataclasses.replace(TINY, wanted=frozenset({number}))
    rows = [each for group in measured(size) for each in group]
    assert {each.goal for each in rows} == {goal for goal in GOALS if goal.number == number}
    missing = [each.goal.key for each in rows if not each.values]
    assert missing == (["P16 checkdmarc"] if number == "P16" else [])
    assert all(math.isfinite(value) for each in rows for value in (*each.values, *each.cpu))


def test_every_goal_has_one_who_measures_it() -> None:
    assert sorted(number for numbers in GROUPS for number in numbers) == sorted(NUMBERS)


@pytest.mark.servers("nsd")
def test_a_group_that_fails_says_so() -> None:
    def broken(_bed: Bed, _size: Size) -> list[Row]:
        raise BenchError("pytest ended with 1\n.....\n9 passed, 1 error")

    (rows,) = measured(dataclasses.replace(TINY, wanted=frozenset({"P11"})), {("P11",): broken})
    assert {each.goal.number for each in rows} == {"P11"}
    assert {(each.standing, each.detail) for each in rows} == {
        ("not measured", "9 passed, 1 error")
    }


def test_ratios_are_taken_round_by_round() -> None:
    assert ratios([1.0, 9.0, 2.0], [2.0, 3.0, 4.0]) == [0.5, 3.0, 0.5]


def test_a_round_that_is_missing_is_an_error() -> None:
    with pytest.raises(ValueError, match="shorter"):
        ratios([1.0, 2.0], [1.0])


@pytest.mark.parametrize(
    ("goal", "values", "standing"),
    [
        pytest.param(LESS, (1.0,), "moonshot", id="less than the moonshot"),
        pytest.param(LESS, (1.05,), "moonshot", id="exactly the moonshot"),
        pytest.param(LESS, (1.06,), "target", id="between the two"),
        pytest.param(LESS, (9.0, 1.21, 1.0), "missed", id="the median misses"),
        pytest.param(LESS, (9.0, 1.2, 1.0), "target", id="one slow round does not count"),
        pytest.param(MORE, (90.0,), "moonshot", id="more than the moonshot"),
        pytest.param(MORE, (40.0,), "target", id="exactly the target"),
        pytest.param(MORE, (39.9,), "missed", id="less than enough"),
        pytest.param(MORE, (), "not measured", id="no value"),
        pytest.param(Goal("P0", "a", "b"), (1.0,), "", id="a row to compare with"),
    ],
)
def test_standing(goal: Goal, values: tuple[float, ...], standing: str) -> None:
    assert Row(goal, values, "").standing == standing


def test_the_table_shows_every_row() -> None:
    rows = [row(goal.key, [0.4, 0.6, 0.5], "why", [0.25]) for goal in GOALS]
    lines = table(rows).splitlines()
    assert len(lines) == 2 + len(GOALS)
    assert len({len(line) for line in lines}) == 1
    assert "| P1 " in lines[2]
    assert "0.500x" in lines[2]
    assert "0.4-0.6" in lines[2]
    assert "0.250x" in lines[2]
    assert "≤ 0.33" in lines[2]
    assert "target" in lines[2]
    assert details(rows[:1]) == "- P1: why"


def test_a_row_without_a_value_is_shown() -> None:
    assert "not measured" in table([row("P16 checkdmarc", [], "offline")])


def test_rounds_take_turns() -> None:
    turns = itertools.count()
    runs = {"a": lambda: next(turns), "b": lambda: next(turns)}
    assert interleaved(3, runs) == {"a": [0, 3, 4], "b": [1, 2, 5]}
