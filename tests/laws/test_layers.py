"""The layers are a contract, and the contract is a test."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def test_the_import_contracts_hold(repository: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "importlinter.cli", "lint"],
        capture_output=True,
        text=True,
        cwd=repository,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_architecture_page_shows_the_layers_in_force(repository: Path) -> None:
    configuration = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))
    contract = configuration["tool"]["importlinter"]["contracts"][0]
    block = "\n".join(layer.replace("mailcheck.", "") for layer in contract["layers"])
    assert f"```\n{block}\n```" in (repository / "mailcheck" / "README.md").read_text("utf-8")
