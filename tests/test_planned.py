"""What has to be judged for the verdict on a requirement."""

from __future__ import annotations

from typing import Any

from mailcheck.engine.nodes import Judgement
from mailcheck.finding import met
from mailcheck.planned import Planned

NONE: Any = None


def test_of_all_that_has_to_be_judged_what_was_before_comes_last() -> None:
    before, one, other = (Planned(NONE, NONE, NONE) for _ in range(3))
    planned = Planned(NONE, NONE, NONE, before, (one, other))
    assert planned.all == (planned, one, other, before)


def test_what_is_waited_for_is_the_first_that_is_not_judged() -> None:
    first, second = (Judgement(NONE, (), order) for order in range(2))
    planned = Planned(NONE, NONE, first, Planned(NONE, NONE, second))
    assert planned.waited_for is first
    first.answer = met()
    assert planned.waited_for is second
    second.answer = met()
    assert planned.waited_for is first


def test_most_are_judged_alone() -> None:
    planned = Planned(NONE, NONE, NONE)
    assert planned.all == (planned,)
