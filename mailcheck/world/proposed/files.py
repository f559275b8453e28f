"""The files that propose a change, and which of them are read: they are written by strangers.

A change may have no file of this machine shown but its own, and end no run by a strange tree.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from mailcheck.errors import UsageError
from mailcheck.evidence import visible
from mailcheck.world.which import shown_below
from mailcheck.zones.reading.including import IncludeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.zones.reading.including import Include

MAX_OCTETS = 128 * 1024 * 1024
"""Octets of one file: the largest zones that people keep in files have some ten."""

_BACKUP = re.compile(r".+~|#.+#|.+\.(?:bak|orig|rej|sw[op])", re.DOTALL | re.IGNORECASE)
"""Names of copies that editors and merges leave beside a file: an older state of the same zone."""

_NOT_SHOWN = "a change may not have files of this machine shown"


def shown(path: Path, root: Path) -> str:
    """Return *path* as messages show it: on one line that no terminal and no runner obeys."""
    text = shown_below(path, root)
    text = f"./{text}" if text.startswith("::") else text
    return visible(text, len(text))


def files_of(path: Path, root: Path) -> list[Path]:
    """Return the file *path*, or all files of that folder but hidden ones and :func:`backups_in` it.

    Raises:
        UsageError: if there is none, or one leads out of the folder, or out of the project in
            which it is given.
    """
    if not (path.is_dir() or path.is_file()):
        raise UsageError(f"--mail-proposed: there is no file or folder {visible(str(path))}")
    whole = Path(os.path.normpath(path))
    if whole.is_relative_to(root) and not lies_in(root.resolve(), path):
        what = f"{shown(path, root)} leads out of the project; {_NOT_SHOWN}"
        raise UsageError(f"--mail-proposed: {what}: give the path that it leads to")
    if path.is_file():
        return [path]
    try:
        paths = sorted(one for one in _below(path) if not _BACKUP.fullmatch(one.name))
    except OSError:
        what = f"{shown(path, root)} has folders that cannot be read, or are too deep"
        raise UsageError(f"--mail-proposed: {what}") from None
    if not paths:
        raise UsageError(f"--mail-proposed: there is no file in {shown(path, root)}")
    below = path.resolve()
    for one in paths:
        if not lies_in(below, one):
            what = f"{shown(one, root)} leads out of {shown(path, root)}; {_NOT_SHOWN}"
            raise UsageError(f"--mail-proposed: {what}")
    return paths


def backups_in(folder: Path) -> list[Path]:
    """Return the files of *folder* that are left out, as copies that were not meant to stay."""
    try:
        return sorted(one for one in _below(folder) if _BACKUP.fullmatch(one.name))
    except OSError:
        return []  # whoever reads the folder says so


def _below(folder: Path) -> Iterator[Path]:
    """Yield the files of *folder* however deep, without those that are hidden, or links to folders."""
    pending = [folder]
    while pending:
        with os.scandir(pending.pop()) as entries:
            seen = [entry for entry in entries if not entry.name.startswith(".")]
        pending += [Path(entry.path) for entry in seen if entry.is_dir(follow_symlinks=False)]
        yield from (path for entry in seen if (path := Path(entry.path)).is_file())


def lies_in(folder: Path, path: Path) -> bool:
    """Whether *path* lies in *folder*, whatever links it goes through."""
    return path.resolve().is_relative_to(folder)


def including(below: Path, root: Path) -> Include:
    """Return a reader of included files, which must lie below the folder *below*.

    A path is looked for beside the file that names it, then from the folder: servers take it as
    seen from their own directory, which is mostly the one that all zones lie in.
    """

    def include(name: str, by: str) -> tuple[str, str]:
        for start in ((root / by).parent, below):
            try:
                path = (start / name).resolve()
                is_there = path.is_file()
            except (OSError, RuntimeError):  # a loop of links, a name that is too long
                continue
            if is_there:
                if not lies_in(below, path):
                    place = shown(below, root.resolve())
                    within = "the project" if place == "." else place
                    raise IncludeError(f"{visible(name)} does not lie below {within}")
                return shown(path, root.resolve()), text_of(path)
        raise IncludeError(f"there is no file {visible(name)}")

    return include


def text_of(path: Path) -> str:
    """Return the text of a file, octets that are not UTF-8 as surrogates.

    Raises:
        UsageError: if it cannot be read, or is too large.
    """
    try:
        if path.stat().st_size > MAX_OCTETS:
            raise UsageError(f"{visible(str(path))} is larger than {MAX_OCTETS} octets")
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except OSError as error:
        raise UsageError(f"{visible(str(path))} cannot be read: {error.strerror}") from error
