"""Zones as octoDNS wants them. ``test_oracle.py`` asks octoDNS as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.zone_name import ZoneName
from tests.plans.octodns.projects import configured, plan_of, refusal, said, written

if TYPE_CHECKING:
    from pathlib import Path

A = "www: {type: A, value: 192.0.2.1}\n"


@pytest.mark.parametrize(
    ("zone", "note"),
    [
        ("{sources: [config], targets: []}", "has no targets, and octoDNS leaves it alone"),
        ("{sources: , targets: [there]}", "has no sources, and octoDNS leaves it alone"),
        ("{always-dry-run: true, sources: [config], targets: [there]}", "is planned only"),
        ("{sources: [config], targets: [dark]}", "is planned only, and octoDNS changes nothing"),
    ],
)
def test_zones_that_octodns_does_not_change(tmp_path: Path, zone: str, note: str) -> None:
    config = configured(zones=f"  example.com.: {zone}\n").replace(
        "zones:\n", "  dark: {class: a.B, apply_disabled: true}\nzones:\n", 1
    )
    files = {"config.yaml": config, "zones/example.com.yaml": A}
    plan = plan_of(written(tmp_path, files), "config.yaml")
    assert (plan.rrsets, plan.whole) == ((), ())
    assert note in plan.notes[0]


def test_an_alias_of_a_zone_alone(tmp_path: Path) -> None:
    more = "  example.net.: {alias: example.com.}\n"
    files = {"config.yaml": configured(more=more), "zones/example.com.yaml": A}
    plan = plan_of(written(tmp_path, files), "config.yaml", ZoneName("example.net"))
    assert said(plan) == {("www.example.net", "A", ""): ("192.0.2.1",)}
    assert plan.rrsets[0].place.file == "zones/example.com.yaml"


def test_an_alias_of_an_alias(tmp_path: Path) -> None:
    more = "  a.example.: {alias: example.com.}\n  b.example.: {alias: a.example.}\n"
    files = {"config.yaml": configured(more=more), "zones/example.com.yaml": A}
    assert "zone b.example is an alias of a.example., which is no zone" in refusal(tmp_path, files)


@pytest.mark.parametrize("replaces", [True, False])
def test_two_sources(tmp_path: Path, *, replaces: bool) -> None:
    config = configured(zones="  example.com.: {sources: [config, more], targets: [there]}\n")
    config = config.replace(
        "zones:\n  ex",
        "  more:\n    class: octodns.provider.yaml.YamlProvider\n    directory: more\n"
        f"    populate_should_replace: {str(replaces).lower()}\nzones:\n  ex",
    )
    files = {"config.yaml": config, "zones/example.com.yaml": A}
    files["more/example.com.yaml"] = A.replace("192.0.2.1", "192.0.2.2")
    if replaces:
        plan = plan_of(written(tmp_path, files), "config.yaml")
        assert said(plan) == {("www.example.com", "A", ""): ("192.0.2.2",)}
    else:
        assert "it was in zones/example.com.yaml:1 already" in refusal(tmp_path, files)


def test_semicolons_that_need_no_escape(tmp_path: Path) -> None:
    config = configured(options="    escaped_semicolons: false\n")
    records = "www: {type: TXT, values: [a;b, 'c; d']}\nsrv: {type: SPF, value: a;b}"
    plan = plan_of(
        written(tmp_path, {"config.yaml": config, "zones/example.com.yaml": records}), "config.yaml"
    )
    assert said(plan)["www.example.com", "TXT", ""] == ('"a;b"', '"c; d"')
