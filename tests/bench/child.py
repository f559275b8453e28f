"""Programs run in a process of their own, and what they cost.

User and system time and the peak of resident memory come from the kernel's account of the child
(wait4(2)), so that neither the servers nor this process are counted.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

REPOSITORY = Path(__file__).parent.parent.parent


class BenchError(Exception):
    """Something cannot be measured; the text says why, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: seconds of the clock, seconds of CPU, bytes at its peak; its output."""

    wall: float
    cpu: float
    peak: int
    output: str = ""


def run(
    command: Sequence[str], folder: Path, expected: str = "", *, codes: tuple[int, ...] = (0,)
) -> Cost:
    """Run *command* in *folder* to its end. Its output must hold *expected*.

    Raises:
        BenchError: if it exits with none of *codes*, or says something else: then what was
            measured is not what was meant.
    """
    with tempfile.TemporaryFile() as output:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            process.wait()
            raise
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode(errors="replace")
    if process.returncode not in codes or expected not in text:
        raise BenchError(
            f"{' '.join(command)} ended with {process.returncode}, "
            f"{expected!r} was expected:\n{text[-3000:]}"
        )
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, text)


def environment() -> dict[str, str]:
    """Return the same environment for everybody; no plugin loads unless it is named."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": os.environ.get("HOME", "/"),
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(REPOSITORY),
        "PYTHONHASHSEED": "0",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }


def pytest_command(*arguments: str, plugins: Sequence[str] = ()) -> list[str]:
    """Return pytest's command line with *plugins* and no others."""
    named = [part for plugin in plugins for part in ("-p", plugin)]
    return [sys.executable, "-m", "pytest", "-c", "pytest.ini", "--rootdir=.", *named, *arguments]
