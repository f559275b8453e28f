"""What is generated is committed, and equals what would be generated now."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def test_generated_files_are_up_to_date(repository: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mailcheck.pages", "--check"],
        capture_output=True,
        text=True,
        cwd=repository,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_ci_runs_the_commands_of_the_readme(repository: Path) -> None:
    readme = (repository / "README.md").read_text("utf-8").splitlines()
    script = (repository / ".ci" / "run").read_text("utf-8").splitlines()
    commands = [
        line.strip() for line in readme if line.strip().startswith("python3 -m venv .venv &&")
    ]
    assert len(commands) == 2
    assert [line for line in script if line.startswith("python3 -m venv")] == commands
