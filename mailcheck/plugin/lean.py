"""The loop over the tests, with a short way for requirements that are met.

pytest's own way through a test costs about 250 µs, and a verdict a tenth of that. So a
requirement that is met goes through no phases while nobody would notice
(:mod:`mailcheck.plugin.listeners`), and has one report. Whatever else it comes to is known before anything was
reported, and then the test goes the whole way, so that what people see is pytest's own.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from mailcheck.plugin.items import RequirementItem
from mailcheck.plugin.listeners import needs_phases, runs_tests_itself, wants_three_reports
from mailcheck.plugin.overheard import overhearing
from mailcheck.plugin.reports import MetReport
from mailcheck.plugin.waiting import Waiting

if TYPE_CHECKING:
    import pluggy

    from mailcheck.plugin.session import MailSession

TAKEN_AT_ONCE = 64
"""Verdicts taken before they are reported, of those that need no waiting."""


class LeanLoop:
    """Runs the tests of a session in their order, each the shortest way that shows the same."""

    def __init__(self, mail: MailSession) -> None:
        self._mail = mail
        self._reports_phases = False
        self._files: dict[pytest.Collector | None, pluggy.HookRelay | None] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Run the tests, unless there is nothing to run or somebody else does it."""
        config = session.config
        refused = session.testsfailed and not config.option.continue_on_collection_errors
        if refused or config.option.collectonly or runs_tests_itself(config):
            return None
        self._reports_phases = wants_three_reports(config)
        waiting = Waiting(config)
        waiting.begin(self._mail.run.preflight())
        try:
            self._run(session, waiting)
        finally:
            waiting.end()
        return True

    def _run(self, session: pytest.Session, waiting: Waiting) -> None:
        position = 0
        items = session.items  # as pytest does: who puts another list there, changes no run begun
        while position < len(items):
            reports = self._met_from(session, items, position)
            waiting.end()
            for report in reports:
                self._log(report)
                _stop_if_told(session)
            position += len(reports)
            if not reports:
                item = items[position]
                nextitem = _after(session, position)
                session.config.hook.pytest_runtest_protocol(item=item, nextitem=nextitem)
                _stop_if_told(session)
                position += 1

    def _met_from(
        self, session: pytest.Session, items: list[pytest.Item], position: int
    ) -> list[MetReport]:
        """Take the verdict at *position*, and those after it that are there already, while met.

        Nothing is returned if that test must go the whole way.
        """
        first = self._lean_at(session, items, position)
        if first is None or not self._may_wait_unseen(first):
            return []
        reports: list[MetReport] = []
        os.environ["PYTEST_CURRENT_TEST"] = f"{first.nodeid} (setup)".replace("\0", "(null)")
        try:
            with self._mail.frozen.growing(), overhearing(session.config) as heard:
                item: RequirementItem | None = first
                while item is not None and (report := self._judged(item)) is not None:
                    reports.append(report)
                    item = self._lean_at(session, items, position + len(reports))
                    if len(reports) == TAKEN_AT_ONCE or not (item and self._mail.is_judged(item)):
                        break
        finally:
            os.environ.pop("PYTEST_CURRENT_TEST", None)
        if heard:
            first.overheard = heard
            return []
        return reports

    def _judged(self, item: RequirementItem) -> MetReport | None:
        start, begun = time.time(), time.perf_counter()
        try:
            met = self._mail.is_met(item)
        except Exception:  # noqa: BLE001  raised again in setup, where pytest can show it
            return None
        return MetReport(item, start, time.perf_counter() - begun) if met else None

    def _log(self, report: MetReport) -> None:
        item = report.item
        location = item.location
        hooks = self._files[item.parent]
        assert hooks is not None
        hooks.pytest_runtest_logstart(nodeid=item.nodeid, location=location)
        if self._reports_phases:
            hooks.pytest_runtest_logreport(report=MetReport(item, report.start, 0.0, "setup"))
        hooks.pytest_runtest_logreport(report=report)
        if self._reports_phases:
            hooks.pytest_runtest_logreport(report=MetReport(item, report.stop, 0.0, "teardown"))
        hooks.pytest_runtest_logfinish(nodeid=item.nodeid, location=location)
        item.planned = None  # what it needed goes, unless others need it

    def _lean_at(
        self, session: pytest.Session, items: list[pytest.Item], position: int
    ) -> RequirementItem | None:
        """Return the item at *position*, if nobody would miss its phases."""
        item = items[position] if position < len(items) else None
        if not isinstance(item, RequirementItem) or not item.has_own_markers_only:
            return None
        if item.parent not in self._files:
            self._files[item.parent] = _hooks_of(item)
        if self._files[item.parent] is None:
            return None
        nextitem = _after(session, position)
        same_file = nextitem is not None and nextitem.parent is item.parent
        return item if same_file or not _takes_down(session, nextitem) else None

    def _may_wait_unseen(self, item: RequirementItem) -> bool:
        """With -v, pytest names a test before it runs, so that one sees what takes long."""
        return item.config.get_verbosity() <= 0 or self._mail.is_judged(item)


def _hooks_of(item: RequirementItem) -> pluggy.HookRelay | None:
    """Return the hooks of the item's file, or None if its items need the phases."""
    ancestors = [*item.iter_parents()][1:]
    marked = any(node.own_markers for node in ancestors)
    # A Package sets up its __init__.py, which the first of its items would do.
    set_up = any(type(node).setup is not pytest.Item.setup for node in ancestors)
    hooks = item.ihook
    return None if marked or set_up or needs_phases(hooks, item.config) else hooks


def _after(session: pytest.Session, position: int) -> pytest.Item | None:
    return session.items[position + 1] if position + 1 < len(session.items) else None


def _takes_down(session: pytest.Session, nextitem: pytest.Item | None) -> bool:
    """Whether a test before *nextitem* ends what earlier tests have set up, as fixtures."""
    up = session._setupstate.stack  # noqa: SLF001  pytest has no other name for what is set up
    return bool(up) and not up.keys() <= set(nextitem.listchain() if nextitem else ())


def _stop_if_told(session: pytest.Session) -> None:
    if session.shouldfail:
        raise session.Failed(session.shouldfail)
    if session.shouldstop:
        raise session.Interrupted(session.shouldstop)
