"""Records that stand for requirements which have none of their own."""

from __future__ import annotations

import pytest

from mailcheck.errors import Place, Problem
from mailcheck.report.record import is_broken_suite, place_of
from mailcheck.report.stand_ins import broken_suite, interrupted


def test_a_broken_suite_whose_problem_lies_elsewhere_begins_at_its_first_line() -> None:
    """A lab or a list of domains has lines of its own."""
    broken = broken_suite("suites/x.yml", [Problem(Place("suites/lab.yml", 7, 5), "unknown key")])
    assert place_of(broken) == "suites/x.yml:1:1"


def test_a_broken_suite_has_the_place_of_its_first_problem_and_all_problems() -> None:
    """One record stands for the whole file."""
    problems = (
        Problem(Place("suites/x.yml", 7, 5), 'no check reads "x"', 'did you mean "y"?'),
        Problem(Place("suites/x.yml", 8, 5), "unknown key"),
    )
    broken = broken_suite("suites/x.yml", problems)
    assert is_broken_suite(broken)
    assert place_of(broken) == "suites/x.yml:7:5"
    assert broken["text"] == (
        'suites/x.yml:7:5: no check reads "x"; did you mean "y"?\nsuites/x.yml:8:5: unknown key'
    )


@pytest.mark.parametrize(
    ("left", "text"),
    [
        pytest.param(1, "1 requirement was not judged", id="one"),
        pytest.param(12, "12 requirements were not judged", id="several"),
    ],
)
def test_what_an_interrupt_left_is_inconclusive(left: int, text: str) -> None:
    record = interrupted(left)
    assert (record["verdict"], record["cause"], record["text"]) == (
        "inconclusive",
        "cancelled",
        text,
    )
