"""Reading a zone of a lab: a master file that named would load, smaller and simpler than it may be.

What named refuses to load is refused here too, so that no lab shows what no server could serve.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.name
import dns.rdatatype

from mailcheck.errors import Place
from mailcheck.evidence import visible
from mailcheck.zones.fault import shown
from mailcheck.zones.loading.load import load
from mailcheck.zones.reading.master_file import IncludeError, read_master_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.source.problems import Problems
    from mailcheck.zones.placed import PlacedRecord
    from mailcheck.zones.reading.including import Include
    from mailcheck.zones.zone import Zone

MAX_RECORDS = 20_000

_NOT_SERVED = (dns.rdatatype.DNAME,)
"""Types whose meaning the lab's servers do not implement."""

_EXPECTED = {
    "cname-and-other-data": "an alias stands alone (RFC 1034 §3.6.2)",
    "several-cnames": "a name has one at most",
    "no-soa": "expected a line such as @ SOA ns1 hostmaster 1 7200 3600 1209600 3600",
    "no-ns": "expected a line such as @ NS ns1",
    "ns-without-address": "expected a line such as ns1 A ADDRESS, or a name outside of the zone",
}
"""What to write instead, by the tag of a fault."""


def _nothing(name: str, by: str) -> tuple[str, str]:
    """Include nothing, where a zone stands in no file."""
    del by
    raise IncludeError(f"there is no file {visible(name)}")


def read_zone(
    text: str,
    origin: dns.name.Name,
    start: Place,
    problems: Problems,
    include: Include = _nothing,
) -> Zone | None:
    """Read the zone *origin* from *text*, whose first line stands at *start*.

    *include* is as for :func:`mailcheck.zones.reading.master_file.read_master_file`. Returns None,
    having added why to *problems*, if no server would load the zone.
    """
    before = len(problems.found)

    def add(place: Place | None, what: str, expected: str) -> None:
        place = place or Place(start.file, 1)
        line = start.line + place.line - 1 if place.file == start.file else place.line
        problems.add(Place(place.file, line), what, expected)

    file = read_master_file(text, start.file, origin, include)
    for problem in file.problems:
        add(problem.place, problem.what, problem.expected)
    if len(problems.found) > before:
        return None
    if len(file.records) > MAX_RECORDS:
        add(None, f"the zone has more than {MAX_RECORDS} records", "a lab's zones are small")
        return None
    for record in file.records:
        for what, expected in _unfit(record, origin):
            add(record.place, what, expected)
    loaded = load(origin, file.records)
    for fault in loaded.faults:
        if fault.refuses:
            add(fault.place, fault.text, _EXPECTED.get(fault.tag, "no server loads such a zone"))
    return loaded.zone if len(problems.found) == before else None


def _unfit(record: PlacedRecord, origin: dns.name.Name) -> Iterator[tuple[str, str]]:
    """Yield what a server would take, but nobody can mean in a lab, and what to do."""
    what = f"{shown(record.name)} {dns.rdatatype.to_text(record.rdata.rdtype)}"
    if not record.name.is_subdomain(origin):
        yield f"{what} lies outside of the zone {shown(origin)}", "is a trailing dot wrong?"
    elif record.rdata.rdtype in _NOT_SERVED:
        yield f"{what} is not served by the lab", "write the names below it one by one"
