"""A lab, a place to stand in, and two ways to call the command: in this process, and in its own."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest
from click.testing import CliRunner, Result

from mailcheck.cli import main

LAB = """\
lab: 1
title: A domain that takes mail, and a host that cannot send any
servers:
  ns1.example.com:
    address: 192.0.2.53
    zones:
      example.com: |
        @    3600 IN SOA ns1 hostmaster 1 7200 3600 1209600 300
        @    IN NS  ns1
        ns1  IN A   192.0.2.53
        @    IN MX  10 mail
        mail IN A   203.0.113.25
        tour IN A   203.0.113.80
hosts:
  mail.example.com:
    address: 203.0.113.25
    smtp: {25: accepts, 2525: silent}
"""

SUITE = """\
mailcheck: 1
title: Two domains
for: {domain: [example.com, tour.example.com]}
checks:
  - domain has MX
"""

MET = "domain example.com has MX"
UNMET = "domain tour.example.com has MX"
UNKNOWN = "domain example.net has MX"
"""A name that the lab does not hold."""

Mailcheck = Callable[..., Result]


class Process:
    """The command in a process of its own, spoken with line by line."""

    def __init__(self, popen: subprocess.Popen[str]) -> None:
        self._popen = popen

    def say(self, line: str) -> None:
        """Write a line to its standard input."""
        self._stream("stdin").write(line + "\n")
        self._stream("stdin").flush()

    def hear(self) -> str:
        """Wait for a line of its standard output."""
        return self._stream("stdout").readline()

    def hear_no_more(self) -> None:
        """Close the pipe it writes to."""
        self._stream("stdout").close()

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        self._popen.send_signal(signal.SIGINT)

    def end(self) -> tuple[int, str, str]:
        """End its input; return its exit status, what is left of its output, and its errors."""
        self._stream("stdin").close()
        output = "" if self._stream("stdout").closed else self._stream("stdout").read()
        return self._popen.wait(), output, self._stream("stderr").read()

    def _stream(self, name: str) -> IO[str]:
        stream: IO[str] = getattr(self._popen, name)
        return stream


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a lab, as the working directory."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "lab.yml").write_text(LAB, "utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmail_lab = auto\n", "utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def mailcheck(here: Path) -> Mailcheck:
    """Call the command in this process and in the project."""
    assert here.samefile(Path.cwd())

    def call(*arguments: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, arguments, input=stdin, prog_name="mailcheck")

    return call


@pytest.fixture
def command(here: Path) -> Iterator[Callable[..., Process]]:
    """Start the command in a process of its own, in the project."""
    with contextlib.ExitStack() as processes:

        def start(*arguments: str) -> Process:
            popen = subprocess.Popen(
                [sys.executable, "-m", "mailcheck.cli", *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=here,
                encoding="utf-8",
            )
            processes.enter_context(popen)
            processes.callback(popen.kill)
            return Process(popen)

        yield start
