"""Text laid out by the columns it takes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.report.columns import columns, padded, wrapped


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", 0, id="nothing"),
        pytest.param("example.com", 11, id="ASCII"),
        pytest.param("후이즈검색.한국", 15, id="Korean syllables take two"),
        pytest.param("\uff11\uff12", 4, id="full-width digits take two"),
        pytest.param(unicodedata.normalize("NFD", "é"), 1, id="a combining mark takes none"),
        pytest.param("a → b", 5, id="an arrow takes one"),
    ],
)
def test_columns_are_what_a_terminal_shows(text: str, expected: int) -> None:
    """Width is not length."""
    assert columns(text) == expected


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        pytest.param("한국", 6, "한국  ", id="wide"),
        pytest.param("ab", 4, "ab  ", id="narrow"),
        pytest.param("abcdef", 4, "abcdef", id="longer than the column"),
    ],
)
def test_padding_counts_columns(text: str, width: int, expected: str) -> None:
    """What is longer is not cut."""
    assert padded(text, width) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("one two  three", ["one two", "three"], id="runs of space are one"),
        pytest.param("1234 56789", ["1234 56789"], id="to the very column"),
        pytest.param("12345 56789", ["12345", "56789"], id="one column more"),
        pytest.param(
            "see mail.very-long.example.com now",
            ["see", "mail.very-long.example.com", "now"],
            id="a long name stays whole",
        ),
        pytest.param("한국 한국 국", ["한국 한국", "국"], id="wide letters fill a line sooner"),
        pytest.param(
            "554 banner ::stop-commands::x",
            ["554 banner ::stop-commands::x"],
            id="a workflow command never begins a line",
        ),
    ],
)
def test_prose_is_broken_at_spaces(text: str, expected: list[str]) -> None:
    """Ten columns wide."""
    assert wrapped(text, 10) == expected


@given(st.text(), st.integers(1, 40))
def test_wrapping_loses_no_word(text: str, width: int) -> None:
    """Whatever the width."""
    assert " ".join(wrapped(text, width)).split() == text.split()
