"""The values of a run's options, from those who give them: the command line before the ini file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailcheck.options import OPTIONS, refused
from mailcheck.proposals import in_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def layered(
    command_line: Mapping[str, Any], folder: Path, ini: Mapping[str, Any], ini_folder: Path
) -> dict[str, Any]:
    """Return the values of a run by ini key; the *command_line* comes before the *ini* file.

    A path is relative to the folder of whoever gave it. ``live`` and ``lab`` are one choice: one of
    them on the command line outdoes either in the ini file.

    Raises:
        UsageError: if one source gives both, or a value is none of its option's choices.
    """
    for source in (command_line, ini):
        if source.get("mail_live") and source.get("mail_lab"):
            raise refused("lab", str(source["mail_lab"]), "no --mail-live beside it")
    world = ("mail_live", "mail_lab")
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
