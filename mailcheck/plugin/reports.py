"""Puts our text and our data on pytest's reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.plugin.items import MailItem, RequirementItem
from mailcheck.plugin.longrepr import text_with_message
from mailcheck.report.text import evidence_lines, junit_text, message

if TYPE_CHECKING:
    import pytest


def complete(item: pytest.Item, report: pytest.TestReport) -> None:
    """Give the deciding report of one of our items its text, its place and its record.

    The record is plain values, so that it survives the way from an xdist worker.
    """
    if not isinstance(item, MailItem) or report.when == "teardown":
        return
    if report.when == "setup" and report.passed:
        return
    if item.record is None:
        _cut_short(item, report)
        return
    record = item.record
    record["seconds"] = round(report.duration, 3)
    vars(report)["mailcheck"] = record
    if report.failed:
        report.longrepr = text_with_message(
            junit_text(record), message(record), record["suite"], record["line"]
        )
    elif report.skipped and not hasattr(report, "wasxfail"):
        report.longrepr = (record["suite"], record["line"], f"Skipped: {message(record)}")
    elif report.passed and (lines := evidence_lines(record)):
        report.sections.append(("mailcheck", "\n".join(lines)))


def _cut_short(item: MailItem, report: pytest.TestReport) -> None:
    """Count a requirement that somebody else ended, as a timeout does; the text stays theirs."""
    if isinstance(item, RequirementItem) and report.failed:
        said = str(report.longrepr).strip().rpartition("\n")[2]
        vars(report)["mailcheck"] = item.cut_short("cut-short", visible(said))
