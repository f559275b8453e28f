"""Sets of addresses, compared with sets of numbers."""

from __future__ import annotations

import ipaddress
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.spf.networks.address_set import (
    AddressSet,
    Span,
    everything,
    networks_of,
    span_of,
)

SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda p: (p[0], p[0] + p[1])),
    max_size=12,
)


def numbers(spans: AddressSet | list[Span]) -> set[int]:
    return {number for first, last in spans for number in range(first, last + 1)}


@given(SPANS, SPANS)
def test_it_is_a_set(some: list[Span], others: list[Span]) -> None:
    one, other = AddressSet(some), AddressSet(others)
    assert numbers(one) == numbers(some)
    assert one.size == len(numbers(some))
    assert numbers(one.without(other)) == numbers(some) - numbers(others)
    assert numbers(one.shared_with(other)) == numbers(some) & numbers(others)
    assert numbers(one.joined_with(other)) == numbers(some) | numbers(others)
    for found in one.without(other), one.shared_with(other), one.joined_with(other):
        assert found.size == len(numbers(found))
        assert all(last + 1 < first for (_, last), (first, _) in pairwise(found))


@given(SPANS)
def test_its_spans_are_apart_and_in_order(spans: list[Span]) -> None:
    kept = list(AddressSet(spans))
    assert all(last + 1 < first for (_, last), (first, _) in pairwise(kept))


@given(SPANS, SPANS)
def test_spans_may_be_added_one_after_another(some: list[Span], others: list[Span]) -> None:
    one = AddressSet(some)
    for span in others:
        one.add(span)
    assert list(one) == list(AddressSet(some + others))
    assert one.size == len(numbers(one))


def test_a_network_is_a_span_and_again_a_network() -> None:
    network = ipaddress.ip_network("2001:db8::/32")
    assert list(networks_of(span_of(network), 6)) == [network]


def test_other_spans_are_the_fewest_networks() -> None:
    low = int(ipaddress.ip_address("192.0.2.1"))
    shown = ["192.0.2.1/32", "192.0.2.2/31", "192.0.2.4/32"]
    assert [str(n) for n in networks_of((low, low + 3), 4)] == shown


def test_everything_is_one_network() -> None:
    assert [str(n) for n in networks_of(everything(4), 4)] == ["0.0.0.0/0"]
    assert [str(n) for n in networks_of(everything(6), 6)] == ["::/0"]
