"""Records, and where they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mailcheck.errors import Place

if TYPE_CHECKING:
    import dns.name
    import dns.rdata


class PlacedRecord(NamedTuple):
    """One record of a zone, its name absolute, and the line of the file on which it begins.

    ``of`` is the resource of a plan that stands there.
    """

    name: dns.name.Name
    ttl: int
    rdata: dns.rdata.Rdata
    file: str
    line: int
    of: str = ""

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(self.file, self.line, of=self.of)
