"""Patterns of filters."""

from __future__ import annotations

import pytest

from mailcheck.plans.octodns.patterns import patterns_of


@pytest.mark.parametrize(
    ("texts", "matching", "others"),
    [
        pytest.param(("www", ""), ("www", ""), ("www2",), id="the same"),
        pytest.param(("/sub/",), ("a.sub.b",), ("www",), id="found anywhere"),
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
    "text", ["/(a+)+$/", "/(a|a)*$/", "/.*.*.*.*x/", "/(/", "/" + "a" * 1000 + "/", "/(a{1,9}){9}/"]
)
def test_what_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="an expression"):
        patterns_of((text,))
