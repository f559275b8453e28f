"""The items pytest runs: one requirement, or a suite that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.conclusion import record_for
from mailcheck.errors import MailcheckError
from mailcheck.plugin.outcomes import raise_for_call, raise_for_setup
from mailcheck.report.record import broken_suite
from mailcheck.verdict import Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from mailcheck.errors import SourceError
    from mailcheck.plugin.session import MailSession
    from mailcheck.report.record import Record
    from mailcheck.suite.requirement import Requirement


class MailItem(pytest.Item):
    """An item of a suite. ``record`` is what it leaves behind for reports."""

    record: Record | None = None
    line: int = 1

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where it stands in the suite; pytest counts lines from 0.

        The sentence heads the failure. The space keeps pytest from finding it at the end of the
        node id, where ``-v`` would take its dots for those of a Python name and write ``::``.
        """
        return self.path, self.line - 1, f"{self.name} "


class RequirementItem(MailItem):
    """A sentence as a test: asked in ``setup``, judged in ``runtest``."""

    def __init__(self, *, mail: MailSession, requirement: Requirement, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.mail = mail
        self.requirement = requirement
        self.line = requirement.place.line
        self.verdict: Verdict | None = None
        self.add_marker(pytest.mark.mailcheck)
        for tag in requirement.tags:
            if tag not in mail.markers:
                mail.markers.add(tag)
                self.config.addinivalue_line("markers", f"{tag}: a tag of a mailcheck suite")
            self.add_marker(getattr(pytest.mark, tag))

    def setup(self) -> None:
        """Wait for the verdict; raise what is inconclusive or not evaluated."""
        try:
            self.verdict = self.mail.verdict(self)
            self.record = record_for(self.requirement, self.verdict)
        except MailcheckError as error:
            self.record = self.cut_short("no-world", str(error))
        raise_for_setup(self.record, self.mail.settings)

    def cut_short(self, cause: str, text: str) -> Record:
        """Leave a record behind of a requirement that could not be brought to its verdict."""
        verdict = Verdict("inconclusive", cause=cause, text=text)
        self.record = record_for(self.requirement, verdict)
        return self.record

    def runtest(self) -> None:
        """Raise what is unmet."""
        assert self.record is not None
        raise_for_call(self.record)


class BrokenSuiteItem(MailItem):
    """Stands for all requirements of a suite that cannot be read."""

    def __init__(self, *, mail: MailSession, error: SourceError, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.mail = mail
        self.error = error
        self.line = error.problems[0].place.line if error.problems else 1

    def setup(self) -> None:
        """Raise the problems of the suite, all at once."""
        self.record = broken_suite(self.parent.nodeid if self.parent else "", self.error.problems)
        raise_for_setup(self.record, self.mail.settings)

    def runtest(self) -> None:
        """Never reached: setup raises."""
