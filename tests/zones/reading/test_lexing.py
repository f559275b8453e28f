"""Entries: the short way for lines of words and the long one for all others cut alike."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.zones.reading.lexing import (
    MAX_FIELDS,
    Quoted,
    ascii_only,
    entries,
    line_of,
    written,
)


@given(st.text(st.sampled_from("ab.$@0\t \n\r-")))
def test_both_ways_cut_alike(text: str) -> None:
    """A comment at its end sends a line the long way."""
    commented = re.sub(r"(?=\r?\n)", ";", text.replace("\r", "")) + ";"
    plain = [entry[:3] for entry in entries(text.replace("\r", ""))]
    assert [entry[:3] for entry in entries(commented)] == plain


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        pytest.param("a A 192.0.2.1 ; comment", ["a", "A", "192.0.2.1"], id="comment"),
        pytest.param("a;A", ["a"], id="comment without a blank"),
        pytest.param('a TXT "b;c" d', ["a", "TXT", "b;c", "d"], id="semicolon in quotes"),
        pytest.param('a"b"c', ["a", "b", "c"], id="quotes end a word"),
        pytest.param('a\\ b\\;c\\"', ['a\\ b\\;c\\"'], id="escapes"),
        pytest.param("a ( b ; ( c\n\n d ) e", ["a", "b", "d", "e"], id="parentheses"),
        pytest.param("((a)b)", ["a", "b"], id="parentheses in parentheses"),
        pytest.param("a\r\n", ["a"], id="CRLF"),
        pytest.param('"a\\\nb"', ["a\\\nb"], id="escaped line end in quotes"),
    ],
)
def test_one_entry(text: str, fields: list[str]) -> None:
    (entry,) = entries(text)
    assert entry.fields == fields
    assert entry.fault == ""


def test_quoted_fields_are_known() -> None:
    (entry,) = entries('a "b"')
    assert [isinstance(field, Quoted) for field in entry.fields] == [False, True]


def test_it_goes_on_where_an_entry_may_begin() -> None:
    text = "a A )\n)\n@ SOA a b ( 1\n  2 3\n\n; comment\nwww A 192.0.2.1\n"
    first, soa, www = entries(text)
    assert (first.line, first.fault) == (1, "its parenthesis is not opened")
    assert (soa.line, soa.fault) == (3, "its parenthesis is not closed")
    assert (www.line, www.fields) == (7, ["www", "A", "192.0.2.1"])


def test_it_does_not_go_on_for_ever() -> None:
    assert [entry.line for entry in entries("(\n" * 100)] == [1, 2, 3]


@pytest.mark.parametrize("word", ["x ", '"x" ', "(x)"])
def test_no_line_takes_more_memory_than_a_record_can_use(word: str) -> None:
    """A file of 100 MB has 50 million words in one line, of which each would take 60 octets."""
    most, too_many, after = entries(
        f"{word * MAX_FIELDS}\n{word * (MAX_FIELDS + 1)}\na A 192.0.2.1\n"
    )
    assert (len(most.fields), most.fault) == (MAX_FIELDS, "")
    assert (too_many.line, too_many.fault) == (2, "it has more than 150000 words")
    assert (after.line, after.fields) == (3, ["a", "A", "192.0.2.1"])


@given(st.text(st.sampled_from("ab\n")), st.lists(st.integers(1, 9)))
def test_lines_are_found_in_any_order(text: str, numbers: list[int]) -> None:
    lines, known = text.split("\n"), (1, 0)
    for number in numbers:
        line, known = line_of(text, number, known)
        assert line == lines[min(number, len(lines)) - 1]


@pytest.mark.parametrize(
    ("text", "octets"),
    [
        pytest.param("\xfc", "\\195\\188", id="UTF-8"),
        pytest.param("\\\xfc", "\\195\\188", id="escaped"),
        pytest.param("\\\\\xfc", "\\\\\\195\\188", id="behind a backslash"),
        pytest.param(b"\xfc".decode("utf-8", "surrogateescape"), "\\252", id="no UTF-8"),
    ],
)
def test_other_characters_are_octets(text: str, octets: str) -> None:
    assert ascii_only(text) == octets


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\\")))
def test_names_of_files_stay_what_they_are(name: str) -> None:
    assert written(ascii_only(name)) == name
