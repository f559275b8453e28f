"""From a finding to a verdict: severity, waiver, expectation, each with every outcome."""

from __future__ import annotations

import datetime
from itertools import product
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.finding import Advice, Finding, Reason, met, unmet
from mailcheck.question import Unobserved
from mailcheck.verdict import (
    UNEXPECTED,
    WAIVER_EXPIRED,
    Crash,
    Kind,
    Outcome,
    Policy,
    Severity,
    Verdict,
    Waiver,
    verdict_of,
)

TODAY = datetime.date(2026, 3, 1)
SINGLE = Advice("single-mx", "one host only")

MET = met(SINGLE)
NO_MX = unmet("no-mx", "has no MX record", advice=(SINGLE,))
TWO = Finding((Reason("no-mx", "has no MX record"), Reason("old", "is old")))
TIMEOUT = Unobserved("timeout", "no answer")
NO_ROUTE = Unobserved("no-ipv6-route", "no route", not_evaluated=True)
CRASH = Crash.of(ZeroDivisionError("division by zero"))

WAIVED = Waiver(datetime.date(2026, 12, 31), "net-ops", "ticket 1234")
EXPIRED = Waiver(datetime.date(2026, 2, 28), "net-ops", "ticket 1234")


def ending(verdict: Verdict) -> str:
    """Return the verdict in a line: kind, cause or tags, and in brackets why it is excused."""
    words = [verdict.kind, verdict.cause or " ".join(verdict.tags)]
    excused = f"[{verdict.excused}]" if verdict.excused else ""
    return " ".join(filter(None, [*words, excused]))


# ── the whole table ──────────────────────────────────────────────────────────────────────────

REQUIRED, ADVISED = Policy(), Policy("advised")
TAG_ADVISED = Policy(tag_severity={"no-mx": "advised"})
TAG_REQUIRED = Policy(tag_severity={"single-mx": "required"})
ADVISED_BUT_TAG = Policy("advised", {"no-mx": "required"})

BY_WAIVER = "[waived by net-ops: ticket 1234]"

TABLE: dict[str, tuple[Policy, tuple[str, str, str, str]]] = {
    # policy: MET, NO_MX, TWO, TIMEOUT
    "plain": (REQUIRED, ("met", "unmet no-mx", "unmet no-mx old", "inconclusive timeout")),
    "advised": (
        ADVISED,
        (
            "met",
            "unmet no-mx [advised only: no-mx]",
            "unmet no-mx old [advised only: no-mx, old]",
            "inconclusive timeout [advised only: timeout]",
        ),
    ),
    "one tag advised": (
        TAG_ADVISED,
        ("met", "unmet no-mx [advised only: no-mx]", "unmet no-mx old", "inconclusive timeout"),
    ),
    "advised but for one tag": (
        ADVISED_BUT_TAG,
        (
            "met",
            "unmet no-mx",
            "unmet no-mx old",
            "inconclusive timeout",
        ),
    ),
    "advice required": (
        TAG_REQUIRED,
        (
            "unmet single-mx",
            "unmet no-mx single-mx",
            "unmet no-mx old",
            "inconclusive timeout",
        ),
    ),
    "waived": (
        Policy(waiver=WAIVED),
        (
            "met",
            f"unmet no-mx {BY_WAIVER}",
            f"unmet no-mx old {BY_WAIVER}",
            "inconclusive timeout",
        ),
    ),
    "waiver expired": (
        Policy(waiver=EXPIRED),
        (
            "met",
            "unmet no-mx waiver-expired",
            "unmet no-mx old waiver-expired",
            "inconclusive timeout",
        ),
    ),
    "advised and waived": (
        Policy("advised", waiver=WAIVED),
        (
            "met",
            f"unmet no-mx {BY_WAIVER}",
            f"unmet no-mx old {BY_WAIVER}",
            "inconclusive timeout [advised only: timeout]",
        ),
    ),
    "advised, waiver expired": (
        Policy("advised", waiver=EXPIRED),
        (
            "met",
            "unmet no-mx waiver-expired",
            "unmet no-mx old waiver-expired",
            "inconclusive timeout [advised only: timeout]",
        ),
    ),
    "no-mx expected": (
        Policy(expect="no-mx"),
        ("unmet unexpected", "met", "met", "inconclusive timeout"),
    ),
    "old expected": (
        Policy(expect="old"),
        ("unmet unexpected", "unmet unexpected no-mx", "met", "inconclusive timeout"),
    ),
    "old expected, advised": (
        Policy("advised", expect="old"),
        (
            "unmet unexpected [advised only: unexpected]",
            "unmet unexpected no-mx [advised only: unexpected]",
            "met",
            "inconclusive timeout [advised only: timeout]",
        ),
    ),
}


