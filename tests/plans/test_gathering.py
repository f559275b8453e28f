"""Records gathered into RRsets."""

from __future__ import annotations

import pytest

from mailcheck.errors import Place
from mailcheck.plans.gathering import Gathered
from mailcheck.plans.plan import PlannedRRset


def _record(
    *values: str, line: int = 1, ttl: int = 300, unknown: str = "", target: str = ""
) -> PlannedRRset:
    place = Place("f", line)
    return PlannedRRset("example.com", "a.example.com", "A", ttl, place, values, unknown, target)


def test_records_of_one_name_and_type() -> None:
    gathered = Gathered()
    gathered.add(_record("192.0.2.1", line=3))
    gathered.add(_record("192.0.2.2", line=4, ttl=60))
    gathered.add(_record("192.0.2.1", line=5, unknown="nobody knows"))
    [one] = gathered.rrsets()
    assert one == _record("192.0.2.1", "192.0.2.2", line=3, ttl=60, unknown="nobody knows")


def test_addresses_of_another_name() -> None:
    gathered = Gathered()
    gathered.add(_record(target="b.example.com"))
    gathered.add(_record(target="b.example.com"))
    assert gathered.rrsets() == (_record(target="b.example.com"),)
    assert gathered.holds("example.com", "a.example.com", "A")
    with pytest.raises(ValueError, match=r"a\.example\.com has other A records beside an alias"):
        gathered.add(_record("192.0.2.1"))
