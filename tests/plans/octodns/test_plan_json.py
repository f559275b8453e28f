"""octoDNS' plan as JSON. ``test_oracle.py`` has one that octoDNS wrote."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.zone_name import ZoneName
from tests.plans.octodns.projects import plan_of, refusal, said, written

if TYPE_CHECKING:
    from pathlib import Path

    from mailcheck.plans.plan import Plan

NEW = {"ttl": 60, "value": "192.0.2.1"}


def change(kind: str, rdtype: str = "A", name: str = "www", **parts: Any) -> dict[str, Any]:
    return {"type": kind, "name": name, "record_type": rdtype, **parts}


def text(*changes: Any, target: str = "there", **more: Any) -> str:
    return json.dumps({target: {"example.com.": {"changes": changes, "meta": None}}, **more})


def read(tmp_path: Path, plan: str, zone: ZoneName | None = None) -> Plan:
    return plan_of(written(tmp_path, {"plan.json": plan}), "plan.json", zone)


def removed(plan: Plan) -> set[tuple[str, str]]:
    return {(one.name, one.rdtype) for one in plan.removals}


def test_changes(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        text(
            change("create", new=NEW),
            change("update", "MX", "", new={"ttl": 1, "values": [{"preference": 1, "exchange": "a.b."}]}),
            change("delete", "TXT", "xn--bcher-kva", existing={"ttl": 1, "value": "a\\;b"}),
        ),
    )  # fmt: skip
    assert said(found) == {
        ("www.example.com", "A", ""): ("192.0.2.1",),
        ("example.com", "MX", ""): ("1 a.b.",),
    }
    assert removed(found) == {("xn--bcher-kva.example.com", "TXT")}
    assert (found.whole, found.left) == ((), ())
    assert str(found.rrsets[0].place) == "plan.json:1:1: www.example.com A at there"


@pytest.mark.parametrize(
    ("deleted", "types"),
    [
        pytest.param(change("delete", "ALIAS"), {"A", "AAAA"}, id="an alias"),
        pytest.param(change("delete", "CNAME"), {"CNAME"}, id="an alias that is one"),
        pytest.param(change("delete", "URLFWD"), {"A", "AAAA"}, id="a redirection"),
        pytest.param(
            change("delete", existing={"octodns": {"cloudflare": {"proxied": True}}}),
            {"A", "AAAA"},
            id="a proxied record",
        ),
        pytest.param(
            change("delete", "Route53Provider/ALIAS", existing={"value": {"type": "A"}}),
            {"A"},
            id="an alias of Route 53",
        ),
        pytest.param(change("delete", "X/Y"), {"A", "AAAA"}, id="who knows what"),
    ],
)
def test_what_a_deletion_takes_away(
    tmp_path: Path, deleted: dict[str, Any], types: set[str]
) -> None:
    plan = read(tmp_path, text(deleted))
    assert removed(plan) == {("www.example.com", rdtype) for rdtype in types}


def test_a_flattened_alias_that_is_deleted(tmp_path: Path) -> None:
    plan = read(tmp_path, text(change("delete", "CNAME", "")))
    assert removed(plan) == {("example.com", "A"), ("example.com", "AAAA")}


def test_a_type_that_changes(tmp_path: Path) -> None:
    alias = {"ttl": 1, "value": "a.b."}
    plan = read(tmp_path, text(change("delete"), change("create", "ALIAS", new=alias)))
    assert said(plan)["www.example.com", "A", ""] == ("as a.b",)
    assert not plan.removals


def test_pools(tmp_path: Path) -> None:
    pools = {
        "near": {
            "fallback": None,
            "values": [{"status": "obey", "value": "192.0.2.2", "weight": 1}],
        }
    }
    new = {**NEW, "dynamic": {"pools": pools, "rules": [{"pool": "near"}]}}
    assert said(read(tmp_path, text(change("create", new=new)))) == {
        ("www.example.com", "A", "default"): ("192.0.2.1",),
        ("www.example.com", "A", "pool near"): ("192.0.2.2",),
    }  # fmt: skip


def test_two_targets_that_agree(tmp_path: Path) -> None:
    other = {"example.com.": {"changes": [change("update", new=NEW)], "meta": None}}
    created = text(change("create", new=NEW), change("delete", name="old"), other=other)
    plan = read(tmp_path, created)
    assert len(plan.rrsets) == len(plan.removals) == 1


@pytest.mark.parametrize("kind", ["delete", "update"])
def test_two_targets_that_differ(tmp_path: Path, kind: str) -> None:
    changed = change(kind, new={**NEW, "value": "192.0.2.2"})
    other = {"example.com.": {"changes": [changed], "meta": None}}
    files = {"plan.json": text(change("create", new=NEW), other=other)}
    assert "www.example.com A becomes another at there" in refusal(tmp_path, files, "plan.json")


def test_one_zone(tmp_path: Path) -> None:
    plan = text(change("create", new=NEW), other={"example.net.": {"changes": [1], "meta": None}})
    assert said(read(tmp_path, plan, ZoneName("example.com")))


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ([1], "a change has no type, name or record_type"),
        ([change("create")], "it has no new record with a ttl"),
        ([change("create", new={"ttl": 1})], "it has no value"),
        ([change("create", new={"ttl": "x", "value": "192.0.2.1"})], "its ttl is x"),
        ([change("create", "MXX", new=NEW)], "octoDNS knows no such type"),
        ([change("delete", "MXX")], "octoDNS has no type MXX"),
        ([change("create", new={**NEW, "octodns": json.loads("[" * 200 + "]" * 200)})], "64 deep"),
        ([change("rename", new=NEW)], "rename is no change; known: create, update, delete"),
        ([change("create", name="a..b", new=NEW)], "it is no name"),
        ([change("delete", name="a..b")], "it is no name"),
        ([change("create", "MX", new={"ttl": 1, "value": {"preference": 1}})], "no exchange"),
    ],
)
def test_what_is_wrong(tmp_path: Path, changes: list[Any], what: str) -> None:
    assert what in refusal(tmp_path, {"plan.json": text(*changes)}, "plan.json")


def test_what_is_no_zone(tmp_path: Path) -> None:
    plan = json.dumps({"there": {"a..b.": {"changes": [], "meta": None}}})
    assert "zone a..b.: it is no name" in refusal(tmp_path, {"plan.json": plan}, "plan.json")


def test_changes_that_are_no_list(tmp_path: Path) -> None:
    plan = json.dumps({"there": {"a.b.": {"changes": {}, "meta": None}}})
    assert "a change has no type" in refusal(tmp_path, {"plan.json": plan}, "plan.json")
