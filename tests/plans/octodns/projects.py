"""A folder as the project around a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.plans.document import Document
from mailcheck.plans.octodns import read
from mailcheck.plans.plan import Given

if TYPE_CHECKING:
    from collections.abc import Iterator
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
