"""What one pytest session knows about mail: settings, checks, the run, the records so far."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mailcheck.catalogue import load_catalogue
from mailcheck.errors import MailcheckError
from mailcheck.plugin import MAIL_SESSION
from mailcheck.plugin.configuration import configured
from mailcheck.plugin.items import RequirementItem
from mailcheck.run import Planned, Run, run_properties

if TYPE_CHECKING:
    from mailcheck.catalogue import Catalogue
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
    return config.stash[MAIL_SESSION]


class MailSession:
    """Holds what lasts as long as the pytest session; itself a plugin, for the hooks it needs.

    An xdist worker asks for each item when its turn comes, since it does not know which of the
    collected items it will be given; an xdist controller asks nothing.
    """

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.settings: Settings = configured(config)
        self.catalogue: Catalogue = load_catalogue(self.settings.checks)
        self.run = Run(self.settings, root=config.rootpath)
        if isinstance(self.settings.lab, Path):
            self.run.check_world(config.rootpath)
        self._planned: dict[RequirementItem, Planned] = {}
        self._is_worker = hasattr(config, "workerinput")

    def plan(self, session: pytest.Session) -> None:
        """Queue the selected requirements in the order of their tests."""
        if self._is_worker or session.config.option.collectonly or _is_controller(session.config):
            return
        for item in session.items:
            if isinstance(item, RequirementItem):
                self._planned[item] = self.run.plan(item.requirement, item.path.parent)

    def verdict(self, item: RequirementItem) -> Verdict:
        """Drive the run until *item* is judged. A rerun asks again only what was not observed."""
        planned = self._planned.get(item)
        if planned is None:
            planned = self.run.plan(item.requirement, item.path.parent)
            self._planned[item] = planned
        elif item.verdict is not None and item.verdict.kind == "inconclusive":
            self.run.ask_again(planned)
        return self.run.verdict(planned)

    def judge(self, requirement: Requirement, folder: Path) -> Verdict:
        """Judge one requirement now, for the fixture."""
        return self.run.verdict(self.run.plan(requirement, folder))

    def before(self, item: pytest.Item) -> None:
        """Come to rest unless the next test is ours."""
        if not isinstance(item, RequirementItem):
            self.run.rest()

    def pytest_report_collectionfinish(self) -> str:
        """Say before anything is asked whom the run will ask."""
        said = run_properties(self.settings)
        return f"mailcheck: {said['world']}, resolvers {said['resolvers']}"

    def pytest_unconfigure(self) -> None:
        """Release every socket."""
        self.run.close()


def _is_controller(config: pytest.Config) -> bool:
    return bool(getattr(config.option, "dist", "no") != "no") and not hasattr(config, "workerinput")
