"""Plans of other tools, as files of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mailcheck.errors import Place, Problem, SourceError, UsageError
from mailcheck.plans.document import Document
from mailcheck.plans.formats import format_called, format_of
from mailcheck.plans.plan import Given
from mailcheck.world.proposed.files import files_of, lies_in, shown, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from mailcheck.plans.plan import Plan
    from mailcheck.zone_name import ZoneName

MOST_FILES = 10_000
"""Files of one folder that a plan may have read."""


_UTF_16 = ("\udcff\udcfe", "\udcfe\udcff")
"""How :func:`text_of` gives the byte order marks of UTF-16, which are no UTF-8."""

_IN_UTF_8 = (
    "expected UTF-8; PowerShell writes it with `| Out-File -Encoding utf8 FILE` in place of `>`"
)


class _Text(NamedTuple):
    shown: str
    text: str


class ProjectFiles:
    """The files below *root*, as a plan names them that was written by a stranger.

    One that is given with an absolute path, and lies elsewhere, may have the files of its own folder.
    """

    def __init__(self, root: Path, plan: Path) -> None:
        self._root = root.resolve()
        own = plan.parent.resolve()
        self._below = self._root if own.is_relative_to(self._root) else own

    def text(self, path: str, beside: str) -> _Text | None:
        """Return the file at *path*, as seen from the folder of the one shown as *beside*."""
        found = self._found(path, beside)
        try:
            if found is None or not found.is_file():
                return None
        except OSError:
            return None
        return _Text(shown(found, self._root), text_of(found))

    def files(self, folder: str, beside: str, ending: str) -> Iterator[_Text]:
        """Yield the files right in *folder* whose names end with *ending*, by their names."""
        for path in self._in(folder, beside, ending):
            if (one := self.text(str(path), beside)) is not None:
                yield one

    def folders(self, folder: str, beside: str, ending: str) -> Iterator[str]:
        """Yield the names of the folders right in *folder* that end with *ending*, in order."""
        for path in self._in(folder, beside, ending):
            if (found := self._found(str(path), beside)) is not None and found.is_dir():
                yield path.name

    def _in(self, folder: str, beside: str, ending: str) -> list[Path]:
        """Return what lies right in *folder*, but for what is hidden."""
        found = self._found(folder, beside)
        try:
            paths = sorted(found.iterdir()) if found else []
        except OSError:
            return []
        usual = (path for path in paths if not path.name.startswith("."))
        return [path for path in usual if path.name.endswith(ending)][:MOST_FILES]

    def _found(self, path: str, beside: str) -> Path | None:
        """Return where *path* leads, if that is in the project."""
        try:
            found = ((self._root / beside).parent / path).resolve()
        except (OSError, RuntimeError, ValueError):  # a loop of links, a name too long, a NUL
            return None
        return found if lies_in(self._below, found) else None


def tool_of(path: Path, root: Path) -> str:
    """Return the tool of which the file at *path* is a plan; empty if it is none's.

    Raises:
        SourceError: if it is in UTF-16, which no tool and no server writes or reads.
    """
    if not path.is_file():
        return ""
    return format_of(_document(path, root))


def read_plan(
    path: Path,
    tool: str,
    root: Path,
    zone: ZoneName | None,
    zones_of: Mapping[str, ZoneName],
) -> Plan:
    """Read the plan at *path*, which *tool* has made or reads; *zone* and *zones_of* as given.

    Raises:
        UsageError: if there is no such file.
        SourceError: if it is no plan of that tool, or says what cannot be.
    """
    if path.is_dir():
        raise UsageError(f"--mail-proposed: there is no file {shown(path, root)}, it is a folder")
    document = _document(path, root)
    form = format_called(tool)
    if not form.recognises(document) and (other := format_of(document)):
        what = f"this is no {form.TITLE}, but {format_called(other).TITLE}"
        raise SourceError([Problem(Place(document.shown, 1), what, f"give it as {other}:FILE")])
    return form.read(document, Given(ProjectFiles(root, path), zone, zones_of))


def _document(path: Path, root: Path) -> Document:
    """Return the file at *path*.

    One in UTF-16 is not read: PowerShell 5.1 has recoded what a tool wrote, and a character that is
    not ASCII need not be the same any more.
    """
    [path] = files_of(path, root)
    document = Document(text_of(path), shown(path, root))
    if document.text.startswith(_UTF_16):
        raise SourceError([Problem(Place(document.shown, 1), "this file is in UTF-16", _IN_UTF_8)])
    return document
