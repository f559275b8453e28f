"""The items pytest runs: one requirement, or a suite that cannot be read."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.conclusion import PLAINLY_MET, record_for
from mailcheck.errors import MailcheckError
from mailcheck.plugin.outcomes import raise_for_call, raise_for_setup
from mailcheck.plugin.suite_file import SuiteFile
from mailcheck.report.stand_ins import broken_suite
from mailcheck.verdict import Crash, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping
    from pathlib import Path

    from mailcheck.errors import SourceError
    from mailcheck.evidence import Evidence
    from mailcheck.plugin.overheard import Overheard
    from mailcheck.plugin.session import MailSession
    from mailcheck.report.record import Record
    from mailcheck.run import Planned
    from mailcheck.suite.requirement import Requirement

_NODE = pytest.Item.__mro__[1]

_SLOTS_OF_A_NODE = {
    *("__dict__", "_id", "_store", "config", "name", "parent", "path", "session"),
}


class MailItem(pytest.Item):
    """An item of a suite. ``record`` is what it leaves behind for reports."""

    record: Record | None

    @property
    def line(self) -> int:
        """The line it is about, from 1."""
        return 1

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where it stands in the suite; pytest counts lines from 0.

        The sentence heads the failure. The space keeps pytest from finding it at the end of the
        node id, where ``-v`` would take its dots for those of a Python name and write ``::``.
        """
        return self.path, self.line - 1, f"{self.name} "


class RequirementItem(MailItem):
    """A sentence as a test: asked in ``setup``, judged in ``runtest``.

    There may be 100,000 of them, and pytest keeps each to the end. So what pytest gives every item
    and hardly any is asked for (keywords, markers, a stash, lists) is made when it is read.
    """

    __slots__ = (
        "mail",
        "overheard",
        "own_markers",
        "planned",
        "record",
        "requirement",
        "verdict",
    )

    def __init__(self, *, mail: MailSession, requirement: Requirement, **kwargs: Any) -> None:
        self._begin(mail, requirement)
        # As text, for pytest to read as SuiteFile.id_of does.
        super().__init__(nodeid=f"{kwargs['parent'].nodeid}::{kwargs['name']}", **kwargs)
        del self.own_markers, self.keywords  # which know nothing of its tags yet

    def _begin(self, mail: MailSession, requirement: Requirement) -> None:
        self.mail = mail
        self.requirement = requirement
        self.planned: Planned | None = None
        self.verdict: Verdict | None = None
        self.record: Record | None = None
        self.overheard: Overheard | None = None
        for tag in requirement.tags:
            if tag not in mail.markers:
                mail.markers.add(tag)
                mail.config.addinivalue_line("markers", f"{tag}: a tag of a mailcheck suite")

    @property
    def can_be_copied(self) -> bool:
        """Whether pytest made nothing of this new item but what :meth:`sibling` knows."""
        slots = set(vars(_NODE).get("__slots__", ()))
        return slots == _SLOTS_OF_A_NODE and set(vars(self)) <= set(_MADE_WHEN_READ)

    def sibling(self, requirement: Requirement) -> RequirementItem:
        """Return the item of another requirement of the same file."""
        other = type(self).__new__(type(self))
        other._copy(self, requirement)  # noqa: SLF001  an object of this very class
        return other

    def _copy(self, first: RequirementItem, requirement: Requirement) -> None:
        """Begin as ``pytest.Item`` begins, without what can be made when it is read."""
        self._begin(first.mail, requirement)
        self.name = requirement.title
        self.parent = first.parent
        self.config = first.config
        self.session = first.session
        self.path = first.path
        assert isinstance(first.parent, SuiteFile)
        self._id = first.parent.id_of(requirement.title)

    # ── what pytest keeps of an item, made when it is read ───────────────────────────────────

    def __getattr__(self, name: str) -> Any:
        """Make one of the things that pytest gives every item; called only where it is missing."""
        if name not in _MADE_WHEN_READ:
            raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")
        made = _MADE_WHEN_READ[name](self)
        setattr(self, name, made)
        return made

    @property
    def _nodeid(self) -> str:
        """Its node id, under the name by which xdist puts a group behind it."""
        return self.nodeid

    @_nodeid.setter
    def _nodeid(self, nodeid: str) -> None:
        assert isinstance(self.parent, SuiteFile)
        self._id = self.parent.id_of(nodeid.removeprefix(f"{self.parent.nodeid}::"))

    @property
    def mark_names(self) -> list[str]:
        """The names of the markers that its suite gives it."""
        return ["mailcheck", *self.requirement.tags]

    @property
    def has_own_markers_only(self) -> bool:
        """Whether nobody marked it (skip, timeout, flaky) but its suite."""
        try:
            marks = _markers_made(self)
        except AttributeError:  # nobody has read them yet
            return True
        return [mark.name for mark in marks] == self.mark_names

    @property
    def line(self) -> int:
        """The line of its sentence, from 1."""
        return self.requirement.place.line

    @property
    def location(self) -> tuple[str, int | None, str]:
        """File, line from 0, and sentence: made anew from what is shared by the file."""
        assert isinstance(self.parent, SuiteFile)
        if not self.parent.location:
            self.parent.location = super().location[0]
        return self.parent.location, self.line - 1, f"{self.name} "

    # ── running ──────────────────────────────────────────────────────────────────────────────

    @property
    def is_plainly_met(self) -> bool:
        """Whether it was judged, and there is nothing to say but that it is met."""
        return self.verdict is PLAINLY_MET

    def setup(self) -> None:
        """Wait for the verdict; raise what is inconclusive or not evaluated."""
        if not self.mail.asks:
            return
        try:
            if self.overheard is not None:
                heard, self.overheard = self.overheard, None
                heard.replay()
            self.verdict = self.mail.verdict(self)
            if self.is_plainly_met:
                self.record = None
                return
            self.record = record_for(self.requirement, self.verdict)
        except MailcheckError as error:
            self.record = self.cut_short("no-world", str(error))
        except Warning as warning:  # one that the user's filters make an error
            self.record = self.cut_short("check-crashed", Crash.of(warning).text)
        raise_for_setup(self.record, self.mail.settings)

    def cut_short(self, cause: str, text: str, seen: tuple[Evidence, ...] = ()) -> Record:
        """Leave a record behind of a requirement that could not be brought to its verdict."""
        verdict = Verdict("inconclusive", cause=cause, text=text, evidence=seen)
        self.record = record_for(self.requirement, verdict)
        return self.record

    def runtest(self) -> None:
        """Raise what is unmet."""
        if not self.is_plainly_met:
            assert self.record is not None
            raise_for_call(self.record)


