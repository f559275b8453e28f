"""One verdict on what must hold in several networks: those that a change gives to different clients.

Nobody knows which client a sender is. So what is not so for one of them fails, and what is not known
for one is not known.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailcheck.verdict import Verdict

_BY_WEIGHT = (
    ("unmet", False),
    ("inconclusive", False),
    ("unmet", True),
    ("not evaluated", False),
    ("not evaluated", True),
    ("inconclusive", True),
    ("met", False),
)
"""Kinds of verdicts, and whether they are excused. An excuse is for a known fault, and what is not
known in another network may be another one."""


def of_all(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the first of the worst of *verdicts*; if all are met, one with the advice of all."""
    first, *others = verdicts
    if not others:
        return first
    worst = min(verdicts, key=lambda one: _BY_WEIGHT.index((one.kind, bool(one.excused))))
    if worst.kind != "met":
        return worst
    advice = dict.fromkeys(piece for one in verdicts for piece in one.advice)
    evidence = dict.fromkeys(line for one in verdicts for line in one.evidence)
    return replace(first, advice=tuple(advice), evidence=tuple(evidence))
