"""Plans of Terraform made of a few words, and read as the world would have them read."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.errors import SourceError
from mailcheck.plans import terraform
from mailcheck.plans.document import Document
from mailcheck.plans.plan import Given, Plan
from mailcheck.zone_name import ZoneName

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PLANS = Path(__file__).parent / "plans"

ZONE_ID = "Z0123456789EXAMPLE"
ZONE: dict[str, Any] = {
    "address": "aws_route53_zone.main",
    "type": "aws_route53_zone",
    "change": {
        "actions": ["no-op"],
        "before": {"zone_id": ZONE_ID, "id": ZONE_ID, "name": "example.com", "vpc": []},
        "after": {"zone_id": ZONE_ID, "id": ZONE_ID, "name": "example.com", "vpc": []},
    },
}
"""The zone example.com, as it is."""


@dataclass(frozen=True)
class File:
    """A file of a project."""

    shown: str
    text: str


@dataclass(frozen=True)
class Files:
    """A project with these files, by their paths; a plan lies at its root."""

    texts: Mapping[str, str] = field(default_factory=dict)

    def text(self, path: str, beside: str) -> File | None:
        del beside
        return File(path, self.texts[path]) if path in self.texts else None

    def files(self, folder: str, beside: str, ending: str) -> Iterator[File]:
        del beside
        for path, text in sorted(self.texts.items()):
            if path.endswith(ending) and (path.rpartition("/")[0] or ".") == folder:
                yield File(path, text)

    def folders(self, folder: str, beside: str, ending: str) -> Iterator[str]:
        del folder, beside, ending
        yield from ()


def change(
    address: str,
    actions: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """An entry of ``resource_changes``; *actions* are words, *more* goes into ``change``."""
    kind = address.split(".")[-2]
    said = {"actions": actions.split(), "before": before, "after": after, **more}
    return {"address": address, "mode": "managed", "type": kind, "change": said}


def record(name: str, rdtype: str, *records: str, **more: Any) -> dict[str, Any]:
    """Attributes of an ``aws_route53_record`` in that zone."""
    said = {"zone_id": ZONE_ID, "name": name, "type": rdtype, "ttl": 300, "alias": []}
    return {**said, "records": list(records), **more}


def plan(*changes: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A plan with these changes."""
    return {"format_version": "1.2", "resource_changes": [*changes], **more}


def read(
    said: Any, files: Mapping[str, str] | None = None, zones: Mapping[str, str] | None = None
) -> Plan:
    """Read a plan that is *said* as values, or as text."""
    text = said if isinstance(said, str) else json.dumps(said)
    zones_of = {of: ZoneName(zone) for of, zone in (zones or {}).items()}
    given = Given(Files(files or {}), zones_of=zones_of)
    return terraform.read(Document(text, "plan.json"), given)


def wrong(said: Any, **given: Any) -> str:
    """What is wrong with a plan, for people."""
    with pytest.raises(SourceError) as caught:
        read(said, **given)
    return str(caught.value)


def real(name: str) -> tuple[dict[str, Any], dict[str, str]]:
    """A plan that Terraform has made, and its configuration."""
    folder = PLANS / name
    texts = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*.tf")
    }
    return json.loads((folder / "plan.json").read_text("utf-8")), texts


def lines(read: Plan) -> list[str]:
    """What a plan says, one RRset a line."""
    return [
        " ".join(
            filter(
                None,
                (
                    one.name,
                    str(one.ttl) if one.values or one.target else "",
                    one.rdtype,
                    f"[{one.variant}]" if one.variant else "",
                    " + ".join(one.values),
                    f"→ {one.target}" if one.target else "",
                    f"? {one.unknown}" if one.unknown else "",
                ),
            )
        )
        for one in read.rrsets
    ] + [f"- {one.name} {one.rdtype}" for one in read.removals]
