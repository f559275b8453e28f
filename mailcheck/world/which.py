"""Which world a suite is judged in, by the folder it lies in."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, TypeAlias

from mailcheck.errors import UsageError

WorldKey: TypeAlias = Path | Literal["live", "offline", "no lab"]
"""Which world: the lab of a ``lab.yml``, the live network, none, or that of a suite without a lab."""


def which_world(
    lab: Literal["auto"] | Path | None, folder: Path, root: Path, *, offline: bool = False
) -> WorldKey:
    """Return which world serves *folder*, a folder of the project at *root*, where the run has *lab*.

    An *offline* run has none.

    Raises:
        UsageError: if the lab that the run names is not there.
    """
    match lab:
        case None:
            return "offline" if offline else "live"
        case "auto":
            from mailcheck.lab import find_lab  # not for a run that asks the network

            return find_lab(folder, root) or "no lab"
        case Path() as named:
            path = named / "lab.yml" if named.is_dir() else named
            if not path.is_file():
                raise UsageError(f"no lab at {path}")
            return path


def shown_below(path: Path, root: Path) -> str:
    """Return *path* as messages show it: relative to *root* where it lies below, with slashes."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()
