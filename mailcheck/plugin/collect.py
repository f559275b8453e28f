"""Collecting suites: what stands in one becomes items."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.errors import CatalogueError, Problem, SourceError
from mailcheck.plugin import RECORDER
from mailcheck.plugin.items import BrokenSuiteItem, RequirementItem
from mailcheck.plugin.session import mail_session
from mailcheck.report.record import UNREADABLE_TITLE
from mailcheck.suite.load import load_suite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.plugin.session import MailSession
    from mailcheck.plugin.suite_file import SuiteFile
    from mailcheck.suite.requirement import Suite


def collected(file: SuiteFile) -> Iterator[pytest.Item]:
    """Yield the items of *file*; none if the run cannot be set up.

    A broken suite is a single item that errors, so that other files still run.
    """
    recorder = file.config.stash[RECORDER]
    if recorder.unusable is None:
        try:
            mail = mail_session(file.config)
        except pytest.UsageError as error:
            recorder.unusable = error  # so that nothing is looked up again for the next suite
    if recorder.unusable is not None:
        # Raised here it would be a traceback for each suite; the recorder raises it once collection
        # ends.
        return
    recorder.suites = True
    yield from _items(file, mail)


def _items(file: SuiteFile, mail: MailSession) -> Iterator[pytest.Item]:
    try:
        suite = _read(file, mail)
    except SourceError as error:
        if file.config.option.collectonly:
            raise file.CollectError(str(error)) from None
        yield BrokenSuiteItem.from_parent(file, name=UNREADABLE_TITLE, mail=mail, error=error)
        return
    except CatalogueError as error:  # a check of ours that cannot be imported here
        file.config.stash[RECORDER].unusable = pytest.UsageError(str(error))
        return
    yield from _items_of(suite, file, mail)


def _items_of(suite: Suite, file: SuiteFile, mail: MailSession) -> Iterator[RequirementItem]:
    """Yield the items. The first is made by pytest, and where it can be, copied."""
    first: RequirementItem | None = None
    for requirement in suite.requirements:
        if first is not None:
            yield first.sibling(requirement)
            continue
        item = RequirementItem.from_parent(
            file, name=requirement.title, mail=mail, requirement=requirement
        )
        first = item if item.can_be_copied else None
        yield item


def _read(file: SuiteFile, mail: MailSession) -> Suite:
    suite = load_suite(
        file.path, file.nodeid, mail.catalogue, mail.settings.secrets, mail.known_lists
    )
    mail.run.check_world(file.folder)
    if problems := [*_taken_tags(suite, file.config)]:
        raise SourceError(problems)
    return suite


def _taken_tags(suite: Suite, config: pytest.Config) -> Iterator[Problem]:
    """Yield the tags that are markers of another plugin which expects arguments with them."""
    lines = [line.partition(":")[0] for line in config.getini("markers")]
    taken = {line.partition("(")[0].strip() for line in lines if "(" in line}
    for requirement in suite.requirements:
        for tag in taken.intersection(requirement.tags):
            what = f'tag "{tag}" means something to another plugin of pytest'
            yield Problem(requirement.place, what, "choose another word")
