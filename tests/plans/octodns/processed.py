"""A zone with a record for each thing that processors do, and configurations with one processor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.plans.octodns.projects import configured

if TYPE_CHECKING:
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
