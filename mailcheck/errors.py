"""What mailcheck raises when it cannot go on.

::

    MailcheckError
    ├── SourceError     a YAML or data file of the user's cannot be read (all its problems at once)
    ├── CatalogueError  a check is written wrongly, or two checks claim one sentence
    └── UsageError      an option or a call is wrong

Verdicts are never exceptions of this tree: what could not be observed is a value
(:class:`mailcheck.question.Unobserved`), and only the plugin turns it into a test outcome.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class MailcheckError(Exception):
    """Root of everything mailcheck raises on purpose; its text is fit to be shown to a user."""


class CatalogueError(MailcheckError):
    """A check cannot be used: a heading is missing, a template is ambiguous, an import failed."""


class UsageError(MailcheckError):
    """An option, an ini key or an argument of the command is wrong."""


class Place(NamedTuple):
    """Where something stands in a file: 1-based line and column, as editors count them.

    ``of`` is the resource of a plan that stands there, by its address: such a file may have
    thousands, and all on one line.
    """

    file: str
    line: int
    column: int = 1
    of: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}{f': {self.of}' if self.of else ''}"

    @property
    def line_of(self) -> str:
        """File and line for people, behind the resource that stands there."""
        line = f"{self.file}:{self.line}"
        return f"{self.of} in {line}" if self.of else line


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong in a file: what was found, and what was expected instead.

    ``what`` is a clause with its subject first (``unknown key "chekcs"``); ``expected`` completes
    it and may span lines where it shows text that is ready to paste.
    """

    place: Place
    what: str
    expected: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.what}" + (f"; {self.expected}" if self.expected else "")


class SourceError(MailcheckError):
    """A file cannot be used. Carries every problem found in it, in the order of their places."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))
