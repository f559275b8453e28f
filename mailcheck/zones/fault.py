"""One thing that is wrong with a zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.errors import Place
from mailcheck.evidence import Evidence, visible
from mailcheck.names import MAX_NAME, to_u_labels

if TYPE_CHECKING:
    import dns.name
    import dns.rdatatype


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where.

    ``tag`` is stable and in kebab-case; ``text`` is one clause for people. A zone with a fault
    that ``refuses`` is not loaded; all others are advice. What concerns the zone as a whole has no
    place.
    """

    tag: str
    text: str
    place: Place | None
    refuses: bool

    def where(self, file: str) -> str:
        """Return file and line for people; *file* is that of the zone."""
        return self.place.line_of if self.place else file

    def evidence(self, file: str) -> Evidence:
        """Return the line of a report that shows it; *file* is that of the zone.

        What has no place is read at the top of the file.
        """
        return Evidence(self.where(file), self.text, place=self.place or Place(file, 1))


def shown(name: dns.name.Name) -> str:
    """Return *name* for people: without the final dot, U-labels where they decode."""
    return visible(to_u_labels(name.to_text(omit_final_dot=True)), 4 * MAX_NAME)


def many(count: int, rdtype: dns.rdatatype.RdataType) -> str:
    """Return ``an A record``, ``2 MX records``."""
    kind = rdtype.name
    if count > 1:
        return f"{count} {kind} records"
    return f"{'an' if kind[0] in 'AEFHILMNORSX' else 'a'} {kind} record"
