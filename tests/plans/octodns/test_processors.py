"""What processors do, and what they leave as it is live. ``test_oracle.py`` asks octoDNS as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plans.octodns.processed import APEX, FILTER, RECORDS, REST, config, kinds, stays
from tests.plans.octodns.projects import configured, plan_for, refusal, said

if TYPE_CHECKING:
    from pathlib import Path


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
        ("class: octodns.processor.clamp.TtlClampProcessor, min_ttl: 90000", "is more than"),
        ("class: octodns.processor.clamp.TtlClampProcessor, min_ttl: env/T", "the variable T"),
    ],
)
def test_what_is_not_understood(tmp_path: Path, processor: str, what: str) -> None:
    files = {"config.yaml": config(processor), "zones/example.com.yaml": RECORDS}
    assert what in refusal(tmp_path, files)
