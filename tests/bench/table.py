"""The rows as people read them."""

from __future__ import annotations

import datetime
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.bench.goals import Goal, Row

HEAD = (
    *("goal", "what", "yardstick", "median", "rounds", "by CPU"),
    *("target", "moonshot", "reaches"),
)


def table(rows: Iterable[Row]) -> str:
    """Return *rows* as a Markdown table that also reads well in a terminal."""
    cells = [HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEAD))]
    lines = ["| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in cells]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join((lines[0], rule, *lines[1:]))


def details(rows: Iterable[Row]) -> str:
    """Return what the ratios were made of, a line each."""
    return "\n".join(f"- {row.goal.key}: {row.detail}" for row in rows)


def machine() -> str:
    """Name day, machine, its load and versions: a figure without them says nothing."""
    today = datetime.datetime.now(datetime.UTC).date()
    packages = ", ".join(f"{name} {_version(name)}" for name in ("pytest", "dnspython", "PyYAML"))
    return (
        f"{today}, {os.cpu_count()} x {_processor()}, load {os.getloadavg()[0]:.1f}, "
        f"Linux {platform.release()}, "
        f"Python {platform.python_version()}, {packages}"
    )


def _cells(row: Row) -> tuple[str, ...]:
    goal = row.goal
    return (
        goal.key,
        goal.what,
        goal.yardstick,
        shown(goal, row.median) if row.values else "",
        f"{min(row.values):.3g}-{max(row.values):.3g}" if row.values else "",
        shown(goal, median(row.cpu)) if row.cpu else "",
        _limit(goal, goal.target),
        _limit(goal, goal.moonshot),
        row.standing,
    )


def shown(goal: Goal, value: float) -> str:
    """Return *value* with its unit; two digits more than matter, so that 1.0 is not 1.0004."""
    match goal.unit:
        case "ms":
            return f"{value:+.1f} ms"
        case "s":
            return f"{value:.2f} s"
        case _:
            return f"{value:.1f}x" if value >= 10 else f"{value:.3f}x"


def _limit(goal: Goal, limit: float | None) -> str:
    if limit is None:
        return ""
    sign = "≥" if goal.more_is_better else "≤"
    return f"{sign} {limit:g}{'' if goal.unit == 'x' else ' ' + goal.unit}"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(missing)"
