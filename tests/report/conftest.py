"""Records for the tests of everything that is made from records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import strategies as st

from mailcheck.errors import Place
from mailcheck.evidence import Evidence
from mailcheck.finding import Advice, Reason, Remedy
from mailcheck.report.record import Record, record_of
from mailcheck.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

MET = Verdict("met")


def make_record(verdict: Verdict = MET, **changes: Any) -> Record:
    """Return the record of *verdict* for a requirement at suites/tour.yml:9:5."""
    given: dict[str, Any] = {
        "suite": "suites/tour.yml",
        "line": 9,
        "column": 5,
        "block": "Tour",
        "title": "domain tour.example.com has MX",
        "sentence": "domain has MX",
        "check_id": "has-mx",
        "note": "",
        "sources": (),
        "seconds": 0.0,
    }
    return record_of(verdict=verdict, **(given | changes))


@pytest.fixture(scope="session")
def record() -> Callable[..., Record]:
    """The maker of records."""
    return make_record


@pytest.fixture(scope="session")
def any_record() -> st.SearchStrategy[Record]:
    """Records with any text in any field, lone surrogates and controls included."""
    text = st.text(st.characters(), max_size=30) | st.sampled_from(
        ["\ufffe", "\ud800", "\x00\x1b[2J", "]]>", "a\nb\u2028c\x85d\x9be", "&#65534;", "50% :: ,"]
    )
    several = st.lists(text, max_size=3).map(tuple)
    places = st.builds(Place, text, st.integers(1, 10**6))
    verdicts = st.builds(
        Verdict,
        kind=st.sampled_from(["met", "unmet", "inconclusive", "not evaluated"]),
        reasons=st.lists(st.builds(Reason, text, text, text), max_size=3).map(tuple),
        advice=st.lists(st.builds(Advice, text, text), max_size=2).map(tuple),
        cause=text,
        text=text,
        excused=text,
        waiver=text,
        evidence=st.lists(
            st.builds(Evidence, text, text, text, text, st.none() | places), max_size=14
        ).map(tuple),
        matters=several,
        remedies=st.lists(st.builds(Remedy, several, text), max_size=2).map(tuple),
        traceback=text,
    )
    return st.builds(
        record_of,
        verdict=verdicts,
        suite=text,
        line=st.integers(1, 10**6),
        column=st.integers(1, 10**6),
        block=text,
        title=text,
        sentence=text,
        check_id=text,
        note=text,
        sources=several,
        seconds=st.floats(0, 10**6),  # unbounded ones add up to what is no number
    )
