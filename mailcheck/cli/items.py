"""What ``mailcheck check`` is given: sentences, suites, folders of suites, standard input."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import click

from mailcheck.cli.lines import TooLong
from mailcheck.errors import Place, Problem, SourceError
from mailcheck.evidence import visible
from mailcheck.suite.load import ItemReader, load_suite
from mailcheck.suite.sniff import NearMiss, sniff_file
from mailcheck.suite.subject_files import Folder
from mailcheck.world.lists import known_lists

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.catalogue import Catalogue
    from mailcheck.cli.lines import Line
    from mailcheck.settings import Settings
    from mailcheck.suite.requirement import Requirement

STDIN = "-"

SUFFIXES = (".yml", ".yaml")

NOT_ENTERED = (".*", "*.egg", "_darcs", "build", "CVS", "dist", "node_modules", "venv", "{arch}")
"""Folders in which suites are not looked for: the ones pytest leaves out by default."""


LOCK = ".#"
"""How Emacs begins the name of a link to nowhere beside a file that is being edited."""


@dataclass(frozen=True, slots=True)
class ToJudge:
    """A requirement, and the folder at or above which its lab lies."""

    requirement: Requirement
    folder: Path


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A suite or a sentence that cannot be read; ``text`` is the sentence, or the file's name."""

    shown_as: str
    text: str
    error: SourceError


Item: TypeAlias = ToJudge | Unreadable


def is_file(argument: str) -> bool:
    """Whether *argument* names a file or folder; the rest are sentences."""
    if argument == STDIN:
        return False
    if argument.endswith(SUFFIXES):
        return True
    return os.path.exists(argument)  # noqa: PTH110  no file name is too long for it


def absolute(argument: str) -> Path:
    """Return the path of *argument* from the root, its symbolic links left as they are."""
    return Path(os.path.abspath(argument))  # noqa: PTH100  pytest follows no links either


class Reader:
    """Reads arguments with the checks of *catalogue*; sentences belong to *folder*.

    The files that sentences name lie there too. What suites may name and describe is as *settings*
    say.
    """

    def __init__(self, catalogue: Catalogue, settings: Settings, folder: Path) -> None:
        self._catalogue = catalogue
        self._secrets = settings.secrets
        self._known_lists = cache(partial(known_lists, settings))
        self._folder = folder
        self._items = ItemReader(catalogue, settings.secrets)
        self._files = Folder(folder, "")

    def file(self, argument: str) -> Iterator[Item]:
        """Read a suite, or all suites below a folder."""
        if not Path(argument).is_dir():
            yield from self._suite(argument)
            return
        found = False
        for item in suites_below(Path(argument)):
            found = True
            if isinstance(item, Unreadable):
                yield item
            else:
                yield from self._suite(str(item))
        if not found:
            what = "no suite lies in this folder or below it"
            yield unreadable(argument, what, "a suite is a .yml file that begins with mailcheck: 1")

    def sentence(self, text: str, shown_as: str) -> Iterator[Item]:
        """Read *text* as an item of ``checks``."""
        try:
            for requirement in self._items.read(text, shown_as, self._files):
                yield ToJudge(requirement, self._folder)
        except SourceError as error:
            yield Unreadable(shown_as, text, error)

    def line(self, line: Line) -> Iterator[Item]:
        """Read a line of standard input; blank lines and comments are nothing."""
        start = Place("<stdin>", line.number)
        try:
            text = line.text()
        except (TooLong, UnicodeDecodeError) as error:
            problem = Problem(start, f"this line cannot be read: {error}", "expected one sentence")
            yield Unreadable(str(start), "", SourceError([problem]))
            return
        if not text or text.startswith("#"):
            return
        for item in self.sentence(text, start.file):
            yield _moved(item, line.number)

    def _suite(self, argument: str) -> Iterator[Item]:
        path, shown_as = absolute(argument), Path(argument).as_posix()
        try:
            suite = load_suite(path, shown_as, self._catalogue, self._secrets, self._known_lists)
        except SourceError as error:
            name = visible(shown_as, len(shown_as))
            yield Unreadable(name, name, error)
            return
        for requirement in suite.requirements:
            yield ToJudge(requirement, path.parent)


def unreadable(name: str, what: str, expected: str) -> Unreadable:
    """Return the item that says of the file or folder *name* that it cannot be read, and why."""
    shown = visible(name, len(name))
    return Unreadable(shown, shown, SourceError([Problem(Place(shown, 1), what, expected)]))


def suites_below(folder: Path) -> Iterator[Path | Unreadable]:
    """Yield the suites below *folder*, in order, and what may be one and cannot be read.

    What nearly is a suite is named on standard error.
    """
    failed: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=failed.append):
        yield from _not_entered(failed)
        folders[:] = sorted(f for f in folders if not any(fnmatch(f, p) for p in NOT_ENTERED))
        for name in sorted(name for name in names if name.endswith(SUFFIXES)):
            if name.startswith(LOCK):
                continue
            path = Path(place, name)
            try:
                kind = _kind(path)
            except OSError as error:
                what = f"the file cannot be read: {error.strerror}"
                yield unreadable(str(path), what, "it may be a suite")
                continue
            if kind == "suite":
                yield path
            elif isinstance(kind, NearMiss):
                note = f"mailcheck: not a suite, though it looks like one: {path}: {kind.why}"
                click.echo(visible(note, len(note)), err=True)
    yield from _not_entered(failed)


def _not_entered(failed: list[OSError]) -> Iterator[Unreadable]:
    while failed:
        error = failed.pop(0)
        what = f"the folder cannot be read: {error.strerror}"
        yield unreadable(str(Path(error.filename)), what, "suites may lie in it")


def _kind(path: Path) -> Literal["suite"] | NearMiss | None:
    """Return what *path* is; a pipe or a device is no suite, and opening one may wait for ever.

    Raises:
        OSError: if it cannot be read.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        return None
    with path.open("rb") as file:
        return sniff_file(file)


def _moved(item: Item, number: int) -> Item:
    """Give *item*, read from one line, the number of that line."""
    if isinstance(item, ToJudge):
        place = item.requirement.place._replace(line=number)
        return replace(item, requirement=item.requirement._replace(place=place))
    problems = [
        replace(problem, place=problem.place._replace(line=number))
        for problem in item.error.problems
    ]
    return Unreadable(f"{item.shown_as}:{number}", item.text, SourceError(problems))
