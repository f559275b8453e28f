"""Pools and places: what different clients are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plans.octodns.projects import configured, plan_for, refusal, said

if TYPE_CHECKING:
    from pathlib import Path

DYNAMIC = """
www:
  type: A
  value: 192.0.2.1
  dynamic:
    pools:
      far: {fallback: spare, values: [{value: 192.0.2.2, weight: 2}, {value: 192.0.2.3}]}
      near: {values: [{value: 192.0.2.4}, {value: 192.0.2.5, status: down}]}
      spare: {values: [{value: 192.0.2.6}]}
    rules: [{geos: [EU], pool: near}, {pool: far}]
"""


def test_each_value_of_a_pool_is_one(tmp_path: Path) -> None:
    found = {whom: values for (_, _, whom), values in said(plan_for(tmp_path, DYNAMIC)).items()}
    assert found == {
        "default": ("192.0.2.1",),
        "pool near, value 1": ("192.0.2.4",),
        "pool far, value 1": ("192.0.2.2",),
        "pool far, value 2": ("192.0.2.3",),
        "pool spare": ("192.0.2.6",),
    }


def test_all_values_of_a_place_are_one(tmp_path: Path) -> None:
    records = "www: {type: A, geo: {AF: [192.0.2.2, 192.0.2.3]}, value: 192.0.2.1}"
    assert said(plan_for(tmp_path, records)) == {
        ("www.example.com", "A", "default"): ("192.0.2.1",),
        ("www.example.com", "A", "geo AF"): ("192.0.2.2", "192.0.2.3"),
    }


def test_other_types_have_none(tmp_path: Path) -> None:
    records = "www: {type: MX, dynamic: 1, value: {preference: 1, exchange: a.b.}}"
    assert list(said(plan_for(tmp_path, records))) == [("www.example.com", "MX", "")]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        pytest.param("pool: far", "pool: gone", "rule 2 of dynamic names no pool", id="no pool"),
        pytest.param(
            "fallback: spare", "fallback: gone", "the fallback of pool far", id="fallback"
        ),
        pytest.param("fallback: spare, ", "", "no rule of dynamic leads to spare", id="unused"),
        pytest.param("geos: [EU]", "geos: EU", "are no list", id="no list of places"),
        pytest.param(
            "geos: [EU], ", "", "two rules of dynamic are for everybody", id="two for all"
        ),
        pytest.param("{pool: far}", "{pool: far, geos: [AF]}", "the last rule", id="none for all"),
        pytest.param("weight: 2", "weight: 0", "the weight of value 1", id="a weight"),
        pytest.param("status: down", "status: off", "the status of value 2", id="a status"),
        pytest.param("values: [{value: 192.0.2.6}]", "values: []", "has no values", id="no values"),
        pytest.param("{value: 192.0.2.6}", "192.0.2.6", "has no value", id="a bare value"),
        pytest.param("value: 192.0.2.6", "value: x", "is no IPv4 address", id="no address"),
        pytest.param(
            "  dynamic:", "  geo: {AF: 192.0.2.1}\n  x:", "no list of values", id="a place"
        ),
        pytest.param("  dynamic:", "  geo: 1\n  x:", "geo is no mapping", id="no places"),
        pytest.param("  dynamic:", "  dynamic: 1\n  x:", "no pools or no rules", id="nothing"),
    ],
)
def test_what_is_wrong(tmp_path: Path, old: str, new: str, what: str) -> None:
    assert old in DYNAMIC
    records = DYNAMIC.replace(old, new)
    assert what in refusal(
        tmp_path, {"config.yaml": configured(), "zones/example.com.yaml": records}
    )
