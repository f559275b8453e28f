"""Annotations for GitHub Actions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.errors import Place
from mailcheck.evidence import Evidence
from mailcheck.finding import Reason
from mailcheck.report import github
from mailcheck.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.report.record import Record

    MakeRecord = Callable[..., Record]

UNMET = Verdict("unmet", reasons=(Reason("no-mx", "no MX record"),))
ABSENT = Verdict("unmet", reasons=(Reason("no-mx", "tour.example.com has no MX record"),))
UNKNOWN = Verdict("inconclusive", cause="timeout", text="no answer")


def test_an_annotation_stands_at_the_line_of_the_suite(record: MakeRecord) -> None:
    """The title has the verdict and the sentence, the text all else."""
    (line,) = github.annotations([record(UNMET)])
    assert line == (
        "::error file=suites/tour.yml,line=9,col=5,"
        "title=unmet%3A no-mx%3A domain tour.example.com has MX"
        "::  found     no MX record"
    )


def test_what_a_line_of_the_change_is_at_fault_for_stands_there(record: MakeRecord) -> None:
    """And says which line of the suite requires it."""
    line = Evidence(
        "tour.example.com MX",
        "NODATA (in zone example.com)",
        "proposed, zones/example.com.zone",
        place=Place("zones/example.com.zone", 3),
    )
    (command,) = github.annotations([record(replace(ABSENT, evidence=(line,)))])
    assert command == (
        "::error file=zones/example.com.zone,line=3,"
        "title=unmet%3A no-mx%3A domain tour.example.com has MX"
        "::  required  suites/tour.yml:9:5"
        "%0A  found     tour.example.com has no MX record"
        "%0A  seen      tour.example.com MX → NODATA (in zone example.com), "
        "proposed, zones/example.com.zone"
    )


def test_what_the_change_is_not_at_fault_for_stays_at_the_suite(record: MakeRecord) -> None:
    lines = (
        Evidence("example.com A", "192.0.2.1", "proposed, a:3", place=Place("a", 3)),
        Evidence("tour.example.com MX", "NODATA", "live, from 192.0.2.53, 3 ms"),
    )
    (command,) = github.annotations([record(replace(ABSENT, evidence=lines))])
    assert command.startswith("::error file=suites/tour.yml,line=9,col=5,")


def test_what_workflow_commands_reserve_is_escaped(record: MakeRecord) -> None:
    """More in a property than in the text; the percent sign only once."""
    verdict = Verdict("unmet", reasons=(Reason("a", "50%: x, y"), Reason("b", "z")))
    (line,) = github.annotations([record(verdict, suite="a,b%:c.yml", title="T")])
    assert line == (
        "::error file=a%2Cb%25%3Ac.yml,line=9,col=5,title=unmet%3A a%2C b%3A T"
        "::  found     a: 50%25: x, y%0A            b: z"
    )


@pytest.mark.parametrize(
    "verdict",
    [
        pytest.param(Verdict("met"), id="met"),
        pytest.param(Verdict("unmet", reasons=UNMET.reasons, excused="waived"), id="waived"),
        pytest.param(Verdict("inconclusive", cause="x", excused="advised only"), id="advised"),
        pytest.param(Verdict("not evaluated", cause="no-ipv6"), id="not evaluated"),
    ],
)
def test_what_does_not_count_against_the_run_is_not_annotated(
    record: MakeRecord, verdict: Verdict
) -> None:
    """A pull request is not littered with what nobody must act on."""
    assert github.annotations([record(verdict)]) == []


@pytest.mark.parametrize(
    ("failing", "last"),
    [
        pytest.param(10, "::error file=suites/tour.yml,line=10,", id="ten fit"),
        pytest.param(
            11,
            "::notice title=mailcheck::1 more unmet or inconclusive, all in the log of this step",
            id="one more",
        ),
    ],
)
def test_ten_are_shown_and_the_rest_is_counted(record: MakeRecord, failing: int, last: str) -> None:
    """GitHub would drop it without a word."""
    lines = github.annotations([record(UNMET, line=line) for line in range(1, failing + 1)])
    assert sum(line.startswith("::error") for line in lines) == 10
    assert lines[-1].startswith(last)


def test_unmet_comes_before_inconclusive(record: MakeRecord) -> None:
    """What needs a change is not crowded out by a resolver's bad day."""
    records = [record(UNKNOWN, line=line) for line in range(1, 11)] + [record(UNMET, line=20)]
    assert "line=20," in github.annotations(records)[0]


def test_a_file_name_ends_no_line_and_moves_no_cursor(record: MakeRecord) -> None:
    (line,) = github.annotations([record(UNMET, suite="a\x1b[2J\n::b.yml")])
    assert line.startswith(r"::error file=a\x1b[2J\n%3A%3Ab.yml,line=9,")


@given(data=st.data())
def test_no_text_in_a_record_ends_its_command(
    data: st.DataObject, any_record: st.SearchStrategy[Record]
) -> None:
    """One line each, and the properties hold nothing unescaped."""
    for line in github.annotations([data.draw(any_record)]):
        assert not {"\n", "\r"} & set(line)
        _, properties, _ = line.split("::", 2)
        assert properties.count(",") == (3 if ",col=" in properties else 2)
        assert ":" not in properties
