"""Measure mailcheck beside its yardsticks: ``python -m tests.bench [--quick] [P1 P3 ...]``."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from tests.bench import bed
from tests.bench.audit import audits
from tests.bench.child import BenchError
from tests.bench.goals import GOALS, NUMBERS, Row
from tests.bench.mail_sessions import mail_sessions
from tests.bench.plan_load import plan_loading
from tests.bench.sent import queries_sent
from tests.bench.size import Size
from tests.bench.spf_evaluation import spf_evaluation
from tests.bench.start_up import start_ups
from tests.bench.table import details, machine, table
from tests.bench.transport import transports
from tests.bench.whole_run import far_runs, whole_runs
from tests.bench.yaml_load import yaml_loading
from tests.bench.zone_load import zone_loading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Groups: TypeAlias = "Mapping[tuple[str, ...], Callable[[bed.Bed, Size], list[Row]]]"

GROUPS: Groups = {
    ("P1", "P2", "P10", "P17"): whole_runs,
    ("P3",): far_runs,
    ("P9",): queries_sent,
    ("P4", "P6", "P7"): transports,
    ("P11",): yaml_loading,
    ("P12", "P12b"): start_ups,
    ("P13", "P14"): mail_sessions,
    ("P16",): audits,
    ("P18",): zone_loading,
    ("P19",): spf_evaluation,
    ("P20",): plan_loading,
}
"""Who measures which goals, side by side in the same rounds."""


def main(arguments: list[str] | None = None) -> int:
    """Measure what is asked for, and print it; 1 if something could not be measured.

    Ctrl-C stops the bench and prints the groups of goals that were done.
    """
    size = _size(_parser().parse_args(arguments))
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that servers are stopped then
    begun, where = time.monotonic(), machine()
    rows: list[Row] = []
    try:
        for group in measured(size):
            rows += group
            sys.stderr.write(f"{' '.join(dict.fromkeys(r.goal.number for r in group))} done\n")
    except BenchError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")
    minutes = (time.monotonic() - begun) / 60
    sys.stdout.write(f"{where}\n")
    sys.stdout.write(f"{size.items:,} items, rounds: {size.rounds}, {minutes:.1f} minutes\n\n")
    rows.sort(key=lambda row: GOALS.index(row.goal))
    sys.stdout.write(f"{table(rows)}\n\n{details(rows)}\n")
    return 0 if rows and all(row.values for row in rows) else 1


def measured(size: Size, groups: Groups = GROUPS) -> Iterator[list[Row]]:
    """Measure everything that *size* wants, group by group. A group that fails says so in its rows.

    Raises:
        BenchError: if there is nothing to ask.
    """
    with bed.made(size.items, size.domains) as stand:
        for numbers, group in groups.items():
            goals = [goal for goal in GOALS if goal.number in size.wanted.intersection(numbers)]
            if not goals:
                continue
            try:
                rows = group(stand, size)
            except BenchError as error:
                sys.stderr.write(f"{error}\n")
                why = str(error).strip().rpartition("\n")[2]
                rows = [Row(goal, (), why) for goal in goals]
            yield [row for row in rows if row.goal in goals]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("goals", nargs="*", metavar="GOAL", help=f"of {', '.join(NUMBERS)}")
    parser.add_argument("--rounds", type=int, help="how often everything runs (5)")
    parser.add_argument("--items", type=int, help="tests in a large run (100,000)")
    parser.add_argument("--domains", type=int, help="domains in an audit (10,000)")
    parser.add_argument("--offline", action="store_true", help="do not install checkdmarc")
    parser.add_argument("--quick", action="store_true", help="one round of a tenth of everything")
    return parser


def _size(options: argparse.Namespace) -> Size:
    wanted = {goal.upper().replace("B", "b") for goal in options.goals} or set(NUMBERS)
    if unknown := wanted - set(NUMBERS):
        _parser().error(f"no goal {', '.join(sorted(unknown))}; there are {', '.join(NUMBERS)}")
    size = Size(frozenset(wanted))
    if options.quick:
        size = replace(size, rounds=1, items=10_000, domains=1_000, sample=5, starts=5)
    return replace(
        size,
        rounds=options.rounds or size.rounds,
        items=options.items or size.items,
        domains=options.domains or size.domains,
        offline=options.offline,
    )


if __name__ == "__main__":
    sys.exit(main())
