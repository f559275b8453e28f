"""Rounds: everything that is compared runs in each of them, one after the other."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")


def interleaved(rounds: int, runs: Mapping[str, Callable[[], T]]) -> dict[str, list[T]]:
    """Return for each of *runs* what it gave in each round.

    A machine is slower in one minute than in the next; what stands in one round was measured in
    the same minutes. Every second round goes the other way, so that nobody always comes first.
    """
    results: dict[str, list[T]] = {name: [] for name in runs}
    for number in range(rounds):
        for name in reversed(list(runs)) if number % 2 else runs:
            results[name].append(runs[name]())
    return results


def cpu_seconds(read: Callable[[], object]) -> Callable[[], float]:
    """Return what reads once and says how long that kept the processor."""

    def seconds() -> float:
        gc.collect()
        begun = time.process_time()
        kept = read()
        took = time.process_time() - begun
        del kept  # taken apart outside of the time, as it is not while tests run
        return took

    return seconds
