r"""Reads patches: fragments of a zone in master file format (RFC 1035 §5), and lines that remove.

::

    $ORIGIN example.com.
    $TTL 3600
    mail  A    192.0.2.26     ; the RRsets that are named replace the live ones
    mail  AAAA 2001:db8::26
    -old  TXT                 ; removes an RRset
    -www                      ; removes all of them, but those that the patch has itself
    www   CNAME web.example.net.

The zone is told with the file (``patch:example.com=FILE``), or by its first line but ``$TTL``, an
absolute ``$ORIGIN``; that it is a zone, the live network must confirm. All names lie in it. Lines
that remove begin at the left with ``-``, in the patch itself and not in what it includes; a name
that begins so is written ``\045name``. What no server would load whatever else is in the zone is
an error, and so is an RRset both replaced and removed, a patch that changes nothing, and a relative
name that ends with that of the zone: its last dot was forgotten.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import dns.exception
import dns.name
import dns.rdatatype
from dns.rdatatype import CNAME, NS, SOA

from mailcheck.errors import Place, Problem, SourceError
from mailcheck.evidence import visible
from mailcheck.facts.records import normal_name
from mailcheck.world.proposed.patch.patch import Patch, PlacedRRset
from mailcheck.zones.fault import shown
from mailcheck.zones.loading.records import read_in
from mailcheck.zones.reading import naming
from mailcheck.zones.reading.lexing import Quoted, ascii_only, entries
from mailcheck.zones.reading.rdata_text import Names
from mailcheck.zones.reading.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.world.proposed.patch.patch import Removed
    from mailcheck.world.proposed.zone import Written
    from mailcheck.zones.reading.including import Include
    from mailcheck.zones.reading.lexing import Entry

_REMOVES = "expected -NAME TYPE, or -NAME to remove every RRset of the name"
_WHICH = "expected a line $ORIGIN example.com. before all others, or patch:example.com=FILE"
_LABELS = 3
"""Labels of a zone such as example.com, with that of the root."""

_CHANGES = "expected records (NAME [TTL] [IN] TYPE DATA) or lines -NAME [TYPE]"


@dataclass(slots=True)
class _Lines:
    """The lines of a patch: those that remove, and the text of all others where it was."""

    zone: dns.name.Name | None
    rest: list[str]
    removed: list[tuple[Removed, Place]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def check(self, written: str | Quoted, place: Place) -> None:
        """See that no dot is missing behind a name that is *written*; who means it, writes the dot.

        One label says nothing: many a name ends with that of its zone then.
        """
        if self.zone is None or len(self.zone) < _LABELS:
            return
        try:
            name = dns.name.from_text(str(written), None)
        except (dns.exception.DNSException, ValueError):
            return  # the reader says what is wrong
        end = name.labels[1 - len(self.zone) :]
        if not name.is_absolute() and dns.name.Name((*end, b"")) == self.zone:
            text = name.to_text()
            what = f"{visible(text)} repeats the name of the zone: its last dot is missing"
            self.problems.append(Problem(place, what, f"write {visible(text)}."))


def read_patch(text: str, shown_as: str, zone: str, include: Include) -> Patch:
    """Read the patch of *zone*, or if that is empty, of the zone that the file names.

    *text* and *include* are as for :func:`mailcheck.zones.master_file.read_master_file`.

    Raises:
        SourceError: if it is none.
    """
    text = text.removeprefix("\ufeff")
    lines = _lines(text, shown_as, dns.name.from_text(zone) if zone else None)
    if lines.zone is None:
        is_other = naming.other_format(text) is not None
        raise SourceError((not is_other and lines.problems) or [_nothing(text, shown_as)])
    reader = Reader(lines.zone, include)
    reader.read("\n".join(lines.rest), shown_as)
    problems = [*lines.problems, *reader.problems]
    if not (problems or reader.records or lines.removed):
        problems.append(_nothing(text, shown_as))
    tree, faults, _ = read_in(lines.zone, reader.records)
    for fault in faults:
        if fault.refuses or fault.tag == "out-of-zone-data":
            what = fault.text.removesuffix(" and is ignored")
            problems.append(Problem(fault.place or Place(shown_as, 1), what))
    replaced = {
        (entry.name, rdtype): PlacedRRset(entry.rrset(), entry.records[0].place)
        for node in tree.nodes.values()
        for rdtype, entry in node.items()
    }
    problems += _contradictions(lines.zone, replaced, lines.removed)
    if problems:
        raise SourceError(problems)
    removed: dict[Removed, Place | None] = {}
    for key, place in lines.removed:
        removed.setdefault(key, place)
    return Patch(normal_name(lines.zone), shown_as, replaced, removed)


def _lines(text: str, shown_as: str, zone: dns.name.Name | None) -> _Lines:
    """Take out what removes, which is read with the $ORIGIN that stands before it."""
    lines = _Lines(zone, text.split("\n"))
    names, origin, is_below = Names(), zone, False
    for entry in entries(ascii_only(text)):
        place = Place(shown_as, entry.line)
        if entry.fault:
            continue
        first = entry.fields[0]
        is_word = not entry.blank and not isinstance(first, Quoted)
        directive = first.upper() if is_word else ""
        if directive == "$ORIGIN" and len(entry.fields) > 1:
            with suppress(dns.exception.DNSException, ValueError):  # the reader says what is wrong
                origin = names.name(entry.fields[1], origin)
            lines.zone = lines.zone or origin
            lines.check(entry.fields[1], place)
        if lines.zone is None and directive != "$TTL":
            lines.problems.append(Problem(place, "nothing says which zone this changes", _WHICH))
            break
        if is_word and not directive.startswith("$"):
            lines.check(first.removeprefix("-"), place)
        if is_word and first.startswith("-"):
            lines.rest[entry.line - 1] = ""
            try:
                lines.removed.append((_removed(entry, names, origin), place))
            except (dns.exception.DNSException, ValueError) as error:
                what = f'"{visible(" ".join(entry.fields), 60)}" cannot be read: {error}'
                lines.problems.append(Problem(place, what.rstrip("."), _REMOVES))
        elif is_below and entry.blank:
            what = "a record without a name stands behind a line that removes"
            lines.problems.append(Problem(place, what, "write its name"))
        is_below = is_word and first.startswith("-")
    return lines


def _removed(entry: Entry, names: Names, origin: dns.name.Name | None) -> Removed:
    """Read a line that removes.

    Raises:
        ValueError: or one of dnspython, if it says no name or no type of data.
    """
    first, *rest = entry.fields
    if len(first) == 1 or len(rest) > 1:
        raise ValueError("it has too much" if rest else "its name is missing")
    name = names.name(first[1:], origin)
    if not rest:
        return name, None
    try:
        rdtype = dns.rdatatype.from_text(rest[0])
    except (dns.exception.DNSException, ValueError):
        raise ValueError(f"there is no type {visible(rest[0], 20)}") from None
    if dns.rdatatype.is_metatype(rdtype):
        raise ValueError(f"{visible(rest[0], 20)} is no type of data in a zone")
    return name, rdtype


def _contradictions(
    zone: dns.name.Name,
    replaced: dict[Written, PlacedRRset],
    removed: list[tuple[Removed, Place]],
) -> Iterator[Problem]:
    """Say what cannot be meant, or no server would load."""
    if at := replaced.get((zone, CNAME)):
        what = f"{shown(zone)} is the zone itself, which cannot be an alias"
        yield Problem(at.place or Place("", 1), what)
    for (name, rdtype), place in removed:
        if not name.is_subdomain(zone):
            yield Problem(place, f"{shown(name)} lies outside of the zone {shown(zone)}")
        elif rdtype is not None and (name, rdtype) in replaced:
            other = replaced[name, rdtype].place
            what = f"{shown(name)} {rdtype.name} is removed, and replaced in line "
            yield Problem(place, f"{what}{other.line if other else '?'}", "say one of the two")
        elif name == zone and rdtype in (SOA, NS, None):
            gone = [kind for kind in (SOA, NS) if (zone, kind) not in replaced]
            kinds = [kind.name for kind in gone if rdtype in (kind, None)]
            if kinds:
                what = f"{shown(zone)} is the zone itself, and needs its {' and '.join(kinds)}"
                yield Problem(place, what, "remove its other RRsets by their types")


def _nothing(text: str, shown_as: str) -> Problem:
    """Say that a text is no patch."""
    other = naming.other_format(text)
    what = f"this is no patch, it looks like {other}" if other else "there is no change in it"
    return Problem(Place(shown_as, 1), what, _CHANGES)
