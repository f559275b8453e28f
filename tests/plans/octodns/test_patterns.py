"""Patterns of filters."""

from __future__ import annotations

import pytest

from mailcheck.plans.octodns.patterns import patterns_of


@pytest.mark.parametrize(
    ("texts", "matching", "others"),
    [
        pytest.param(("www", ""), ("www", ""), ("www2",), id="the same"),
        pytest.param(("/sub/",), ("a.sub.b",), ("www",), id="found anywhere"),
        pytest.param(("/^(?:www|mail)[0-9]?$/",), ("mail1", "www"), ("ftp",), id="choices"),
        pytest.param(("/^start-.+-end$/",), ("start-x-end",), ("x-start-x-end",), id="anchored"),
    ],
)
def test_matching(
    texts: tuple[str, ...], matching: tuple[str, ...], others: tuple[str, ...]
) -> None:
    patterns = patterns_of(texts)
    assert all(map(patterns.match, matching))
    assert not any(map(patterns.match, others))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("/(a+)+$/", id="a repetition in one"),
        pytest.param("/(a|a)*$/", id="choices, repeated"),
        pytest.param("/(a{1,9}){9}/", id="a number of them"),
        pytest.param("/.*.*.*.*x/", id="many repetitions"),
        pytest.param("/a?a?a?a?aaaa/", id="many that may be there"),
        pytest.param("/(a|a)(a|a)(a|a)(a|a)b/", id="many choices"),
        pytest.param("/(" + "a|" * 40 + "b)(a|b)/", id="wide choices"),
        pytest.param("/(/", id="none"),
        pytest.param("/" + "a" * 1000 + "/", id="a long one"),
    ],
)
def test_what_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="an expression"):
        patterns_of((text,))
