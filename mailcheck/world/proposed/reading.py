"""Reads what a run is told of a change: zone files, folders of them, patches, servers to move to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import dns.name

from mailcheck.errors import Problem, SourceError, UsageError
from mailcheck.evidence import visible
from mailcheck.facts.records import normal_name
from mailcheck.proposals import ProposedPatch, ProposedServers
from mailcheck.source.garbage import paused
from mailcheck.world.proposed.nameless import NamelessZone
from mailcheck.world.proposed.patch.reading import read_patch
from mailcheck.world.proposed.served import ServedZone
from mailcheck.world.proposed.single import one_of
from mailcheck.world.proposed.zone import ProposedZone
from mailcheck.world.which import shown_below
from mailcheck.zones.fault import Fault
from mailcheck.zones.loading.load import load
from mailcheck.zones.reading.including import IncludeError
from mailcheck.zones.reading.master_file import MasterFile, read_master_file
from mailcheck.zones.reading.naming import contradicts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from mailcheck.proposals import Proposal, ProposedFiles
    from mailcheck.world.proposed.authority import Authority
    from mailcheck.world.proposed.patch.patch import Patch
    from mailcheck.zones.reading.including import Include

MAX_OCTETS = 128 * 1024 * 1024
"""Octets of one file: the largest zones that people keep in files have some ten."""

_IN_A_FOLDER = (
    "expected a zone in every file of a folder that is proposed: move others, or name the zone files "
    "one by one"
)


@paused()
def read_proposals(proposals: Iterable[Proposal], root: Path) -> dict[str, Authority]:
    """Return who will say what the zones hold that *proposals* are about, by zone.

    Files are shown as seen from *root*. One file that does not say of which zone it is, if it is
    given as a zone's, is kept aside.

    Raises:
        UsageError: if there is no such file, or a zone is proposed twice but by patches.
        SourceError: if a file is no zone file or patch, does not say of which zone, or patches of
            one zone speak of the same.
    """
    read = _Read(root)
    for proposal in proposals:
        read.add(proposal)
    return read.by_zone()


class _Read:
    """What was read, and what is wrong with files: all of it is said at once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._zones: list[Authority] = []
        self._nameless: list[NamelessZone] = []
        self._unnamed: list[Problem] = []
        self._problems: list[Problem] = []

    def add(self, proposal: Proposal) -> None:
        """Read what *proposal* names."""
        match proposal:
            case ProposedServers():
                self._zones.append(ServedZone(str(proposal.zone), proposal.servers))
            case ProposedPatch():
                try:
                    self._zones.append(_patch(proposal, self._root))
                except SourceError as error:
                    self._problems += error.problems
            case _:
                self._add_files(proposal)

    def _add_files(self, proposal: ProposedFiles) -> None:
        for file in _files(proposal, self._root):
            if file.records:
                self._zones += _zones(file)
            elif aside := _nameless(proposal, self._root):
                self._nameless.append(replace(aside, faults=_faults(file)))
                self._unnamed += file.problems
            elif proposal.path.is_dir():
                self._problems += [replace(one, expected=_IN_A_FOLDER) for one in file.problems]
            else:
                self._problems += file.problems

    def by_zone(self) -> dict[str, Authority]:
        """Return the zones by their names.

        Raises:
            UsageError: if one is there twice.
            SourceError: if anything is wrong with a file.
        """
        if self._problems or len(self._nameless) > 1:
            raise SourceError((*self._problems, *self._unnamed))
        found: dict[str, list[Authority]] = {}
        for zone in (*self._zones, *self._nameless):
            found.setdefault(zone.origin, []).append(zone)
        return {origin: one_of(zones) for origin, zones in found.items()}


