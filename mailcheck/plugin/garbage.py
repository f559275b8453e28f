"""Python's cyclic garbage collector while items are made, and while they are run.

Modules, items, requirements, answers and reports are kept to the end of the session and are no
cycles of our making, yet each full collection walks over all of them: a third of the time of a
large run, and as much as a hundred verdicts in a run of one. Nothing is changed for sessions
without items of ours, nor for tests that are not ours, nor for good: what was frozen is the
collector's again when pytest has cleaned up, and collects. Only when the process ends, what is left
then is not walked over three times more.
"""

from __future__ import annotations

import atexit
import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_BORN_FROZEN = 1000
"""More objects than any Python starts with frozen: 3.12 does with some hundred."""

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


@contextmanager
def reading() -> Iterator[None]:
    """Collect nothing while modules and items are made, nor walk over them as soon as that is over.

    What is frozen and given back is old, as if a collection had found it in use.
    """
    with paused():
        yield
        if not something_is_frozen():
            gc.freeze()
            gc.unfreeze()


def something_is_frozen() -> bool:
    """Whether anybody froze what there was."""
    return gc.get_freeze_count() > _BORN_FROZEN


class Frozen:
    """Keeps what exists out of collections while items of ours are run.

    Tests of others are run after :meth:`thaw`: some wait for what they let go to be collected.
    """

    def __init__(self) -> None:
        self._pays = False
        self._frozen = False
        self._run = 0

    def freeze(self, items: int) -> None:
        """Freeze, if there are *items* of ours."""
        self._pays = items > 0
        self._freeze()
        if items:
            atexit.unregister(gc.freeze)
            atexit.register(gc.freeze)

    def ran(self, items: int) -> None:
        """Note that *items* were run: freeze again, or what many of them left."""
        self._run += items
        if not self._frozen:
            self._freeze()
        elif self._run >= OFTEN:
            self._run = 0
            gc.freeze()

    @contextmanager
    def growing(self) -> Iterator[None]:
        """Collect nothing while verdicts are made, and freeze what they leave.

        What others left since the last ones, such as their reports, is collected before: nothing
        of it that is garbage is kept.
        """
        if not self._frozen:
            self._freeze()
        if self._frozen and gc.isenabled():
            gc.collect(0)
        with paused():
            yield
            if self._frozen:
                gc.freeze()

    def thaw(self) -> None:
        """Give it back to the collector, until items of ours are run again."""
        if self._frozen:
            gc.unfreeze()
            self._frozen = False

    def _freeze(self) -> None:
        self._pays = self._pays and not something_is_frozen()  # by others; it is theirs
        if self._pays:
            gc.freeze()
            self._frozen = True
