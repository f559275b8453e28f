"""Keeps the records of a session, and makes of them what users see at its end.

Lives in every pytest process. In an xdist controller it sees the records of all workers, and is
the only one that does; what it needs for them is imported when there are any.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.options import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping

    from mailcheck.report.record import Record

NOTES = "mailcheck_notes"
"""Under this key an xdist worker tells the controller of files that nearly are suites."""

PREFLIGHT = "mailcheck_preflight"
"""Under this key it tells how the resolvers behave that it asked."""

UNASKED = "mailcheck_unasked"
"""Under this key it tells which proposed zones it did not ask about."""

UNUSABLE = "mailcheck_unusable"
"""Under this key it tells which option or check cannot be used."""


class Recorder:
    """Collects ``report.mailcheck`` and reports at the end of the session."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.notes: dict[str, None] = {}
        self.unusable: pytest.UsageError | None = None
        self.suites = False
        self.preflight: dict[str, str] = {}
        self._unasked: dict[str, str] | None = None
        self._records: dict[str, Record] = {}
        self._met: set[str] = set()
        self._is_worker = hasattr(config, "workerinput")
        self._problems: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the last record of each requirement: a rerun's replaces the one before.

        Of one that is met, and that is all, nothing is kept but that.
        """
        if getattr(report, "is_all", False):
            self._is_met(report.nodeid)
        elif (record := getattr(report, "mailcheck", None)) is not None:
            from mailcheck.plugin.reports import as_reported
            from mailcheck.report.record import says_more

            record = as_reported(record, report)
            if self._writes_junit or says_more(record):
                self._met.discard(report.nodeid)
                self._records[report.nodeid] = record
            else:
                self._is_met(report.nodeid)

    def _is_met(self, nodeid: str) -> None:
        self._met.add(nodeid)
        self._records.pop(nodeid, None)

    @cached_property
    def _writes_junit(self) -> bool:
        from mailcheck.plugin.configuration import configured

        return configured(self.config).junit is not None

    def pytest_report_header(self) -> str | None:
        """Say before anything is asked whom the run asks, where somebody chose that."""
        return self._whom_it_asks() if self._was_told() else None

    def pytest_report_collectionfinish(self) -> str | None:
        """Say the same where nobody chose, once there are suites."""
        return self._whom_it_asks() if self.suites and not self._was_told() else None

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Refuse to run with options or checks that cannot be used.

        A worker of xdist that raised would end the session with an internal error. So it has
        nothing to run, and tells the controller.
        """
        if self.unusable is None:
            return
        if not self._is_worker:
            raise self.unusable
        session.items.clear()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self) -> Generator[None, object, object]:
        """Refuse what the workers could not use, once they have said so."""
        result = yield
        if self.unusable is not None and not self._is_worker:
            raise self.unusable
        return result

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the report, and fail a session that evaluated nothing or too little.

        Where suites were found and nothing ran, the report is written too: an old one would be
        taken for this run's.
        """
        if self._is_worker:
            output: dict[str, Any] = self.config.workeroutput  # type: ignore[attr-defined]  # set by xdist
            output[NOTES] = list(self.notes)
            if self.unusable is not None:
                output[UNUSABLE] = str(self.unusable)
            return
        listed = self.config.option.collectonly or self.config.getoption("setupplan", default=False)
        if listed or not (self._records or self._met or self.suites):
            return
        if session.exitstatus == pytest.ExitCode.INTERRUPTED:
            self._note_what_is_left(session)
        self._problems = [*self._write_junit(), *self._shortfall()]
        if self._problems and session.exitstatus in (
            pytest.ExitCode.OK,
            pytest.ExitCode.NO_TESTS_COLLECTED,
        ):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def _note_what_is_left(self, session: pytest.Session) -> None:
        """Record that somebody ended the run early: a report of what came before looks whole."""
        from mailcheck.report.stand_ins import INTERRUPTED_TITLE, interrupted

        ours = {item.nodeid for item in session.items if hasattr(item, "requirement")}
        if left := ours - self._met - self._records.keys():
            self._records[INTERRUPTED_TITLE] = interrupted(len(left))

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a worker of xdist noticed while it collected, and whom it asked."""
        output = getattr(node, "workeroutput", {})
        self.note(output.get(NOTES, ()))
        self.preflight.update(output.get(PREFLIGHT, {}))
        self.leave(output.get(UNASKED, {}))
        if UNUSABLE in output:
            self.unusable = pytest.UsageError(output[UNUSABLE])

    def leave(self, unasked: Mapping[str, str]) -> None:
        """Take over which proposed zones somebody did not ask about: nobody did whom all name."""
        before = unasked if self._unasked is None else self._unasked
        both = before.keys() & unasked.keys()
        self._unasked = {
            zone: max(text, unasked[zone], key=len) for zone, text in before.items() if zone in both
        }

    def note(self, lines: Iterable[str]) -> None:
        """Remember what to say of files that may have been meant as suites."""
        self.notes.update(dict.fromkeys(lines))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what came out, what stayed unknown and why, and what was advised."""
        write = terminalreporter.write_line
        if self._records or self._met:
            from mailcheck.report.summary import run_lines, summary_lines

            terminalreporter.section("mailcheck")
            counted = summary_lines(self._records.values(), met=len(self._met))
            for line in (*run_lines(self._run_properties(), self._behaviour()), *counted):
                write(line)
            self._annotate(terminalreporter)
        for problem in self._problems:
            write(problem, red=True)
        for line in self.notes:
            write(f"mailcheck: {line}", yellow=True)

    def _was_told(self) -> bool:
        given = (self.config.getoption(o.ini) for o in OPTIONS if not o.ini_only)
        return any(given) or any(self.config.getini(option.ini) for option in OPTIONS)

    def _whom_it_asks(self) -> str:
        said = self._run_properties()
        whom = f"mailcheck: {said['world']}"
        if proposed := said.get("proposed"):
            whom += f" ({proposed})"
        if resolvers := said.get("resolvers"):
            whom += f", resolvers {resolvers}"
        if lists := said.get("blocklists"):
            whom += f", blocklists of {lists}"
        return whom

    def _shortfall(self) -> Iterator[str]:
        """Say if less was evaluated than a run must evaluate."""
        from mailcheck.plugin.configuration import configured
        from mailcheck.report.summary import given_up, nothing_evaluated, share_evaluated

        records, met = self._records.values(), len(self._met)
        yield from given_up(records)
        if nothing_evaluated(records, met):
            yield "no requirement could be evaluated: the run says nothing, and fails"
        wanted = configured(self.config).min_evaluated
        share = share_evaluated(records, met) * 100
        if share < wanted:
            yield f"{share:.0f} % of the requirements were evaluated, less than {wanted} %"

    def _write_junit(self) -> Iterator[str]:
        """Write the report; say why not, so that the results on the screen are not lost too."""
        from mailcheck.errors import UsageError
        from mailcheck.plugin.configuration import configured

        settings = configured(self.config)
        if settings.junit is None:
            return
        from mailcheck.report.junit import write_junit

        try:
            write_junit(
                settings.junit,
                self._records.values(),
                {**self._run_properties(), **self._behaviour()},
                file_line=settings.junit_file_line,
                inconclusive=settings.inconclusive,
                not_evaluated=settings.not_evaluated,
            )
        except UsageError as error:
            yield str(error)

    def _behaviour(self) -> dict[str, str]:
        """Return how the resolvers behave, and what was proposed for nothing."""
        from mailcheck.report.summary import not_asked

        return {**self.preflight, **not_asked((self._unasked or {}).values())}

    def _run_properties(self) -> dict[str, str]:
        from mailcheck.description import run_properties
        from mailcheck.plugin.configuration import configured

        return run_properties(configured(self.config), self.config.rootpath)

    def _annotate(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Put the failures at their lines in a pull request, where GitHub runs us."""
        import os

        if os.environ.get("GITHUB_ACTIONS") != "true":
            return
        from mailcheck.report.github import annotations

        for line in annotations(self._records.values()):
            terminalreporter.write_line(line)
