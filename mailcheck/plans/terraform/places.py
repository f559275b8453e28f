"""Where a resource stands in the configuration that a plan was made of.

The plan says no lines. Its ``.tf`` files, if they lie beside it, are searched for the block that
declares the resource; modules are followed where their source is a folder.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from mailcheck.errors import Place
from mailcheck.plans.terraform.resources import shown_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.plans.plan import Project
    from mailcheck.plans.terraform.configuration import Configuration
    from mailcheck.plans.terraform.resources import Resource

ENDINGS = (".tf", ".tofu")

_BLOCK = re.compile(r'\s*resource\s+"?([\w-]+)"?\s+"?([\w-]+)"?')
_HEREDOC = re.compile(r"<<-?\s*([^\W\d]\w*)\s*$")
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\\?\Z)')
"""One without an end goes to the end, so that nothing is read twice."""
_LINE_COMMENT = re.compile(r"(?:#|//).*")


class Places:
    """Finds the lines of resources in the configuration beside the plan that is shown as *plan*."""

    def __init__(self, project: Project, plan: str, configuration: Configuration) -> None:
        self._project = project
        self._plan = plan
        self._configuration = configuration
        self._found: dict[tuple[str, ...], dict[str, tuple[str, int]]] = {}

    def of(self, resource: Resource) -> Place:
        """Return the line that declares *resource*; in the plan itself, if none is found."""
        path = resource.path
        if path not in self._found:
            folder = self._folder(path)
            self._found[path] = {} if folder is None else dict(self._declared(folder))
        file, line = self._found[path].get(f"{resource.type}.{resource.name}", (self._plan, 1))
        return Place(file, line, 1, shown_address(resource.address))

    def _folder(self, path: tuple[str, ...]) -> str | None:
        folder = "."
        for depth in range(1, len(path) + 1):
            source = self._configuration.source(path[:depth])
            # Others are downloaded, and lie where Terraform keeps them.
            if not source.startswith(("./", "../")):
                return None
            folder = posixpath.normpath(posixpath.join(folder, source))
        return folder

    def _declared(self, folder: str) -> Iterator[tuple[str, tuple[str, int]]]:
        for ending in ENDINGS:
            for file in self._project.files(folder, self._plan, ending):
                for address, line in declared(file.text):
                    yield address, (file.shown, line)


def declared(text: str) -> Iterator[tuple[str, int]]:
    """Yield the type and name of each resource that *text* declares, with its line."""
    ends, commented = "", False
    for number, line in enumerate(text.split("\n"), 1):
        if ends:
            ends = "" if line.strip() == ends else ends
            continue
        code = _TEXT.sub(lambda found: found[0].translate(_PLAIN), line)
        code, commented = _uncommented(code, commented=commented)
        if block := _BLOCK.match(code):
            yield f"{block[1]}.{block[2]}", number
        if heredoc := _HEREDOC.search(code):
            ends = heredoc[1]


_PLAIN = str.maketrans("#/*<", "____")
"""Inside a text these begin nothing."""


def _uncommented(line: str, *, commented: bool) -> tuple[str, bool]:
    """Return *line* without comments, and whether one is open behind it."""
    code = ""
    while True:
        if commented:
            _, closing, line = line.partition("*/")
            if not closing:
                return code, True
        before, opening, after = line.partition("/*")
        plain = _LINE_COMMENT.sub("", before)
        code += plain
        if not opening or plain != before:
            return code, False
        line, commented = after, True
