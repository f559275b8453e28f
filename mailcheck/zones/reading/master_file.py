r"""Reading master files (RFC 1035 §5): every record with its place, and all that is wrong at once.

What named reads is read here in the same way, because a zone is proposed to servers: directives,
TTLs (RFC 2308 §4), inherited owners and escapes follow BIND 9.18, and the tests compare the two.
Names are octets, so a U-label stays what it is written as. Only the data of records are dnspython's.

What differs from BIND on purpose:

- $GENERATE makes 65,536 records of 8 MiB at most; included files nest 8 deep, and are 1,000 at
  most.
- Without an *origin* a file must say which zone it is: that of its first SOA.

And because dnspython reads the data of records:

- What it takes in another way than BIND is read in BIND's (``rdata_words.py``, ``rdata_own.py``,
  ``rdata_refused.py``), but not in the form of RFC 3597, of which BIND checks all types.
- Some types that BIND 9.18 does not know yet are read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import dns.name
import dns.rdatatype

from mailcheck.errors import Place, Problem
from mailcheck.zones import fault
from mailcheck.zones.reading import naming
from mailcheck.zones.reading.including import IncludeError
from mailcheck.zones.reading.reader import FoundSoa, Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailcheck.zones.placed import PlacedRecord
    from mailcheck.zones.reading.including import Include

__all__ = ["IncludeError", "MasterFile", "read_master_file"]

_NAMED = (
    "expected an absolute owner of its SOA (example.com. SOA ...), a line $ORIGIN example.com. "
    "before it, or a file name such as example.com.zone"
)


class Claim(NamedTuple):
    """Another zone that a file seems to be, by its name or a further SOA: where, and why it is not."""

    zone: dns.name.Name
    place: Place
    what: str


@dataclass(frozen=True, slots=True)
class MasterFile:
    """What a master file and those it includes say.

    ``records`` are in their order, wherever their names lie, with the TTL that is written, be it
    larger than one may be (RFC 2181 §8) or another than that of their RRset;
    ``files`` are shown names, that of the file first. If there are ``problems``, the records are
    those that could be read, and a server would load none of them. There are ``claims`` only
    where nobody told the origin: a server would not mind them.
    """

    origin: dns.name.Name
    records: tuple[PlacedRecord, ...]
    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    claims: tuple[Claim, ...] = ()


def read_master_file(
    text: str, shown_as: str, origin: dns.name.Name | None, include: Include
) -> MasterFile:
    """Read the zone *origin* from *text*; None: the zone whose SOA stands in it.

    *text* is UTF-8, what is none of it decoded with ``surrogateescape``. *include* gives the shown
    name and the text of a file, by its name as it is written and the shown name of the file in
    which it is written; it raises :class:`IncludeError` with the reason if that may not be.
    """
    whole, text = text, text.removeprefix("\ufeff")
    zone = origin or _zone_of(text, shown_as, include)
    reader = Reader(zone or dns.name.root, include)
    reader.read(text, shown_as)
    problems = list(reader.problems)
    if zone is None and problems and reader.records and (named := naming.certain(shown_as)):
        # The SOA may stand in what cannot be read. It is a zone all the same, and does not load.
        return read_master_file(whole, shown_as, named, include)
    if not reader.records:
        problems = [*_empty(text, shown_as, problems)]
    elif zone is None:
        problems.append(_unnamed(reader, shown_as))
    if whole != text and reader.records:
        what = "the file begins with a byte order mark, which servers take for a part of a name"
        problems.insert(0, Problem(Place(shown_as, 1), what, "save it as UTF-8 without BOM"))
    records = reader.records if zone is not None else []
    claims = (*_claims(records, zone, shown_as),) if zone is not None and origin is None else ()
    return MasterFile(
        zone or dns.name.root, (*records,), (*reader.files.shown,), (*problems,), claims
    )


def _zone_of(text: str, shown_as: str, include: Include) -> dns.name.Name | None:
    """Return the owner of the first SOA of *text*, if it is certain."""
    start, _ = naming.from_file_name(shown_as)
    try:
        Reader(start, include, seeking=True).read(text, shown_as)
    except FoundSoa as found:
        return found.owner
    return None


def _empty(text: str, shown_as: str, problems: list[Problem]) -> Iterator[Problem]:
    """Say why no record was found."""
    other = naming.other_format(text)
    if other is not None:
        what = f"this is no master file, it looks like {other}"
        yield Problem(Place(shown_as, 1), what, "expected lines such as NAME [TTL] [IN] TYPE DATA")
    elif problems:
        yield from problems
    else:
        what = "there is no record in it"
        yield Problem(Place(shown_as, 1), what, "expected lines such as NAME [TTL] [IN] TYPE DATA")


def _unnamed(reader: Reader, shown_as: str) -> Problem:
    """Say why it cannot be told which zone it is."""
    for record in reader.records:
        if record.rdata.rdtype == dns.rdatatype.SOA:
            return Problem(record.place, "nothing says which zone this is", _NAMED)
    expected = "expected a line such as @ SOA ns1 hostmaster 1 7200 3600 1209600 3600"
    return Problem(Place(shown_as, 1), "the zone has no SOA record", expected)


def _claims(records: Sequence[PlacedRecord], zone: dns.name.Name, shown_as: str) -> Iterator[Claim]:
    """Yield what speaks for another zone than *zone*, which the file alone says."""
    starts = [record for record in records if record.rdata.rdtype == dns.rdatatype.SOA]
    named = naming.contradicts(zone, shown_as)
    if named is not None and starts:
        what = f"the file is named after {fault.shown(named)}, and its SOA is that of"
        yield Claim(named, starts[0].place, f"{what} {fault.shown(zone)}")
    for name in dict.fromkeys(record.name for record in starts):
        if not name.is_subdomain(zone):
            place = next(record.place for record in starts if record.name == name)
            what = f"a second zone, {fault.shown(name)}, begins after {fault.shown(zone)}"
            yield Claim(name, place, f"{what}, and a file holds one zone")
