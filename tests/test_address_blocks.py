"""Blocks of addresses: what is one, and what is too much to ask."""

from __future__ import annotations

import pytest

from mailcheck.address_blocks import MAX_ADDRESSES, AddressBlock


@pytest.mark.parametrize(
    ("text", "block", "count"),
    [
        pytest.param("203.0.113.0/28", "203.0.113.0/28", 16, id="IPv4"),
        pytest.param("203.0.113.25/32", "203.0.113.25/32", 1, id="one address"),
        pytest.param("203.0.113.0/24", "203.0.113.0/24", MAX_ADDRESSES, id="the largest"),
        pytest.param(
            "2001:db8::/124", "2001:0db8:0000:0000:0000:0000:0000:0000/124", 16, id="IPv6"
        ),
    ],
)
def test_blocks(text: str, block: str, count: int) -> None:
    parsed = AddressBlock.parse(text)
    assert (parsed, len(parsed.addresses)) == (block, count)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("203.0.113.25", "a slash", id="an address"),
        pytest.param("203.0.113.0/", "a slash", id="no length"),
        pytest.param("203.0.113.0/+8", "a slash", id="a signed length"),
        pytest.param("203.0.113.0/255.255.255.0", "a slash", id="a mask"),
        pytest.param("mail.example.com/24", "not an IP address", id="a name"),
        pytest.param("203.0.113.0/33", "at most 32", id="too long"),
        pytest.param("203.0.113.25/28", "around it is 203.0.113.16/28", id="bits behind"),
        pytest.param("203.0.112.0/23", "512 addresses.*blocks of /24", id="too many"),
        pytest.param("0.0.0.0/0", "4294967296 addresses", id="all"),
        pytest.param("2001:db8::/64", r"2\^64 addresses.*blocks of /120", id="too many of IPv6"),
    ],
)
def test_what_is_refused(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        AddressBlock.parse(text)
