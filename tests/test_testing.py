"""The tools for authors of checks find what is wrong with a check."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.check import Check, Example, check
from mailcheck.errors import SourceError
from mailcheck.facts.dns import DnsQuery, told
from mailcheck.facts.run import RunDate, RunDateFact
from mailcheck.finding import Finding, Reason, Remedy, met, unmet
from mailcheck.names import Domain
from mailcheck.question import each_of
from mailcheck.slots import slot
from mailcheck.testing import A_DAY, ending, judged, run_examples
from mailcheck.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

PAGE = """The domain is good.

Requires
    Nothing.

Why
    It is a test.

Met when
    It has an MX.

Unmet when
    no-mx: it has none.
        Mail bounces.

Not judged here
    Anything.
"""


@dataclass(frozen=True, slots=True)
class Parameters:
    domain: Domain = slot("the domain")


async def judge(wanted: Parameters) -> Finding:
    """Judge as a check should."""
    answer = await DnsQuery(wanted.domain, "MX")
    return met() if answer.records else unmet("no-mx", f"{wanted.domain} has no MX")


def remedy(wanted: Parameters, _: Reason) -> Remedy:
    """Return a record."""
    return Remedy((f"{wanted.domain}. MX 10 mail.{wanted.domain}.",))


def build(
    judge: Callable[[Parameters], Coroutine[Any, Any, Finding]] = judge,
    remedy: Callable[[Parameters, Reason], Remedy] = remedy,
    examples: tuple[Example, ...] = (),
) -> Check[Parameters]:
    """Build a check with a part exchanged."""
    return check(
        PAGE,
        template="domain {domain} is good",
        parameters=Parameters,
        judge=judge,
        remedy=remedy,
        sources=(),
        examples=examples,
    )


SAYS = "domain a.example is good"
HAS_MX = told("a.example MX", "10 mail.a.example.")
HAS_NONE = told("a.example MX", "NODATA")


def test_a_sentence_is_judged_with_what_was_told() -> None:
    assert judged(build(), SAYS, HAS_MX)
    verdict = judged(build(), SAYS, HAS_NONE)
    assert (verdict.kind, verdict.tags) == ("unmet", ("no-mx",))
    assert verdict.remedies == (Remedy(("a.example. MX 10 mail.a.example.",)),)
    assert [line.result for line in verdict.evidence] == ["NODATA"]


def test_what_was_not_told_is_unknown() -> None:
    verdict = judged(build(), SAYS)
    assert (verdict.kind, verdict.cause) == ("inconclusive", "not-told")


def test_options_of_every_check_count() -> None:
    sentence = f"{{{SAYS}: {{expect: no-mx}}}}"
    assert judged(build(), sentence, HAS_NONE).kind == "met"


@pytest.mark.parametrize(
    ("today", "excused"), [(datetime.date(2026, 1, 31), True), (datetime.date(2026, 2, 1), False)]
)
def test_waivers_are_tried_on_a_given_day(
    today: datetime.date,
    excused: bool,  # noqa: FBT001  a column of the table
) -> None:
    sentence = f"{{{SAYS}: {{waive: {{until: 2026-01-31, owner: me, reason: why}}}}}}"
    verdict = judged(build(), sentence, HAS_NONE, today=today)
    assert bool(verdict.excused) is excused


def test_examples_are_judged_on_a_day_that_does_not_change() -> None:
    async def on_that_day(_: Parameters) -> Finding:
        return met() if (await RunDate()).today == A_DAY else unmet("no-mx", "another day")

    assert judged(build(on_that_day), SAYS, (RunDate(), RunDateFact(A_DAY)))


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        pytest.param("domain a.example is bad", "no check reads", id="another sentence"),
        pytest.param("domain a..example is good", "empty label", id="a value that is none"),
    ],
)
def test_a_sentence_that_cannot_be_read_says_why(sentence: str, why: str) -> None:
    with pytest.raises(SourceError, match=why):
        judged(build(), sentence)


def test_what_a_judge_raises_is_raised() -> None:
    async def broken(_: Parameters) -> Finding:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        judged(build(broken), SAYS)


def test_what_a_remedy_raises_is_raised() -> None:
    def broken(_: Parameters, __: Reason) -> Remedy:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        judged(build(remedy=broken), SAYS, HAS_NONE)
    assert judged(build(remedy=broken), SAYS, HAS_MX)


def test_a_judge_that_returns_no_finding_is_told() -> None:
    async def nothing(_: Parameters) -> Any:
        return None

    with pytest.raises(TypeError, match="returned None, not a finding"):
        judged(build(nothing), SAYS)


def test_a_judge_that_looks_at_the_order_of_answers_is_found_out() -> None:
    came: list[str] = []

    async def watching(question: DnsQuery) -> None:
        came.append((await question).rdtype)

    async def impatient(wanted: Parameters) -> Finding:
        """Take what comes first, as only code around the engine could."""
        came.clear()
        steps = [watching(DnsQuery(wanted.domain, rdtype)) for rdtype in ("MX", "A")]
        for step in reversed(steps) if len(seen) % 2 else steps:
            await step
        seen.append(wanted)
        return unmet(came[0].lower(), "came first")

    seen: list[Parameters] = []
    answers = (HAS_MX, told("a.example A", "192.0.2.80"))
    with pytest.raises(AssertionError, match="the order of answers matters"):
        judged(build(impatient), SAYS, *answers)


def test_a_judge_that_asks_at_once_gets_answers_in_its_own_order() -> None:
    async def several(wanted: Parameters) -> Finding:
        answers = await each_of(DnsQuery(wanted.domain, rdtype) for rdtype in ("MX", "A"))
        assert [getattr(answer, "rdtype", "") for answer in answers] == ["MX", "A"]
        return met()

    assert judged(build(several), SAYS, HAS_MX, told("a.example A", "192.0.2.80"))


# ── examples ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("answers", "ends"),
    [
        ((HAS_MX,), "met"),
        ((HAS_NONE,), "no-mx"),
        ((told("a.example MX", "TIMEOUT"),), "inconclusive: timeout"),
        ((), "inconclusive: not-told"),
    ],
)
def test_an_example_that_ends_as_it_says_is_good(answers: tuple[Any, ...], ends: str) -> None:
    run_examples(build(examples=(Example("one", SAYS, answers, ends),)))


@pytest.mark.parametrize("ends", ["met", "null-mx", "inconclusive: timeout", "unmet"])
def test_an_example_that_ends_otherwise_is_told(ends: str) -> None:
    good = Example("the good one", SAYS, (HAS_MX,), "met")
    bad = Example("the bad one", SAYS, (HAS_NONE,), ends)
    with pytest.raises(AssertionError, match=r"the bad one: expected .*, found \('no-mx',\)"):
        run_examples(build(examples=(good, bad)))


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict("met"), ("met",)),
        (Verdict("unmet", (Reason("a", ""), Reason("b", ""))), ("a", "b")),
        (Verdict("inconclusive", cause="timeout"), ("inconclusive: timeout",)),
        (Verdict("not evaluated", cause="no-route"), ("not evaluated: no-route",)),
    ],
)
def test_endings_are_words(verdict: Verdict, words: tuple[str, ...]) -> None:
    assert ending(verdict) == words
