"""Values with names in braces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plans.octodns.projects import configured, plan_for, refusal, said

if TYPE_CHECKING:
    from pathlib import Path


def config(options: str = "") -> str:
    zones = "  example.com.: {sources: [config], processors: [t], targets: [there]}\n"
    kind = f"{{class: octodns.processor.templating.Templating{options}}}"
    return configured(zones=zones, more=f"processors:\n  t: {kind}\n")


@pytest.mark.parametrize(
    ("value", "options", "data"),
    [
        ("'{zone_name}'", "", "example.com."),
        ("'{zone_name}'", ", trailing_dots: false", "example.com"),
        ("'{{{record_name}}} {record_fqdn}'", "", "{www} www.example.com."),
        ("'{record_type} {record_ttl} {zone_num_records}'", "", "TXT 3600 1"),
        ("'{office}'", ", context: {office: 192.0.2.0/24}", "192.0.2.0/24"),
        ("no braces", "", "no braces"),
    ],
)
def test_a_template(tmp_path: Path, value: str, options: str, data: str) -> None:
    plan = plan_for(tmp_path, f"www: {{type: TXT, value: {value}}}", config(options))
    assert said(plan) == {("www.example.com", "TXT", ""): (f'"{data}"',)}


def test_a_part_of_a_value(tmp_path: Path) -> None:
    records = "www: {type: MX, value: {preference: 1, exchange: 'mx.{zone_name}'}}"
    assert said(plan_for(tmp_path, records, config())) == {
        ("www.example.com", "MX", ""): ("1 mx.example.com.",)
    }


@pytest.mark.parametrize(
    ("value", "options", "what"),
    [
        ("'{record_source_id}'", "", "record_source_id, which is not known"),
        ("'{zone_name:>99999999}'", "", "a template that is not understood"),
        ("'{zone_name.__class__}'", "", "a template that is not understood"),
        ("'{'", "", "a template that is not understood"),
        ("'{x}'", ", context: {x: [1]}", "has more than texts and numbers"),
        ("'{x}'", ", context: {x: a;b}", "semicolon"),
        ("'{x}'", ", context: 1", "its context is no mapping"),
        ("'{x}'", ", context: {x: env/SECRET}", "SECRET"),
    ],
)
def test_what_is_not_understood(tmp_path: Path, value: str, options: str, what: str) -> None:
    records = f"www: {{type: TXT, value: {value}}}"
    files = {"config.yaml": config(options), "zones/example.com.yaml": records}
    assert what in refusal(tmp_path, files)
