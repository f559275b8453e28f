"""Zones by the names that people write."""

from __future__ import annotations

import pytest

from mailcheck.zone_name import ZoneName, in_part, out_of_part


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


@pytest.mark.parametrize(
    ("name", "outside"),
    [
        pytest.param("4.0/25.2.0.192.in-addr.arpa", "4.2.0.192.in-addr.arpa", id="a prefix"),
        pytest.param("4.0-127.2.0.192.in-addr.arpa", "4.2.0.192.in-addr.arpa", id="a range"),
        pytest.param("4.2.0.192.in-addr.arpa", "4.2.0.192.in-addr.arpa", id="no part"),
        pytest.param("4.0/25.example.com", "4.0/25.example.com", id="no reverse zone"),
    ],
)
def test_what_leads_into_a_part(name: str, outside: str) -> None:
    assert out_of_part(name) == outside
    assert in_part(outside, name.partition(".")[2]) == name


def test_an_address_of_another_block_is_not_in_the_part() -> None:
    name = "4.3.0.192.in-addr.arpa"
    assert in_part(name, "0/25.2.0.192.in-addr.arpa") == name
