"""P1, P2, P3, P10, P17: whole runs of pytest, beside the bare floor and beside each other."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from tests.bench.child import Cost, pytest_command, run
from tests.bench.goals import ratios, row
from tests.bench.rounds import interleaved
from tests.bench.servers import DELAY_MS, LOSS_PERCENT, Relayed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.bench.bed import Bed
    from tests.bench.goals import Row
    from tests.bench.size import Size


def whole_runs(bed: Bed, size: Size) -> list[Row]:
    """Run as many trivial tests and sentences, and compare."""
    costs = interleaved(size.rounds, _runs(bed, size))
    bare, near = costs["bare"], costs["near"]
    rows = [_compared("P1", near, bare, size.items), _memory(near, bare, size.items)]
    if listened := costs.get("listened"):
        rows.append(_compared("P2", listened, bare, size.items))
    if "small" in costs:
        rows.append(_growth(costs, size))
    return rows


def _runs(bed: Bed, size: Size) -> dict[str, Callable[[], Cost]]:
    passed = f"{size.items} passed"
    floor, sentences = bed.bare(size.items), bed.sentences(size.items)
    runs = {
        "bare": lambda: run(pytest_command("-q"), floor, passed),
        "near": lambda: run(bed.mailcheck("-q"), sentences, passed),
    }
    if size.wants("P2"):
        listened = bed.listened(size.items)
        runs["listened"] = lambda: run(bed.mailcheck("-q"), listened, passed)
    if size.wants("P17"):
        runs["small"] = lambda: _typical(bed, size.small, size.small_runs)
        runs["one"] = lambda: _typical(bed, 1, size.small_runs)
    return runs


def far_runs(bed: Bed, size: Size) -> list[Row]:
    """Run the sentences far from their server and beside it."""
    project, passed = bed.sentences(size.items), f"{size.items} passed"
    runs = {
        "near": lambda: run(bed.mailcheck("-q"), project, passed),
        "far": lambda: _far(bed, project, passed),
    }
    costs = interleaved(size.rounds, runs)
    return [_compared("P3", costs["far"], costs["near"], size.items)]


def _far(bed: Bed, project: Path, passed: str) -> Cost:
    with Relayed(bed.port, DELAY_MS, LOSS_PERCENT) as relay:
        return run(bed.mailcheck("-q", port=relay.port), project, passed)


def _typical(bed: Bed, items: int, times: int) -> Cost:
    project, passed = bed.sentences(items), f"{items} passed"
    costs = [run(bed.mailcheck("-q"), project, passed) for _ in range(times)]
    return Cost(median(_walls(costs)), median(_cpus(costs)), int(median(_peaks(costs))))


def _growth(costs: dict[str, list[Cost]], size: Size) -> Row:
    """Compare the cost of one more item, once a run has started, in a large run and a small one."""
    large = _per_item(_walls(costs["near"]), _walls(costs["one"]), size.items)
    small = _per_item(_walls(costs["small"]), _walls(costs["one"]), size.small)
    large_cpu = _per_item(_cpus(costs["near"]), _cpus(costs["one"]), size.items)
    small_cpu = _per_item(_cpus(costs["small"]), _cpus(costs["one"]), size.small)
    detail = f"{median(large) * 1e6:.0f} us/item against {median(small) * 1e6:.0f}"
    return row("P17", ratios(large, small), detail, ratios(large_cpu, small_cpu))


def _per_item(whole: list[float], start: list[float], items: int) -> list[float]:
    return [(all_of_it - one) / (items - 1) for all_of_it, one in zip(whole, start, strict=True)]


def _compared(key: str, ours: list[Cost], theirs: list[Cost], items: int) -> Row:
    ratio, by_cpu = ratios(_walls(ours), _walls(theirs)), ratios(_cpus(ours), _cpus(theirs))
    each, floor = (median(_walls(costs)) / items * 1e6 for costs in (ours, theirs))
    return row(key, ratio, f"{each:.0f} us/item against {floor:.0f}", by_cpu)


def _memory(ours: list[Cost], theirs: list[Cost], items: int) -> Row:
    mine, floor = (median(_peaks(costs)) / 1024**2 for costs in (ours, theirs))
    detail = f"{mine:.0f} MB against {floor:.0f} for {items:,}"
    return row("P10", ratios(_peaks(ours), _peaks(theirs)), detail)


def _walls(costs: list[Cost]) -> list[float]:
    return [cost.wall for cost in costs]


def _cpus(costs: list[Cost]) -> list[float]:
    return [cost.cpu for cost in costs]


def _peaks(costs: list[Cost]) -> list[float]:
    return [float(cost.peak) for cost in costs]
