"""From a judgement to what is reported: the verdict with its evidence, explained and remedied."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.evidence import beside_a_change
from mailcheck.finding import Finding, Remedy
from mailcheck.report.at_port import SMTP, at_port
from mailcheck.report.record import record_of
from mailcheck.report.remedies import merged
from mailcheck.verdict import Crash, Verdict, verdict_of

if TYPE_CHECKING:
    import datetime

    from mailcheck.engine import Judged
    from mailcheck.finding import Reason
    from mailcheck.report.record import Record
    from mailcheck.suite.requirement import Requirement


PLAINLY_MET = Verdict("met")
"""The verdict where :func:`plainly_met` holds and nobody reads what was seen."""


def conclude(requirement: Requirement, judged: Judged, today: datetime.date) -> Verdict:
    """Return the verdict on *requirement*, with its evidence, reasons explained and remedied."""
    verdict = verdict_of(judged.outcome, requirement.policy, today)
    reasons = judged.outcome.reasons if isinstance(judged.outcome, Finding) else ()
    # A requirement that expects a fault and finds another wants no record published.
    shown = reasons if verdict.kind == "unmet" and not requirement.policy.expect else ()
    try:
        remedies = merged((reason, _remedy(requirement, reason)) for reason in shown)
    except Exception as error:  # noqa: BLE001  a bug in a check must not end the run
        return conclude(requirement, replace(judged, outcome=Crash.of(error)), today)
    return replace(
        verdict,
        evidence=judged.evidence or getattr(judged.outcome, "evidence", ()),
        matters=tuple(_matters(requirement, reason) for reason in verdict.reasons),
        remedies=remedies,
    )


def beside_what_is_proposed(verdict: Verdict) -> Verdict:
    """Return *verdict* on a network that a change is proposed to: what is live, says so."""
    return replace(verdict, evidence=tuple(map(beside_a_change, verdict.evidence)))


def plainly_met(requirement: Requirement, judged: Judged) -> bool:
    """Whether *requirement* is met and the suite wants, and the judge has, nothing else said.

    That is so for nearly all of a large suite: it needs no verdict to be worked out.
    """
    outcome, policy = judged.outcome, requirement.policy
    return (
        isinstance(outcome, Finding)
        and outcome.met
        and not (outcome.advice or outcome.result or policy.expect or policy.waiver)
    )


def _remedy(requirement: Requirement, reason: Reason) -> Remedy:
    remedy = requirement.check.remedy(requirement.params, reason)
    if not isinstance(remedy, Remedy):
        raise TypeError(f"the remedy for {reason.tag} is {remedy!r}")
    return remedy


def given_up(verdict: Verdict) -> Verdict:
    """Return *verdict*, which one thing leaves open for many, as one of them.

    One error says what that is; the same error for thousands hides it.
    """
    return replace(verdict, kind="not evaluated")


def record_for(requirement: Requirement, verdict: Verdict) -> Record:
    """Write down *verdict* on *requirement* as plain values; the time it took comes later."""
    return record_of(
        verdict=verdict,
        suite=requirement.place.file,
        line=requirement.place.line,
        column=requirement.place.column,
        block=requirement.block,
        title=requirement.title,
        sentence=requirement.sentence,
        check_id=requirement.check_id,
        note=requirement.note,
        sources=requirement.check.sources,
        seconds=0.0,
    )


def _matters(requirement: Requirement, reason: Reason) -> str:
    check = requirement.check
    tag = check.unmet_tags.get(reason.tag) or check.advice_tags.get(reason.tag)
    if tag is None:
        return ""
    # Whoever is asked on no port of the sentence's own is asked as an exchange.
    return at_port(tag.matters, getattr(requirement.params, "port", SMTP)).replace("``", "`")
