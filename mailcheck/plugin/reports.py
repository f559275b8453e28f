"""Puts our text and our data on pytest's reports."""

from __future__ import annotations

from traceback import walk_tb
from typing import TYPE_CHECKING, Any, Literal

import pytest

from mailcheck.conclusion import PLAINLY_MET, record_for
from mailcheck.evidence import visible
from mailcheck.plugin.items import MailItem, RequirementItem
from mailcheck.plugin.longrepr import text_with_message
from mailcheck.report.text import evidence_lines, junit_text, message

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.report.record import Record

CUT_SHORT = "cut-short"
"""The cause of a requirement that somebody else ended, or whose report."""


def complete(item: MailItem, report: pytest.TestReport, call: pytest.CallInfo[None]) -> None:
    """Give the deciding report of one of our items its text, its place and its record.

    The record is plain values, so that it survives the way from an xdist worker.
    """
    if report.when == "teardown" or (report.when == "setup" and report.passed):
        return
    record = item.record
    if record is None and report.passed and isinstance(item, RequirementItem):
        record = record_for(item.requirement, PLAINLY_MET)
    if record is None and isinstance(item, RequirementItem) and report.failed:
        record = _cut_while_waiting(item, call)
        if record is None:  # somebody else ended it, and the text stays theirs
            vars(report)["mailcheck"] = item.cut_short(CUT_SHORT, _said(report))
    if record is None:
        return
    record["seconds"] = round(report.duration, 3)
    vars(report)["mailcheck"] = record
    if report.failed:
        report.longrepr = text_with_message(
            junit_text(record), message(record), record["suite"], record["line"]
        )
    elif report.skipped:
        report.longrepr = (record["suite"], record["line"], f"Skipped: {message(record)}")
    elif lines := evidence_lines(record):
        report.sections.append(("mailcheck", "\n".join(lines)))


def _cut_while_waiting(item: RequirementItem, call: pytest.CallInfo[None]) -> Record | None:
    """Return the record of a requirement that a time limit ended while it waited; None if not so.

    A time limit is raised where the main thread happens to be, in our waiting: the frames that lead
    there say nothing to whoever set it.
    """
    error = call.excinfo
    if error is None or not isinstance(error.value, pytest.fail.Exception) or item.planned is None:
        return None
    if RequirementItem.setup.__code__ not in [f.f_code for f, _ in walk_tb(error.tb)]:
        return None
    text = f"the test was cut short before it was judged: {visible(str(error.value.msg))}"
    from mailcheck.plugin.pending import waited_for  # it knows every kind of session

    if waiting := waited_for(item.planned.waited_for):
        text += f" It was still waiting for {waiting}"
    return item.cut_short(CUT_SHORT, text, item.mail.run.seen(item.planned))


def as_reported(record: Record, report: pytest.TestReport) -> Record:
    """Return *record*; what is met was cut short, if another plugin let its report not pass."""
    if record["verdict"] != "met" or report.passed:
        return record
    text = _said(report) or f"another plugin reported it as {visible(report.outcome)}"
    cut: Record = {**record, "verdict": "inconclusive", "cause": CUT_SHORT, "text": text}
    return {**cut, "tags": [], "advice": []}


def _said(report: pytest.TestReport) -> str:
    """Return the last line of the report's text; empty if it has none."""
    longrepr = report.longrepr
    text = longrepr[2] if isinstance(longrepr, tuple) else str(longrepr or "")
    return visible(text.strip().rpartition("\n")[2])


def met_report(item: RequirementItem, call: pytest.CallInfo[None]) -> MetReport | None:
    """Return the report of a phase in which nothing happened, but that *item* is met."""
    quiet = call.excinfo is None and item.is_plainly_met
    said = item._report_sections  # noqa: SLF001  where pytest looks for them
    if not quiet or said or call.when == "collect":
        return None
    return MetReport(item, call.start, call.duration, call.when)


class MetReport(pytest.TestReport):
    """A report of a requirement that is met, made without pytest's phases.

    pytest keeps every report to the end. This one holds what is its own, and reads the rest from
    its item when somebody wants it. ``start`` is seconds since the epoch, ``duration`` seconds.
    """

    __slots__ = ("_id", "duration", "item", "start", "when")

    outcome = "passed"
    longrepr = None

    def __init__(
        self,
        item: RequirementItem,
        start: float,
        duration: float,
        when: Literal["setup", "call", "teardown"] = "call",
    ) -> None:
        # Not TestReport's, which makes what this class makes when it is read.
        self._id = item.id
        self.item = item
        self.start = start
        self.duration = duration
        self.when = when

    @property
    def is_all(self) -> bool:
        """Whether there is nothing to keep of its requirement but that it is met."""
        return self.when == "call" and self.item.record is None and self.passed

    def __reduce__(self) -> tuple[Any, ...]:
        """Be copied, and sent to other processes, as a plain report: an item can be neither."""
        values = (self.nodeid, self.location, self.keywords, self.outcome, self.longrepr, self.when)
        times = (self.sections, self.duration, self.start, self.stop, self.user_properties)
        return pytest.TestReport, (*values, *times), {**vars(self), "mailcheck": self.mailcheck}

    def __getattr__(self, name: str) -> Any:
        """Make what every report has; called only where it is missing."""
        if name not in _MADE_WHEN_READ:
            raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")
        made = _MADE_WHEN_READ[name](self)
        setattr(self, name, made)
        return made


def _record(report: MetReport) -> Record | None:
    """Return its record; without evidence, unless the run was told to keep that."""
    if report.when != "call":
        return None
    record = report.item.record or record_for(report.item.requirement, PLAINLY_MET)
    record["seconds"] = round(report.duration, 3)
    return record


_MADE_WHEN_READ: dict[str, Callable[[MetReport], Any]] = {
    "location": lambda report: report.item.location,
    "keywords": lambda report: dict.fromkeys(report.item.keywords, 1),
    "sections": lambda _: [],
    "user_properties": lambda report: list(report.item.user_properties),
    "stop": lambda report: report.start + report.duration,
    "mailcheck": _record,
}
