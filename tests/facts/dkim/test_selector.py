from __future__ import annotations

import pytest

from mailcheck.facts.dkim.selector import Selector, owner_name


@pytest.mark.parametrize(
    ("text", "selector"),
    [
        pytest.param("s1", "s1", id="usual"),
        pytest.param("20230601", "20230601", id="a date"),
        pytest.param("1", "1", id="a digit"),
        pytest.param("Google", "google", id="capitals"),
        pytest.param("foo.bar", "foo.bar", id="two labels"),
        pytest.param("a._b-c", "a._b-c", id="underscore and hyphen"),
        pytest.param("böb", "xn--bb-fka", id="a U-label"),
    ],
)
def test_selectors(text: str, selector: str) -> None:
    assert Selector.parse(text) == selector


@pytest.mark.parametrize(
    "text",
    ["", ".", "s1.", "s1..x", "a b", "s1/x", "x" * 64, "-a", "s1._domainkey.example.com", "*"],
)
def test_no_selectors(text: str) -> None:
    with pytest.raises(ValueError, match="selector"):
        Selector.parse(text)


def test_where_its_key_stands() -> None:
    assert owner_name("s1", "example.com") == "s1._domainkey.example.com"
