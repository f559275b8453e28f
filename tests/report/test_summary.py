"""What a run comes to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mailcheck.causes import CAUSES
from mailcheck.errors import Place, Problem
from mailcheck.finding import Advice, Reason
from mailcheck.report.stand_ins import broken_suite
from mailcheck.report.summary import (
    exit_status,
    given_up,
    not_asked,
    nothing_evaluated,
    run_lines,
    share_evaluated,
    summary_lines,
)
from mailcheck.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.report.record import Record

    MakeRecord = Callable[..., Record]

MET = Verdict("met")
UNMET = Verdict("unmet", reasons=(Reason("no-mx", "no MX record"),))
WAIVED = Verdict("unmet", reasons=UNMET.reasons, excused="waived by net-ops: ISP ticket 1234")
UNKNOWN = Verdict("inconclusive", cause="timeout", text="no answer")
ADVISED = Verdict("inconclusive", cause="timeout", excused="advised only: timeout")
DEAD = Verdict("not evaluated", cause="resolver-dead", text="no resolver answers")
SPENT = Verdict("inconclusive", cause="budget-spent", text="the time is spent")
UNASKED_THEN = Verdict("not evaluated", cause="budget-spent", text="the time is spent")
UNASKED = Verdict("not evaluated", cause="port-closed-here", text="port 25 is closed here")


def of(record: MakeRecord, verdicts: list[Verdict]) -> list[Record]:
    """Records of *verdicts*, from line 1 down."""
    return [record(verdict, line=line, title="T") for line, verdict in enumerate(verdicts, 1)]


def test_the_whole_summary(record: MakeRecord) -> None:
    """Counts, groups with their first example, waivers by name."""
    expired = Reason("waiver-expired", "expired: waiver of me (why) until 2026-01-01")
    verdicts = [
        Verdict("met", advice=(Advice("several-ptr", "3 names"), Advice("several-ptr", "4"))),
        Verdict("met", advice=(Advice("several-ptr", "5 names"),)),
        Verdict("met", waiver="unused: waiver of me (why) until 2026-12-31"),
        Verdict("unmet", reasons=(*UNMET.reasons, expired)),
        Verdict(
            "unmet",
            reasons=UNMET.reasons,
            excused="waived by me: why",
            waiver="ends in 3 days: waiver of me (why) until 2026-12-31",
        ),
        Verdict("inconclusive", cause="servfail", text="the resolver failed"),
        UNKNOWN,
        UNKNOWN,
        UNASKED,
        ADVISED,
    ]
    broken = broken_suite("suites/x.yml", [Problem(Place("suites/x.yml", 1), "unknown key")])
    assert summary_lines([*of(record, verdicts), broken]) == [
        "3 met, 2 unmet, 4 inconclusive, 1 not evaluated",
        "not read       1  suites/x.yml",
        "inconclusive   3  timeout: no answer (first suites/tour.yml:7:5 T)",
        "inconclusive   1  servfail: the resolver failed (suites/tour.yml:6:5 T)",
        "not evaluated  1  port-closed-here: port 25 is closed here (suites/tour.yml:9:5 T)",
        "excused        1  advised only: timeout (suites/tour.yml:10:5 T)",
        "excused        1  waived by me: why (suites/tour.yml:5:5 T)",
        "advice         2  several-ptr: 3 names; and 1 more (first suites/tour.yml:1:5 T)",
        "waiver         unused: waiver of me (why) until 2026-12-31, at suites/tour.yml:3:5",
        "waiver         expired: waiver of me (why) until 2026-01-01, at suites/tour.yml:4:5",
        "waiver         ends in 3 days: waiver of me (why) until 2026-12-31, at suites/tour.yml:5:5",
    ]


@pytest.mark.parametrize(
    ("preflight", "lines"),
    [
        pytest.param(
            {}, ["world          live", "resolvers      192.0.2.1, 192.0.2.2"], id="nothing known"
        ),
        pytest.param(
            {"resolver 192.0.2.1": "answers", "routes": "IPv4"},
            ["world          live", "resolver       192.0.2.1  answers", "routes         IPv4"],
            id="resolvers that are known",
        ),
        pytest.param(
            {"root": "a.root-servers.net (198.41.0.4) answers"},
            [
                "world          live",
                "resolvers      192.0.2.1, 192.0.2.2",
                "root           a.root-servers.net (198.41.0.4) answers",
            ],
            id="the root",
        ),
        pytest.param(
            {"blocklist resolver 192.0.2.53": "answers"},
            [
                "world          live",
                "resolvers      192.0.2.1, 192.0.2.2",
                "blocklists     192.0.2.53  answers",
            ],
            id="whom blocklists are asked of",
        ),
    ],
)
def test_a_resolver_is_named_once(preflight: dict[str, str], lines: list[str]) -> None:
    properties = {"world": "live", "resolvers": "192.0.2.1, 192.0.2.2", "python": "3.11"}
    assert list(run_lines(properties, preflight)) == lines


def test_what_was_not_evaluated_is_not_excused_too(record: MakeRecord) -> None:
    advised = replace(DEAD, excused="advised only: resolver-dead")
    assert summary_lines(of(record, [advised])) == [
        "0 met, 0 unmet, 0 inconclusive, 1 not evaluated",
        "not evaluated  1  resolver-dead: no resolver answers (suites/tour.yml:1:5 T)",
    ]


def test_what_was_not_evaluated_says_what_to_do(record: MakeRecord) -> None:
    """Once for each cause: such tests are skipped, and nobody is shown more of them."""
    shut = Verdict("not evaluated", cause="port-blocked-here", text="port 25 seems to be shut here")
    assert summary_lines(of(record, [shut, shut])) == [
        "0 met, 0 unmet, 0 inconclusive, 2 not evaluated",
        f"not evaluated  2  port-blocked-here: {shut.text} (first suites/tour.yml:1:5 T)",
        f"do             {CAUSES['port-blocked-here'].do}",
    ]


def test_all_four_verdicts_are_always_counted(record: MakeRecord) -> None:
    """Nobody has to guess whether something was left out."""
    assert summary_lines(of(record, [MET])) == ["1 met, 0 unmet, 0 inconclusive, 0 not evaluated"]


def test_a_rerun_counts_once(record: MakeRecord) -> None:
    """By its last verdict."""
    lines = summary_lines([record(UNKNOWN), record(MET)])
    assert lines == ["1 met, 0 unmet, 0 inconclusive, 0 not evaluated"]


def test_a_summary_line_is_one_line(record: MakeRecord) -> None:
    """Whatever a server said."""
    hostile = Verdict("inconclusive", cause="x", text="a\nb\x1b[2J")
    assert summary_lines(of(record, [hostile]))[1] == (
        r"inconclusive   1  x: a\nb\x1b[2J (suites/tour.yml:1:5 T)"
    )


@pytest.mark.parametrize(
    ("verdicts", "share", "nothing", "status"),
    [
        pytest.param([MET, MET], 1.0, False, 0, id="all met"),
        pytest.param([MET, UNMET], 1.0, False, 1, id="one unmet"),
        pytest.param([MET, WAIVED], 1.0, False, 0, id="one waived"),
        pytest.param([MET, UNKNOWN], 0.5, False, 3, id="one inconclusive"),
        pytest.param([UNMET, UNKNOWN], 0.5, False, 1, id="unmet outweighs inconclusive"),
        pytest.param([WAIVED, UNKNOWN], 0.5, False, 3, id="waived and one inconclusive"),
        pytest.param([MET, ADVISED], 0.5, False, 0, id="inconclusive but advised"),
        pytest.param([ADVISED], 0.0, True, 3, id="nothing but advised and inconclusive"),
        pytest.param([MET, UNASKED, UNASKED, UNASKED], 0.25, False, 0, id="some not evaluated"),
        pytest.param([UNASKED], 0.0, True, 3, id="nothing evaluated"),
        pytest.param([UNKNOWN, UNASKED], 0.0, True, 3, id="nothing known"),
        pytest.param([WAIVED], 1.0, False, 0, id="a known fault is evaluated"),
        pytest.param([MET, DEAD], 0.5, False, 3, id="a resolver that died on the way"),
        pytest.param([MET, UNASKED_THEN], 0.5, False, 3, id="a budget that was spent on the way"),
        pytest.param([UNMET, DEAD], 0.5, False, 1, id="a fault found before it died"),
        pytest.param([], 1.0, False, 3, id="no requirements"),
    ],
)
def test_how_much_was_evaluated_and_the_exit_status(
    record: MakeRecord, *, verdicts: list[Verdict], share: float, nothing: bool, status: int
) -> None:
    """No requirements is no evidence of blindness, but nothing the command could vouch for."""
    records = of(record, verdicts)
    assert share_evaluated(records) == share
    assert nothing_evaluated(records) is nothing
    assert exit_status(records) == status


@pytest.mark.parametrize("verdict", [MET, UNMET, UNKNOWN])
def test_a_suite_that_cannot_be_read_makes_the_call_wrong(
    record: MakeRecord, verdict: Verdict
) -> None:
    """It is no requirement: it takes no part in the share of what was evaluated."""
    broken = broken_suite("suites/x.yml", [])
    records = [record(verdict), broken]
    assert exit_status(records) == 2
    assert share_evaluated(records) == share_evaluated(records[:1])
    assert nothing_evaluated([broken]) is False


@pytest.mark.parametrize(
    ("verdicts", "lines"),
    [
        pytest.param([MET, UNKNOWN, UNASKED], [], id="none"),
        pytest.param(
            [MET, DEAD], ["no resolver answers: 1 requirement was not evaluated"], id="one"
        ),
        pytest.param(
            [DEAD] * 3, ["no resolver answers: 3 requirements were not evaluated"], id="several"
        ),
        pytest.param(
            [SPENT, UNASKED_THEN],
            ["the time of --mail-budget is spent: 1 requirement was not evaluated"],
            id="a spent budget, whose error is counted as such",
        ),
    ],
)
def test_why_a_run_asked_no_more_is_said_once(
    record: MakeRecord, verdicts: list[Verdict], lines: list[str]
) -> None:
    assert given_up(of(record, verdicts)) == lines


def test_a_waiver_that_one_subject_of_its_sentence_needs_is_not_unused(
    record: Callable[..., Record],
) -> None:
    unused = Verdict("met", waiver="unused: waiver of me (why) until 2026-12-31")
    used = Verdict("unmet", reasons=(Reason("no-mx", "none"),), excused="waived by me: why")
    lines = summary_lines([record(unused, title="a"), record(used, title="b")])
    assert not any("unused" in line for line in lines)


def test_an_unused_waiver_is_reported_once(record: Callable[..., Record]) -> None:
    unused = Verdict("met", waiver="unused: waiver of me (why) until 2026-12-31")
    lines = summary_lines([record(unused, title="a"), record(unused, title="b")])
    assert sum("unused" in line for line in lines) == 1


@pytest.mark.parametrize(
    ("verdicts", "met", "counts", "nothing", "share"),
    [
        pytest.param([], 0, "0 met, 0 unmet", False, 1.0, id="nothing at all"),
        pytest.param([], 3, "3 met, 0 unmet", False, 1.0, id="all counted"),
        pytest.param([MET, UNMET], 2, "3 met, 1 unmet", False, 1.0, id="some told"),
        pytest.param([UNKNOWN], 0, "0 met, 0 unmet, 1 inconclusive", True, 0.0, id="unknown"),
        pytest.param([UNKNOWN], 3, "3 met, 0 unmet, 1 inconclusive", False, 0.75, id="some met"),
    ],
)
def test_met_requirements_may_be_counted_only(
    record: MakeRecord,
    verdicts: list[Verdict],
    met: int,
    counts: str,
    *,
    nothing: bool,
    share: float,
) -> None:
    records = of(record, verdicts)
    assert summary_lines(records, met)[0].startswith(counts)
    assert nothing_evaluated(records, met) == nothing
    assert share_evaluated(records, met) == share


@pytest.mark.parametrize(
    ("zones", "said"),
    [
        pytest.param([], {}, id="all were asked about"),
        pytest.param(
            ["a.example (a.zone)", "b.example (b.zone); did you mean c.example?"],
            {
                "not asked": "proposed, and nobody asked about it: "
                "b.example (b.zone); did you mean c.example?, a.example (a.zone)"
            },
            id="first those of which another may be meant",
        ),
        pytest.param(
            [f"{n}.example (z)" for n in range(7)],
            {
                "not asked": "proposed, and nobody asked about it: 0.example (z), 1.example (z), "
                "2.example (z), 3.example (z), 4.example (z), 2 more"
            },
            id="many",
        ),
        pytest.param(
            ["a (\x1b[2J)"],
            {"not asked": "proposed, and nobody asked about it: a (\\x1b[2J)"},
            id="what no terminal obeys",
        ),
    ],
)
def test_zones_that_nobody_asked_about_are_named(zones: list[str], said: dict[str, str]) -> None:
    assert not_asked(zones) == said
