"""Texts that may be JSON."""

from __future__ import annotations

import pytest

from mailcheck.errors import SourceError
from mailcheck.plans.document import Document


@pytest.mark.parametrize(
    ("text", "value"),
    [('{"a": 1}', {"a": 1}), ("\ufeff[]", []), ("a: 1", None), ("", None)],
)
def test_what_a_text_is(text: str, value: object) -> None:
    assert Document(text, "plan.json").value == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param('{"a": 1,\n}', "plan.json:2:1: this is no JSON", id="a comma"),
        pytest.param("[" * 100_000, "too deep", id="brackets"),
        pytest.param("9" * 5000, "too large a number", id="digits"),
    ],
)
def test_what_is_wrong_with_it(text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        Document(text, "plan.json").parsed()
