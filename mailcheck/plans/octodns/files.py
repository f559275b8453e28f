"""Files of zones, and the folders where octoDNS looks for them.

It looks from the folder in which it is run, and nothing says which that is: mostly it is that of the
repository, sometimes that of the configuration. So every folder from the one to the other is tried.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.source.documents import parse_documents
from mailcheck.source.nodes import Mapping, Scalar, describe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.plans.plan import Project, Text
    from mailcheck.source.problems import Problems

MOST_UP = 12
"""Folders above that of the configuration that are tried."""


class AmbiguousError(ValueError):
    """Two folders could be meant."""


@dataclass(slots=True)
class Files:
    """The files of *project*, as the configuration shown as *beside* names them."""

    project: Project
    beside: str
    problems: Problems
    read: dict[str, Mapping | None] = field(default_factory=dict)

    def folders(self, directory: str) -> list[str]:
        """Return the folders that *directory* may be, from that of the configuration on upwards."""
        up = min(posixpath.normpath(self.beside).count("/"), MOST_UP)
        tried = (posixpath.join(*[".."] * n, directory) for n in range(up + 1))
        return list(dict.fromkeys(map(posixpath.normpath, tried)))

    def one(self, directory: str, names: Iterable[str]) -> Text | None:
        """Return the file in *directory* that has one of *names*; None if there is none.

        Raises:
            AmbiguousError: if there are several.
        """
        wanted = list(dict.fromkeys(names))
        found: dict[str, Text] = {}
        for folder in self.folders(directory):
            for name in wanted:
                if text := self.project.text(posixpath.join(folder, name), self.beside):
                    found.setdefault(text.shown, text)
        _only_one(found)
        return next(iter(found.values()), None)

    def within(self, directory: str, names: Iterable[str]) -> list[Text]:
        """Return the YAML files of the folder in *directory* that has one of *names*.

        Raises:
            AmbiguousError: if there are several folders.
        """
        wanted = list(dict.fromkeys(names))
        found: dict[str, list[Text]] = {}
        for folder in self.folders(directory):
            for name in wanted:
                path = posixpath.join(folder, name)
                if texts := list(self.project.files(path, self.beside, ".yaml")):
                    found.setdefault(posixpath.dirname(texts[0].shown), texts)
        _only_one(found)
        return next(iter(found.values()), [])

    def zones(self, directory: str, extension: str, *, has_files: bool) -> list[str]:
        """Return the names of all zones with files in *directory*, each with its final dot.

        ``extension`` is that of the folders of zones that are split; empty if there are none.

        Raises:
            AmbiguousError: if several folders have some.
        """
        found: dict[str, list[str]] = {}
        for folder in self.folders(directory):
            names: list[str] = []
            if extension:
                names += self._split(folder, extension)
            if has_files:
                names += self._plain(folder)
            if names:
                found[folder] = names
        _only_one(found)
        return sorted(set(next(iter(found.values()), [])))

    def _split(self, folder: str, extension: str) -> list[str]:
        # The dot that begins the extension ends the name of the zone.
        trimmed = len(extension) - 1
        names = self.project.folders(folder, self.beside, extension)
        return [name[: len(name) - trimmed] for name in names]

    def _plain(self, folder: str) -> list[str]:
        texts = self.project.files(folder, self.beside, ".yaml")
        names = (posixpath.basename(text.shown) for text in texts)
        return [name.removesuffix("yaml") for name in names if name.count(".") > 1]

    def mapping(self, text: Text) -> Mapping | None:
        """Return what stands in a YAML file, read once; None if that is nothing, or no mapping."""
        if text.shown not in self.read:
            self.read[text.shown] = mapping_in(text.text, text.shown, self.problems)
        return self.read[text.shown]


def mapping_in(text: str, shown: str, problems: Problems) -> Mapping | None:
    """Return the mapping in a YAML *text*; None if it is empty, or no mapping, which is a problem."""
    documents = parse_documents(text, shown, problems)
    if not documents:
        return None
    if len(documents) > 1:
        what = "a second document begins in this file"
        problems.add(documents[1].place, what, "octoDNS reads files with one")
    node = documents[0]
    if isinstance(node, Scalar) and node.empty:
        return None
    if isinstance(node, Mapping):
        return node
    problems.add(node.place, f"the file is {describe(node)}", "expected records by their names")
    return None


def _only_one(found: Iterable[str]) -> None:
    shown = [visible(one, 120) for one in found]
    if len(shown) > 1:
        raise AmbiguousError(f"{shown[0]} and {shown[1]} are both there, and either may be meant")
