"""Zones by the names that people write."""

from __future__ import annotations

import pytest

from mailcheck.facts.change.zone_name import ZoneName


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("Example.COM", "example.com", id="a domain"),
        pytest.param("example.com.", "example.com", id="with a dot behind it"),
        pytest.param("후이즈검색.한국", "xn--c79as89aj0e29b77z.xn--3e0b707e", id="U-labels"),
        pytest.param(".", ".", id="the root"),
        pytest.param("2.0.192.in-addr.arpa", "2.0.192.in-addr.arpa", id="a reverse zone"),
        pytest.param("0/25.2.0.192.IN-ADDR.arpa", "0/25.2.0.192.in-addr.arpa", id="a part of one"),
        pytest.param("0-25.2.0.192.in-addr.arpa", "0-25.2.0.192.in-addr.arpa", id="with a hyphen"),
    ],
)
def test_what_is_a_zone(text: str, name: str) -> None:
    assert ZoneName.parse(text) == name
    assert isinstance(ZoneName.parse(text), ZoneName)


@pytest.mark.parametrize("text", ["", "192.0.2.1", "0/25.example.com", "a b", "x@example.com"])
def test_what_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        ZoneName.parse(text)
