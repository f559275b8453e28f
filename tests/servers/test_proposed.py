"""A proposed zone answers as named does that serves it: every name around it, every type of mail."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from .proposed_zones import SCENARIOS, Scenario, made_zones, whole
from .proposing import TYPES, compare

pytestmark = pytest.mark.servers("named")


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_a_zone_answers_as_it_is_served(scenario: Scenario, tmp_path: Path) -> None:
    """Whatever is asked; of some of it stands beside the zone what the end should be."""
    zones = {origin: whole(origin, text) for origin, text in scenario.zones.items()}
    names, types, _ = zip(*map(str.split, scenario.ends), strict=True)
    compared = compare(zones, tmp_path, {*TYPES, *types}, names)
    assert compared.differing == []
    assert {f"{asked} {end}" for asked, end in compared.said.items()} >= {*scenario.ends}


@given(made_zones())
@settings(max_examples=30, derandomize=True, database=None)
def test_so_does_any_zone(zones: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert compare(zones, Path(folder), ("A", "NS", "CNAME", "MX", "TXT", "DS")).differing == []