@pytest.mark.parametrize(
    ("policy", "outcome", "expected"),
    [
        pytest.param(policy, outcome, expected, id=f"{name}-{said}")
        for name, (policy, row) in TABLE.items()
        for (said, outcome), expected in zip(
            {"met": MET, "unmet": NO_MX, "two reasons": TWO, "unobserved": TIMEOUT}.items(),
            row,
            strict=True,
        )
    ],
)
def test_the_table(policy: Policy, outcome: Outcome, expected: str) -> None:
    assert ending(verdict_of(outcome, policy, TODAY)) == expected


POLICIES = [policy for policy, _ in TABLE.values()]


@pytest.mark.parametrize("policy", POLICIES, ids=TABLE)
def test_what_cannot_be_asked_here_is_not_evaluated_whatever_the_policy(policy: Policy) -> None:
    verdict = verdict_of(NO_ROUTE, policy, TODAY)
    assert (verdict.kind, verdict.cause) == ("not evaluated", "no-ipv6-route")
    assert verdict.text == "no route"


@pytest.mark.parametrize("policy", POLICIES, ids=TABLE)
def test_a_crash_is_never_excused(policy: Policy) -> None:
    verdict = verdict_of(CRASH, policy, TODAY)
    assert ending(verdict) == "inconclusive check-crashed"
    assert verdict.crash is CRASH
    assert verdict.traceback == CRASH.traceback
    assert verdict.text == "ZeroDivisionError: division by zero"


def test_an_exception_that_cannot_even_be_shown_is_written_down() -> None:
    class Unspeakable(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    assert Crash.of(Unspeakable()).text == "Unspeakable"
    assert Crash.of(ValueError("\x1b[2J")).text == r"ValueError: \x1b[2J"


@pytest.mark.parametrize("policy", POLICIES, ids=TABLE)
def test_a_probe_that_crashed_is_never_excused(policy: Policy) -> None:
    verdict = verdict_of(Unobserved("probe-crashed", traceback="in x"), policy, TODAY)
    assert ending(verdict) == "inconclusive probe-crashed"
    assert verdict.traceback == "in x"


# ── a finding over several parts, one of them unknown ────────────────────────────────────────

NO_MX_AND_UNKNOWN = Finding((Reason("no-mx", "has no MX record"),), unknown=TIMEOUT)


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        pytest.param(REQUIRED, "unmet no-mx", id="a required reason decides"),
        pytest.param(ADVISED, "unmet no-mx [advised only: no-mx]", id="all is advised"),
        pytest.param(
            TAG_ADVISED, "inconclusive timeout", id="the unknown might bring a required one"
        ),
        pytest.param(Policy(expect="no-mx"), "met", id="what was expected was found"),
        pytest.param(
            Policy(expect="old"), "inconclusive timeout", id="what was expected may be there yet"
        ),
        pytest.param(Policy(waiver=WAIVED), f"unmet no-mx {BY_WAIVER}", id="waived"),
    ],
)
def test_what_is_known_decides_if_the_unknown_could_not_change_it(
    policy: Policy, expected: str
) -> None:
    assert ending(verdict_of(NO_MX_AND_UNKNOWN, policy, TODAY)) == expected


def test_reasons_that_do_not_decide_are_told_all_the_same() -> None:
    verdict = verdict_of(NO_MX_AND_UNKNOWN, TAG_ADVISED, TODAY)
    assert verdict.advice == (Advice("no-mx", "has no MX record"),)


# ── waivers and their days ───────────────────────────────────────────────────────────────────

ABOUT = "waiver of net-ops (ticket 1234) until"


@pytest.mark.parametrize(
    ("until", "excused", "about"),
    [
        pytest.param("2026-02-28", False, "", id="the day after its last"),
        pytest.param("2026-03-01", True, f"ends in 0 days: {ABOUT} 2026-03-01", id="its last day"),
        pytest.param("2026-03-02", True, f"ends in 1 day: {ABOUT} 2026-03-02", id="one day left"),
        pytest.param("2026-03-15", True, f"ends in 14 days: {ABOUT} 2026-03-15", id="two weeks"),
        pytest.param("2026-03-16", True, "", id="two weeks and a day"),
    ],
)
def test_a_waiver_holds_until_the_end_of_its_day(
    until: str,
    excused: bool,  # noqa: FBT001  a column of the table
    about: str,
) -> None:
    waiver = Waiver(datetime.date.fromisoformat(until), "net-ops", "ticket 1234")
    verdict = verdict_of(NO_MX, Policy(waiver=waiver), TODAY)
    assert (bool(verdict.excused), verdict.waiver) == (excused, about)
    assert (WAIVER_EXPIRED in verdict.tags) is not excused


def test_an_expired_waiver_is_named_by_the_failure() -> None:
    verdict = verdict_of(NO_MX, Policy(waiver=EXPIRED), TODAY)
    assert verdict.reasons[-1] == Reason(WAIVER_EXPIRED, f"expired: {ABOUT} 2026-02-28")


@pytest.mark.parametrize("waiver", [WAIVED, EXPIRED], ids=["in force", "expired"])
def test_a_waiver_that_excuses_nothing_is_reported(waiver: Waiver) -> None:
    verdict = verdict_of(MET, Policy(waiver=waiver), TODAY)
    assert verdict.waiver == f"unused: {ABOUT} {waiver.until}"
    assert verdict.kind == "met"


