"""Incidents whose page shows commands end as the page says."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SERIAL = ROOT / "suites" / "incidents" / "the-serial-was-not-raised"


def commands(folder: Path) -> list[list[str]]:
    """Return the commands that the page of an incident shows, each in its words."""
    text = (folder / "README.md").read_text("utf-8")
    return [shlex.split(line) for line in re.findall(r"(?m)^    (\S.+)$", text)]


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command of ours in the repository."""
    return subprocess.run(
        [sys.executable, "-P", "-m", *command],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )


def test_the_change_is_held_back_by_its_serial() -> None:
    gate, shown = commands(SERIAL)
    done = run([*gate, "-p", "no:cacheprovider"])
    assert done.returncode == 0, done.stdout
    assert "2 met, 0 unmet, 0 inconclusive, 0 not evaluated" in done.stdout
    said = run(shown)
    assert said.returncode == 1
    assert "serial-not-raised" in said.stdout


def test_without_the_change_nothing_is_said_of_it() -> None:
    gate, _ = commands(SERIAL)
    plain = gate[: gate.index("--mail-proposed")]
    folder = [str(SERIAL) if word.endswith(".yml") else word for word in plain]
    done = run([*folder, "-p", "no:cacheprovider"])
    assert done.returncode == 0, done.stdout
    assert "3 met, 0 unmet, 0 inconclusive, 2 not evaluated" in done.stdout
    strict = run([*folder, "-p", "no:cacheprovider", "--mail-not-evaluated=fail"])
    assert strict.returncode == 1
