"""The words of the results."""

from __future__ import annotations

from typing import get_args

from mailcheck.facts.spf.evaluation.result import RESULTS, Result


def test_there_are_seven() -> None:
    assert set(get_args(Result)) == {
        *RESULTS.values(),
        "none",
        "temperror",
        "permerror",
    }
