"""What one pytest session knows about mail: settings, checks, the run, the records so far."""

from __future__ import annotations

import contextlib
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mailcheck.catalogue import load_catalogue
from mailcheck.conclusion import PLAINLY_MET, record_for
from mailcheck.errors import MailcheckError
from mailcheck.list_quota import refuse_too_many
from mailcheck.plugin import FROZEN, MAIL_SESSION, RECORDER
from mailcheck.plugin.configuration import configured
from mailcheck.plugin.garbage import paused
from mailcheck.plugin.items import BrokenSuiteItem, MailItem, RequirementItem
from mailcheck.plugin.lean import LeanLoop
from mailcheck.plugin.listeners import evidence_is_shown
from mailcheck.plugin.preflight import PreflightReport
from mailcheck.plugin.reports import complete, met_report
from mailcheck.plugin.suite_file import SuiteFile
from mailcheck.run import Run
from mailcheck.suite.load import ItemReader
from mailcheck.world.lists import known_lists

if TYPE_CHECKING:
    from collections.abc import Generator

    from mailcheck.catalogue import Catalogue
    from mailcheck.plugin.garbage import Frozen
    from mailcheck.run import Planned
    from mailcheck.settings import Settings
    from mailcheck.suite.requirement import Requirement
    from mailcheck.verdict import Verdict


def mail_session(config: pytest.Config) -> MailSession:
    """Return the session's one :class:`MailSession`, made when first needed.

    Raises:
        pytest.UsageError: if an option, a check or the lab that the run names cannot be used.
    """
    if MAIL_SESSION not in config.stash:
        try:
            mail = MailSession(config)
        except MailcheckError as error:
            raise pytest.UsageError(str(error)) from None
        config.stash[MAIL_SESSION] = mail
        config.pluginmanager.register(mail, "mailcheck-session")
        config.pluginmanager.register(LeanLoop(mail), "mailcheck-loop")
        report = PreflightReport(config, mail.run)
        config.pluginmanager.register(report, "mailcheck-preflight")
    return config.stash[MAIL_SESSION]


class MailSession:
    """Holds what lasts as long as the pytest session; itself a plugin, for the hooks it needs.

    An xdist worker asks for an item and the next one when their turn comes, since it does not know
    which of the collected items it will be given.
    """

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.settings: Settings = configured(config)
        self.catalogue: Catalogue = load_catalogue(self.settings.checks)
        self.known_lists = cache(partial(known_lists, self.settings))
        self.reader = ItemReader(self.catalogue, self.settings.secrets)
        self.run = Run(self.settings, root=config.rootpath)
        if isinstance(self.settings.lab, Path):
            self.run.check_world(config.rootpath)
        self.markers: set[str] = set()
        self._is_worker = hasattr(config, "workerinput")
        self._keeps_evidence = True
        self.asks = not (config.option.collectonly or config.getoption("setupplan", default=False))
        """Whether the tests are run, and not only listed."""
        self.frozen: Frozen = config.stash[FROZEN]
        if self.asks:
            self.run.find_resolvers()

    def is_met(self, item: RequirementItem) -> bool:
        """Drive the run until *item* is judged; whether it is met. Then ``record`` has the rest."""
        planned = self._plan(item)
        if self._plainly_met(planned):
            item.record = None
            return True
        verdict = self.run.verdict(planned)
        if verdict:
            item.record = record_for(item.requirement, verdict)
        return bool(verdict)

    def is_judged(self, item: RequirementItem) -> bool:
        """Whether the verdict on *item* is there without waiting."""
        return item.planned is not None and self.run.is_judged(item.planned)

    def verdict(self, item: RequirementItem) -> Verdict:
        """Drive the run until *item* is judged. A rerun asks again only what was not observed."""
        planned = self._plan(item)
        if item.verdict is not None and item.verdict.kind == "inconclusive":
            self.run.ask_again(planned)
        return PLAINLY_MET if self._plainly_met(planned) else self.run.verdict(planned)

    def judge(self, requirement: Requirement, folder: Path) -> Verdict:
        """Judge one requirement now, for the fixture, and rest: the test goes on."""
        verdict = self.run.verdict(self.run.plan(requirement, folder))
        self.run.rest()
        return verdict

    def _plainly_met(self, planned: Planned) -> bool:
        return not self._keeps_evidence and self.run.is_plainly_met(planned)

    def _plan_quietly(self, item: RequirementItem) -> None:
        if item.planned is None:
            with contextlib.suppress(MailcheckError):  # raised again where the item can show it
                self._plan(item)

    def _plan(self, item: RequirementItem) -> Planned:
        if item.planned is None:
            assert isinstance(item.parent, SuiteFile)
            item.planned = self.run.plan(item.requirement, item.parent.folder)
        return item.planned

    @pytest.hookimpl(wrapper=True)
    def pytest_collection_modifyitems(
        self, items: list[pytest.Item]
    ) -> Generator[None, None, None]:
        """Keep suites that cannot be read: nobody knows whether they hold what was selected."""
        if getattr(self.config.option, "loadgroup", False):
            _group_by_subject(items)
        broken = [item for item in items if isinstance(item, BrokenSuiteItem)]
        yield
        items.extend(item for item in broken if item not in items)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Queue the selected requirements in the order of their tests."""
        self._keeps_evidence = bool(self.settings.junit) or evidence_is_shown(self.config)
        if not self.asks:
            return
        items = [item for item in session.items if isinstance(item, RequirementItem)]
        try:
            refuse_too_many((item.requirement for item in items), self.settings)
        except MailcheckError as error:
            self.config.stash[RECORDER].unusable = pytest.UsageError(str(error))
            return
        if self._is_worker:
            # What one worker tries of a host bears on how its replies to the others are read.
            for item in items:
                with contextlib.suppress(MailcheckError):  # raised again where it can be shown
                    self.run.note(item.requirement)
            return
        with paused():
            for item in items:
                self._plan_quietly(item)
        self.frozen.freeze(len(items))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> None:
        """Come to rest unless the next test is ours; then ask for the one after it as well."""
        if not isinstance(item, RequirementItem):
            self.run.rest()
            self.frozen.thaw()
            return
        self.frozen.ran(1)
        for ahead in (item, nextitem):
            if self.asks and isinstance(ahead, RequirementItem):
                self._plan_quietly(ahead)

    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> pytest.TestReport | None:
        """Put our text and our data on the reports of our items.

        It makes the report, and wraps nobody's: so all who wrap it see it as it is shown.
        """
        if not isinstance(item, MailItem):
            return None
        if isinstance(item, RequirementItem) and (met := met_report(item, call)):
            return met
        report = pytest.TestReport.from_item_and_call(item, call)
        complete(item, report, call)
        return report

    def pytest_unconfigure(self) -> None:
        """Release every socket."""
        self.run.close()


def _group_by_subject(items: list[pytest.Item]) -> None:
    """Let one xdist worker judge all that is said of a subject, so that it is asked once.

    What is said of names below it goes to the same worker. Only for ``--dist loadgroup``: workers
    share nothing that they have been told.
    """
    ours = [item for item in items if isinstance(item, RequirementItem)]
    subjects = {item.requirement.subject for item in ours}
    for item in ours:
        if subject := item.requirement.subject:
            labels = subject.split(".")
            above = (".".join(labels[at:]) for at in range(len(labels) - 1, -1, -1))
            group = next(name for name in above if name in subjects)
            item.add_marker(pytest.mark.xdist_group(group))
