"""SPF records of the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plans.octodns.projects import configured, plan_for, refusal, said

if TYPE_CHECKING:
    from pathlib import Path

SPF = "class: octodns_spf.SpfSource, includes: [_spf.a.b], ip4_addresses: [192.0.2.0/24]"


def config(source: str, order: str = "config, more") -> str:
    zones = f"  example.com.: {{sources: [{order}], targets: [there]}}\n"
    return configured(zones=zones).replace("zones:\n  ex", f"  more: {{{source}}}\nzones:\n  ex")


@pytest.mark.parametrize(
    ("records", "source", "values"),
    [
        pytest.param("", SPF, ('"v=spf1 ip4:192.0.2.0/24 include:_spf.a.b -all"',), id="alone"),
        pytest.param("", f"{SPF}, soft_fail: true",
            ('"v=spf1 ip4:192.0.2.0/24 include:_spf.a.b ~all"',), id="softly"),
        pytest.param("", f"{SPF}, soft_fail: ", ('"v=spf1 ip4:192.0.2.0/24 include:_spf.a.b"',), id="no end"),
        pytest.param("'': {type: TXT, value: other}", SPF,
            ('"other"', '"v=spf1 ip4:192.0.2.0/24 include:_spf.a.b -all"'), id="beside another text"),
        pytest.param("'': {type: TXT, value: v=spf1 mx:a.b include:_spf.a.b ~all}", f"{SPF}, merging_enabled: true",
            ('"v=spf1 mx:a.b ip4:192.0.2.0/24 include:_spf.a.b ~all"',), id="merged"),
    ],
)  # fmt: skip
def test_spf_of_the_configuration(
    tmp_path: Path, records: str, source: str, values: tuple[str, ...]
) -> None:
    found = said(plan_for(tmp_path, records, config(source)))
    assert found == {("example.com", "TXT", ""): values}


@pytest.mark.parametrize(
    ("records", "source", "what"),
    [
        pytest.param("'': {type: TXT, value: v=spf1 -all}", SPF, "expected one of them", id="two"),
        pytest.param("'': {type: TXT, value: v=spf1 mx -all}", f"{SPF}, merging_enabled: true",
            "octodns-spf cannot read a term", id="a term"),
        pytest.param("", "class: octodns_spf.SpfSource, includes: a", "no list of texts", id="no list"),
    ],
)  # fmt: skip
def test_what_is_wrong(tmp_path: Path, records: str, source: str, what: str) -> None:
    files = {"config.yaml": config(source), "zones/example.com.yaml": records}
    assert what in refusal(tmp_path, files)
