"""Folders: what is a suite in them, what cannot be told, and how both are named."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .conftest import MET, SUITE

if TYPE_CHECKING:
    from .conftest import Mailcheck

UNREADABLE = "/proc/self/mem"
"""A regular file that nobody can read from its start, not even root."""


def test_a_file_that_cannot_be_read_is_named_and_the_others_judged(
    here: Path, mailcheck: Mailcheck
) -> None:
    (here / "a.yml").symlink_to(UNREADABLE)
    (here / "b.yml").write_text(SUITE.replace(", tour.example.com", ""), "utf-8")
    (here / "c.yml").symlink_to("nowhere")
    (here / ".#b.yml").symlink_to("me@here.1")
    result = mailcheck("check", ".")
    assert result.exit_code == 2
    assert [line.partition("; ")[0] for line in result.stderr.splitlines()] == [
        "a.yml:1:1: the file cannot be read: Input/output error",
        "c.yml:1:1: the file cannot be read: No such file or directory",
    ]
    assert "1 met, 0 unmet" in result.stdout
    assert "not read       2  " in result.stdout


def test_a_folder_that_cannot_be_read_is_named(
    here: Path, mailcheck: Mailcheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that lies deeper than any path reaches, which stops root as well."""
    (here / "b.yml").write_text(SUITE.replace(", tour.example.com", ""), "utf-8")
    for _ in range(20):
        folder = "d" * 250
        Path(folder).mkdir()
        monkeypatch.chdir(folder)
    monkeypatch.chdir(here)
    result = mailcheck("check", ".")
    assert result.exit_code == 2
    assert "d:1:1: the folder cannot be read: File name too long; " in result.stderr
    assert "1 met, 0 unmet" in result.stdout


@pytest.mark.timeout(20)
def test_what_is_no_regular_file_is_passed_over(here: Path, mailcheck: Mailcheck) -> None:
    """A pipe would be waited for."""
    os.mkfifo(here / "a.yml")
    (here / "b.yml").write_text(SUITE, "utf-8")
    assert mailcheck("check", ".").exit_code == 1


def test_names_and_options_move_no_cursor(here: Path, mailcheck: Mailcheck) -> None:
    for name, text in (("near", "Mailcheck: 1\n"), ("bad", "mailcheck: 1\n"), ("ok", SUITE)):
        (here / f"{name}\x1b[2J\n.yml").write_text(text, "utf-8")
    missing = "gone\x1b[2J.yml"
    result = mailcheck("check", "--vantage", "here\x1b[2J", ".", missing, "--lab", ".")
    assert result.exit_code == 2
    assert "\x1b" not in result.output
    for name in ("near", "bad", "gone", "ok", "here"):
        assert rf"{name}\x1b[2J" in result.output
    assert "\x1b" not in mailcheck("check", "--lab", "gone\x1b", MET).output


def test_a_name_that_is_not_utf_8_is_shown(here: Path, mailcheck: Mailcheck) -> None:
    (here / os.fsdecode(b"near\xff.yml")).write_text("Mailcheck: 1\n", "utf-8")
    (here / os.fsdecode(b"ok\xff.yml")).write_text(SUITE, "utf-8")
    result = mailcheck("check", "--json", ".")
    assert (result.exit_code, r"near\udcff.yml" in result.stderr) == (1, True)
