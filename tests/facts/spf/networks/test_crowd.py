"""Clients are counted for by what their evaluation has cost."""

from __future__ import annotations

from mailcheck.facts.spf.networks.address_set import AddressSet
from mailcheck.facts.spf.networks.crowd import Cost, Crowd


def crowd(*groups: tuple[int, int, int], passed: int = 0) -> Crowd:
    """Return groups of one address, which is the last number, beside one that *passed*."""
    by_cost = {Cost(lookups, voids): AddressSet([(n, n)]) for lookups, voids, n in groups}
    return Crowd(by_cost, AddressSet([(passed, passed)] if passed else []))


def test_for_whom_it_is_one_too_many_goes_no_further() -> None:
    here, over = crowd((9, 0, 1), (10, 0, 3)).asked()
    assert (list(here.by_cost), list(over)) == ([Cost(10, 0)], [(3, 3)])
    here, over = crowd((1, 1, 1), (1, 2, 3)).found_nothing()
    assert (list(here.by_cost), list(over)) == ([Cost(1, 2)], [(3, 3)])


def test_the_name_of_a_client_is_asked_for_once() -> None:
    here, over = crowd((9, 0, 1), (10, 0, 3)).asked_for_names()
    assert (list(here.by_cost), list(over)) == ([Cost(10, 0, named=True)], [(3, 3)])
    again, over = here.asked_for_names()
    assert (list(again.by_cost), over.size) == (list(here.by_cost), 0)


def test_who_passed_costs_nothing() -> None:
    here, over = crowd((10, 0, 1), passed=3).asked()
    assert (here.by_cost, [*here.passed], over.size) == ({}, [(3, 3)], 1)


def test_it_is_split_and_put_together_again() -> None:
    whole = crowd((1, 0, 1), (2, 0, 3), passed=5)
    some, others = whole.split(AddressSet([(3, 9)]))
    assert (list(some.by_cost), [*some.passed]) == ([Cost(2, 0)], [(5, 5)])
    assert (list(others.by_cost), others.passed.size) == ([Cost(1, 0)], 0)
    again = others.joined_with(some, crowd((1, 0, 2)))
    assert {cost: list(found) for cost, found in again.by_cost.items()} == {
        Cost(1, 0): [(1, 2)],
        Cost(2, 0): [(3, 3)],
    }
    assert [*again.everybody] == [(1, 3), (5, 5)]
