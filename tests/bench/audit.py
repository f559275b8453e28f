"""P16: ten sentences about each of ten thousand domains, 20 ms away, beside two serial peers."""

from __future__ import annotations

import os
import re
import subprocess
import time
import venv
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.bench import zones
from tests.bench.child import BenchError, Cost, environment, pytest_command, run
from tests.bench.goals import ratios, row
from tests.bench.rounds import interleaved
from tests.bench.servers import DELAY_MS, Relayed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bench.bed import Bed
    from tests.bench.goals import Row
    from tests.bench.size import Size

PEERS = Path(__file__).parent / "peers"

# What a terminal reporter that is not quiet writes: how many, then a line of results.
_COLLECTED = re.compile(rb"collected \d+ items[^\n]*\n")
_RESULT = re.compile(rb"\n\S+ [.FEsx]")


def audits(bed: Bed, size: Size) -> list[Row]:
    """Audit the domains with mailcheck, and a sample of them with those who ask one by one.

    The peers take as long for every domain as for the first: they wait for each answer. So a
    sample, without their start, says what all of the domains would take.
    """
    checkdmarc = "offline" if size.offline else _checkdmarc(bed.folder)
    sentences = size.domains * len(zones.AUDIT)
    with Relayed(bed.port, DELAY_MS) as far:
        runs: dict[str, Callable[[], Cost]] = {
            "ours": lambda: run(
                bed.mailcheck("-q", port=far.port), bed.audit(size.domains), f"{sentences} passed"
            ),
            "floor": lambda: run(pytest_command("-q"), bed.bare(sentences), f"{sentences} passed"),
            "naive": lambda: _naive(bed, far.port, size.sample),
        }
        if isinstance(checkdmarc, Path):
            runs["checkdmarc"] = lambda: _checkdmarc_each(checkdmarc, bed, far.port, size.sample)
        costs = interleaved(size.rounds, runs)
        firsts = [_first(bed, far.port, size.domains) for _ in range(size.rounds)]
    ours = [cost.wall / size.domains for cost in costs["ours"]]
    peaks = {name: [float(cost.peak) for cost in costs[name]] for name in ("ours", "floor")}
    megabytes = median(peaks["ours"]) / 1024**2, median(peaks["floor"]) / 1024**2
    rows = [_against("P16 naive", costs["naive"], ours, size)]
    if "checkdmarc" in costs:
        rows.append(_against("P16 checkdmarc", costs["checkdmarc"], ours, size))
    else:
        rows.append(row("P16 checkdmarc", [], str(checkdmarc)))
    return [
        *rows,
        row(
            "P16 first",
            [first.result for first in firsts],
            f"{sentences:,} sentences collected in {median(f.collected for f in firsts):.1f} s",
        ),
        row(
            "P16 memory",
            ratios(peaks["ours"], peaks["floor"]),
            f"{megabytes[0]:.0f} MB against {megabytes[1]:.0f}",
        ),
    ]


def _against(key: str, peer: list[Cost], ours: list[float], size: Size) -> Row:
    theirs = [cost.wall for cost in peer]
    detail = (
        f"{median(ours) * 1000:.2f} ms/domain ({median(ours) * size.domains:.1f} s) "
        f"against {median(theirs) * 1000:.0f}, a sample of {size.sample}"
    )
    return row(key, ratios(theirs, ours), detail)


def _naive(bed: Bed, port: int, sample: int) -> Cost:
    """Return what one domain costs, without the start of pytest."""
    one, more = (_naive_run(bed, port, count) for count in (1, 1 + sample))
    return Cost((more.wall - one.wall) / sample, (more.cpu - one.cpu) / sample, more.peak)


def _naive_run(bed: Bed, port: int, count: int) -> Cost:
    passed = f"{count * len(zones.AUDIT)} passed"
    command = pytest_command("-q", "-p", "no:cacheprovider", str(PEERS / "naive_audit.py"))
    variables = [f"BENCH_PORT={port}", f"BENCH_DOMAINS={count}"]
    return run(["env", *variables, *command], bed.single(), passed)


def _checkdmarc_each(python: Path, bed: Bed, port: int, sample: int) -> Cost:
    command = [str(python), str(PEERS / "checkdmarc_audit.py"), str(port), str(sample)]
    cost = run(command, bed.folder)
    return Cost(float(cost.output.split()[-1]), cost.cpu / sample, cost.peak)


def _checkdmarc(folder: Path) -> Path | str:
    """Return the Python of a new environment that has checkdmarc, or why there is none."""
    place = folder / "checkdmarc"
    venv.create(place, with_pip=True)
    python = place / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "checkdmarc"]
    # Its own environment, but the user's settings: who has a proxy or a mirror has it here too.
    told = subprocess.run(
        install, check=False, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": ""}
    )
    if told.returncode:
        return f"checkdmarc cannot be installed from PyPI: {told.stderr.strip()[-200:]}"
    return python


@dataclass(frozen=True, slots=True)
class First:
    """Seconds from the start to the end of collection, and from there to the first result."""

    collected: float
    result: float


def _first(bed: Bed, port: int, domains: int) -> First:
    """Run an audit until its first result, as a terminal shows it, and stop it then.

    Seen from outside, because a plugin that watched would change what is run.
    """
    command = bed.mailcheck(port=port)
    begun = time.perf_counter()
    process = subprocess.Popen(
        [command[0], "-u", *command[1:]],
        cwd=bed.audit(domains),
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    seen, collected = b"", 0.0
    try:
        while chunk := os.read(process.stdout.fileno(), 65536):
            seen += chunk
            if not collected and _COLLECTED.search(seen):
                collected = time.perf_counter()
            if collected and _RESULT.search(seen):
                return First(collected - begun, time.perf_counter() - collected)
        raise BenchError(f"no result came:\n{seen[-3000:].decode(errors='replace')}")
    finally:
        process.terminate()
        process.communicate()
