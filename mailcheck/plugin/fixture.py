"""The ``mailcheck`` fixture: sentences in Python tests."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import pytest

from mailcheck.conclusion import record_for
from mailcheck.errors import MailcheckError, UsageError
from mailcheck.evidence import visible
from mailcheck.report.relevance import answers_and_way
from mailcheck.report.text import failure_text, message
from mailcheck.run import Run
from mailcheck.suite.subject_files import Folder
from mailcheck.verdict import Verdict

if TYPE_CHECKING:
    from mailcheck.plugin.session import MailSession
    from mailcheck.report.record import Record
    from mailcheck.suite.requirement import Requirement


SHORT = 150
"""Characters of the repr of a verdict: pytest cuts what is longer than 240 in its middle."""


class Inconclusive(MailcheckError):
    """A sentence could not be judged; the text says why and shows what was seen."""


@dataclass(frozen=True, slots=True, repr=False)
class ShownVerdict(Verdict):
    """A verdict whose repr tells it in short, as ``assert`` shows it twice; its str is all of it."""

    short: str = ""
    shown: str = ""

    def __repr__(self) -> str:
        return f"<{self.short}>"

    def __str__(self) -> str:
        return self.shown


class Mailcheck:
    """Judges sentences for the test *node*; a lab, and files, are looked for from its folder."""

    def __init__(self, mail: MailSession, node: pytest.Item) -> None:
        self._mail = mail
        self._node = node
        self._folder = node.path.parent
        self._files = Folder(self._folder, node.nodeid.partition("::")[0])

    def __repr__(self) -> str:
        return "mailcheck"

    def __call__(self, sentence: str) -> Verdict:
        """Return the verdict on *sentence*, which is read as an item of ``checks``; true if met.

        Options go in as they do there: ``"{domain example.com has MX: {at_least: 2}}"``. If the
        test fails, the whole failure text stands in its report.

        Raises:
            Inconclusive: if it could not be found out.
            SourceError: if the sentence cannot be read.
            UsageError: inside a running event loop, which this call would block.
        """
        __tracebackhide__ = True
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            pass
        else:
            raise UsageError("an event loop is running: use `await mailcheck.ask(...)`")
        requirement = self._read(sentence)
        return self._shown(requirement, self._mail.judge(requirement, self._folder))

    async def ask(self, sentence: str) -> Verdict:
        """Do the same inside a running event loop, with a run of its own on that loop."""
        __tracebackhide__ = True
        requirement = self._read(sentence)
        run = Run(
            self._mail.settings, root=self._mail.config.rootpath, loop=asyncio.get_running_loop()
        )
        try:
            return self._shown(requirement, await run.ask(requirement, self._folder))
        finally:
            await run.closed()

    def _read(self, sentence: str) -> Requirement:
        __tracebackhide__ = True
        requirements = self._mail.reader.read(sentence, files=self._files)
        if len(requirements) != 1:
            raise UsageError(f"one sentence at a time, not {len(requirements)}: {sentence!r}")
        return requirements[0]

    def _shown(self, requirement: Requirement, verdict: Verdict) -> Verdict:
        __tracebackhide__ = True
        record = record_for(requirement, verdict)
        text = failure_text(record)
        if verdict.kind == "inconclusive":
            raise Inconclusive(text)
        if verdict.kind == "not evaluated":
            raise pytest.skip.Exception(text)
        if not verdict:
            self._node.add_report_section("call", "mailcheck", text)
        values = {field.name: getattr(verdict, field.name) for field in fields(verdict)}
        return ShownVerdict(**values, short=_short(record), shown=text)


def _short(record: Record) -> str:
    """Return the verdict and why; of one that is met, the first answer it rests on."""
    answers, _ = answers_and_way(record["evidence"])
    seen = answers[0] if record["verdict"] == "met" and answers else ""
    return "; ".join(filter(None, (visible(message(record), SHORT), visible(seen, SHORT))))
