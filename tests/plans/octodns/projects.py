"""A folder as the project around a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from mailcheck.errors import SourceError
from mailcheck.plans.document import Document
from mailcheck.plans.octodns import read
from mailcheck.plans.plan import Given

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from mailcheck.plans.plan import Plan
    from mailcheck.zone_name import ZoneName


@dataclass(frozen=True)
class File:
    """A file of a project."""

    shown: str
    text: str


@dataclass(frozen=True)
class Folder:
    """The project in the folder ``root``; nothing outside can be read."""

    root: Path

    def text(self, path: str, beside: str) -> File | None:
        found = (self.root / beside).parent / path
        if not found.is_file() or not self._is_inside(found):
            return None
        shown = found.resolve().relative_to(self.root.resolve())
        return File(shown.as_posix(), found.read_text(errors="surrogateescape"))

    def files(self, folder: str, beside: str, ending: str) -> Iterator[File]:
        there = (self.root / beside).parent / folder
        if there.is_dir() and self._is_inside(there):
            for path in sorted(there.iterdir()):
                if path.name.endswith(ending) and (
                    text := self.text(f"{folder}/{path.name}", beside)
                ):
                    yield text

    def folders(self, folder: str, beside: str, ending: str) -> Iterator[str]:
        there = (self.root / beside).parent / folder
        if there.is_dir() and self._is_inside(there):
            names = (path.name for path in there.iterdir() if path.is_dir())
            yield from sorted(name for name in names if name.endswith(ending))

    def _is_inside(self, path: Path) -> bool:
        return path.resolve().is_relative_to(self.root.resolve())


def plan_of(root: Path, config: str, zone: ZoneName | None = None) -> Plan:
    """Read the file *config* of the project in *root*."""
    text = (root / config).read_text(errors="surrogateescape")
    return read(Document(text, config), Given(Folder(root), zone))


def written(root: Path, files: Mapping[str, str]) -> Path:
    """Write *files* by their paths into *root*."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def refusal(root: Path, files: Mapping[str, str], config: str = "config.yaml") -> str:
    """Return what is said against *config* with *files* around it."""
    with pytest.raises(SourceError) as raised:
        plan_of(written(root, files), config)
    return str(raised.value)


def configured(
    *,
    zones: str = "  example.com.: {sources: [config], targets: [there]}\n",
    more: str = "",
    options: str = "",
) -> str:
    """Return a configuration with one provider of YAML files, and *options* of it."""
    return (
        "providers:\n"
        "  config:\n"
        "    class: octodns.provider.yaml.YamlProvider\n"
        f"    directory: zones\n{options}"
        "  there: {class: octodns_route53.Route53Provider, access_key_id: env/KEY}\n"
        "  cloud: {class: octodns_cloudflare.CloudflareProvider, token: env/TOKEN}\n"
        f"zones:\n{zones}{more}"
    )


def plan_for(
    root: Path, records: str, config: str | None = None, zone: str = "example.com"
) -> Plan:
    """Return the plan of one *zone* with *records*."""
    files = {"config.yaml": config or configured(), f"zones/{zone}.yaml": records}
    return plan_of(written(root, files), "config.yaml")


def said(plan: Plan) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """Return the values, the reason or the target of each RRset by name, type and variant."""
    return {
        (one.name, one.rdtype, one.variant): one.values
        or ((f"as {one.target}",) if one.target else (one.unknown,))
        for one in plan.rrsets
    }