_markers_made: Callable[[RequirementItem], list[pytest.Mark]] = vars(RequirementItem)[
    "own_markers"
].__get__
"""Returns the markers of an item if they were made; AttributeError if not."""


@cache
def _mark(name: str) -> pytest.Mark:
    mark: pytest.Mark = getattr(pytest.mark, name).mark
    return mark


def _keywords(item: RequirementItem) -> MutableMapping[str, Any]:
    assert item.parent is not None
    node_keywords: Any = type(item.parent.keywords)  # a class that pytest has no public name for
    made: MutableMapping[str, Any] = node_keywords(item)
    made.update({mark.name: mark for mark in item.own_markers})
    return made


_MADE_WHEN_READ: dict[str, Callable[[RequirementItem], Any]] = {
    "keywords": _keywords,
    "own_markers": lambda item: [_mark(name) for name in item.mark_names],
    "extra_keyword_matches": lambda _: set(),
    "stash": lambda _: pytest.Stash(),
    "_store": lambda item: item.stash,  # its name before pytest 7, which old plugins use
    "_report_sections": lambda _: [],
    "user_properties": lambda _: [],
}


class BrokenSuiteItem(MailItem):
    """Stands for all requirements of a suite that cannot be read."""

    def __init__(self, *, mail: MailSession, error: SourceError, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.mail = mail
        self.error = error
        self.record = None

    @property
    def line(self) -> int:
        """The line of its first problem."""
        return self.error.problems[0].place.line if self.error.problems else 1

    def setup(self) -> None:
        """Raise the problems of the suite, all at once."""
        self.record = broken_suite(self.parent.nodeid if self.parent else "", self.error.problems)
        raise_for_setup(self.record, self.mail.settings)

    def runtest(self) -> None:
        """Never reached: setup raises."""
