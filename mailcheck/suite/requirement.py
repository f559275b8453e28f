"""What a suite comes to: requirements, in blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from mailcheck.check import Check
    from mailcheck.errors import Place
    from mailcheck.suite.own_lists import Lists
    from mailcheck.verdict import Policy


class Requirement(NamedTuple):
    """One sentence about one combination of subjects.

    ``params`` is an instance of the check's parameter dataclass. ``sentence`` is what was written,
    ``title`` what it says with every subject in its place: unique in its file, the same in every
    run, and fit for a pytest node id. ``block`` is the title of the block it stands in,
    ``lists`` the blocklists that block describes, for a check that asks some.
    """

    check_id: str
    check: Check[Any]
    params: Any
    policy: Policy
    place: Place
    title: str
    sentence: str
    tags: tuple[str, ...] = ()
    note: str = ""
    block: str = ""
    lists: Lists = ()

    @property
    def subject(self) -> str:
        """What it is about: the first of its parameters that ``for`` could have filled."""
        named = (name for name, slot in self.check.slots.items() if slot.subjects)
        values = (getattr(self.params, name) for name in named)
        return next((str(value) for value in values if value), "")


@dataclass(frozen=True, slots=True)
class Block:
    """One YAML document of a suite."""

    title: str
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class Suite:
    """A suite file that could be read; ``shown_as`` is how messages call it."""

    path: Path
    shown_as: str
    blocks: tuple[Block, ...]

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """The requirements of all blocks, in the order of the file."""
        return tuple(r for block in self.blocks for r in block.requirements)
