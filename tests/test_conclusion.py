"""From a judgement to what is reported: evidence, what matters, remedies; and its record."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import pytest

from mailcheck.catalogue import Catalogue
from mailcheck.check import check
from mailcheck.conclusion import PLAINLY_MET, conclude, plainly_met, record_for
from mailcheck.engine import Judged
from mailcheck.evidence import Evidence
from mailcheck.finding import Advice, Finding, Reason, Remedy, met, unmet
from mailcheck.names import Domain
from mailcheck.question import Unobserved
from mailcheck.slots import slot
from mailcheck.suite.load import load_item
from mailcheck.verdict import Crash

A_DAY = datetime.date(2026, 1, 31)

PAGE = """The domain is good.

Requires
    Nothing.

Why
    It is a test.

Met when
    Always.

Unmet when
    no-mx: it has none.
        Mail bounces.
    silent: nobody cares.

Advises when
    single-mx: there is one only.
        Mail waits.

Not judged here
    Anything.
"""


@dataclass(frozen=True, slots=True)
class Parameters:
    domain: Domain = slot("the domain")


async def judge(_: Parameters) -> Finding:
    """Judge nothing."""
    return met()


def remedy(wanted: Parameters, reason: Reason) -> Remedy:
    """Tell what to do, or have no idea."""
    if reason.about == "crash":
        raise ZeroDivisionError("no idea")
    return Remedy(instruction=f"{wanted.domain}: do something about {reason.tag}")


MADE = check(
    PAGE,
    template="domain {domain} is good",
    parameters=Parameters,
    judge=judge,
    remedy=remedy,
    sources=("RFC 0",),
    examples=(),
)

SEEN = (Evidence("a.example MX", "NODATA"),)
NO_MX = unmet("no-mx", "has none", advice=(Advice("single-mx", "one only"),))


def concluded(outcome: Any, options: str = "", evidence: tuple[Evidence, ...] = SEEN) -> Any:
    """Conclude on *outcome* under the common *options* of a sentence."""
    sentence = "domain a.example is good"
    item = f"{{{sentence}: {{{options}}}}}" if options else sentence
    [wanted] = load_item(item, Catalogue({"made": MADE}))
    return conclude(wanted, Judged(outcome, lambda: evidence), A_DAY)


DO = "a.example: do something about "


@pytest.mark.parametrize(
    ("outcome", "options", "kind", "remedies"),
    [
        pytest.param(NO_MX, "", "unmet", [f"{DO}no-mx"], id="unmet"),
        pytest.param(NO_MX, "severity: advised", "unmet", [f"{DO}no-mx"], id="advised"),
        pytest.param(
            NO_MX,
            "waive: {until: 2026-01-01, owner: me, reason: why}",
            "unmet",
            [f"{DO}no-mx"],
            id="waiver expired: nothing to do about the waiver itself",
        ),
        pytest.param(
            Finding((Reason("no-mx", "1"), Reason("no-mx", "2"), Reason("silent", "3"))),
            "",
            "unmet",
            [f"{DO}no-mx", f"{DO}silent"],
            id="each remedy once",
        ),
        pytest.param(met(), "", "met", [], id="met"),
        pytest.param(NO_MX, "expect: no-mx", "met", [], id="expected"),
        pytest.param(NO_MX, "expect: silent", "unmet", [], id="expected otherwise"),
        pytest.param(Unobserved("timeout"), "", "inconclusive", [], id="inconclusive"),
    ],
)
def test_remedies_are_for_what_is_unmet_and_was_to_hold(
    outcome: Any, options: str, kind: str, remedies: list[str]
) -> None:
    found = concluded(outcome, options)
    assert found.kind == kind
    assert [one.instruction for one in found.remedies] == remedies


@pytest.mark.parametrize(
    ("outcome", "options", "matters"),
    [
        pytest.param(NO_MX, "", ["no-mx: Mail bounces."], id="one"),
        pytest.param(
            Finding((Reason("silent", ""), Reason("no-mx", ""))),
            "",
            ["silent: ", "no-mx: Mail bounces."],
            id="one of which the page says nothing",
        ),
        pytest.param(
            NO_MX,
            "severity: {single-mx: required}",
            ["no-mx: Mail bounces.", "single-mx: Mail waits."],
            id="advice that is required",
        ),
        pytest.param(
            NO_MX,
            "waive: {until: 2026-01-01, owner: me, reason: why}",
            ["no-mx: Mail bounces.", "waiver-expired: "],
            id="a reason of our own",
        ),
        pytest.param(
            NO_MX, "expect: silent", ["unexpected: ", "no-mx: Mail bounces."], id="expectation"
        ),
        pytest.param(met(), "", [], id="met"),
    ],
)
def test_what_matters_is_said_of_each_reason(
    outcome: Any, options: str, matters: list[str]
) -> None:
    found = concluded(outcome, options)
    pairs = zip(found.reasons, found.matters, strict=True)
    assert [f"{reason.tag}: {text}" for reason, text in pairs] == matters


def test_evidence_is_what_the_judgement_rests_on() -> None:
    own = Evidence("a.example MX", "timeout")
    assert concluded(met()).evidence == SEEN
    assert concluded(Unobserved("timeout", evidence=(own,))).evidence == SEEN
    assert concluded(Unobserved("timeout", evidence=(own,)), evidence=()).evidence == (own,)
    assert concluded(met(), evidence=()).evidence == ()


def test_a_remedy_that_crashes_is_a_check_that_crashed() -> None:
    found = concluded(unmet("no-mx", "has none", about="crash"))
    assert (found.kind, found.cause, found.text) == (
        "inconclusive",
        "check-crashed",
        "ZeroDivisionError: no idea",
    )
    assert "in remedy" in found.crash.traceback
    assert found.evidence == SEEN


def test_a_judge_that_crashed_has_its_evidence() -> None:
    found = concluded(Crash(ZeroDivisionError("x"), "ZeroDivisionError: x", "Traceback"))
    assert (found.cause, found.evidence, found.remedies) == ("check-crashed", SEEN, ())


def test_a_record_says_where_the_requirement_stands() -> None:
    [wanted] = load_item(
        "{domain a.example is good: {note: a note}}", Catalogue({"made": MADE}), "suite.yml"
    )
    record = record_for(wanted, conclude(wanted, Judged(met(), lambda: SEEN), A_DAY))
    assert (record["suite"], record["line"], record["column"]) == ("suite.yml", 1, 2)
    assert (record["title"], record["note"]) == ("domain a.example is good", "a note")
    assert (record["check"], record["verdict"]) == ("made", "met")


@pytest.mark.parametrize(
    ("outcome", "options", "plain"),
    [
        pytest.param(met(), "", True, id="met"),
        pytest.param(met(), "severity: advised, tags: [nightly]", True, id="with other options"),
        pytest.param(met(Advice("single-mx", "one only")), "", False, id="advice"),
        pytest.param(Finding(result="pass"), "", False, id="a result to report"),
        pytest.param(met(), "expect: no-mx", False, id="expected otherwise"),
        pytest.param(
            met(), "waive: {until: 2026-01-01, owner: me, reason: why}", False, id="unused waiver"
        ),
        pytest.param(NO_MX, "", False, id="unmet"),
        pytest.param(Finding(unknown=Unobserved("timeout")), "", False, id="partly unknown"),
        pytest.param(Unobserved("timeout"), "", False, id="unknown"),
        pytest.param(Crash.of(ValueError("x")), "", False, id="crashed"),
    ],
)
def test_what_is_plainly_met_needs_no_verdict(outcome: Any, options: str, *, plain: bool) -> None:
    sentence = "domain a.example is good"
    item = f"{{{sentence}: {{{options}}}}}" if options else sentence
    [wanted] = load_item(item, Catalogue({"made": MADE}))
    judged = Judged(outcome, lambda: ())
    assert plainly_met(wanted, judged) == plain
    if plain:
        assert conclude(wanted, judged, A_DAY) == PLAINLY_MET
