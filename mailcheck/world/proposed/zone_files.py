"""Master files that are proposed, as the zones that they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import dns.name

from mailcheck.errors import Problem, UsageError
from mailcheck.facts.records import normal_name
from mailcheck.world.proposed.files import files_of, including, shown, text_of
from mailcheck.world.proposed.nameless import NamelessZone
from mailcheck.world.proposed.zone import ProposedZone
from mailcheck.zones.fault import Fault
from mailcheck.zones.loading.load import load
from mailcheck.zones.reading import naming
from mailcheck.zones.reading.master_file import MasterFile, read_master_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mailcheck.proposals import ProposedFiles

_IN_A_FOLDER = (
    "expected a zone in every file of a folder that is proposed: move others, or name the zone files "
    "one by one"
)


def files_in(proposal: ProposedFiles, root: Path) -> list[MasterFile]:
    """Read the file, or all files of the folder but those that others include."""
    path = proposal.path
    if path.is_dir() and proposal.zone is not None:
        raise UsageError(
            f"--mail-proposed: {shown(path, root)} is a folder, and {proposal.zone} one zone"
        )
    paths = files_of(path, root)
    include = including((path if path.is_dir() else path.parent).resolve(), root)
    zone = dns.name.from_text(proposal.zone) if proposal.zone else None
    files = [read_master_file(text_of(one), shown(one, root), zone, include) for one in paths]
    included = {name for file in files for name in file.files[1:]}
    return [file for file in files if file.files[0] not in included]


def stray(file: MasterFile) -> list[Problem]:
    """Say of a file that is no zone why not: once, unless its name says that it should be one."""
    first, *_ = file.problems
    if naming.certain(file.files[0]):
        return [replace(one, expected=_IN_A_FOLDER) for one in file.problems]
    why = first.what.removeprefix("this is no master file, ")
    return [replace(first, what=f"this is no zone file: {why}", expected=_IN_A_FOLDER)]


def nameless(proposal: ProposedFiles, root: Path) -> NamelessZone | None:
    """Return the file of *proposal* as a zone of which a sentence says the name."""
    named = by_itself(proposal, root)
    if proposal.kind != "zone" or named is None:
        return None
    return NamelessZone(shown(proposal.path, root), named)


def by_itself(proposal: ProposedFiles, root: Path) -> Callable[[str], ProposedZone] | None:
    """Return how the file of *proposal* reads as that of a zone, if nobody was told which it is."""
    path = proposal.path
    if proposal.zone is not None or path.is_dir():
        return None
    by, include = shown(path, root), including(path.parent.resolve(), root)

    def read_as(zone: str) -> ProposedZone:
        return zone_of(read_master_file(text_of(path), by, dns.name.from_text(zone), include))

    return read_as


def faults_of(file: MasterFile) -> tuple[Fault, ...]:
    """Return what cannot be read in *file* as faults of its zone."""
    return tuple(
        Fault("syntax", f"{p.what}; {p.expected}" if p.expected else p.what, p.place, refuses=True)
        for p in file.problems
    )


def zone_of(file: MasterFile) -> ProposedZone:
    """Return the zone that *file* is, however wrong it may be."""
    origin, by = normal_name(file.origin), file.files[0]
    if file.problems:
        return ProposedZone(origin, by, None, faults=faults_of(file))
    loaded = load(file.origin, file.records)
    claims = {
        normal_name(one.zone): Fault("other-zone", one.what, one.place, refuses=True)
        for one in file.claims
    }
    faults = (*(replace(one, refuses=False) for one in claims.values()), *loaded.faults)
    return ProposedZone(origin, by, loaded.zone, loaded.records, faults, claims)
