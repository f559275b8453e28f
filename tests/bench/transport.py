"""P4, P6, P7: asking alone, without pytest, beside dnsperf and the wire.

massdns, the yardstick that P6 was set with, is in no distribution we can ask for. dnsperf is the
same kind of program (C, one thread that sends, queries made beforehand) and runs here, against the
same server in the same minute; so its CPU stands in, and the 4.8 us that massdns took on another
machine are shown beside it.
"""

from __future__ import annotations

import json
import re
import sys
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

from tests.bench import zones
from tests.bench.asking import WINDOW
from tests.bench.child import BenchError, Cost, run
from tests.bench.goals import ratios, row
from tests.bench.rounds import interleaved
from tests.bench.servers import DELAY_MS, Relayed
from tests.conftest import server_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.bench.bed import Bed
    from tests.bench.goals import Row
    from tests.bench.size import Size

MASSDNS = 4.8e-6
"""Seconds of CPU per query that massdns took on the machine where the goals were set."""

NEAR = ("raw", "decoded", "asyncresolver")
FAR = {"P4": "far raw", "P4 engine": "far engine", "P4 dnsperf": "far dnsperf"}

NO_DNSPERF = "dnsperf is not installed (Debian: apt install dnsperf)"

_RATE = re.compile(r"Queries per second:\s+([\d.]+)")
_COMPLETED = re.compile(r"Queries completed:\s+(\d+)")


SLOW = {"asyncresolver": 10}
"""Who takes so long that a part of the names must do; its rate is the same from the first second."""


def transports(bed: Bed, size: Size) -> list[Row]:
    """Ask for the same names in every way, near and far. All costs are those of one query."""
    runs = _ours(bed, size)
    if program := server_path("dnsperf"):
        queries = bed.folder / "queries.txt"
        queries.write_text("".join(f"{name} MX\n" for name in zones.names(size.items)))
        runs["dnsperf"] = partial(_dnsperf, program, bed.port, queries, size.items)
        if size.wants("P4"):
            runs["far dnsperf"] = partial(_far_dnsperf, program, bed, queries, size.items)
    costs = interleaved(size.rounds, runs)
    return [*_ideal(costs), *_cpu(costs), *_rates(costs)]


def _ours(bed: Bed, size: Size) -> dict[str, Callable[[], Cost]]:
    runs: dict[str, Callable[[], Cost]] = {}
    if size.wants("P6", "P7"):
        for way in NEAR:
            count = max(1, size.items // SLOW.get(way, 1))
            runs[way] = partial(_asked, bed, way, bed.port, count)
    if size.wants("P4"):
        runs["far raw"] = partial(_far, bed, "raw", size.items)
        runs["far engine"] = partial(_far, bed, "engine", size.items)
    return runs


def _asked(bed: Bed, way: str, port: int, count: int) -> Cost:
    """Ask *count* names in one way of :mod:`tests.bench.asking`."""
    command = [sys.executable, "-m", "tests.bench.asking", way, str(port), str(count)]
    cost = run(command, bed.folder)
    seconds = json.loads(cost.output)
    return Cost(seconds["wall"] / count, seconds["cpu"] / count, cost.peak)


def _far(bed: Bed, way: str, count: int) -> Cost:
    with Relayed(bed.port, DELAY_MS) as relay:
        return _asked(bed, way, relay.port, count)


def _far_dnsperf(program: str, bed: Bed, queries: Path, count: int) -> Cost:
    with Relayed(bed.port, DELAY_MS) as relay:
        return _dnsperf(program, relay.port, queries, count, "-q", str(WINDOW))


def _dnsperf(program: str, port: int, queries: Path, count: int, *options: str) -> Cost:
    """Run dnsperf once through *queries*; its clock is that of its own report.

    Near, it holds a hundred queries open, which is its default: with more, sockets overflow.
    """
    server = ["-s", "127.0.0.1", "-p", str(port), "-b", "4096"]
    cost = run([program, *server, "-d", str(queries), "-n", "1", "-e", *options], queries.parent)
    rate, completed = _RATE.search(cost.output), _COMPLETED.search(cost.output)
    if rate is None or completed is None or int(completed[1]) < count * 0.99:
        raise BenchError(f"{cost.output[-2000:]}\ndnsperf did not complete its queries")
    return Cost(1 / float(rate[1]), cost.cpu / count, cost.peak)


def _ideal(costs: dict[str, list[Cost]]) -> list[Row]:
    """Compare with a window that is always full."""
    ideal = DELAY_MS / 1000 / WINDOW
    rows = []
    for key, way in FAR.items():
        taken = [cost.wall for cost in costs.get(way, ())]
        detail = f"{_rate(taken)} against {1 / ideal:,.0f}" if taken else NO_DNSPERF
        rows.append(row(key, [seconds / ideal for seconds in taken], detail))
    return rows


def _cpu(costs: dict[str, list[Cost]]) -> list[Row]:
    """Compare the CPU that a query takes."""
    ours, theirs = ([cost.cpu for cost in costs.get(way, ())] for way in ("raw", "dnsperf"))
    if not ours:
        return []
    taken = f"{median(ours) * 1e6:.1f} us/query against"
    rows = [row("P6 fixed", [each / MASSDNS for each in ours], f"{taken} {MASSDNS * 1e6}")]
    if not theirs:
        return [*rows, row("P6", [], NO_DNSPERF)]
    return [*rows, row("P6", ratios(ours, theirs), f"{taken} {median(theirs) * 1e6:.1f}")]


def _rates(costs: dict[str, list[Cost]]) -> list[Row]:
    """Compare queries per second with dnsperf's."""
    if "dnsperf" not in costs:
        return [row(f"P7 {way}", [], NO_DNSPERF) for way in NEAR]
    theirs = [cost.wall for cost in costs["dnsperf"]]
    rows = []
    for way in NEAR if "raw" in costs else ():
        ours = [cost.wall for cost in costs[way]]
        cpu = median(cost.cpu for cost in costs[way]) * 1e6
        detail = f"{_rate(ours)} against {_rate(theirs)}; {cpu:.1f} us CPU"
        rows.append(row(f"P7 {way}", ratios(theirs, ours), detail))
    return rows


def _rate(seconds: list[float]) -> str:
    return f"{1 / median(seconds):,.0f}/s"
