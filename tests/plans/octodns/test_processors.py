"""What processors do, and what they leave as it is live. ``test_oracle.py`` asks octoDNS as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plans.octodns.projects import configured, plan_for, refusal, said

if TYPE_CHECKING:
    from pathlib import Path

    from mailcheck.plans.plan import Plan

RECORDS = """
'':
  - {type: A, ttl: 10, value: 192.0.2.1}
  - {type: MX, value: {preference: 1, exchange: mx.a}}
  - {type: NS, value: ns.example.net.}
  - {type: TXT, value: secret}
_acme-challenge: {type: TXT, value: token}
example.com: {type: CNAME, value: a.b.}
old: {type: A, value: 10.0.0.1}
"""

APEX = {("example.com", kind) for kind in ("A", "MX", "NS", "TXT")}
REST = {
    ("_acme-challenge.example.com", "TXT"),
    ("example.com.example.com", "CNAME"),
    ("old.example.com", "A"),
}


def config(processor: str) -> str:
    zones = "  example.com.: {sources: [config], processors: [p], targets: [there]}\n"
    return configured(zones=zones, more=f"processors:\n  p: {{{processor}}}\n")


def kinds(plan: Plan) -> set[tuple[str, str]]:
    return {(one.name, one.rdtype) for one in plan.rrsets}


def stays(plan: Plan, name: str, rdtype: str) -> bool:
    return any(one.stays(name, rdtype) for one in plan.left)


FILTER = "class: octodns.processor.filter."


@pytest.mark.parametrize(
    ("processor", "gone", "left", "not_left"),
    [
        pytest.param("TypeRejectlistFilter, rejectlist: [NS, TXT]",
            {("example.com", "NS"), ("example.com", "TXT"), ("_acme-challenge.example.com", "TXT")},
            [("x.example.com", "TXT")], [("example.com", "MX")], id="types that are rejected"),
        pytest.param("TypeAllowlistFilter, allowlist: [A]", (APEX | REST) - {("example.com", "A"), ("old.example.com", "A")},
            [("example.com", "MX"), ("x.example.com", "CNAME"), ("example.com", "A")], [],
            id="types that are allowed, of which ALIAS is none"),
        pytest.param("TypeAllowlistFilter, allowlist: [A, AAAA, ALIAS]", (APEX | REST) - {("example.com", "A"), ("old.example.com", "A")},
            [("example.com", "MX")], [("example.com", "A"), ("x.example.com", "AAAA")], id="ALIAS too"),
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


def test_trailing_dots(tmp_path: Path) -> None:
    mx = ("example.com", "MX", "")
    bare = said(plan_for(tmp_path, RECORDS))[mx]
    assert bare == ("mx.a has no final dot, and each provider reads it in its way",)
    dots = "class: octodns.processor.trailing_dots.EnsureTrailingDots"
    assert said(plan_for(tmp_path, RECORDS, config(dots)))[mx] == ("1 mx.a.",)


def test_ttls_are_clamped(tmp_path: Path) -> None:
    clamp = "class: octodns.processor.clamp.TtlClampProcessor, min_ttl: 60, max_ttl: 600"
    plan = plan_for(tmp_path, RECORDS, config(clamp))
    assert {one.ttl for one in plan.rrsets} == {60, 600}


def test_challenges_of_others_stay(tmp_path: Path) -> None:
    acme = "class: octodns.processor.acme.AcmeManagingProcessor"
    plan = plan_for(tmp_path, RECORDS, config(acme))
    own = said(plan)["_acme-challenge.example.com", "TXT", ""]
    assert own == ('"token"', '"*octoDNS*"')
    assert stays(plan, "_acme-challenge.www.example.com", "TXT")
    assert not stays(plan, "www.example.com", "TXT")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (config("class: octodns.processor.meta.MetaProcessor"), "meta.example.com"),
        ("manager: {include_meta: true}\n" + configured(), "octodns-meta.example.com"),
    ],
)
def test_what_octodns_adds_is_unknown(tmp_path: Path, text: str, name: str) -> None:
    assert said(plan_for(tmp_path, RECORDS, text))[name, "TXT", ""] == (
        "octoDNS makes it when it runs",
    )


@pytest.mark.parametrize(
    "kind",
    ["octodns.processor.restrict.TtlRestrictionFilter", "octodns.processor.base.BaseProcessor",
     "octodns.processor.spf.SpfDnsLookupProcessor", "octodns_spf.SpfDnsLookupProcessor"],
)  # fmt: skip
def test_what_only_validates(tmp_path: Path, kind: str) -> None:
    plan = plan_for(tmp_path, RECORDS, config(f"class: {kind}, min_ttl: 5000"))
    assert kinds(plan) == APEX | REST
    assert not plan.left


def test_processors_of_the_manager(tmp_path: Path) -> None:
    manager = "manager: {processors: [p], post_processors: [p]}\n"
    zones = "  example.com.: {sources: [config], targets: [there]}\n"
    more = f"processors:\n  p: {{{FILTER}TypeAllowlistFilter, allowlist: [A]}}\n"
    plan = plan_for(tmp_path, RECORDS, manager + configured(zones=zones, more=more))
    assert {rdtype for _, rdtype in kinds(plan)} == {"A"}


@pytest.mark.parametrize(
    ("processor", "what"),
    [
        ("class: octodns.processor.ownership.OwnershipProcessor", "is not understood; propose"),
        ("class: helpers.Own", "what helpers.Own does to a zone is not understood; propose"),
        ("class: x.filter.TypeAllowlistFilter", "is not understood"),
        (FILTER + "NetworkValueAllowlistFilter, allowlist: []", "is not understood"),
        (FILTER + "ValueRejectlistFilter, rejectlist: []", "depends on values that are live"),
        (FILTER + "TypeAllowlistFilter", "its allowlist is no list of texts"),
        (FILTER + "NameAllowlistFilter, allowlist: [1]", "its allowlist is no list of texts"),
        (FILTER + "NameAllowlistFilter, allowlist: [/(/]", "cannot be read"),
        (FILTER + "TypeAllowlistFilter, allowlist: [A], new: 1", "its option new is not"),
        (FILTER + "ZoneNameFilter", "the name ends with the zone's twice"),
        ("class: octodns.processor.clamp.TtlClampProcessor, min_ttl: 90000", "is more than"),
        ("class: octodns.processor.clamp.TtlClampProcessor, min_ttl: env/T", "the variable T"),
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
