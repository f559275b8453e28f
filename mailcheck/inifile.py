"""The ini file a project configures pytest with, read by the command as pytest reads it.

Which file that is follows pytest's rules (``determine_setup`` of pytest 9): from the folder that
the arguments have in common upwards, the first folder with a file that configures pytest; in one
folder, the first of :data:`FILES`. pytest itself is not imported, which would double the time the
command takes to start; its parser of ini files is used, so that comments and continued lines mean
the same.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import iniconfig

from mailcheck.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from mailcheck.options import Option

_TRUE = ("y", "yes", "t", "true", "on", "1")
_FALSE = ("n", "no", "f", "false", "off", "0")


@dataclass(frozen=True, slots=True)
class Section:
    """The keys that configure pytest in one file.

    ``native`` says that they have the types of TOML; otherwise they are texts, or lists of texts.
    """

    keys: Mapping[str, Any]
    native: bool = False


_EMPTY = Section({})


@dataclass(frozen=True, slots=True)
class IniFile:
    """What was found: ``root`` is pytest's rootdir, ``path`` is None where no file configures it."""

    root: Path
    path: Path | None = None
    section: Section = field(default=_EMPTY)

    def value(self, option: Option) -> Any:
        """Return what the file says about *option*, in the type of its kind; None if nothing.

        Raises:
            UsageError: naming the file, the key and what it takes.
        """
        if option.ini not in self.section.keys:
            return None
        given = self.section.keys[option.ini]
        converted = _converted(given, option.kind, native=self.section.native)
        if converted is None:
            takes = {"flag": "true or false", "list": "a list of texts"}.get(option.kind, "a text")
            raise UsageError(f"{self.path}: {option.ini} is {given!r}; it takes {takes}")
        return converted


def find_ini_file(folder: Path, arguments: Sequence[Path] = ()) -> IniFile:
    """Find the file that ``pytest ARGUMENTS``, started in *folder*, would be configured by.

    *folder* and *arguments* (files and folders that are to be checked) are absolute.

    Raises:
        UsageError: if a file on the way cannot be read.
    """
    folders = [path if path.is_dir() else path.parent for path in arguments if path.exists()]
    ancestor = Path(os.path.commonpath(folders)) if folders else folder
    if found := _located([ancestor]):
        return found
    for place in (ancestor, *ancestor.parents):
        if (place / "setup.py").is_file():
            return IniFile(place)
    if folders != [ancestor] and (found := _located(folders or [folder])):
        return found
    root = Path(os.path.commonpath([folder, ancestor]))
    return IniFile(ancestor if root == Path(root.anchor) else root)


def _located(starts: Iterable[Path]) -> IniFile | None:
    project: Path | None = None
    for start in starts:
        for place in (start, *start.parents):
            for name, section_of in FILES.items():
                path = place / name
                if not path.is_file():
                    continue
                if name == "pyproject.toml":
                    project = project or path
                if (section := section_of(path)) is not None:
                    return IniFile(place, path, section)
    return IniFile(project.parent, project) if project else None


def _own_toml(path: Path) -> Section | None:
    document = _toml(path)
    loose = [key for key, value in document.items() if not isinstance(value, dict)]
    if loose and "pytest" not in document:
        raise UsageError(f"{path}: {', '.join(loose)} outside of a table; it takes [pytest]")
    return Section(document.get("pytest", {}), native=True)


def _own_ini(path: Path) -> Section | None:
    # pytest's own file counts even when it says nothing.
    return Section(_ini(path).get("pytest", {}))


def _pyproject(path: Path) -> Section | None:
    tool = _toml(path).get("tool", {})
    table = tool.get("pytest", {}) if isinstance(tool, dict) else {}
    if not isinstance(table, dict):
        raise UsageError(f"{path}: tool.pytest is {table!r}; it takes a table")
    native = {key: value for key, value in table.items() if key != "ini_options"}
    texts = table.get("ini_options")
    if native and texts:
        raise UsageError(f"{path}: has both [tool.pytest] and [tool.pytest.ini_options]")
    if native:
        return Section(native, native=True)
    if texts is None:
        return None
    return Section({k: v if isinstance(v, list) else str(v) for k, v in texts.items()})


def _tox(path: Path) -> Section | None:
    keys = _ini(path).get("pytest")
    return None if keys is None else Section(keys)


def _setup_cfg(path: Path) -> Section | None:
    sections = _ini(path)
    if "tool:pytest" in sections:
        return Section(sections["tool:pytest"])
    if "pytest" in sections:
        raise UsageError(f"{path}: has a section [pytest]; in this file it is [tool:pytest]")
    return None


FILES: dict[str, Callable[[Path], Section | None]] = {
    "pytest.toml": _own_toml,
    ".pytest.toml": _own_toml,
    "pytest.ini": _own_ini,
    ".pytest.ini": _own_ini,
    "pyproject.toml": _pyproject,
    "tox.ini": _tox,
    "setup.cfg": _setup_cfg,
}
"""The files that may configure pytest, the one that wins first, and how each is read."""


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: {error}") from None


def _ini(path: Path) -> Mapping[str, Mapping[str, str]]:
    try:
        return iniconfig.IniConfig(path).sections
    except iniconfig.ParseError as error:
        raise UsageError(str(error)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}") from None


def _converted(given: Any, kind: str, *, native: bool) -> Any:
    """Return *given* in the type of *kind*, None if it does not fit."""
    if kind == "flag":
        return _flag(given, native=native)
    if kind != "list":
        return given if isinstance(given, str) else None
    if isinstance(given, str) and not native:
        return [line.strip() for line in given.split("\n") if line.strip()]
    fits = isinstance(given, list) and all(isinstance(item, str) for item in given)
    return given if fits else None


def _flag(given: Any, *, native: bool) -> bool | None:
    if native:
        return given if isinstance(given, bool) else None
    word = str(given).strip().lower()
    return word in _TRUE if word in (*_TRUE, *_FALSE) else None
