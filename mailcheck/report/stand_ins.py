"""Records that stand for requirements which have none of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.report.record import SUITE_ERROR, UNREADABLE_TITLE, record_of
from mailcheck.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailcheck.errors import Problem
    from mailcheck.report.record import Record

INTERRUPTED_TITLE = "the run was interrupted"


def broken_suite(suite: str, problems: Sequence[Problem], seconds: float = 0.0) -> Record:
    """Write down that *suite* cannot be read; ``text`` has every problem, each from a new line."""
    text = "\n".join(map(str, problems))
    # A problem may lie in another file that the suite needs: a list of domains, a lab.
    place = next((p.place for p in problems if p.place.file == suite), None)
    return record_of(
        verdict=Verdict("inconclusive", cause=SUITE_ERROR, text=text),
        suite=suite,
        line=place.line if place else 1,
        column=place.column if place else 1,
        block="",
        title=UNREADABLE_TITLE,
        sentence=UNREADABLE_TITLE,
        check_id="",
        note="",
        sources=(),
        seconds=seconds,
    )


def interrupted(left: int) -> Record:
    """Write down that a run was ended before it had judged *left* requirements."""
    text = f"{left} requirement{'s were' if left != 1 else ' was'} not judged"
    return record_of(
        verdict=Verdict("inconclusive", cause="cancelled", text=text),
        suite="",
        line=1,
        column=1,
        block="",
        title=INTERRUPTED_TITLE,
        sentence=INTERRUPTED_TITLE,
        check_id="",
        note="",
        sources=(),
        seconds=0.0,
    )
