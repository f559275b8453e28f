"""One verdict of several, each on what other clients are given."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailcheck.evidence import Evidence
from mailcheck.finding import Advice, Reason
from mailcheck.variants import of_all
from mailcheck.verdict import Verdict

MET = Verdict("met")
NO_MX = Verdict("unmet", (Reason("no-mx", "example.com has no MX record"),))
OTHER = Verdict("unmet", (Reason("null-mx", "example.com takes no mail"),))
OLD = replace(OTHER, excused="broken before this change")
SILENT = Verdict("inconclusive", cause="timeout")
ADVISED = replace(SILENT, excused="advised only: timeout")
NOT_ASKED = Verdict("not evaluated", cause="port-blocked-here")


@pytest.mark.parametrize(
    ("verdicts", "which"),
    [
        pytest.param([NO_MX], 0, id="one alone"),
        pytest.param([MET, NO_MX], 1, id="one is unmet"),
        pytest.param([NO_MX, MET], 0, id="the other one is"),
        pytest.param([MET, NO_MX, OTHER], 1, id="of several the first"),
        pytest.param([SILENT, NO_MX], 1, id="what is known outweighs what is not"),
        pytest.param([MET, SILENT], 1, id="one is not known"),
        pytest.param([MET, NOT_ASKED], 1, id="one is not evaluated"),
        pytest.param([NOT_ASKED, SILENT], 1, id="what could be found out outweighs what could not"),
        pytest.param([OLD, NO_MX], 1, id="an excuse is for one of them"),
        pytest.param([OLD, SILENT], 1, id="what is not known is not excused"),
        pytest.param([MET, OLD], 1, id="an excused one is no met one"),
        pytest.param([ADVISED, OLD], 1, id="both are excused"),
        pytest.param([MET, ADVISED], 1, id="one is advised and not known"),
    ],
)
def test_the_worst_one_counts(verdicts: list[Verdict], which: int) -> None:
    assert of_all(verdicts) is verdicts[which]


def test_what_is_met_says_what_each_of_them_says_once() -> None:
    lines = [Evidence("a A", "192.0.2.1"), Evidence("a A", "192.0.2.2"), Evidence("b A", "x")]
    advice = [Advice("one", "1"), Advice("two", "2"), Advice("three", "3")]
    first = replace(MET, evidence=tuple(lines[:2]), advice=tuple(advice[:2]))
    second = replace(MET, evidence=tuple(lines[1:]), advice=tuple(advice[1:]))
    found = of_all([first, second])
    assert (found.evidence, found.advice) == (tuple(lines), tuple(advice))
