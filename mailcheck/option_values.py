"""The values of a run's options, from those who give them: the command line before the ini file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailcheck.errors import UsageError
from mailcheck.options import OPTIONS, refused
from mailcheck.proposals import in_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


WORLDS = ("live", "lab", "offline")
"""Options of which each says whom a run asks, if anybody."""


def option_values(
    command_line: Mapping[str, Any], folder: Path, ini: Mapping[str, Any], ini_folder: Path
) -> dict[str, Any]:
    """Return the values of a run by ini key; the *command_line* comes before the *ini* file.

    A path is relative to the folder of whoever gave it. :data:`WORLDS` are one choice: one of
    them on the command line outdoes any in the ini file.

    Raises:
        UsageError: if one source gives several, or a value is none of its option's choices.
    """
    for source in (command_line, ini):
        worlds = [f"--mail-{name} (ini mail_{name})" for name in WORLDS if source.get(_ini(name))]
        if len(worlds) > 1:
            raise UsageError(f"{' and '.join(worlds)} are different worlds; give one of them")
    world = {_ini(name) for name in WORLDS}
    chosen = any(command_line.get(key) for key in world)
    values: dict[str, Any] = {}
    for option in OPTIONS:
        given, base = command_line.get(option.ini), folder
        if given == "":
            raise refused(option.name, "", "a value")
        if not given and not (chosen and option.ini in world):
            given, base = ini.get(option.ini), ini_folder
        if option.choices and given and given not in option.choices:
            raise refused(option.name, str(given), ", ".join(option.choices))
        if given and option.kind == "path" and str(given) != "auto":
            given = base / given
        if given and option.paths:
            given = [in_folder(text, base) for text in given]
        values[option.ini] = given
    return values


def _ini(name: str) -> str:
    return f"mail_{name}"
