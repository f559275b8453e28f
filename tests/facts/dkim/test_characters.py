"""Characters by their names, and what is no base64."""

from __future__ import annotations

import pytest

from mailcheck.facts.dkim.characters import BASE64, named, why_no_base64


@pytest.mark.parametrize(
    ("character", "name"),
    [
        pytest.param("<", "<", id="one that everybody sees"),
        pytest.param("\u00a0", "U+00A0 (no-break space)", id="one that looks like a space"),
        pytest.param("\u200b", "U+200B (zero width space)", id="one that nobody sees"),
        pytest.param("\n", "U+000A (line feed)", id="the end of a line"),
        pytest.param("\x01", "U+0001", id="one without a name"),
    ],
)
def test_a_character_is_named(character: str, name: str) -> None:
    assert named(character) == name


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a-b", "base64url"),
        ("a=b", "before its end"),
        ("ab.", ". is no character"),
        ("a\u200bb", "U+200B"),
        ("===", "is not base64"),
    ],
)
def test_why_it_is_no_base64(text: str, why: str) -> None:
    assert not BASE64.fullmatch(text)
    assert why in why_no_base64(text)
