"""What terms decide, one after another."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from mailcheck.facts.spf.networks.address_set import AddressSet, everything, span_of
from mailcheck.facts.spf.networks.crowd import Cost, Crowd
from mailcheck.facts.spf.networks.standing import MOST_NETWORKS, Passing, Standing
from mailcheck.facts.spf.record.syntax import read_record
from mailcheck.question import NotObserved

PATH = ("example.com",)


def standing(*, passes: bool = True) -> tuple[Standing, Passing]:
    passing = Passing()
    crowd = Crowd({Cost(): AddressSet([everything(4)])})
    return Standing(PATH, crowd, passing, passes=passes), passing


def taken(at: Standing, terms: str) -> None:
    directives = read_record(f"v=spf1 {terms}".encode()).directives
    at.take([(term, span_of(term.network)) for term in directives if term.network])


def test_who_passes_first_is_not_kept_out_afterwards() -> None:
    at, _ = standing()
    taken(at, "ip4:192.0.2.0/25 -ip4:192.0.2.0/24")
    assert at.others.open.size == 128
    assert at.here.open.size == 2**32 - 256


def test_who_is_kept_out_first_does_not_pass_afterwards() -> None:
    at, passing = standing()
    taken(at, "~ip4:192.0.2.0/25 ip4:192.0.2.0/24")
    low = int(ip_network("192.0.2.128/25").network_address)
    assert passing.terms == [(PATH, "ip4:192.0.2.0/24", [(low, low + 127)])]


@pytest.mark.parametrize("at_once", [True, False])
def test_a_term_lists_what_another_lets_pass_already(at_once: bool) -> None:  # noqa: FBT001  a column of the table
    at, passing = standing()
    terms = ("ip4:192.0.2.0/24", "-ip4:192.0.2.0/26", "ip4:192.0.2.0/25")
    for term in (" ".join(terms),) if at_once else terms:
        taken(at, term)
    sizes = [sum(last - first + 1 for first, last in spans) for _, _, spans in passing.terms]
    assert sizes == [256, 64]
    assert at.here.open.size == 2**32 - 256


def test_what_an_included_record_lets_pass_may_be_kept_out() -> None:
    [include] = read_record(b"v=spf1 -include:b.example").directives
    outer, passing = standing()
    inner, _ = standing(passes=False)
    taken(inner, "ip4:192.0.2.0/24")
    inner.conclude()
    outer.take_included(inner, include)
    assert (outer.others.open.size, outer.here.open.size) == (256, 2**32 - 256)
    assert passing.terms == []


def test_a_record_that_is_made_to_be_split_is_given_up() -> None:
    """Each term passes what lies between thousands of addresses that are kept out."""
    out = " ".join(f"-ip4:1.{n // 256}.{n % 256}.1" for n in range(2000))
    with pytest.raises(NotObserved) as raised:
        taken(standing()[0], f"{out} {'ip4:1.0.0.0/9 ' * 2000}")
    assert raised.value.unobserved.cause == "too-many-networks"
    assert str(MOST_NETWORKS) in raised.value.unobserved.text
