"""What the README shows is what happens."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def example(name: str) -> str:
    """The fenced block that follows the marker of this name."""
    text = (ROOT / "README.md").read_text("utf-8")
    match = re.search(rf"<!-- example: {name} -->\n```\w*\n(.*?)```", text, re.DOTALL)
    assert match is not None
    return match[1]


def untimed(text: str) -> list[str]:
    """The lines of *text* without what differs from run to run."""
    lines = re.sub(r", \d+ ms", "", text).splitlines()
    return [line.rstrip() for line in lines if line.strip()]


def test_the_suite_it_shows_is_the_suite_that_is_run() -> None:
    assert example("suite") == (ROOT / "tests" / "readme" / "mail.yml").read_text("utf-8")


def test_the_output_it_shows_is_what_pytest_prints(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("CI", raising=False)  # pytest does not cut lines there
    shutil.copytree(ROOT / "tests" / "readme", pytester.path / "suites")
    result = pytester.runpytest_subprocess("suites/", "-v", "--mail-lab=auto", "-p", "no:xdist")
    printed = untimed(result.stdout.str())
    command, *shown = untimed(example("output"))
    assert command == "$ pytest suites/ -v"
    assert shown == printed[printed.index(shown[0]) :][: len(shown)]
    assert printed[-1].startswith("=")
    assert shown[-1] == printed[-2]
