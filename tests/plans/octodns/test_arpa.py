"""PTR records that are made of addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.zone_name import ZoneName
from tests.plans.octodns.projects import configured, plan_of, said, written

if TYPE_CHECKING:
    from pathlib import Path

A = "www: {type: A, value: 192.0.2.1}\n"


@pytest.mark.parametrize("only", [None, ZoneName("2.0.192.in-addr.arpa")])
def test_ptr_records_of_addresses(tmp_path: Path, only: ZoneName | None) -> None:
    zones = (
        "  2.0.192.in-addr.arpa.: {sources: [auto-arpa], targets: [there]}\n"
        "  example.com.: {sources: [config], targets: [there]}\n"
    )
    records = "'*': {type: A, value: 192.0.2.3}\nb: {type: A, value: 192.0.2.1}\n" + A
    config = "manager: {auto_arpa: true}\n" + configured(zones=zones)
    files = {"config.yaml": config, "zones/example.com.yaml": records}
    plan = plan_of(written(tmp_path, files), "config.yaml", only)
    ptr = {name: values for (name, rdtype, _), values in said(plan).items() if rdtype == "PTR"}
    assert ptr == {"1.2.0.192.in-addr.arpa": ("b.example.com.", "www.example.com.")}
    assert (plan.whole == (only,)) is (only is not None)


@pytest.mark.parametrize(
    ("options", "names"),
    [
        pytest.param("{max_auto_arpa: 1}", ("b.example.com.",), id="the first by name"),
        pytest.param("{wildcard_replacement: any}", ("any.example.com.", "b.example.com.", "www.example.com."), id="wildcards"),
    ],
)  # fmt: skip
def test_which_names(tmp_path: Path, options: str, names: tuple[str, ...]) -> None:
    zones = (
        "  2.0.192.in-addr.arpa.: {sources: [auto-arpa], targets: [there]}\n"
        "  example.com.: {sources: [config], targets: [there]}\n"
    )
    records = "'*': {type: A, value: 192.0.2.1}\nb: {type: A, value: 192.0.2.1}\n" + A
    config = f"manager: {{auto_arpa: {options}}}\n" + configured(zones=zones)
    files = {"config.yaml": config, "zones/example.com.yaml": records}
    plan = plan_of(written(tmp_path, files), "config.yaml")
    assert said(plan)["1.2.0.192.in-addr.arpa", "PTR", ""] == names
