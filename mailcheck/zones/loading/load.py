"""The rules by which a server loads a zone.

The verdict is that of BIND's ``named-checkzone`` (9.18) with its defaults, as far as it looks
into the zone: what it would ask the DNS about names outside is not decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import dns.name

from mailcheck.zones.fault import Fault
from mailcheck.zones.loading.apex import apex_faults
from mailcheck.zones.loading.hosts import host_faults
from mailcheck.zones.loading.records import read_in
from mailcheck.zones.loading.sizes import size_faults
from mailcheck.zones.loading.slips import slips
from mailcheck.zones.loading.targets import target_faults
from mailcheck.zones.loading.tree import LazyNode, Records
from mailcheck.zones.zone import Zone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.zones.loading.tree import Tree
    from mailcheck.zones.placed import PlacedRecord

__all__ = ["Fault", "Loaded", "load"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a zone: None if it was refused. ``faults`` are in order of place."""

    zone: Zone | None
    faults: tuple[Fault, ...]
    records: Records


def load(origin: dns.name.Name, records: Iterable[PlacedRecord]) -> Loaded:
    """Load the zone *origin* of *records*, in the order in which they are written."""
    tree, faults, files = read_in(origin, records)
    rules = (apex_faults, size_faults, target_faults, host_faults, slips)
    faults += chain.from_iterable(rule(tree) for rule in rules)

    def position(fault: Fault) -> tuple[int, int]:
        place = fault.place
        return (-1, 0) if place is None else (files[place.file], place.line)

    faults.sort(key=position)
    refused = any(fault.refuses for fault in faults)
    return Loaded(None if refused else _zone(tree), tuple(faults), Records(tree))


def _zone(tree: Tree) -> Zone:
    nodes = {next(iter(node.values())).name: LazyNode(node) for node in tree.nodes.values()}
    empty = (dns.name.Name(key) for key in tree.names - tree.nodes.keys())
    return Zone(tree.name, nodes, frozenset(nodes).union(empty))
