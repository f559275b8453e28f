"""What servers answer, by what the targets make of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plans.octodns.projects import configured, plan_for, refusal, said

if TYPE_CHECKING:
    from pathlib import Path

    from mailcheck.plans.plan import Plan

CLOUD = configured(zones="  example.com.: {sources: [config], targets: [cloud]}\n")
BOTH = configured(zones="  example.com.: {sources: [config], targets: [cloud, there]}\n")

PROXY = "Cloudflare, which proxies it, answers with addresses of its own"
LIVE = "octoDNS leaves it there as it is live"


def www(plan: Plan) -> dict[tuple[str, str], tuple[str, ...]]:
    return {
        (rdtype, variant): values
        for (name, rdtype, variant), values in said(plan).items()
        if name == "www.example.com"
    }


@pytest.mark.parametrize(
    ("config", "record", "found"),
    [
        pytest.param(CLOUD, "octodns: {cloudflare: {proxied: true}}, type: A, value: 192.0.2.1",
            {("A", ""): (PROXY,), ("AAAA", ""): (PROXY,)}, id="proxied"),
        pytest.param(CLOUD, "octodns: {cloudflare: {proxied: true}}, type: CNAME, value: a.b.",
            {("A", ""): (PROXY,), ("AAAA", ""): (PROXY,)}, id="an alias that is proxied"),
        pytest.param(CLOUD, "octodns: {cloudflare: {proxied: true}}, type: TXT, value: a",
            {("TXT", ""): ('"a"',)}, id="a type without proxies"),
        pytest.param(CLOUD, "octodns: {cloudflare: {proxied: false}}, type: A, value: 192.0.2.1",
            {("A", ""): ("192.0.2.1",)}, id="not proxied"),
        pytest.param(configured(), "octodns: {cloudflare: {proxied: true}}, type: A, value: 192.0.2.1",
            {("A", ""): ("192.0.2.1",)}, id="an option for somebody else"),
        pytest.param(BOTH, "octodns: {cloudflare: {proxied: true}}, type: A, value: 192.0.2.1",
            {("A", "target cloud"): (PROXY,), ("AAAA", "target cloud"): (PROXY,), ("A", "target there"): ("192.0.2.1",)},
            id="proxied at one of two"),
        pytest.param(BOTH, "octodns: {excluded: [cloud]}, type: A, value: 192.0.2.1",
            {("A", "target cloud"): (LIVE,), ("A", "target there"): ("192.0.2.1",)}, id="excluded at one of two"),
        pytest.param(BOTH, "octodns: {included: [cloud, there]}, type: A, value: 192.0.2.1",
            {("A", ""): ("192.0.2.1",)}, id="included at both"),
        pytest.param(BOTH, "octodns: {included: there}, type: A, geo: {AF: [192.0.2.2]}, value: 192.0.2.1",
            {("A", "target cloud"): (LIVE,), ("A", "target there, default"): ("192.0.2.1",),
             ("A", "target there, geo AF"): ("192.0.2.2",)}, id="included at one, with places"),
        pytest.param(CLOUD, "type: CNAME, value: a.b", {("CNAME", ""): ("a.b has no final dot, and each provider reads it in its way",)},
            id="no final dot"),
        pytest.param(CLOUD, "type: URLFWD, value: {path: /, target: x, code: 301, masking: 0, query: 0}",
            {("A", ""): ("URLFWD is the provider's own",), ("AAAA", ""): ("URLFWD is the provider's own",)}, id="URLFWD"),
        pytest.param(CLOUD, "type: Route53Provider/ALIAS, values: [{type: A, name: x.elb.amazonaws.com.}, {type: AAAA, name: lb}]",
            {("A", ""): ("as x.elb.amazonaws.com",), ("AAAA", ""): ("as lb.example.com",)}, id="an alias of Route 53"),
        pytest.param(CLOUD, "type: PowerDnsProvider/LUA, value: {type: TXT, script: a}",
            {("TXT", ""): ("PowerDnsProvider/LUA is the provider's own",)}, id="a program"),
    ],
)  # fmt: skip
def test_a_record(
    tmp_path: Path, config: str, record: str, found: dict[tuple[str, str], tuple[str, ...]]
) -> None:
    assert www(plan_for(tmp_path, f"www: {{{record}}}", config)) == found


def test_a_type_that_may_be_anything(tmp_path: Path) -> None:
    records = "www: [{type: X/Y, value: 1}, {type: A, value: 192.0.2.1}]"
    found = www(plan_for(tmp_path, records))
    assert found["A", ""] == ("192.0.2.1",)
    assert found["MX", ""] == found["TXT", ""] == ("X/Y is the provider's own",)


@pytest.mark.parametrize("record", ["octodns: {ignored: true}, ", "octodns: {excluded: [cloud]}, "])
def test_what_is_managed_nowhere_is_left(tmp_path: Path, record: str) -> None:
    records = f"www: {{{record}type: A, value: 192.0.2.1}}"
    plan = plan_for(tmp_path, records, CLOUD)
    assert not plan.rrsets
    (left,) = plan.left
    assert left.stays("www.example.com", "A")
    assert not left.stays("www.example.com", "AAAA")
    assert not left.stays("example.com", "A")


@pytest.mark.parametrize(
    ("record", "types"),
    [("type: A, value: 192.0.2.1", {"A"}), ("type: ALIAS, value: a.b.", {"A", "AAAA"})],
)
def test_what_is_left_at_the_apex_may_be_of_another_type(
    tmp_path: Path, record: str, types: set[str]
) -> None:
    plan = plan_for(tmp_path, f"'': {{octodns: {{ignored: true}}, {record}}}", CLOUD)
    why = "octoDNS leaves either an ALIAS there or addresses, and removes the other"
    assert {(one.rdtype, one.unknown) for one in plan.rrsets} == {(one, why) for one in types}


def test_ns_of_the_apex_where_the_target_has_its_own(tmp_path: Path) -> None:
    config = configured().replace("there: {", "there: {supports_root_ns: false, ")
    plan = plan_for(tmp_path, "'': {type: NS, value: ns.a.}\nsub: {type: NS, value: ns.a.}", config)
    assert [one.name for one in plan.rrsets] == ["sub.example.com"]


@pytest.mark.parametrize(
    ("options", "ttl"), [("cloudflare: {auto-ttl: true}", 300), ("cloudflare: {}", 3600)]
)
def test_ttl_of_cloudflare(tmp_path: Path, options: str, ttl: int) -> None:
    records = f"www: {{octodns: {{{options}}}, type: A, value: 192.0.2.1}}"
    assert [one.ttl for one in plan_for(tmp_path, records, CLOUD).rrsets] == [ttl]


def test_an_alias_without_a_name(tmp_path: Path) -> None:
    records = "www: {type: Route53Provider/ALIAS, value: {type: A, name: [1]}}"
    files = {"config.yaml": CLOUD, "zones/example.com.yaml": records}
    assert "the name of its alias is no text" in refusal(tmp_path, files)
