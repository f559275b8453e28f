"""Python's cyclic garbage collector, paused while many objects are built that all stay."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def paused() -> Iterator[None]:
    """Let no collection run inside, and leave the collector as it was found.

    A collection starts for every few hundred objects that were made and not freed, and looks at
    young ones, from time to time at all. Of the nodes and requirements of a file it frees none:
    100,000 of them cost more to look at than to make, and each the more, the more there are.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
