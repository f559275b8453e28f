"""Which file a sentence about a zone is judged by, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.name
import dns.rdatatype

from mailcheck.evidence import visible
from mailcheck.facts.change.proposed import ProposedCopyFact
from mailcheck.names import is_under, to_u_labels
from mailcheck.world.proposed.nameless import NamelessZone
from mailcheck.world.proposed.zone import ProposedZone
from mailcheck.zones.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailcheck.facts.change.changes import NamesInUseFact
    from mailcheck.world.proposed.authority import Authority


def copy_of(zone: str, zones: Mapping[str, Authority], used: NamesInUseFact) -> ProposedCopyFact:
    """Return the file of *zone* among *zones*; of one without a file, that which must be meant for it.

    That is the only proposal of a run whose sentences refer to nothing in the file's own zone, and
    ask about *zone* alone.
    """
    copy, nameless = zones.get(zone), zones.get(".")
    if isinstance(nameless, NamelessZone) and copy in (None, nameless):
        copy = nameless.named(zone)
    if copy is None or (isinstance(copy, ProposedZone) and copy.of):
        match [one for one in zones.values() if not (isinstance(one, ProposedZone) and one.of)]:
            case [ProposedZone() as file] if _is_unused(file, zone, used):
                return _read_as(zone, file)
    if isinstance(copy, ProposedZone):
        return ProposedCopyFact(copy.by, copy.faults, copy.of)
    return ProposedCopyFact(proposed=tuple(zones))


def _is_unused(file: ProposedZone, zone: str, used: NamesInUseFact) -> bool:
    """Whether a run that asks whether *zone* loads has no other use for *file*."""
    return used.zones == {zone} and not any(is_under(name, file.origin) for name in used.places)


def _read_as(zone: str, file: ProposedZone) -> ProposedCopyFact:
    """Return *file* as a server reads it that is told that it holds *zone*."""
    if file.read_as is None:
        return ProposedCopyFact(proposed=(file.origin,))
    read = file.read_as(zone)
    starts = file.records.get((dns.name.from_text(file.origin), dns.rdatatype.SOA), ())
    if starts and any(fault.tag == "no-soa" for fault in read.faults):
        own, wanted = (visible(to_u_labels(name)) for name in (file.origin, zone))
        what = f"this is the SOA record of the zone {own}, and the file has none of {wanted}"
        faults: tuple[Fault, ...] = (Fault("other-zone", what, starts[0].place, refuses=True),)
    else:
        faults = read.faults
    return ProposedCopyFact(file.by, faults, file.origin)
