"""How ``mailcheck check`` tells verdicts: a table for people, lines of JSON for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

import click

from mailcheck.cli.configuration import as_typed
from mailcheck.cli.table import WIDEST, Table
from mailcheck.report.columns import columns
from mailcheck.report.record import is_broken_suite, json_line
from mailcheck.report.relevance import answers_and_way, telling_first
from mailcheck.report.summary import NOT_ASKED, given_up, run_lines, summary_lines
from mailcheck.report.text import failure_text, headline, message
from mailcheck.verdict import WAIVED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mailcheck.report.record import Record

COLOURS = {"met": "green", "unmet": "red", "inconclusive": "yellow", "not evaluated": "cyan"}

SEEN = 2
"""Lines of evidence that the table shows of a requirement that is met."""


class Telling(Protocol):
    """Hears of each verdict when it comes, in order, and of all of them at the end.

    ``patience`` is how long it may wait at the end for how resolvers behave, in seconds.
    """

    patience: ClassVar[float]

    def verdict(self, record: Record) -> None:
        """Tell one verdict."""

    def end(self, records: Sequence[Record], preflight: Mapping[str, str]) -> None:
        """Tell what all of them come to, and how the resolvers behave that were asked."""


class JsonLines:
    """One line of JSON for each requirement, in UTF-8, written at once."""

    patience: ClassVar[float] = 0.0

    def verdict(self, record: Record) -> None:
        """Write the line. What cannot be read has one too: a program pairs lines with answers."""
        click.echo(json_line(record).encode())

    def end(self, records: Sequence[Record], preflight: Mapping[str, str]) -> None:
        """Write no more lines, each of which is a requirement; errors have room for a slip."""
        del records
        if NOT_ASKED in preflight:
            click.echo(f"mailcheck: {preflight[NOT_ASKED]}", err=True)


class Verdicts:
    """A table that grows with each verdict; behind it what failed, and what the run comes to."""

    patience: ClassVar[float] = 0.5

    def __init__(self, titles: Sequence[str], properties: Mapping[str, str]) -> None:
        verdict = max(map(columns, COLOURS))
        title = max((min(columns(title), WIDEST) for title in titles), default=WIDEST)
        self._table = Table([verdict, title])
        self._properties = properties

    def verdict(self, record: Record) -> None:
        """Write the row. What cannot be read has none: its problems stand on standard error."""
        if not is_broken_suite(record):
            verdict = record["verdict"]
            seen = as_typed(_seen(record))
            self._table.row(verdict, record["title"], seen, style=COLOURS[verdict])

    def end(self, records: Sequence[Record], preflight: Mapping[str, str]) -> None:
        """Write the text of each failure, as pytest shows it, and the summary."""
        table = self._table
        for record in records:
            if _fails(record):
                table.text()
                text = failure_text(record, width=table.width)
                table.text(as_typed(text), COLOURS[record["verdict"]])
        if records:
            table.text()
        about = run_lines(self._properties, preflight)
        for line in (*about, *summary_lines(records), *given_up(records)):
            table.text(as_typed(line))


def _fails(record: Record) -> bool:
    if is_broken_suite(record) or record["excused"]:
        return False
    return record["verdict"] in ("unmet", "inconclusive")


def _seen(record: Record) -> str:
    """Return what bears on the verdict, in short: the reasons, the cause, or the evidence."""
    if record["excused"] and record["verdict"] != "not evaluated":
        text = message(record)
        if not record["excused"].startswith(WAIVED):  # it names what it excuses
            text = text.removeprefix(headline(record)).removeprefix("; ")
        return "; ".join(filter(None, (record["excused"], text)))
    if record["verdict"] != "met":
        return message(record).removeprefix(f"{record['verdict']}: ")
    if record["text"]:
        return record["text"]
    answers, way = answers_and_way(record["evidence"])
    evidence = telling_first(answers + way, record["title"])
    more = len(evidence) - SEEN
    return "; ".join(evidence[:SEEN] + ([f"and {more} more"] if more > 0 else []))