def _files(proposal: ProposedFiles, root: Path) -> list[MasterFile]:
    """Read the file, or all files of the folder but those that others include."""
    path = proposal.path
    if path.is_dir():
        paths = sorted(filter(_is_visible_in(path), path.rglob("*")))
        if not paths:
            raise UsageError(f"--mail-proposed: there is no file in {shown_below(path, root)}")
    elif path.is_file():
        paths = [path]
    else:
        raise UsageError(f"--mail-proposed: there is no file or folder {visible(str(path))}")
    below = (path if path.is_dir() else path.parent).resolve()
    for strange in (one for one in paths if path.is_dir() and not _lies_in(below, one)):
        raise UsageError(
            f"--mail-proposed: {shown_below(strange, root)} leads out of {shown_below(path, root)}; "
            "a change may not have files of this machine shown"
        )
    include = _including(below, root)
    files = [read_master_file(_text(one), shown_below(one, root), None, include) for one in paths]
    included = {name for file in files for name in file.files[1:]}
    return [file for file in files if file.files[0] not in included]


def _lies_in(folder: Path, path: Path) -> bool:
    """Whether *path* lies in *folder*, whatever links it goes through."""
    return path.resolve().is_relative_to(folder)


def _nameless(proposal: ProposedFiles, root: Path) -> NamelessZone | None:
    """Return the file of *proposal* as a zone of which a sentence says the name."""
    path = proposal.path
    if proposal.kind != "zone" or path.is_dir():
        return None
    text, shown = _text(path), shown_below(path, root)
    include = _including(path.parent.resolve(), root)

    def named(zone: str) -> ProposedZone:
        return _zone(read_master_file(text, shown, dns.name.from_text(zone), include))

    return NamelessZone(shown, named)


def _patch(proposal: ProposedPatch, root: Path) -> Patch:
    """Read a patch.

    Raises:
        SourceError: if it is none.
    """
    path = proposal.path
    if not path.is_file():
        raise UsageError(f"--mail-proposed: there is no file {visible(str(path))}")
    include = _including(path.parent.resolve(), root)
    zone = str(proposal.zone) if proposal.zone else ""
    return read_patch(_text(path), shown_below(path, root), zone, include)


def _is_visible_in(folder: Path) -> Callable[[Path], bool]:
    def is_visible(path: Path) -> bool:
        return path.is_file() and not any(
            part.startswith(".") for part in path.relative_to(folder).parts
        )

    return is_visible


def _including(below: Path, root: Path) -> Include:
    """Return a reader of included files, which must lie below the folder *below*.

    A path is looked for beside the file that names it, then from the folder: servers take it as
    seen from their own directory, which is mostly the one that all zones lie in.
    """

    def include(name: str, by: str) -> tuple[str, str]:
        for start in ((root / by).parent, below):
            path = (start / name).resolve()
            if path.is_file():
                if not _lies_in(below, path):
                    raise IncludeError(f"{visible(name)} does not lie below {visible(str(below))}")
                return shown_below(path, root.resolve()), _text(path)
        raise IncludeError(f"there is no file {visible(name)}")

    return include


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_OCTETS:
            raise UsageError(f"{visible(str(path))} is larger than {MAX_OCTETS} octets")
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except OSError as error:
        raise UsageError(f"{visible(str(path))} cannot be read: {error.strerror}") from error


def _zones(file: MasterFile) -> tuple[ProposedZone, ...]:
    """Return the zone that *file* says it is, and the one it is named after if that is another.

    No server would load it as that one, so what is asked about it must not be asked of today's.
    """
    zone, named = _zone(file), contradicts(file.origin, file.files[0])
    return (zone,) if named is None else (zone, replace(zone, origin=normal_name(named)))


def _faults(file: MasterFile) -> tuple[Fault, ...]:
    """Return what cannot be read in *file* as faults of its zone."""
    return tuple(
        Fault("syntax", f"{p.what}; {p.expected}" if p.expected else p.what, p.place, refuses=True)
        for p in file.problems
    )


def _zone(file: MasterFile) -> ProposedZone:
    """Return the zone that *file* is, however wrong it may be."""
    origin, shown = normal_name(file.origin), file.files[0]
    if file.problems:
        return ProposedZone(origin, shown, None, faults=_faults(file))
    loaded = load(file.origin, file.records)
    return ProposedZone(origin, shown, loaded.zone, loaded.records, loaded.faults)
