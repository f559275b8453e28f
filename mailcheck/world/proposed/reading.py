"""Reads what a run is told of a change: zone files, folders of them, patches, plans, servers."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from mailcheck.errors import Problem, SourceError, UsageError
from mailcheck.proposals import ProposedFiles, ProposedPatch, ProposedPlan, ProposedServers
from mailcheck.source.garbage import paused
from mailcheck.world.proposed.files import files_of, including, shown, text_of
from mailcheck.world.proposed.patch.reading import read_patch
from mailcheck.world.proposed.planned import patches_of
from mailcheck.world.proposed.plans import read_plan, tool_of
from mailcheck.world.proposed.served import ServedZone
from mailcheck.world.proposed.single import one_of
from mailcheck.world.proposed.unserved import UnservedZone
from mailcheck.world.proposed.zone import ProposedZone
from mailcheck.world.proposed.zone_files import (
    by_itself,
    faults_of,
    files_in,
    nameless,
    stray,
    zone_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from mailcheck.proposals import Proposal
    from mailcheck.world.proposed.authority import Authority
    from mailcheck.world.proposed.nameless import NamelessZone
    from mailcheck.world.proposed.patch.patch import Patch
    from mailcheck.zone_name import ZoneName

MAY_BE_EMPTY = "--mail-proposed-may-be-empty"


_FORMS_OF_PLANS = ("JSON", "YAML", "a binary file")
_NAMED_BY_TOOL = (
    "if it is one, name its tool, such as terraform:FILE, and what is wrong with it will be said"
)


class Change(NamedTuple):
    """Who will say what the ``zones`` hold that are proposed, by their names.

    ``notes`` say what else is in the files that concerns DNS, and is not judged.
    """

    zones: dict[str, Authority]
    notes: tuple[str, ...] = ()


@paused()
def read_proposals(
    proposals: Iterable[Proposal],
    root: Path,
    zones_of: Mapping[str, ZoneName] = MappingProxyType({}),
    *,
    may_be_empty: bool = False,
) -> Change:
    """Return the change that *proposals* are.

    Files are shown as seen from *root*. One file that does not say of which zone it is, if it is
    given as a zone's, is kept aside. *zones_of* are the zones of resources of plans that do not say
    theirs. A plan without a change to DNS is a mistake unless it *may_be_empty*.

    Raises:
        UsageError: if there is no such file, or a zone is proposed twice but by patches.
        SourceError: if a file is no zone file, patch or plan, does not say of which zone, or
            patches of one zone speak of the same.
    """
    read = _Read(root, zones_of, may_be_empty=may_be_empty)
    for proposal in proposals:
        read.add(proposal)
    return Change(read.by_zone(), tuple(read.notes))


class _Read:
    """What was read, and what is wrong with files: all of it is said at once."""

    def __init__(self, root: Path, zones_of: Mapping[str, ZoneName], *, may_be_empty: bool) -> None:
        self.notes: list[str] = []
        self._root = root
        self._zones_of = zones_of
        self._may_be_empty = may_be_empty
        self._zones: list[Authority] = []
        self._nameless: list[NamelessZone] = []
        self._unnamed: list[Problem] = []
        self._problems: list[Problem] = []

    def add(self, proposal: Proposal) -> None:
        """Read what *proposal* names."""
        try:
            self._add(proposal)
        except SourceError as error:
            self._problems += error.problems

    def _add(self, proposal: Proposal) -> None:
        match proposal:
            case ProposedServers():
                self._zones.append(ServedZone(str(proposal.zone), proposal.servers))
            case ProposedPatch():
                self._zones.append(_patch(proposal, self._root))
            case ProposedPlan():
                self._add_plan(proposal.path, proposal.tool, proposal.zone)
            case ProposedFiles(path, kind) if not kind and (tool := tool_of(path, self._root)):
                self._add_plan(path, tool, None)
            case _:
                self._add_files(proposal)

    def _add_plan(self, path: Path, tool: str, zone: ZoneName | None) -> None:
        plan = read_plan(path, tool, self._root, zone, self._zones_of)
        patches = patches_of(plan)
        self.notes += [f"{plan.by}: {note}" for note in plan.notes]
        self._zones += patches
        self._zones += [
            UnservedZone(one.zone, plan.by, one.why, one.place) for one in plan.unserved
        ]
        if not (patches or plan.unserved) and not self._may_be_empty:
            noted = f" that could be judged ({'; '.join(plan.notes)})" if plan.notes else ""
            what = f"there is no change to DNS in {plan.by}{noted}; if that may be, {MAY_BE_EMPTY}"
            raise UsageError(f"--mail-proposed: {what}")

    def _add_files(self, proposal: ProposedFiles) -> None:
        for file in files_in(proposal, self._root):
            if file.records or proposal.zone is not None:
                self._zones.append(replace(zone_of(file), read_as=by_itself(proposal, self._root)))
            elif aside := nameless(proposal, self._root):
                self._nameless.append(replace(aside, faults=faults_of(file)))
                self._unnamed += file.problems
            elif proposal.path.is_dir():
                self._problems += stray(file)
            elif not proposal.kind:
                self._problems += _nor_plan(file.problems)
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
        proposed = {origin: one_of(zones) for origin, zones in found.items()}
        for zone in self._zones:
            for other in zone.not_loaded if isinstance(zone, ProposedZone) else ():
                proposed.setdefault(other.origin, other)
        return proposed


def _nor_plan(problems: Iterable[Problem]) -> list[Problem]:
    """Say of a file in the form of a plan, which no tool's is recognised in, how to ask for more."""
    forms = tuple(f"this is no master file, it looks like {form}" for form in _FORMS_OF_PLANS)
    return [
        replace(one, what=f"{one.what}, and no plan that is known", expected=_NAMED_BY_TOOL)
        if one.what.startswith(forms)
        else one
        for one in problems
    ]


def _patch(proposal: ProposedPatch, root: Path) -> Patch:
    """Read a patch.

    Raises:
        SourceError: if it is none.
    """
    path = proposal.path
    if path.is_dir():
        raise UsageError(f"--mail-proposed: there is no file {shown(path, root)}, it is a folder")
    [path] = files_of(path, root)
    include = including(path.parent.resolve(), root)
    zone = str(proposal.zone) if proposal.zone else ""
    return read_patch(text_of(path), shown(path, root), zone, include)
