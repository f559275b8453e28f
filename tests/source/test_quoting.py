"""Lines that are written with their text in quotes."""

from __future__ import annotations

import pytest

from mailcheck.source.quoting import in_quotes, leading, nested, parted, quoted, unclosed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a", "'a'", id="plain"),
        pytest.param("it's", '"it\'s"', id="apostrophe"),
        pytest.param('it\'s "a"', "'it''s \"a\"'", id="both"),
        pytest.param("it's \\", "'it''s \\'", id="backslash"),
    ],
)
def test_a_text_is_quoted(text: str, expected: str) -> None:
    assert expected == quoted(text)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("  - a", "  - 'a'", id="item"),
        pytest.param("  - a: b:", "  - a: 'b':", id="key-with-options"),
        pytest.param("  - a b: {c: d}", "  - 'a b': {c: d}", id="item-with-options-in-braces"),
        pytest.param('  - {a "[b]": {c: d}}', "  - 'a \"[b]\"': {c: d}", id="item-in-braces"),
        pytest.param("  - - a b: {c: d}", "  - - 'a b': {c: d}", id="nested-with-options"),
        pytest.param("  key: a", "  key: 'a'", id="value"),
        pytest.param("- - a", "- - 'a'", id="nested"),
        pytest.param("a", None, id="no-item"),
    ],
)
def test_a_line_is_written_with_its_text_in_quotes(line: str, expected: str | None) -> None:
    found = in_quotes(line)
    assert expected == (found.line if found else None)


def test_only_what_yaml_claims_needs_quotes() -> None:
    assert leading("- [a") is not None
    assert leading("- a [") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a", ("a", ""), id="alone"),
        pytest.param("a:", ("a", ":"), id="colon"),
        pytest.param("a: {b: c}", ("a", ": {b: c}"), id="options"),
        pytest.param("a:b c", ("a:b c", ""), id="colon-in-a-word"),
    ],
)
def test_options_are_parted_from_a_text(text: str, expected: tuple[str, str]) -> None:
    assert parted(text) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param('- "a "b""', "- 'a \"b\"'", id="closed"),
        pytest.param('- "a "b"', "- 'a \"b\"'", id="not-closed"),
        pytest.param('- "a "b"": {c: d}', "- 'a \"b\"': {c: d}", id="options"),
        pytest.param('- "a" b', None, id="text-after-quotes"),
        pytest.param('- "a": b', None, id="key"),
    ],
)
def test_quotes_in_quotes_stand_in_single_quotes(line: str, expected: str | None) -> None:
    assert nested(line) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("{a} b", False, id="closed"),
        pytest.param("{a: [b]} c [", False, id="closed-before-another"),
        pytest.param("{a: [b}", True, id="one-inside"),
        pytest.param("{a", True, id="open"),
        pytest.param("* a", False, id="none"),
        pytest.param("&x }", False, id="none, and one that closes it"),
    ],
)
def test_a_bracket_is_closed_or_not(text: str, *, expected: bool) -> None:
    assert unclosed(text) == expected
