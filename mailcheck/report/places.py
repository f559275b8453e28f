"""Which lines of a proposed change a verdict rests on, and which of them is at fault."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.causes import IN_A_CHANGE
from mailcheck.names import to_u_labels
from mailcheck.report.relevance import ARROW, DECIDES, said_of, speaks_of, weight

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.errors import Place
    from mailcheck.evidence import Evidence
    from mailcheck.report.record import Record

_DENIALS = ("NODATA", "NXDOMAIN")
"""Begin what came back where there is nothing: its place is that of the SOA, in whose zone it is."""

_OF_CHANGE = {True: 0, None: 1, False: 2}
"""The rank of a line by whether it is known that something else is live."""


def resting_on(evidence: Iterable[Evidence], record: Record) -> list[tuple[Place, int]]:
    """Return the places that *evidence* has, each once and the most telling first, with weights.

    Of those that bear on the verdict, what the change writes otherwise than it is live comes first:
    a diff shows no annotation elsewhere. A line that leads somewhere is more telling than the zone
    in which something is missing. Of an RRset each record is weighed for itself: one of several
    exchanges is wrong, not all.
    """
    placed = [
        (place, part, bearing(part, record))
        for line in evidence
        for part in _parts(line)
        if (place := part.place)
    ]
    placed.sort(key=lambda one: (not one[2], _OF_CHANGE[one[1].changed], -one[2], _denies(one[1])))
    found: dict[Place, int] = {}
    for place, _, how_much in placed:
        found.setdefault(place, how_much)
    return list(found.items())


def at_fault(evidence: Iterable[Evidence], record: Record) -> Place | None:
    """Return the place at which a change makes a requirement unmet; None if no line of it does.

    Where something is missing that is the SOA of its zone: the line stands in the change, where its
    reader looks, and mostly was changed too. What could not be found out is no fault of a change,
    unless the cause is one: then it is the line in whose words that is said.
    """
    lines = tuple(evidence)
    if record["verdict"] == "inconclusive" and record["cause"] in IN_A_CHANGE:
        said = said_of(record)
        return next((e.place for e in lines if e.place and speaks_of(said, e.result)), None)
    if record["verdict"] != "unmet" or not (found := resting_on(lines, record)):
        return None
    place, how_much = found[0]
    return place if how_much or all(line.place for line in lines) else None


def bearing(line: Evidence, record: Record) -> int:
    """Return how much a line of the change bears on the verdict: 0, 1 or 2.

    More than a line that was heard, since it need not be the last one: an MX record bears on what
    is wrong with its host, an address on what is wrong with the server there.
    """
    said = said_of(record)
    asked = line.subject.partition(" ")[0]
    about = speaks_of(said, _shown(asked))
    words = (word.removesuffix(".") for word in re.split(r"[\s,|()\"]+", line.result))
    leads = any(speaks_of(said, _shown(word)) for word in words if "." in word or ":" in word)
    known = weight(str(line), record)
    decides = known == DECIDES or (about and leads) or speaks_of(said, line.result)
    return DECIDES if decides else max(known, int(about or leads))


def _parts(line: Evidence) -> list[Evidence]:
    """Return *line* itself, or a line for each record of its RRset."""
    if not line.parts:
        return [line]
    return [replace(line, result=text, place=place, parts=()) for text, place in line.parts]


def _shown(name: str) -> str:
    """Return *name* as reasons show it."""
    return to_u_labels(name) if "xn--" in name else name


def _denies(line: Evidence) -> bool:
    return line.result.rpartition(ARROW)[2].startswith(_DENIALS)
