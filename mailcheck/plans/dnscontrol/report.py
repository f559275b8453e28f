"""What ``dnscontrol preview --report FILE`` writes: the changes of single records, as texts.

Records that stay are not in it. So of an RRset of which one record changes nobody knows what else
is in it then, unless it is a CNAME. https://docs.dnscontrol.org/developer-info/json-reports
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from mailcheck.errors import Place, Problem, SourceError
from mailcheck.evidence import visible
from mailcheck.names import is_under
from mailcheck.plans.dnscontrol.record import NO_DNS, is_official
from mailcheck.plans.fields import Fields
from mailcheck.plans.gathering import ADDRESSES
from mailcheck.plans.json_lines import EACH, lines_of
from mailcheck.plans.names import full_name
from mailcheck.plans.plan import Plan, PlannedRemoval, PlannedRRset
from mailcheck.plans.rdata import data_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.plans.document import Document
    from mailcheck.plans.plan import Given

_CHANGE = re.compile(
    r"(?:[+±-] )?(?P<verb>CREATE|MODIFY-TTL|MODIFY|CHANGE|DELETE) (?P<name>\S+) (?P<type>[A-Z0-9_]+) "
    r"(?P<rest>.*)",
    re.DOTALL,
)
_NEW = re.compile(r"\) -> \((?P<data>.*)\)", re.DOTALL)
_TTL = re.compile(r"ttl=(?:\(\d+->)?(\d{1,9})")

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")

INSTEAD = (
    'expected what "dnscontrol print-ir" prints, which has every record that a push would publish'
)

_REST = "the report of a preview lists no records that stay, dnscontrol print-ir has them all"


class _Change(NamedTuple):
    verb: str
    name: str
    rdtype: str
    rest: str
    place: Place


@dataclass(slots=True)
class _Set:
    """What the changes of one name and type say; ``value`` is that of a CNAME."""

    zone: str
    place: Place
    value: str = ""
    ttl: int = 0
    is_known: bool = True


@dataclass(slots=True)
class _Read:
    sets: dict[tuple[str, str], _Set] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_report(document: Document, entries: list[Any], given: Given) -> Plan:
    """Read it.

    Raises:
        SourceError: if it has numbers of changes only, or texts that are none.
    """
    lines = lines_of(document.text, EACH)
    read = _Read()
    for index, entry in enumerate(entries):
        place = Place(document.shown, lines.get((index,), 1))
        try:
            _entry(Fields.of(entry), place, given, read)
        except ValueError as error:
            read.problems.append(Problem(place, str(error), INSTEAD))
    if read.problems:
        raise SourceError(read.problems)
    rrsets, removals = [], []
    for (name, rdtype), one in read.sets.items():
        if rdtype != "CNAME" or not one.is_known:
            rrsets.append(PlannedRRset(one.zone, name, rdtype, 0, one.place, unknown=_REST))
        elif one.value:
            rrset = PlannedRRset(one.zone, name, rdtype, one.ttl, one.place, (one.value,))
            rrsets.append(rrset)
        else:
            removals.append(PlannedRemoval(one.zone, name, rdtype, one.place))
    return Plan(document.shown, tuple(rrsets), tuple(removals), notes=tuple(read.notes))


def _entry(fields: Fields, place: Place, given: Given, read: _Read) -> None:
    if "registrar" in fields.values and "provider" not in fields.values:
        return  # the delegation, which is the registry's
    zone = full_name(fields.text("domain").partition("!")[0])
    if given.zone is not None and zone != str(given.zone):
        return
    count, details = fields.number("corrections", 10**9, 0), fields.items("correction_details")
    if count and not details:
        raise ValueError(f"it says that {zone} has {count} changes, and not which")
    for detail in details:
        if not isinstance(detail, str):
            raise ValueError('its "correction_details" are no texts')  # noqa: TRY004  told to users
        for change in _changes(detail, place, zone, read):
            _take(change, zone, read)


def _changes(text: str, place: Place, zone: str, read: _Read) -> Iterator[_Change]:
    """Yield the changes in one detail, which may have several lines."""
    for line in _COLOURS.sub("", text).split("\n"):
        found = _CHANGE.fullmatch(line.strip())
        if found is None:
            if line.strip():
                read.notes[f"{zone}: not understood: {visible(line.strip(), 100)}"] = None
            continue
        name, rdtype = full_name(found["name"]), found["type"]
        if not is_under(name, zone):
            raise ValueError(f"{name} does not lie in the zone {zone}")
        at = Place(place.file, place.line, of=visible(f"{name} {rdtype}", 300))
        yield _Change(found["verb"], name, rdtype, found["rest"], at)


def _take(change: _Change, zone: str, read: _Read) -> None:
    if change.rdtype in NO_DNS or change.rdtype == "SOA":
        return
    if not is_official(change.rdtype):  # an alias, or what only the provider knows
        for rdtype in ADDRESSES:
            read.sets.setdefault((change.name, rdtype), _Set(zone, change.place))
        return
    one = read.sets.setdefault((change.name, change.rdtype), _Set(zone, change.place))
    if change.rdtype != "CNAME" or change.verb == "DELETE":
        return
    new = _NEW.search(change.rest)
    words = [word for word in (new["data"] if new else change.rest).split() if "=" not in word]
    ttls = _TTL.findall(change.rest)
    if len(words) == 1 and ttls:
        one.value, one.ttl = data_in("CNAME", words[0]), int(ttls[-1])
    else:
        one.is_known = False
