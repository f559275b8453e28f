"""IPv4 addresses within IPv6 ones, behind prefixes of every length."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.dns64 import SET_ASIDE, are_made_up, prefixes_shown_by

# RFC 6052 §2.4 has these for 192.0.2.33; here they hold 192.0.0.170.
WRITTEN = {
    "2001:db8::/32": "2001:db8:c000:aa::",
    "2001:db8:100::/40": "2001:db8:1c0:0:aa::",
    "2001:db8:122::/48": "2001:db8:122:c000:0:aa00::",
    "2001:db8:122:300::/56": "2001:db8:122:3c0:0:aa::",
    "2001:db8:122:344::/64": "2001:db8:122:344:c0:0:aa00::",
    "2001:db8:122:344::/96": "2001:db8:122:344::192.0.0.170",
}


@pytest.mark.parametrize(("prefix", "address"), WRITTEN.items(), ids=WRITTEN)
def test_a_prefix_of_any_length_is_found(prefix: str, address: str) -> None:
    assert set(map(str, prefixes_shown_by([address]))) == {prefix}


@given(st.ip_addresses(v=6))
def test_whatever_is_said_of_the_name_leads_to_prefixes_around_it(
    address: ipaddress.IPv6Address,
) -> None:
    assert all(address in prefix for prefix in prefixes_shown_by([str(address)]))


@pytest.mark.parametrize(
    ("addresses", "made_up"),
    [
        (["64:ff9b::cb00:7119"], True),
        (["64:ff9b:1:fffe::cb00:7119"], True),
        (["2001:db8:64::cb00:7119", "64:ff9b::1"], True),
        (["2001:db8:64::cb00:7119", "2001:db8::1"], False),
        (["64:ff9b:2::1"], False),
        (["::ffff:192.0.2.1"], False),
    ],
)
def test_addresses_are_made_up_if_all_lie_behind_a_prefix(
    addresses: list[str], *, made_up: bool
) -> None:
    own = frozenset({ipaddress.IPv6Network("2001:db8:64::/96")})
    assert are_made_up(addresses, own) is made_up
    assert are_made_up(addresses, own | SET_ASIDE) is made_up
