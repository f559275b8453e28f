"""From what a judge concluded to what is reported: severity, waiver and expectation applied.

The rules, in one place:

* *unmet* fails, unless every reason is only advised (``severity``) or the requirement is waived;
* a waiver excuses a known fault only: waived and inconclusive stays inconclusive;
* ``expect: TAG`` is met if any reason has that tag; met, or unmet for other reasons, is unmet;
* what could not be observed is never excused by an expectation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from mailcheck.finding import Advice, Finding, Reason, Remedy
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from mailcheck.evidence import Evidence

Kind: TypeAlias = Literal["met", "unmet", "inconclusive", "not evaluated"]
Severity: TypeAlias = Literal["required", "advised"]

UNEXPECTED = "unexpected"
"""The tag of an unmet expectation: the sentence ended otherwise than ``expect`` says."""

WAIVER_EXPIRED = "waiver-expired"


@dataclass(frozen=True, slots=True)
class Crash:
    """A judge raised something it must not; ``traceback`` is the text of it."""

    error: BaseException
    traceback: str


Outcome: TypeAlias = Finding | Unobserved | Crash
"""How a judge ended."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """Someone accepts a known fault until the end of a day (UTC)."""

    until: datetime.date
    owner: str
    reason: str


@dataclass(frozen=True, slots=True)
class Policy:
    """How a suite wants the findings of one requirement to count.

    ``severity`` holds for every tag that ``tag_severity`` does not name; a reason is required by
    default, advice is advised.
    """

    severity: Severity = "required"
    tag_severity: Mapping[str, Severity] = field(default_factory=dict)
    waiver: Waiver | None = None
    expect: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is reported about one requirement. True only if met.

    ``excused`` says why something unmet (or advised and inconclusive) does not count against the
    run. ``matters`` is parallel to ``reasons``: what a receiver makes of each, empty if nothing. ``waiver`` says
    in a sentence what a user should know about the requirement's waiver (unused, ends soon).
    """

    kind: Kind
    reasons: tuple[Reason, ...] = ()
    advice: tuple[Advice, ...] = ()
    cause: str = ""
    text: str = ""
    excused: str = ""
    waiver: str = ""
    evidence: tuple[Evidence, ...] = ()
    matters: tuple[str, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    crash: Crash | None = None

    def __bool__(self) -> bool:
        return self.kind == "met"

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags of the reasons, each once, in order."""
        return tuple(dict.fromkeys(reason.tag for reason in self.reasons))


def verdict_of(outcome: Outcome, policy: Policy, today: datetime.date) -> Verdict:
    """Apply *policy* to how a judge ended. *today* is the date of the run (UTC)."""
    if isinstance(outcome, Crash):
        return Verdict(
            "inconclusive", cause="check-crashed", text=str(outcome.error), crash=outcome
        )
    if isinstance(outcome, Unobserved):
        kind: Kind = "not evaluated" if outcome.not_evaluated else "inconclusive"
        advised = policy.severity == "advised" and kind == "inconclusive"
        return Verdict(
            kind,
            cause=outcome.cause,
            text=outcome.text,
            excused=f"advised only: {outcome.cause}" if advised else "",
        )
    finding = _weighed(outcome, policy)
    if policy.expect:
        return _expected(finding, policy.expect)
    return _waived(_judged(finding, policy), policy.waiver, today)


def _weighed(finding: Finding, policy: Policy) -> Finding:
    """Move advice that the suite requires to the reasons."""
    required = [a for a in finding.advice if policy.tag_severity.get(a.tag) == "required"]
    if not required:
        return finding
    reasons = tuple(Reason(a.tag, a.text) for a in required)
    advice = tuple(a for a in finding.advice if a not in required)
    return Finding(finding.reasons + reasons, advice)


def _judged(finding: Finding, policy: Policy) -> Verdict:
    if finding.met:
        return Verdict("met", advice=finding.advice)
    counting = [
        r for r in finding.reasons if policy.tag_severity.get(r.tag, policy.severity) == "required"
    ]
    tags = ", ".join(dict.fromkeys(r.tag for r in finding.reasons))
    return Verdict(
        "unmet",
        reasons=finding.reasons,
        advice=finding.advice,
        excused="" if counting else f"advised only: {tags}",
    )


def _expected(finding: Finding, expect: str) -> Verdict:
    found = tuple(dict.fromkeys(r.tag for r in finding.reasons))
    if expect in found:
        return Verdict("met", advice=finding.advice, text=f"expected {expect}, and found it")
    text = f"expected {expect}, found {', '.join(found) or 'met'}"
    return Verdict("unmet", reasons=(Reason(UNEXPECTED, text), *finding.reasons), text=text)


def _waived(verdict: Verdict, waiver: Waiver | None, today: datetime.date) -> Verdict:
    from dataclasses import replace

    if waiver is None:
        return verdict
    about = f"waiver of {waiver.owner} ({waiver.reason}) until {waiver.until.isoformat()}"
    if verdict.kind == "met":
        return replace(verdict, waiver=f"unused: {about}")
    if today > waiver.until:
        expired = Reason(WAIVER_EXPIRED, f"expired: {about}")
        return replace(verdict, reasons=(*verdict.reasons, expired), excused="")
    left = (waiver.until - today).days
    soon = f"ends in {left} days: {about}" if left <= 14 else ""
    return replace(verdict, excused=f"waived by {waiver.owner}: {waiver.reason}", waiver=soon)
