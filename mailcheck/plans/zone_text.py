"""Master files that a provider exports: zones without SOA, with words about records in comments."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import dns.name

from mailcheck.errors import SourceError
from mailcheck.evidence import visible
from mailcheck.zones.reading.including import IncludeError
from mailcheck.zones.reading.reader import Reader

if TYPE_CHECKING:
    from mailcheck.plans.document import Document

_COMMENT = re.compile(r'(?:[^";\\\n]|\\.|"(?:[^"\\\n]|\\.)*")*;(?P<said>[^\n]*)')


class WrittenRecord(NamedTuple):
    """A record, its name and all names in its data absolute, and the comment behind it."""

    name: str
    rdtype: str
    ttl: int
    data: str
    line: int
    comment: str


def read_zone_text(document: Document, zone: str) -> list[WrittenRecord]:
    """Return the records of a file that begins in *zone*.

    Raises:
        SourceError: if it cannot be read.
    """
    reader = Reader(dns.name.from_text(zone), _include)
    reader.read(document.text.removeprefix("\ufeff"), document.shown)
    if reader.problems:
        raise SourceError([replace(one, what=visible(one.what)) for one in reader.problems])
    comments = [""] * len(reader.records)
    starts = [record.line for record in reader.records]
    for number, line in enumerate(document.text.split("\n"), 1):
        found = _COMMENT.match(line) if ";" in line else None
        at = bisect_right(starts, number) - 1
        if found and at >= 0 and not line.lstrip().startswith(";"):
            comments[at] += f"{found['said']} "
    return [
        WrittenRecord(
            record.name.to_text(omit_final_dot=True).lower(),
            record.rdata.rdtype.name,
            record.ttl,
            record.rdata.to_text(),
            record.line,
            comment.strip(),
        )
        for record, comment in zip(reader.records, comments, strict=True)
    ]


def _include(name: str, by: str) -> NoReturn:
    del name, by
    raise IncludeError("what a provider exports includes no other files")
