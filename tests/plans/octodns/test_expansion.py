"""Zones that are configured by ``*``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plans.octodns.projects import configured, plan_of, refusal, written

if TYPE_CHECKING:
    from pathlib import Path

FILES = {f"zones/{name}.yaml": "" for name in ("a.example", "b.example", "c.test", "plain")}


@pytest.mark.parametrize(
    ("zones", "whole"),
    [
        pytest.param("'*': {%s}", {"a.example", "b.example", "c.test"}, id="all"),
        pytest.param("'*': {glob: '*.example.', %s}", {"a.example", "b.example"}, id="a pattern"),
        pytest.param("'*': {regex: '^[bc]', %s}", {"b.example", "c.test"}, id="an expression"),
        pytest.param("'*.x': {glob: 'z*', %s}", set(), id="none of them"),
    ],
)
def test_zones(tmp_path: Path, zones: str, whole: set[str]) -> None:
    config = configured(zones=f"  {zones % 'sources: [config], targets: [there]'}\n")
    plan = plan_of(written(tmp_path, {"config.yaml": config, **FILES}), "config.yaml")
    assert set(plan.whole) == whole


def test_the_first_that_fits_counts(tmp_path: Path) -> None:
    zones = """\
  '*': {glob: 'a*', sources: [config], targets: []}
  '*2': {sources: [config], targets: [there]}
  c.test.: {sources: [config], targets: []}
"""
    files = {"config.yaml": configured(zones=zones), **FILES}
    plan = plan_of(written(tmp_path, files), "config.yaml")
    assert plan.whole == ("b.example",)
    assert plan.notes == (
        "zone c.test has no targets, and octoDNS leaves it alone",
        "zone a.example has no targets, and octoDNS leaves it alone",
    )


@pytest.mark.parametrize(
    ("zones", "files", "what"),
    [
        ("'*': {sources: [config], targets: [there]}", {}, "there is no zone in its directory"),
        ("'*': {sources: [cloud], targets: [there]}", FILES, "its zones are not in files"),
        ("'*': {regex: '(a+)+', sources: [config], targets: []}", FILES, "too complex"),
        (
            "'*': {sources: [config], targets: [there]}",
            {"zones/a..b.yaml": ""},
            "what is called a..b. has the name of no zone",
        ),
    ],
)
def test_what_is_wrong(tmp_path: Path, zones: str, files: dict[str, str], what: str) -> None:
    config = configured(zones=f"  {zones}\n")
    assert what in refusal(tmp_path, {"config.yaml": config, **files})
