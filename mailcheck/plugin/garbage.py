"""Python's cyclic garbage collector while 100,000 items are made, and while they are run.

Items, requirements and reports are kept to the end of the session and are no cycles of our making,
yet each full collection walks over all of them: a fifth of the time of a large run. Nothing is
changed for sessions with fewer than :data:`MANY` items, nor for good: what was frozen is the
collector's again when the session ends.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MANY = 1000
"""Items of ours from which on it pays."""


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

    def freeze(self, items: int) -> None:
        """Freeze, if *items* are many."""
        if items >= MANY and not gc.get_freeze_count():  # not if somebody else has frozen theirs
            gc.freeze()
            self._frozen = True

    def thaw(self) -> None:
        """Give it back to the collector."""
        if self._frozen:
            gc.unfreeze()
            self._frozen = False
