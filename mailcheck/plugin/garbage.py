"""Python's cyclic garbage collector while 100,000 items are made, and while they are run.

Items, requirements, answers and reports are kept to the end of the session and are no cycles of
our making, yet each full collection walks over all of them: a third of the time of a large run.
Nothing is changed for sessions with fewer than :data:`MANY` items, nor for good: what was frozen
is the collector's again when pytest has cleaned up.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MANY = 1000
"""Items of ours from which on it pays."""

OFTEN = 4096
"""Items run after which what they left is frozen, too."""


@contextmanager
def paused() -> Iterator[None]:
    """Collect nothing while objects are made that stay."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class Frozen:
    """Keeps what exists out of collections until :meth:`thaw`."""

    def __init__(self) -> None:
        self._frozen = False
        self._run = 0

    def freeze(self, items: int) -> None:
        """Freeze, if *items* are many."""
        if items >= MANY and not gc.get_freeze_count():  # not if somebody else has frozen theirs
            gc.freeze()
            self._frozen = True

    def ran(self, items: int) -> None:
        """Note that *items* were run, and freeze what many of them left."""
        self._run += items
        if self._frozen and self._run >= OFTEN:
            self._run = 0
            gc.freeze()

    def thaw(self) -> None:
        """Give it back to the collector."""
        if self._frozen:
            gc.unfreeze()
            self._frozen = False
