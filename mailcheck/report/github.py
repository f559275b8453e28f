"""Annotations: verdicts shown by GitHub Actions at the line they are about.

That is a line of the change that is proposed, if one of them is at fault, or else the suite's: in a
pull request the change is what is read, and annotations of other files are not shown beside it.

Workflow commands are lines on standard output of the form ``::error file=F,line=N::TEXT``;
GitHub shows ten of a kind per step and drops the rest without a word.
"""

# Without "from __future__ import annotations", which is the name of the function here.
from collections.abc import Iterable

from mailcheck.evidence import visible
from mailcheck.report.record import Record, place_of, settled
from mailcheck.report.text import LONGEST, failure_text, headline

SHOWN = 10


def annotations(records: Iterable[Record]) -> list[str]:
    """Return the workflow commands for what is unmet or inconclusive and not excused.

    Unmet ones come first. Beyond :data:`SHOWN`, a last line, a notice, says how many more.
    """
    every = settled(records)
    failing = [
        record
        for verdict in ("unmet", "inconclusive")
        for record in every
        if record["verdict"] == verdict and not record["excused"]
    ]
    lines = [_annotation(record) for record in failing[:SHOWN]]
    if (left := len(failing) - SHOWN) > 0:
        text = f"{left} more unmet or inconclusive, all in the log of this step"
        lines.append(f"::notice title=mailcheck::{_data(text)}")
    return lines


def _annotation(record: Record) -> str:
    title = f"{headline(record)}: {record['title']}"
    body = failure_text(record).partition("\n")[2] or headline(record)
    if fault := record["at_fault"]:
        body = f"  required  {visible(place_of(record), LONGEST)}\n{body}"
        where = {"file": fault["file"], "line": str(fault["line"])}
    else:
        column = str(record["column"])
        where = {"file": record["suite"], "line": str(record["line"]), "col": column}
    properties = {**where, "file": visible(where["file"], len(where["file"])), "title": title}
    given = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::error {given}::{_data(body)}"


def _data(text: str) -> str:
    # actions/toolkit, packages/core/src/command.ts; "%" first, or the others are escaped twice.
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
