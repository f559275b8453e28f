"""What terms decide, one after another."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from mailcheck.facts.spf.networks.address_set import span_of
from mailcheck.facts.spf.networks.decided import MOST_NETWORKS, Decided
from mailcheck.facts.spf.record.syntax import read_record
from mailcheck.question import NotObserved

PATH = ("example.com",)


def decided(terms: str) -> Decided:
    found = Decided()
    for term in read_record(f"v=spf1 {terms}".encode()).directives:
        assert term.network is not None
        found.take([span_of(term.network)], PATH, term)
    return found


def test_who_passes_first_is_not_kept_out_afterwards() -> None:
    found = decided("ip4:192.0.2.0/25 -ip4:192.0.2.0/24")
    assert (found.passed.size, found.kept_out.size, found.size) == (128, 128, 256)


def test_who_is_kept_out_first_does_not_pass_afterwards() -> None:
    found = decided("~ip4:192.0.2.0/25 ip4:192.0.2.0/24")
    low = int(ip_network("192.0.2.128/25").network_address)
    assert found.passing == [(PATH, "ip4:192.0.2.0/24", [(low, low + 127)])]


def test_a_term_lists_what_another_lets_pass_already() -> None:
    found = decided("ip4:192.0.2.0/24 ip4:192.0.2.0/25")
    assert [term for _, term, _ in found.passing] == ["ip4:192.0.2.0/24", "ip4:192.0.2.0/25"]
    assert found.size == 256


def test_what_an_included_record_lets_pass_may_be_kept_out() -> None:
    [include] = read_record(b"v=spf1 -include:b.example").directives
    outer = Decided()
    outer.take_included(decided("ip4:192.0.2.0/24"), include)
    assert (outer.passed.size, outer.kept_out.size) == (0, 256)


def test_a_record_that_is_made_to_be_split_is_given_up() -> None:
    """Each term passes what lies between thousands of addresses that are kept out."""
    out = " ".join(f"-ip4:1.{n // 256}.{n % 256}.1" for n in range(2000))
    with pytest.raises(NotObserved) as raised:
        decided(f"{out} {'ip4:1.0.0.0/9 ' * 2000}")
    assert raised.value.unobserved.cause == "too-many-networks"
    assert str(MOST_NETWORKS) in raised.value.unobserved.text
