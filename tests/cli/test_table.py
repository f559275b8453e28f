"""Rows in a terminal, wide and narrow, with colour and without."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from mailcheck.cli.table import Table

from .conftest import MET, UNMET

if TYPE_CHECKING:
    from pathlib import Path

COLOUR = re.compile(r"\x1b\[[\d;]*m")


def in_terminal(here: Path, *arguments: str, columns: int, **environment: str) -> list[str]:
    """Return the lines that the command shows in a terminal of so many columns."""
    ours, theirs = pty.openpty()
    settings = {"TERM": "xterm", "COLUMNS": str(columns), **environment}
    inherited = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    with subprocess.Popen(
        [sys.executable, "-m", "mailcheck.cli", *arguments],
        cwd=here,
        env={**inherited, **settings},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
    ):
        os.close(theirs)
        shown = b""
        try:
            while chunk := os.read(ours, 65536):
                shown += chunk
        except OSError:
            pass  # Linux reports the end of a terminal so
    os.close(ours)
    return shown.decode().replace("\r\n", "\n").splitlines()


def test_a_wide_terminal_has_a_row_for_each(here: Path) -> None:
    plain = [COLOUR.sub("", x) for x in in_terminal(here, "check", MET, UNMET, columns=140)]
    assert plain[0].startswith(f"met            {MET}       example.com MX → 10 mail.example.com.,")
    assert plain[1].startswith(f"unmet          {UNMET}  no-mx; tour.example.com has no MX record")


@pytest.mark.parametrize("columns", [40, 60, 72, 100])
def test_no_row_is_wider_than_the_terminal(here: Path, columns: int) -> None:
    """Neither are the words of a row lost; what is to be copied is longer where it must be."""
    sentence = "SMTP port 25 of mail.example.com accepts"
    lines = in_terminal(here, "check", sentence, columns=columns)
    rows = [COLOUR.sub("", line) for line in lines[: lines.index("")]]
    assert [row for row in rows if len(row) > columns] == []
    said = "".join("".join(rows).split())
    assert said.startswith("met")
    assert "mail.example.com" in said
    assert len(rows) > 1


def test_in_a_narrow_terminal_the_sentence_stays_whole(here: Path) -> None:
    shown = COLOUR.sub("", in_terminal(here, "check", MET, columns=60)[0])
    assert shown == f"met  {MET}"


def test_colour_is_for_terminals_whose_user_wants_it(here: Path) -> None:
    assert COLOUR.search(in_terminal(here, "check", MET, columns=100)[0])
    assert not COLOUR.search("".join(in_terminal(here, "check", MET, columns=100, NO_COLOR="1")))


def test_a_pipe_gets_one_line_for_each_row(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table.fitting([("a", "b", "c"), ("aaa", "서울", "c")])
    table.row("a", "b", "c " * 200)
    table.row("aaa", "서울", "c")
    first, second = capsys.readouterr().out.splitlines()
    assert first == "a    b     " + ("c " * 200).rstrip()
    assert second == "aaa  서울  c"


def test_nothing_in_a_cell_reaches_the_terminal_as_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Table([1]).row("\x1b[2J", "a\nb [red]c[/red]")
    assert capsys.readouterr().out == "\\x1b[2J  a\\nb [red]c[/red]\n"
