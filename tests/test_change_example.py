"""What the README of the example of a change shows is what happens."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "suites" / "change"

BLOCKS = re.findall(
    r"```console\n\$ ([^\n]+)\n(.*?)```", (EXAMPLE / "README.md").read_text("utf-8"), re.DOTALL
)
"""Commands that are shown, and what they print; a line of three dots stands for lines left out."""


def untimed(text: str) -> list[str]:
    """The lines of *text* without what differs from run to run."""
    return [re.sub(r", \d+ ms|\d+\.\d\ds", "", line).rstrip() for line in text.splitlines()]


@pytest.mark.parametrize(("command", "shown"), BLOCKS, ids=[command for command, _ in BLOCKS])
def test_it_prints_what_is_shown(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, command: str, shown: str
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("CI", raising=False)  # pytest does not cut lines there
    shutil.copytree(EXAMPLE, pytester.path / "suites" / "change")
    pytester.makeini("[pytest]\nmail_lab = auto\n")
    program, *arguments = command.split()
    assert program == "pytest"
    printed = untimed(
        pytester.runpytest_subprocess(
            *arguments, "-p", "no:xdist", "-p", "no:cacheprovider"
        ).stdout.str()
    )
    at = 0
    for line in untimed(shown):
        if line == "...":
            continue
        assert line in printed[at:], line
        at = printed.index(line, at) + 1


def test_a_change_of_each_kind_is_shown() -> None:
    assert len(BLOCKS) == 3
