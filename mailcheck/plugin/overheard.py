"""What judging says on the way: output, log records, warnings.

A check is thinking, and says nothing. While somebody writes one it prints, logs and warns, and
pytest shows that with the test. Verdicts that are taken outside pytest's phases keep it for the
phase in which pytest listens.
"""

from __future__ import annotations

import logging
import sys
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest


@dataclass
class Overheard:
    """What was said, in the form in which it can be said again."""

    out: str = ""
    err: str = ""
    records: list[logging.LogRecord] = field(default_factory=list)
    warned: list[warnings.WarningMessage] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.out or self.err or self.records or self.warned)

    def replay(self) -> None:
        """Say it again where pytest listens. A warning may be raised, as the user's filters say."""
        sys.stdout.write(self.out)
        sys.stderr.write(self.err)
        for record in self.records:
            logging.getLogger(record.name).handle(record)
        for told in self.warned:
            warnings.warn_explicit(
                told.message, told.category, told.filename, told.lineno, source=told.source
            )


class _Keeper(logging.Handler):
    def __init__(self, records: list[logging.LogRecord]) -> None:
        super().__init__()
        self._records = records

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append(record)


@contextmanager
def overhearing(config: pytest.Config) -> Iterator[Overheard]:
    """Hold the output as pytest does in a phase, and keep what is said until the block ends."""
    heard = Overheard()
    keeper = _Keeper(heard.records)
    capture = config.pluginmanager.getplugin("capturemanager")
    assert capture is not None
    with warnings.catch_warnings(record=True) as heard.warned:
        warnings.simplefilter("always")
        logging.root.addHandler(keeper)
        capture.resume_global_capture()
        try:
            yield heard
        finally:
            capture.suspend_global_capture()
            heard.out, heard.err = capture.read_global_capture()
            logging.root.removeHandler(keeper)
