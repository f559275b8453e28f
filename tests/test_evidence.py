"""Whatever a server says is shown on one line, in characters that do nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailcheck.evidence import SHOWN, Evidence, beside_a_change, visible

# Control, format (which holds the bidirectional overrides), surrogate, private, unassigned, line
# and paragraph separators: all that moves a cursor, turns text round, or that XML refuses.
ACTIVE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}

LONGEST_ESCAPE = len(r"\U0001f4a9")


@given(st.text(st.characters(), max_size=400), st.integers(0, 400))
@example("\x1b[2J\r\n\x00\x7f\x9b", 300)
@example("\u202eright to left\u2028\ufeff\ufffe\ud800", 300)
def test_nothing_active_is_left_and_the_length_is_bounded(text: str, limit: int) -> None:
    shown = visible(text, limit)
    assert {unicodedata.category(character) for character in shown} & ACTIVE == set()
    assert shown.isprintable()
    assert shown.splitlines() in ([], [shown])
    assert len(shown) <= limit * LONGEST_ESCAPE + len(f"… ({len(text)} characters)")


@given(st.text(st.characters(), max_size=400))
def test_what_is_shown_is_shown_the_same_again(text: str) -> None:
    once = visible(text, 400)
    assert visible(once, len(once)) == once


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("220 mx.example.com ESMTP", "220 mx.example.com ESMTP", id="ordinary"),
        pytest.param("메일 서버", "메일 서버", id="other scripts"),
        pytest.param("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m", id="terminal colours"),
        pytest.param("one\r\ntwo\tthree", r"one\r\ntwo\tthree", id="lines and tabs"),
        pytest.param("\x00\x08\x7f\x85", r"\x00\x08\x7f\x85", id="control characters"),
        pytest.param("\u202egnp.exe", r"\u202egnp.exe", id="right-to-left override"),
        pytest.param("a\u2028b\u2029", r"a\u2028b\u2029", id="separators of lines"),
        pytest.param("\ud800\ufffe\uffff", r"\ud800\ufffe\uffff", id="what XML has no word for"),
        pytest.param("a ##[error]b", r"a #\x23[error]b", id="a command to a runner"),
        pytest.param("##vso[task.x]", r"#\x23vso[task.x]", id="one to another"),
        pytest.param("## heading ##", "## heading ##", id="no command"),
        pytest.param("]]><x/>&", "]]><x/>&", id="markup is a report's own business"),
        pytest.param("x" * SHOWN, "x" * SHOWN, id="as long as may be"),
        pytest.param("x" * (SHOWN + 1), "x" * SHOWN + "… (301 characters)", id="one longer"),
        pytest.param("\n" * 65536, r"\n" * SHOWN + "… (65536 characters)", id="64 KB"),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_limit_counts_what_was_sent() -> None:
    assert visible("\x1b\x1b\x1b", 2) == r"\x1b\x1b… (3 characters)"


@pytest.mark.parametrize(
    ("evidence", "line"),
    [
        (Evidence("a.example MX", "NODATA"), "a.example MX → NODATA"),
        (
            Evidence("a.example MX", "NODATA", "from 192.0.2.53", "dig a.example MX"),
            "a.example MX → NODATA, from 192.0.2.53",
        ),
    ],
)
def test_evidence_is_a_line(evidence: Evidence, line: str) -> None:
    assert str(evidence) == line


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        pytest.param("from 192.0.2.53, 3 ms", "live, from 192.0.2.53, 3 ms", id="a server"),
        pytest.param("TTL 60, from a, 1 ms", "live, TTL 60, from a, 1 ms", id="more is said"),
        pytest.param("proposed, zones/a:3", "proposed, zones/a:3", id="a file"),
        pytest.param(
            "proposed, from a, 1 ms", "proposed, from a, 1 ms", id="a server of the change"
        ),
        pytest.param("0 ms", "0 ms", id="a session, with whom a change may have led to"),
        pytest.param("", "", id="nobody"),
    ],
)
def test_beside_a_change_what_is_heard_of_dns_is_live(source: str, shown: str) -> None:
    assert beside_a_change(Evidence("a MX", "NODATA", source)).source == shown
