"""Records that stand for requirements which have none of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.errors import Place
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
    place = next((p.place for p in problems if p.place.file == suite), Place(suite, 1))
    return _stand_in(UNREADABLE_TITLE, SUITE_ERROR, text, place, seconds)


def interrupted(left: int) -> Record:
    """Write down that a run was ended before it had judged *left* requirements."""
    text = f"{left} requirement{'s were' if left != 1 else ' was'} not judged"
    return _stand_in(INTERRUPTED_TITLE, "cancelled", text, Place("", 1))


def _stand_in(title: str, cause: str, text: str, place: Place, seconds: float = 0.0) -> Record:
    return record_of(
        verdict=Verdict("inconclusive", cause=cause, text=text),
        suite=place.file,
        line=place.line,
        column=place.column,
        block="",
        title=title,
        sentence=title,
        check_id="",
        note="",
        sources=(),
        seconds=seconds,
    )
