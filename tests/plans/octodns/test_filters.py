"""Filters: what they take out, and what they leave as it is live."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plans.octodns.processed import APEX, FILTER, RECORDS, REST, config, kinds, stays
from tests.plans.octodns.projects import plan_for, refusal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("processor", "gone", "left", "not_left"),
    [
        pytest.param("TypeRejectlistFilter, rejectlist: [NS, TXT]",
            {("example.com", "NS"), ("example.com", "TXT"), ("_acme-challenge.example.com", "TXT")},
            [("x.example.com", "TXT")], [("example.com", "MX")], id="types that are rejected"),
        pytest.param("TypeAllowlistFilter, allowlist: [A]", (APEX | REST) - {("example.com", "A"), ("old.example.com", "A")},
            [("example.com", "MX"), ("x.example.com", "CNAME")], [("example.com", "A"), ("x.example.com", "A")],
            id="types that are allowed"),
        pytest.param("NameRejectlistFilter, rejectlist: [old, /^_acme/]", {("old.example.com", "A"), ("_acme-challenge.example.com", "TXT")},
            [("old.example.com", "MX"), ("_acme.example.com", "A")], [("example.com", "A"), ("older.example.com", "A")],
            id="names that are rejected"),
        pytest.param("NameAllowlistFilter, allowlist: ['']", REST, [("old.example.com", "A")], [("example.com", "SRV")],
            id="names that are allowed"),
        pytest.param("NameRejectlistFilter, include_target: false, rejectlist: [old]", {("old.example.com", "A")},
            [], [("old.example.com", "A")], id="what is live is removed"),
        pytest.param("IgnoreRootNsFilter", {("example.com", "NS")}, [("example.com", "NS")],
            [("sub.example.com", "NS")], id="NS of the apex"),
        pytest.param("ExcludeRootNsChanges, error: false", {("example.com", "NS")}, [("example.com", "NS")],
            [("sub.example.com", "NS")], id="changes of NS of the apex"),
        pytest.param("ZoneNameFilter, error: false", {("example.com.example.com", "CNAME")},
            [("example.com.example.com", "A")], [("example.com", "A")], id="the zone twice"),
        pytest.param("ValueRejectlistFilter, include_target: false, rejectlist: [secret, /^10\\./]",
            {("example.com", "TXT"), ("old.example.com", "A")}, [], [("old.example.com", "A")], id="values that are rejected"),
        pytest.param("ValueAllowlistFilter, include_target: false, allowlist: [/mx/]",
            (APEX | REST) - {("example.com", "MX")}, [], [], id="values that are allowed"),
    ],
)  # fmt: skip
def test_a_filter(
    tmp_path: Path,
    processor: str,
    gone: set[tuple[str, str]],
    left: list[tuple[str, str]],
    not_left: list[tuple[str, str]],
) -> None:
    plan = plan_for(tmp_path, RECORDS, config(FILTER + processor))
    assert kinds(plan) == (APEX | REST) - gone
    assert plan.whole == ("example.com",)
    assert [one for one in left if not stays(plan, *one)] == []
    assert [one for one in not_left if stays(plan, *one)] == []


@pytest.mark.parametrize(
    ("processor", "what"),
    [
        (FILTER + "NetworkValueAllowlistFilter, allowlist: []", "is not understood"),
        (FILTER + "ValueRejectlistFilter, rejectlist: []", "depends on values that are live"),
        (FILTER + "TypeAllowlistFilter", "its allowlist is no list of texts"),
        (FILTER + "NameAllowlistFilter, allowlist: [1]", "its allowlist is no list of texts"),
        (FILTER + "NameAllowlistFilter, allowlist: [/(/]", "cannot be read"),
        (FILTER + "TypeAllowlistFilter, allowlist: [A], new: 1", "its option new is not"),
        (FILTER + "ZoneNameFilter", "the name ends with the zone's twice"),
    ],
)
def test_what_is_not_understood(tmp_path: Path, processor: str, what: str) -> None:
    files = {"config.yaml": config(processor), "zones/example.com.yaml": RECORDS}
    assert what in refusal(tmp_path, files)


def test_a_value_that_no_filter_can_look_at(tmp_path: Path) -> None:
    processor = f"{FILTER}ValueRejectlistFilter, include_target: false, rejectlist: [x]"
    records = (
        "a: {type: MX, value: {preference: -1, exchange: a.b.}}\n"
        "b: {type: URLFWD, value: {path: /, target: x, code: 301, masking: 0, query: 0}}\n"
    )
    files = {"config.yaml": config(processor), "zones/example.com.yaml": records}
    message = refusal(tmp_path, files)
    assert 'a.example.com MX: "-1 a.b." is no data of MX' in message
    assert "URLFWD" not in message


@pytest.mark.parametrize(
    ("processor", "found"),
    [
        pytest.param("TypeAllowlistFilter, allowlist: [A, MX]", {"A"}, id="an ALIAS is left"),
        pytest.param("TypeRejectlistFilter, rejectlist: [ALIAS]", {"A", "AAAA"}, id="rejected"),
        pytest.param("TypeAllowlistFilter, allowlist: [A, ALIAS]", {"AAAA"}, id="AAAA is left"),
        pytest.param(
            "TypeAllowlistFilter, allowlist: [A, AAAA, ALIAS]", set(), id="all are removed"
        ),
        pytest.param(
            "TypeRejectlistFilter, rejectlist: [A, AAAA, ALIAS]", set(), id="all are left"
        ),
        pytest.param(
            "TypeAllowlistFilter, include_target: false, allowlist: [A]", set(), id="and here"
        ),
    ],
)
def test_an_apex_without_addresses(tmp_path: Path, processor: str, found: set[str]) -> None:
    plan = plan_for(tmp_path, "", config(FILTER + processor))
    assert {one.rdtype for one in plan.rrsets} == found
    why = "octoDNS leaves either an ALIAS there or addresses, and removes the other"
    assert {one.unknown for one in plan.rrsets} <= {why}
