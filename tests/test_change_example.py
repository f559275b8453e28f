"""What the READMEs of the examples of a change show is what happens."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SUITES = ROOT / "suites"
SHOWN = {"change": 5, "authentication": 2}
"""The examples, and how many runs the README of each shows."""


def blocks(example: str) -> list[tuple[str, str]]:
    """Commands that are shown, and what they print; a line of three dots for lines left out."""
    text = (SUITES / example / "README.md").read_text("utf-8")
    return re.findall(r"```console\n\$ ([^\n]+)\n(.*?)```", text, re.DOTALL)


BLOCKS = [(example, *block) for example in SHOWN for block in blocks(example)]


def untimed(text: str) -> list[str]:
    """The lines of *text* without what differs from run to run."""
    return [re.sub(r", \d+ ms|\d+\.\d\ds", "", line).rstrip() for line in text.splitlines()]


@pytest.mark.parametrize(("example", "command", "shown"), BLOCKS, ids=[b[1] for b in BLOCKS])
def test_it_prints_what_is_shown(
    pytester: pytest.Pytester,
    monkeypatch: pytest.MonkeyPatch,
    example: str,
    command: str,
    shown: str,
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("CI", raising=False)  # pytest does not cut lines there
    shutil.copytree(SUITES / example, pytester.path / "suites" / example)
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


def test_each_run_is_shown() -> None:
    assert {example: len(blocks(example)) for example in SHOWN} == SHOWN