def test_a_waiver_says_nothing_about_what_was_not_observed() -> None:
    verdict = verdict_of(TIMEOUT, Policy(waiver=WAIVED), TODAY)
    assert (verdict.excused, verdict.waiver) == ("", "")


# ── expectations ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("outcome", "expect", "text"),
    [
        (NO_MX, "no-mx", "expected no-mx, and found it"),
        (MET, "no-mx", "expected no-mx, found met"),
        (TWO, "null-mx", "expected null-mx, found no-mx, old"),
    ],
)
def test_an_expectation_says_what_it_found(outcome: Finding, expect: str, text: str) -> None:
    assert verdict_of(outcome, Policy(expect=expect), TODAY).text == text


def test_an_unmet_expectation_keeps_what_was_found() -> None:
    verdict = verdict_of(NO_MX, Policy(expect="old"), TODAY)
    assert verdict.reasons == (
        Reason(UNEXPECTED, "expected old, found no-mx"),
        Reason("no-mx", "has no MX record"),
    )


@pytest.mark.parametrize("outcome", [MET, NO_MX], ids=["met", "unmet"])
@pytest.mark.parametrize("expect", ["", "no-mx", "old"])
def test_advice_is_given_either_way(outcome: Finding, expect: str) -> None:
    assert verdict_of(outcome, Policy(expect=expect), TODAY).advice == (SINGLE,)


# ── advice ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("level", ["advised", None])
def test_advice_alone_never_changes_the_verdict(level: Literal["advised"] | None) -> None:
    policy = Policy(tag_severity={"single-mx": level} if level else {})
    verdict = verdict_of(MET, policy, TODAY)
    assert verdict
    assert verdict.advice == (SINGLE,)


def test_advice_that_a_suite_requires_is_a_reason_and_no_advice_any_more() -> None:
    verdict = verdict_of(MET, TAG_REQUIRED, TODAY)
    assert verdict.reasons == (Reason("single-mx", "one host only"),)
    assert verdict.advice == ()


def test_advice_that_a_suite_requires_can_be_expected() -> None:
    policy = Policy(tag_severity={"single-mx": "required"}, expect="single-mx")
    assert verdict_of(MET, policy, TODAY).kind == "met"


# ── the verdict itself ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "true"),
    [("met", True), ("unmet", False), ("inconclusive", False), ("not evaluated", False)],
)
def test_a_verdict_is_true_only_if_met(
    kind: Kind,
    true: bool,  # noqa: FBT001  a column of the table
) -> None:
    assert bool(Verdict(kind)) is true
    assert bool(Verdict(kind, excused="waived")) is true


def test_tags_stand_once_in_order() -> None:
    reasons = (Reason("old", "1"), Reason("no-mx", "2"), Reason("old", "3"))
    assert Verdict("unmet", reasons).tags == ("old", "no-mx")


LEVELS: tuple[Severity, ...] = ("required", "advised")
WAIVERS = st.one_of(
    st.none(),
    st.builds(Waiver, st.dates(), st.just("net-ops"), st.just("ticket 1234")),
)
OUTCOMES: list[Outcome] = [MET, NO_MX, TWO, TIMEOUT, NO_ROUTE, CRASH]


@given(
    st.sampled_from([*product(LEVELS, LEVELS)]),
    WAIVERS,
    st.sampled_from(["", "no-mx", "old"]),
    st.dates(),
)
def test_no_policy_turns_a_fault_into_met_or_the_unknown_into_an_answer(
    levels: tuple[Severity, Severity], waiver: Waiver | None, expect: str, today: datetime.date
) -> None:
    policy = Policy(levels[0], {"no-mx": levels[1]}, None if expect else waiver, expect)
    kinds: list[Kind] = [verdict_of(outcome, policy, today).kind for outcome in OUTCOMES]
    assert kinds[3:] == ["inconclusive", "not evaluated", "inconclusive"]
    if not expect:
        assert kinds[:3] == ["met", "unmet", "unmet"]


@pytest.mark.parametrize(
    ("finding", "policy", "kind"),
    [
        pytest.param(Finding(result="pass"), Policy(), "met", id="met"),
        pytest.param(Finding((Reason("a", ""),), result="fail"), Policy(), "unmet", id="unmet"),
        pytest.param(
            Finding((Reason("a", ""),), result="fail"), Policy(expect="a"), "met", id="expected"
        ),
        pytest.param(
            Finding(unknown=Unobserved("timeout"), result="temperror"),
            Policy(),
            "inconclusive",
            id="inconclusive",
        ),
    ],
)
def test_the_result_is_told_whatever_the_verdict(
    finding: Finding, policy: Policy, kind: str
) -> None:
    verdict = verdict_of(finding, policy, datetime.date(2026, 1, 31))
    assert (verdict.kind, verdict.result) == (kind, finding.result)
