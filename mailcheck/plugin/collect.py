"""Collecting suites: a YAML file that says it is one becomes a file of items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.errors import Problem, SourceError
from mailcheck.plugin import RECORDER
from mailcheck.plugin.garbage import paused
from mailcheck.plugin.items import BrokenSuiteItem, RequirementItem, SuiteNode
from mailcheck.plugin.session import mail_session
from mailcheck.report.record import UNREADABLE_TITLE
from mailcheck.suite.load import load_suite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mailcheck.plugin.session import MailSession
    from mailcheck.suite.requirement import Suite


def suite_file(path: Path, parent: pytest.Collector) -> SuiteFile | None:
    """Return the collector of *path*, which is a suite; None if the run cannot be set up."""
    try:
        mail = mail_session(parent.config)
    except pytest.UsageError as error:
        # Raised here it would be a traceback for each suite; the recorder raises it once collection
        # ends. A worker of xdist that ends so takes the session with it, and so only reports it.
        if hasattr(parent.config, "workerinput"):
            raise pytest.Collector.CollectError(str(error)) from None
        parent.config.stash[RECORDER].unusable = error
        return None
    parent.config.stash[RECORDER].suites = True
    collector: SuiteFile = SuiteFile.from_parent(parent, path=path, mail=mail)
    return collector


class SuiteFile(SuiteNode):
    """A suite. A broken one is a single item that errors, so that other files still run."""

    def __init__(self, *, mail: MailSession, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.mail = mail

    def collect(self) -> Iterator[pytest.Item]:
        """Yield an item for each requirement, or the one that says what is wrong."""
        with paused():
            yield from self._collect()

    def _collect(self) -> Iterator[pytest.Item]:
        try:
            suite = self._read()
        except SourceError as error:
            if self.config.option.collectonly:
                raise self.CollectError(str(error)) from None
            yield BrokenSuiteItem.from_parent(
                self, name=UNREADABLE_TITLE, mail=self.mail, error=error
            )
            return
        yield from self._items(suite)

    def _items(self, suite: Suite) -> Iterator[RequirementItem]:
        """Yield the items. The first is made by pytest, and where it can be, copied."""
        first: RequirementItem | None = None
        for requirement in suite.requirements:
            if first is not None:
                yield first.sibling(requirement)
                continue
            item = RequirementItem.from_parent(
                self, name=requirement.title, mail=self.mail, requirement=requirement
            )
            first = item if item.can_be_copied else None
            yield item

    def _read(self) -> Suite:
        mail = self.mail
        suite = load_suite(self.path, self.nodeid, mail.catalogue, mail.settings.secrets)
        mail.run.check_world(self.path.parent)
        if problems := [*self._taken_tags(suite)]:
            raise SourceError(problems)
        return suite

    def _taken_tags(self, suite: Suite) -> Iterator[Problem]:
        """Yield the tags that are markers of another plugin which expects arguments with them."""
        lines = [line.partition(":")[0] for line in self.config.getini("markers")]
        taken = {line.partition("(")[0].strip() for line in lines if "(" in line}
        for requirement in suite.requirements:
            for tag in taken.intersection(requirement.tags):
                what = f'tag "{tag}" means something to another plugin of pytest'
                yield Problem(requirement.place, what, "choose another word")
