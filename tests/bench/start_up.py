"""P12, P12b: what the plugin adds to a run that is over at once."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from tests.bench.bed import NOTHING, PLUGIN
from tests.bench.child import Cost, pytest_command, run
from tests.bench.goals import row
from tests.bench.rounds import interleaved

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bench.bed import Bed
    from tests.bench.goals import Row
    from tests.bench.size import Size

ROWS = {"P12": "installed", "P12b resolver": "resolver", "P12b lab": "lab"}


def start_ups(bed: Bed, size: Size) -> list[Row]:
    """Start bare pytest and three runs with the plugin, many times in turn.

    Bare pytest is told of a plugin that does nothing: to find one that is named, it reads what all
    installed distributions say of themselves, as it does anyway where plugins are not named.
    """
    runs = _runs(bed)
    for warm in runs.values():  # byte code is written once in the life of an installation
        warm()
    costs = interleaved(size.rounds * size.starts, runs)
    return [_added(key, costs[name], costs["bare"]) for key, name in ROWS.items()]


def _runs(bed: Bed) -> dict[str, Callable[[], Cost]]:
    single, lab, sentence = bed.single(), bed.in_lab(), bed.sentences(1)
    in_lab = pytest_command("-q", "--mail-lab=auto", plugins=[PLUGIN])
    return {
        "bare": lambda: run(pytest_command("-q", plugins=[NOTHING]), single, "1 passed"),
        "installed": lambda: run(pytest_command("-q", plugins=[PLUGIN]), single, "1 passed"),
        "resolver": lambda: run(bed.mailcheck("-q"), sentence, "1 passed"),
        "lab": lambda: run(in_lab, lab, "1 passed"),
    }


def _added(key: str, ours: list[Cost], bare: list[Cost]) -> Row:
    pairs = list(zip(ours, bare, strict=True))
    walls = [(mine.wall - floor.wall) * 1000 for mine, floor in pairs]
    cpu = [(mine.cpu - floor.cpu) * 1000 for mine, floor in pairs]
    started = median(floor.wall for floor in bare) * 1000
    return row(key, walls, f"on top of {started:.0f} ms", cpu)
