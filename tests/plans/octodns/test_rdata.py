"""Values and their presentation form. ``test_oracle.py`` has one of every type."""

from __future__ import annotations

from typing import Any

import pytest

from mailcheck.errors import Place
from mailcheck.plans.octodns.rdata import presented, read_value, relative_in
from mailcheck.plans.octodns.values import placed

PLACE = Place("zone.yaml", 1)


def read(rdtype: str, raw: Any) -> Any:
    complaints: list[str] = []
    value = read_value(rdtype, placed(raw, PLACE), complaints.append)
    assert not complaints
    return value


@pytest.mark.parametrize(
    ("rdtype", "raw", "data"),
    [
        pytest.param("A", "192.0.2.1", "192.0.2.1", id="an address"),
        pytest.param("AAAA", "2001:DB8:0::1", "2001:db8::1", id="a long address"),
        pytest.param("CNAME", "WWW.Bücher.example.", "www.xn--bcher-kva.example.", id="a name"),
        pytest.param("MX", {"priority": "1", "value": "MX.a.b."}, "1 mx.a.b.", id="old keys"),
        pytest.param("MX", {"preference": 1, "priority": 2, "exchange": "a.b."}, "1 a.b.", id="both"),
        pytest.param("MX", {"preference": 0, "exchange": "."}, "0 .", id="no mail"),
        pytest.param("CAA", {"tag": "issue", "value": "a.b"}, '0 issue "a.b"', id="no flags"),
        pytest.param("TXT", "a\\; b", '"a; b"', id="a text"),
        pytest.param("URI", {"priority": 1, "weight": 1, "target": "HTTPS://a/B"},
            '1 1 "https://a/b"', id="octoDNS folds the case of all of it"),
    ],
)  # fmt: skip
def test_a_value(rdtype: str, raw: Any, data: str) -> None:
    assert presented(rdtype, read(rdtype, raw)) == data


@pytest.mark.parametrize(
    ("rdtype", "raw", "name"),
    [
        ("MX", {"preference": 1, "exchange": "mx.a"}, "mx.a"),
        ("MX", {"preference": 1, "exchange": "mx.a."}, ""),
        ("NS", "ns.a", "ns.a"),
        ("HTTPS", {"svcpriority": 1, "targetname": "a.b"}, "a.b"),
        ("TXT", "a", ""),
        ("A", "192.0.2.1", ""),
    ],
)
def test_names_without_a_final_dot(rdtype: str, raw: Any, name: str) -> None:
    assert relative_in(rdtype, read(rdtype, raw)) == name
