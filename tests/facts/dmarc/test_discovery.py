"""Which record applies; the sentences about policies have the table of what it asks for."""

from __future__ import annotations

from typing import Any

import pytest

from mailcheck.facts.dmarc.discovery import DmarcDiscovery
from mailcheck.facts.dns import told

NAMES = ("a.b.example", "b.example", "example")


@pytest.mark.parametrize(
    ("records", "at"),
    [
        pytest.param({}, "", id="none"),
        pytest.param({"a.b.example": "", "b.example": ""}, "a.b.example", id="its own"),
        pytest.param({"b.example": ""}, "b.example", id="above"),
        pytest.param({"b.example": "", "example": ""}, "example", id="fewest labels"),
        pytest.param({"b.example": "psd=n", "example": ""}, "b.example", id="psd=n"),
        pytest.param(
            {"b.example": "", "example": "psd=y"}, "b.example", id="below a public suffix"
        ),
        pytest.param({"example": "psd=y"}, "example", id="of a public suffix"),
        pytest.param({"b.example": "psd=y", "example": ""}, "b.example", id="psd=y ends it"),
    ],
)
def test_where_the_record_stands(answered: Any, records: dict[str, str], at: str) -> None:
    texts = {name: f'"v=DMARC1; p=none; {tags}"' for name, tags in records.items()}
    found = answered(
        DmarcDiscovery("a.b.example"),
        *(told(f"_dmarc.{name} TXT", texts.get(name, "NXDOMAIN")) for name in NAMES),
    )
    assert found.at == at
    assert (found.record is not None) == bool(at)
    assert found.inherited == (at not in {"", "a.b.example"})


def test_a_domain_with_a_record_needs_no_walk(answered: Any) -> None:
    found = answered(DmarcDiscovery("b.example"), told("_dmarc.b.example TXT", '"v=DMARC1"'))
    assert found.at == "b.example"


def test_a_refusal_where_the_record_would_be(answered: Any) -> None:
    found = answered(
        DmarcDiscovery("b.example"), told("_dmarc.b.example TXT", "REFUSED-BY-AUTHORITY")
    )
    assert found.record is None
    assert found.refused.tag == "refused-by-authority"
