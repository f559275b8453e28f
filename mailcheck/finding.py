"""What a judge concludes, and how the conclusions about several parts make one.

The rule for several parts (the hosts of a domain, the addresses of a host, the names of an
address): an observed part that decides, decides, whatever else is unknown; the whole is unknown
only if an unknown part could still change the outcome. In doubt unmet comes before inconclusive,
inconclusive before not evaluated, not evaluated before met.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_OF_A_KIND = 20
"""Remarks with one tag that are made about one record; a stranger's may deserve 60,000."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a requirement is unmet: a stable kebab-case tag and what was seen, in one clause.

    ``about`` names the part at fault (a host, an address) for the remedy, where that is not the
    subject of the sentence itself. ``instead`` holds the lines that mend it, if what was seen says
    them in full: those of a zone file, unless the tag is about another file.
    """

    tag: str
    text: str
    about: str = ""
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """Something worth saying that never changes the verdict by itself."""

    tag: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A judge's conclusion: met, or unmet for one or more reasons; with advice either way.

    ``unknown`` is what could not be observed and might have added a reason (or, where one part is
    enough, might have held). It stays beside the reasons, because the suite may excuse those.
    ``result`` is the word a standard has for what was found, whatever the sentence wanted, for
    programs that read reports; empty where there is none.
    """

    reasons: tuple[Reason, ...] = ()
    advice: tuple[Advice, ...] = ()
    unknown: Unobserved | None = None
    result: str = ""

    @property
    def met(self) -> bool:
        """Whether the requirement is known to hold."""
        return not self.reasons and self.unknown is None

    def with_advice(self, *advice: Advice) -> Finding:
        """Return the same conclusion with more advice."""
        return replace(self, advice=tuple(dict.fromkeys((*self.advice, *advice))))


@dataclass(frozen=True, slots=True)
class Remedy:
    """What to do about a reason.

    ``publish`` holds zone-file lines that are ready to paste, made from the suite's own values;
    ``instruction`` says in a sentence where or what else. Either may be empty, not both.
    """

    publish: tuple[str, ...] = ()
    instruction: str = ""


def met(*advice: Advice) -> Finding:
    """The requirement holds."""
    return Finding(advice=advice)


def unmet(tag: str, text: str, about: str = "", advice: tuple[Advice, ...] = ()) -> Finding:
    """The requirement does not hold, for one reason."""
    return Finding((Reason(tag, text, about),), advice)


Part: TypeAlias = Finding | Unobserved
"""The conclusion about one of several parts, or why there is none."""


def all_hold(parts: Iterable[Part]) -> Finding:
    """Judge a whole that holds only if every part holds.

    Reasons of all unmet parts are given, each once, in the order of the parts.
    """
    findings, unknown = _sorted(parts)
    reasons = tuple(dict.fromkeys(reason for f in findings for reason in f.reasons))
    return Finding(reasons, _advice(findings), unknown)


def few(remarks: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield *remarks*, each a tag and a text, each once, and the first of each tag only."""
    made: Counter[str] = Counter()
    for tag, text in dict.fromkeys(remarks):
        made[tag] += 1
        if made[tag] <= MOST_OF_A_KIND:
            yield tag, text


def any_holds(parts: Iterable[Part]) -> Finding:
    """Judge a whole that holds if one part holds; while a part is unknown, it might have."""
    findings, unknown = _sorted(parts)
    if any(f.met for f in findings):
        return Finding(advice=_advice(findings))
    if unknown:
        return Finding(advice=_advice(findings), unknown=unknown)
    return all_hold(findings)


def _sorted(parts: Iterable[Part]) -> tuple[list[Finding], Unobserved | None]:
    """Split *parts* into findings and the unknown that stands for all unknowns.

    What was asked in vain stands before what could not be asked; otherwise the first one does.
    """
    findings: list[Finding] = []
    unknown: Unobserved | None = None
    for part in parts:
        missing = part.unknown if isinstance(part, Finding) else part
        if isinstance(part, Finding):
            findings.append(part)
        if missing and (unknown is None or (unknown.not_evaluated and not missing.not_evaluated)):
            unknown = missing
    return findings, unknown


def _advice(findings: list[Finding]) -> tuple[Advice, ...]:
    return tuple(dict.fromkeys(advice for f in findings for advice in f.advice))
