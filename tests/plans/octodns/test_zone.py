"""What cannot be together in a zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plans.octodns.projects import configured, plan_for, refusal, said

if TYPE_CHECKING:
    from pathlib import Path

BOTH = """\
  example.com.: {%s sources: [config], targets: [there]}
  sub.example.com.: {sources: [config], targets: [there]}
"""
SUB = "sub: {type: NS, value: ns.example.net.}\na.sub: {type: A, value: 192.0.2.1}\n"


@pytest.mark.parametrize(
    ("records", "what"),
    [
        pytest.param(
            "www: [{type: A, value: 192.0.2.1}, {type: A, value: 192.0.2.2}]",
            "www.example.com A stands here a second time",
            id="twice",
        ),
        pytest.param(
            "www: [{type: CNAME, value: a.b.}, {type: A, value: 192.0.2.2}]",
            "www.example.com CNAME stands beside A",
            id="an alias and more",
        ),
        pytest.param(
            "'': [{type: ALIAS, value: a.b.}, {type: A, value: 192.0.2.2}]",
            "example.com ALIAS stands beside A",
            id="an ALIAS and an address",
        ),
        pytest.param("'': {type: CNAME, value: a.b.}", "the apex cannot be", id="the apex"),
        pytest.param("www: {type: ALIAS, value: a.b.}", "is not at the apex", id="an ALIAS below"),
    ],
)
def test_what_octodns_refuses(tmp_path: Path, records: str, what: str) -> None:
    files = {"config.yaml": configured(), "zones/example.com.yaml": records}
    assert what in refusal(tmp_path, files)


def test_an_alias_below_the_apex_if_octodns_is_lenient(tmp_path: Path) -> None:
    records = "www: {octodns: {lenient: true}, type: ALIAS, value: a.b.}"
    assert said(plan_for(tmp_path, records)) == {
        ("www.example.com", "A", ""): ("as a.b",),
        ("www.example.com", "AAAA", ""): ("as a.b",),
    }


def test_names_of_a_zone_below(tmp_path: Path) -> None:
    files = {
        "config.yaml": configured(zones=BOTH % ""),
        "zones/example.com.yaml": SUB,
        "zones/sub.example.com.yaml": "",
    }
    assert "a.sub.example.com A lies in the zone sub.example.com" in refusal(tmp_path, files)


@pytest.mark.parametrize(
    ("option", "notes"),
    [
        ("ignore_subzone_adds: true,", ()),
        ("lenient: true,", ("a.sub.example.com A lies in the zone sub.example.com",)),
    ],
)
def test_names_of_a_zone_below_that_octodns_lets_pass(
    tmp_path: Path, option: str, notes: tuple[str, ...]
) -> None:
    (tmp_path / "zones").mkdir()
    (tmp_path / "zones/sub.example.com.yaml").write_text("")
    plan = plan_for(tmp_path, SUB, configured(zones=BOTH % option))
    assert list(said(plan)) == [("sub.example.com", "NS", "")]
    assert plan.notes == notes


def test_a_cname_at_the_apex_if_octodns_is_lenient(tmp_path: Path) -> None:
    alias = "{octodns: {lenient: true}, type: CNAME, value: a.b.}"
    records = f"'': [{alias}, {{type: TXT, value: a}}]"
    assert said(plan_for(tmp_path, records)) == {
        ("example.com", "A", ""): ("as a.b",),
        ("example.com", "AAAA", ""): ("as a.b",),
        ("example.com", "TXT", ""): ('"a"',),
    }
