"""What octoDNS itself makes of a configuration: the oracle of our reader."""

from __future__ import annotations

import io
import json
import logging
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import dns.rdata
from octodns.manager import Manager
from octodns.provider.base import BaseProvider
from octodns.provider.plan import PlanJson
from octodns.provider.yaml import YamlProvider
from octodns.zone import Zone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mailcheck.plans.plan import Plan

Answers = dict[tuple[str, str, str], set[tuple[int, frozenset[Any]]]]
"""By zone, name and type: the TTL and the data of each variant; the reason where they are unknown."""


class Target(BaseProvider):  # type: ignore[misc]  # octoDNS has no types
    """A provider that takes everything, and has nothing yet but what is in the folder ``existing``."""

    SUPPORTS_GEO = True
    SUPPORTS_DYNAMIC = True
    SUPPORTS_POOL_VALUE_STATUS = True
    SUPPORTS_DYNAMIC_SUBNETS = True
    SUPPORTS_MULTIVALUE_PTR = True
    SUPPORTS_ROOT_NS = True
    SUPPORTS = frozenset({"A"})

    def __init__(self, id: str, token: str = "", existing: str = "", **options: Any) -> None:  # noqa: A002, ARG002  octoDNS calls them so
        self.log = logging.getLogger(id)
        self.existing = existing
        super().__init__(id, **options)

    def supports(self, _: Any) -> bool:
        return True

    def populate(self, zone: Any, **_: Any) -> bool:
        if self.existing:
            there = YamlProvider("there", self.existing, escaped_semicolons=True)
            there.populate(zone, lenient=True)
        return bool(self.existing)


@dataclass
class Wanted:
    """What octoDNS plans, by target, what it deletes, and the same as its own JSON.

    ``before`` and ``after`` are what is there, and what will be.
    """

    answers: dict[str, Answers] = field(default_factory=dict)
    deleted: Answers = field(default_factory=dict)
    before: Answers = field(default_factory=dict)
    after: Answers = field(default_factory=dict)
    text: str = ""


class _Output:
    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted

    def run(self, plans: Any, **_: Any) -> None:
        buffer = io.StringIO()
        PlanJson("json", indent=1).run(plans=plans, fh=buffer)
        self.wanted.text = buffer.getvalue()
        for target, plan in plans:
            zone = Zone(plan.desired.name, [])
            target.populate(zone, target=True)
            for answers in (self.wanted.before, self.wanted.after):
                for record in zone.records:
                    _add(answers, zone.name[:-1], record)
                zone.apply(plan.changes)
            answers = self.wanted.answers.setdefault(target.id, {})
            for change in plan.changes:
                goes = change.new is None
                _add(
                    self.wanted.deleted if goes else answers, plan.desired.name[:-1], change.record
                )


def asked(config: Path, folder: Path) -> Wanted:
    """Have octoDNS plan *config*, run in *folder*."""
    wanted = Wanted()
    with _within(folder):
        manager = Manager(str(config))
        manager.plan_outputs = {"json": _Output(wanted)}
        manager.sync(dry_run=True, force=True)
    json.loads(wanted.text or "{}")
    return wanted


def ours(plan: Plan) -> Answers:
    """Return what *plan* says in the oracle's form."""
    answers: Answers = {}
    for rrset in plan.rrsets:
        key = (rrset.zone, rrset.name, rrset.rdtype)
        said = rrset.unknown or (rrset.target and f"as {rrset.target}")
        data = frozenset({said}) if said else _rdatas(rrset.rdtype, rrset.values)
        answers.setdefault(key, set()).add((rrset.ttl, data))
    return answers


def _add(answers: Answers, zone: str, record: Any) -> None:
    name = f"{record.name}.{zone}" if record.name else zone
    rdtype = record._type
    if rdtype == "ALIAS":
        said: frozenset[Any] = frozenset({f"as {record.value[:-1]}"})
        for kind in ("A", "AAAA"):
            answers.setdefault((zone, name, kind), set()).add((record.ttl, said))
        return
    if rdtype == "URLFWD":
        said = frozenset({"URLFWD is the provider's own"})
        for kind in ("A", "AAAA"):
            answers.setdefault((zone, name, kind), set()).add((record.ttl, said))
        return
    given = answers.setdefault((zone, name, rdtype), set())
    given.add((record.ttl, _rdatas(rdtype, _texts(record))))
    for pool in getattr(getattr(record, "dynamic", None), "pools", {}).values():
        for value in pool.data["values"]:
            if value["status"] != "down":
                given.add((record.ttl, _rdatas(rdtype, [value["value"]])))
    for geo in getattr(record, "geo", {}).values():
        given.add((record.ttl, _rdatas(rdtype, geo.values)))


def _texts(record: Any) -> list[str]:
    # AcmeManagingProcessor and AutoArpa add texts that are no values, which octoDNS cannot write.
    values = getattr(record, "values", None) or [record.value]
    whole = (one if hasattr(one, "to_rdata_text") else record._value_type(one) for one in values)
    return [one.to_rdata_text() for one in whole]


def _rdatas(rdtype: str, texts: Any) -> frozenset[Any]:
    return frozenset(dns.rdata.from_text("IN", rdtype, text) for text in texts)


@contextmanager
def _within(folder: Path) -> Iterator[None]:
    before = os.getcwd()  # noqa: PTH109  to come back
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
