"""What a suite may call a blocklist."""

from __future__ import annotations

import ipaddress

import pytest

from mailcheck.facts.blocklists import ListName


@pytest.mark.parametrize("text", ["DUL", "dul", "Dul"])
def test_dul_stands_for_the_policy_codes_of_zen(text: str) -> None:
    [one] = ListName.parse(text).lists
    assert one.zone == "zen.spamhaus.org"
    assert sorted(one.codes) == ["127.0.0.10", "127.0.0.11"]


def test_a_zone_stands_for_itself_with_every_code() -> None:
    [one] = ListName.parse("DNSBL.Example.NET.").lists
    assert (one.zone, dict(one.codes)) == ("dnsbl.example.net", {})


@pytest.mark.parametrize("text", ["PBL", "", "192.0.2.1", "a..b", "b c.example"])
def test_what_is_neither_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"192\.0\.2\.1|PBL|empty|not letters"):
        ListName.parse(text)


def test_codes_are_return_codes() -> None:
    network = ipaddress.ip_network("127.0.0.0/8")
    for one in ListName("DUL").lists:
        assert all(ipaddress.ip_address(code) in network for code in one.codes)
