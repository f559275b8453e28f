"""Runs that judge what plans of other tools would publish, from the file to the last line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

LAB = """\
lab: 1
servers:
  ns1.example.net:
    address: 192.0.2.53
    zones:
      example.com: |
        @ SOA ns1.example.net. hostmaster 1 7200 3600 1209600 300
        @ NS ns1.example.net.
        @ MX 10 mail
        mail A 192.0.2.25
        www A 192.0.2.80
      example.net: |
        @ SOA ns1.example.net. hostmaster 1 7200 3600 1209600 300
        @ NS ns1.example.net.
        ns1 A 192.0.2.53
        lb A 192.0.2.90
"""
SUITE = """\
mailcheck: 1
for: {domain: example.com}
checks:
  - domain has MX
  - MX hosts resolve
  - host www.example.com has address 192.0.2.90
  - host example.com has address 192.0.2.90
"""
NO_OP = {"zone_id": "Z1", "name": "example.com", "vpc": []}


def terraform(*records: dict[str, Any], zone_id: str = "Z1") -> str:
    """A plan that creates *records* in example.com, or deletes those that have ``gone``."""
    changes: list[dict[str, Any]] = [
        {
            "address": "aws_route53_zone.main",
            "mode": "managed",
            "type": "aws_route53_zone",
            "name": "main",
            "change": {"actions": ["no-op"], "before": NO_OP, "after": NO_OP},
        }
    ]
    for number, record in enumerate(records):
        gone, unknown = record.pop("gone", False), record.pop("unknown", {})
        said = {"zone_id": zone_id, "ttl": 300, **record}
        changes.append(
            {
                "address": f"aws_route53_record.r[{number}]",
                "mode": "managed",
                "type": "aws_route53_record",
                "name": "r",
                "index": number,
                "provider_name": "registry.terraform.io/hashicorp/aws",
                "change": {
                    "actions": ["delete" if gone else "create"],
                    "before": said if gone else None,
                    "after": None if gone else said,
                    "after_unknown": unknown,
                },
            }
        )
    return json.dumps({"format_version": "1.2", "resource_changes": changes, "complete": True})


def www(address: str, identifier: str) -> dict[str, Any]:
    """One of several addresses of www.example.com, of which each client is given one."""
    policy = [{"weight": 50}]
    same = {"name": "www", "type": "A", "set_identifier": identifier}
    return {**same, "records": [address], "weighted_routing_policy": policy}


MX_GOES = {"name": "", "type": "MX", "records": ["10 mail.example.com"], "gone": True}
UNKNOWN = {"name": "www", "type": "A", "records": None, "unknown": {"records": True}}
ALIAS = {
    "name": "www",
    "type": "A",
    "alias": [{"name": "lb.example.net", "zone_id": "Z2", "evaluate_target_health": False}],
}
PROXIED = json.dumps(
    {
        "success": True,
        "errors": [],
        "result": [
            {"zone_name": "example.com", "ttl": 1, **one}
            for one in (
                {
                    "name": "example.com",
                    "type": "MX",
                    "content": "mail.example.com",
                    "priority": 10,
                },
                {
                    "name": "mail.example.com",
                    "type": "A",
                    "content": "192.0.2.25",
                    "proxied": False,
                },
                {"name": "www.example.com", "type": "A", "content": "192.0.2.90", "proxied": True},
            )
        ],
    }
)
TABLE = "name,type,ttl,value\nwww,A,300,192.0.2.90\n"


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A suite with its lab, in which www.example.com has another address than wanted."""
    folder = pytester.mkdir("suites")
    (folder / "lab.yml").write_text(LAB, "utf-8")
    (folder / "mail.yml").write_text(SUITE, "utf-8")
    pytester.makeini("[pytest]\nmail_lab = auto\n")
    return pytester


def run(project: pytest.Pytester, text: str, *given: str, kind: str = "") -> pytest.RunResult:
    """Judge the suite after the change that *text* is."""
    (project.path / "change").write_text(text, "utf-8")
    return project.runpytest("suites", f"--mail-proposed={kind}change", *given)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            terraform(ALIAS),
            [
                "*aws_route53_record.r[[]0[]] in change:1, flattened from lb.example.net*",
                "*3 met, 1 unmet, 0 inconclusive*",
            ],
            id="an alias of the provider",
        ),
        pytest.param(
            terraform({"name": "www", "type": "A", "records": ["192.0.2.90"]}, MX_GOES),
            ["*no-mx*", "*aws_route53_record.r[[]1[]] in change:1*", "*unmet, 0 inconclusive*"],
            id="the only MX goes",
        ),
        pytest.param(
            terraform(UNKNOWN),
            ["*inconclusive: not-known-yet*", "*aws_route53_record.r[[]0[]]*", "*1 inconclusive*"],
            id="an address that is known after the change",
        ),
        pytest.param(
            terraform(www("192.0.2.90", "eu"), www("192.0.2.91", "us")),
            ["*192.0.2.91, proposed, aws_route53_record.r[[]1[]] (us) in change:1*", "*2 unmet*"],
            id="one variant of two",
        ),
        pytest.param(
            terraform(www("192.0.2.90", "eu"), www("192.0.2.90", "us")),
            ["*3 met, 1 unmet, 0 inconclusive*"],
            id="all variants",
        ),
        pytest.param(
            PROXIED,
            ["*addresses of Cloudflare's proxy*", "*1 inconclusive*"],
            id="what Cloudflare stands before",
        ),
    ],
)
def test_what_a_plan_comes_to(project: pytest.Pytester, text: str, said: Iterable[str]) -> None:
    run(project, text, "-rA").stdout.fnmatch_lines([*said])


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        pytest.param(terraform(), "", "no change to DNS", id="nothing for DNS"),
        pytest.param('{"a": 1}', "", "JSON", id="another JSON"),
        pytest.param(
            terraform(ALIAS), "octodns:", "give it as terraform:FILE", id="another tool's"
        ),
        pytest.param(terraform(ALIAS, zone_id="Z9"), "", "--mail-zone-of", id="a zone unknown"),
        pytest.param(TABLE, "", "csv:", id="a table of no zone"),
    ],
)
def test_what_is_no_plan_ends_the_run(
    project: pytest.Pytester, text: str, kind: str, said: str
) -> None:
    result = run(project, text, kind=kind)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert said in "\n".join([*result.errlines, *result.outlines])


@pytest.mark.parametrize(
    ("text", "kind", "given", "said"),
    [
        pytest.param(
            terraform(),
            "",
            "--mail-proposed-may-be-empty",
            "*2 met, 2 unmet*",
            id="nothing for DNS",
        ),
        pytest.param(
            terraform(ALIAS, zone_id="Z9"),
            "",
            "--mail-zone-of=Z9=example.com",
            "*3 met, 1 unmet*",
            id="a zone that is told",
        ),
        pytest.param(TABLE, "csv:example.com=", "-q", "*3 met, 1 unmet*", id="a table of a zone"),
    ],
)
def test_what_the_run_says_beside_it(
    project: pytest.Pytester, text: str, kind: str, given: str, said: str
) -> None:
    run(project, text, given, kind=kind).stdout.fnmatch_lines([said])
