"""From what a judge concluded to what is reported: severity, waiver and expectation applied.

The rules, in one place:

* *unmet* fails, unless every reason is only advised (``severity``) or the requirement is waived;
* advised reasons do not decide while something is unknown that might have brought a required one;
* a waiver excuses a known fault only: waived and inconclusive stays inconclusive;
* ``expect: TAG`` is met if any reason has that tag; met, or unmet for other reasons, is unmet;
* what could not be observed is never excused by an expectation, and what crashed by nothing.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from mailcheck.evidence import visible
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

WAIVED = "waived by "
"""How the reason begins for which a waived requirement is excused."""

RESOLVER_DEAD = "resolver-dead"
"""The cause of what was not asked, as no resolver of the run answers any more."""

CRASHES = frozenset({"check-crashed", "probe-crashed"})
"""Causes that are mailcheck's own fault, or a check's: no policy excuses them."""


@dataclass(frozen=True, slots=True)
class Crash:
    """A judge raised something it must not; ``text`` says what, ``traceback`` where."""

    error: BaseException
    text: str
    traceback: str

    @classmethod
    def of(cls, error: BaseException) -> Crash:
        """Write down *error*, whatever its own methods do."""
        where = "".join(traceback.format_exception(error))
        try:
            text = f"{type(error).__name__}: {error}"
        except Exception:  # noqa: BLE001  an exception whose __str__ raises
            text = type(error).__name__
        return cls(error, visible(text), where)


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
    run. ``matters`` is parallel to ``reasons``: what a receiver makes of each, empty if nothing.
    ``waiver`` says in a sentence what a user should know about the requirement's waiver (unused,
    ends soon). ``traceback`` says where a check or a probe crashed;
    ``shared`` names what others may be unknown for as well. ``result`` is that of the finding.
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
    traceback: str = ""
    shared: str = ""
    result: str = ""

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
            "inconclusive",
            cause="check-crashed",
            text=outcome.text,
            crash=outcome,
            traceback=outcome.traceback,
        )
    if isinstance(outcome, Unobserved):
        return _unknown(outcome, policy)
    finding = _weighed(outcome, policy)
    if policy.expect:
        verdict = _expected(finding, policy)
    else:
        verdict = _waived(_judged(finding, policy), policy.waiver, today)
    return replace(verdict, result=finding.result) if finding.result else verdict


def _unknown(unknown: Unobserved, policy: Policy, finding: Finding | None = None) -> Verdict:
    """Return what is reported of *unknown*; reasons that do not decide are told as advice."""
    told = tuple(Advice(r.tag, r.text) for r in finding.reasons) if finding else ()
    excused = not _may_require(policy) and unknown.cause not in CRASHES
    return Verdict(
        "not evaluated" if unknown.not_evaluated else "inconclusive",
        cause=unknown.cause,
        text=unknown.text,
        advice=(*told, *(finding.advice if finding else ())),
        excused=f"advised only: {unknown.cause}" if excused else "",
        traceback=unknown.traceback,
        shared=unknown.shared,
    )


def _may_require(policy: Policy) -> bool:
    """Whether some tag, seen or not, would count against the run."""
    return policy.severity == "required" or "required" in policy.tag_severity.values()


def _weighed(finding: Finding, policy: Policy) -> Finding:
    """Move advice that the suite requires to the reasons."""
    if not finding.advice:
        return finding
    required = [a for a in finding.advice if policy.tag_severity.get(a.tag) == "required"]
    reasons = tuple(Reason(a.tag, a.text) for a in required)
    advice = tuple(a for a in finding.advice if a not in required)
    return replace(finding, reasons=finding.reasons + reasons, advice=advice)


def _judged(finding: Finding, policy: Policy) -> Verdict:
    counting = any(
        policy.tag_severity.get(r.tag, policy.severity) == "required" for r in finding.reasons
    )
    # Advised reasons leave the question open if the unknown might add a required one.
    open_question = not finding.reasons or (not counting and _may_require(policy))
    if finding.unknown and open_question:
        return _unknown(finding.unknown, policy, finding)
    if finding.met:
        return Verdict("met", advice=finding.advice)
    tags = ", ".join(dict.fromkeys(r.tag for r in finding.reasons))
    return Verdict(
        "unmet",
        reasons=finding.reasons,
        advice=finding.advice,
        excused="" if counting else f"advised only: {tags}",
    )


def _expected(finding: Finding, policy: Policy) -> Verdict:
    expect = policy.expect
    found = tuple(dict.fromkeys(r.tag for r in finding.reasons))
    if expect in found:
        return Verdict("met", advice=finding.advice, text=f"expected {expect}, and found it")
    if finding.unknown:
        return _unknown(finding.unknown, policy, finding)
    text = f"expected {expect}, found {', '.join(found) or 'met'}"
    return Verdict(
        "unmet",
        reasons=(Reason(UNEXPECTED, text), *finding.reasons),
        advice=finding.advice,
        text=text,
        excused=f"advised only: {UNEXPECTED}" if policy.severity == "advised" else "",
    )


def _waived(verdict: Verdict, waiver: Waiver | None, today: datetime.date) -> Verdict:
    if waiver is None or verdict.kind in ("inconclusive", "not evaluated"):
        return verdict
    about = f"waiver of {waiver.owner} ({waiver.reason}) until {waiver.until.isoformat()}"
    if verdict.kind == "met":
        return replace(verdict, waiver=f"unused: {about}")
    if today > waiver.until:
        expired = Reason(WAIVER_EXPIRED, f"expired: {about}")
        return replace(verdict, reasons=(*verdict.reasons, expired), excused="")
    left = (waiver.until - today).days
    soon = f"ends in {left} day{'' if left == 1 else 's'}: {about}" if left <= 14 else ""
    return replace(verdict, excused=f"{WAIVED}{waiver.owner}: {waiver.reason}", waiver=soon)
