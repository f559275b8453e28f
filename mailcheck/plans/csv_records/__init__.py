"""Records in a table: CSV (RFC 4180) with a header that has at least ``name,type,ttl,value``.

::

    name,type,ttl,value
    @,MX,3600,10 mail
    mail,A,3600,192.0.2.25
    @,TXT,3600,"v=spf1 mx, -all"

Columns may stand in any order; between them are commas, semicolons or tabs. Two more are known:
``zone``, where the file is not given with its zone, and ``priority`` for MX, SRV, SVCB and HTTPS
whose value does not begin with it.

The rows of one name and type are its RRset and replace the live one. With the SOA record of its
zone the table is that zone, whole; without it, all else stays as it is live.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.errors import Problem, SourceError
from mailcheck.plans.csv_records.row import read_row
from mailcheck.plans.csv_records.table import COLUMNS, NEEDED, header_of, rows_of
from mailcheck.plans.gathering import Gathered
from mailcheck.plans.plan import Plan

if TYPE_CHECKING:
    from mailcheck.plans.document import Document
    from mailcheck.plans.plan import Given

__all__ = ["COLUMNS", "TITLE", "read", "recognises"]

TITLE = "CSV table of records"


def recognises(document: Document) -> bool:
    """Whether *document* begins with such a header."""
    return set(header_of(document.text)) >= set(NEEDED)


def read(document: Document, given: Given) -> Plan:
    """Read it.

    Raises:
        SourceError: if anything is wrong with it.
    """
    gathered, whole = Gathered(), dict[str, None]()
    problems: list[Problem] = []
    for row in rows_of(document, problems):
        try:
            for record in read_row(row, given.zone):
                gathered.add(record)
                if record.rdtype == "SOA" and record.name == record.zone:
                    whole[record.zone] = None
        except ValueError as error:
            problems.append(Problem(row.place, str(error)))
    if problems:
        raise SourceError(problems)
    return Plan(document.shown, gathered.rrsets(), whole=tuple(whole))
