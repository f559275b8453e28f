"""P11: reading a suite's YAML, beside PyYAML's fastest loader on the same file.

As a program, ``python -m tests.bench.yaml_load FILE ROUNDS``, it measures in a process that has
read nothing else, and prints seconds of CPU as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from tests.bench.child import run
from tests.bench.goals import ratios, row
from tests.bench.rounds import cpu_seconds, interleaved

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bench.bed import Bed
    from tests.bench.goals import Row
    from tests.bench.size import Size


def yaml_loading(bed: Bed, size: Size) -> list[Row]:
    """Read the suite of a large run, and the same with options below every sentence.

    The goal was set with options: a mapping and its lists cost CSafeLoader forty times as much as
    a line of text, most of it in the garbage collector.
    """
    plain, rich = bed.sentences(size.items), bed.with_options(size.items)
    return [*_loading("P11", rich, size.rounds), *_loading("P11 plain", plain, size.rounds)]


def _loading(key: str, project: Path, rounds: int) -> list[Row]:
    command = [sys.executable, "-m", "tests.bench.yaml_load", "suite.yml", str(rounds)]
    times: dict[str, list[float]] = json.loads(run(command, project).output)
    return [
        row(name, ratios(times[what], times["yardstick"]), _detail(times, what))
        for name, what in ((key, "nodes"), (f"{key} suite", "suite"))
    ]


def _detail(times: dict[str, list[float]], name: str) -> str:
    return f"{median(times[name]):.3f} s against {median(times['yardstick']):.3f}"


def main(path: Path, rounds: int) -> None:
    """Measure in this process."""
    import yaml

    from mailcheck.catalogue import load_catalogue
    from mailcheck.source.documents import read_documents
    from mailcheck.suite.load import load_suite

    catalogue = load_catalogue()
    runs: dict[str, Callable[[], Any]] = {
        "yardstick": lambda: yaml.load(path.read_text(), Loader=yaml.CSafeLoader),
        "nodes": lambda: read_documents(path, path.name),
        "suite": lambda: load_suite(path, path.name, catalogue),
    }
    timed = {name: cpu_seconds(read) for name, read in runs.items()}
    sys.stdout.write(json.dumps(interleaved(rounds, timed)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
