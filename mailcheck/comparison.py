"""What a change makes of a requirement: worse, no worse than it was, or better.

A team with old debt turns the gate on today: what was broken before does not fail a change, what
the change breaks does. Where it is not known how it was before, nothing is excused.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.facts.change.proposed import NOTHING_PROPOSED
from mailcheck.finding import Advice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.evidence import Evidence
    from mailcheck.verdict import Verdict

BROKEN_BEFORE = "broken before this change"
"""The reason for which a requirement is excused that the change does not make worse."""

REPAIRED = "repaired"
AS_BEFORE = "as-before"
NOT_KNOWN_BEFORE = "not-known-before"


def compared(after: Verdict, before: Verdict) -> Verdict:
    """Return the verdict *after* a change, weighed by the one *before* it.

    It is worse if it has a reason that was none before: another tag, or the same about another
    host, address or zone. What is read in the change says whether it differs from what is live.
    """
    advice = tuple(_new_first(after, before))
    return _weighed(replace(after, evidence=_beside_live(after, before), advice=advice), before)


def _new_first(after: Verdict, before: Verdict) -> Iterator[Advice]:
    """Yield the advice that was none before; the rest is counted, or it would be said every time."""
    new = [one for one in after.advice if one not in before.advice]
    yield from new
    if old := len(after.advice) - len(new):
        text = "a piece of advice was" if old == 1 else f"{old} pieces of advice were"
        yield Advice(AS_BEFORE, f"{text} given before the change as well")


def _beside_live(after: Verdict, before: Verdict) -> tuple[Evidence, ...]:
    live: dict[str, set[str]] = {}
    for line in before.evidence:
        live.setdefault(line.subject, set()).add(line.result)
    return tuple(
        replace(line, changed=not any(_is_as(line.result, said) for said in live[line.subject]))
        if line.place and line.subject in live
        else line
        for line in after.evidence
    )


def _is_as(written: str, live: str) -> bool:
    """Whether the same is *live*, which also says where an alias ends."""
    return live == written or live.startswith(f"{written} → ")


def _weighed(after: Verdict, before: Verdict) -> Verdict:
    if after.kind == "met" and before.kind == "unmet":
        text = f"the change repairs what was unmet: {', '.join(before.tags)}"
        return replace(after, advice=(*after.advice, Advice(REPAIRED, text)))
    if after.kind != "unmet" or after.excused:
        return after
    if before.kind == "unmet":
        was = {(reason.tag, reason.about) for reason in before.reasons}
        is_worse = any((reason.tag, reason.about) not in was for reason in after.reasons)
        return after if is_worse else replace(after, excused=BROKEN_BEFORE)
    if before.kind != "met" and before.cause != NOTHING_PROPOSED.cause:
        text = f"whether it was so before the change is not known: {before.cause}"
        return replace(after, advice=(*after.advice, Advice(NOT_KNOWN_BEFORE, text)))
    return after
