"""The settings of a run as the command line and the project's ini file give them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from mailcheck.option_values import option_values
from mailcheck.options import OPTIONS
from mailcheck.settings import settings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from mailcheck.inifile import IniFile
    from mailcheck.settings import Settings

TAKEN = tuple(option for option in OPTIONS if not option.pytest_only)
"""The options that mean something to the command; those of the project come from its ini file."""

_AS_PYTEST_HAS_IT = re.compile(
    rf"--mail-(?=(?:{'|'.join(option.name for option in TAKEN if not option.ini_only)})(?![\w-]))"
)


def as_typed(text: str) -> str:
    """Return *text* with the options of the command named as they are typed here.

    Texts name options as pytest has them, ``--mail-resolver``. Those that only pytest has stay so.
    """
    return _AS_PYTEST_HAS_IT.sub("--", text)


def run_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give *command* the options of a run, each under its ini key."""
    for option in reversed([option for option in TAKEN if not option.ini_only]):
        how: dict[str, Any] = {"metavar": option.metavar or None}
        if option.kind == "flag":
            how = {"is_flag": True}
        elif option.kind == "list":
            how["multiple"] = True
        name = f"--{option.name}"
        command = click.option(name, option.ini, default=None, help=as_typed(option.help), **how)(
            command
        )
    return command


def configured(given: Mapping[str, Any], ini: IniFile, folder: Path) -> Settings:
    """Return the settings of a run; what was *given* on the command line in *folder* comes first.

    Raises:
        UsageError: naming the option that cannot be used.
    """
    theirs = {option.ini: ini.value(option) for option in TAKEN}
    return settings_of(
        option_values(given, folder, theirs, ini.path.parent if ini.path else ini.root)
    )


def project(folder: Path, files: Sequence[Path] = ()) -> IniFile:
    """Return the ini file of the project that *files*, or else *folder*, belong to.

    Raises:
        UsageError: if it cannot be read.
    """
    from mailcheck.inifile import find_ini_file

    return find_ini_file(folder, files)
