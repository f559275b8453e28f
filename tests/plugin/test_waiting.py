"""On a terminal the first wait says whom it is for; the line is gone when a result comes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ANSWERED_BY_NOBODY = "mailcheck: resolver 127.0.0.1 port {port}  no answer yet"
WAITING = "mailcheck: waiting for resolver 127.0.0.1 port {port} ..."


@pytest.fixture
def silent(pytester: pytest.Pytester) -> Iterator[int]:
    """The port of a resolver that says nothing, asked by a suite."""
    (pytester.path / "mail.yml").write_text("mailcheck: 1\nchecks: [domain example.com has MX]\n")
    pytester.makepyfile(test_it="def test_it(): pass")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taking:
        taking.bind(("127.0.0.1", 0))
        port = taking.getsockname()[1]
        pytester.makeini(f"[pytest]\nmail_resolver = 127.0.0.1:{port}\nmail_budget = 1s\n")
        yield port


def on_a_terminal(*options: str) -> str:
    """Run pytest, and return what a terminal of 80 columns is written."""
    ours, its = os.openpty()
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--color=no", *options]
    environment = {**os.environ, "COLUMNS": "80"}
    with subprocess.Popen(command, stdout=its, stderr=its, env=environment):
        os.close(its)
        written = b""
        try:
            while read := os.read(ours, 4096):
                written += read
        except OSError:  # whoever wrote has gone
            pass
    os.close(ours)
    return written.decode().replace("\r\n", "\n")


def test_a_silent_resolver_is_waited_for_in_so_many_words(silent: int) -> None:
    shown = on_a_terminal("mail.yml")
    line = WAITING.format(port=silent)
    assert shown.count(line) == 1
    header, _, rest = shown.partition(f"\r{line} ")
    assert ANSWERED_BY_NOBODY.format(port=silent) in header
    assert rest.startswith(f"\r{' ' * (len(line) + 1)}\r\nmail.yml E")


def test_it_is_gone_before_another_test_says_something(silent: int) -> None:
    shown = on_a_terminal("test_it.py", "mail.yml")
    before, _, _ = shown.partition("test_it.py .")
    assert before.endswith("\r\n")
    assert WAITING.format(port=silent) in before


@pytest.mark.parametrize("option", ["-v", "-q"])
def test_where_tests_are_named_or_little_is_wanted_it_is_left_out(silent: int, option: str) -> None:
    assert WAITING.format(port=silent) not in on_a_terminal("mail.yml", option)


def test_a_file_is_not_written_what_is_taken_back(pytester: pytest.Pytester, silent: int) -> None:
    shown = pytester.runpytest_subprocess("mail.yml").stdout.str()
    assert ANSWERED_BY_NOBODY.format(port=silent) in shown
    assert "waiting for" not in shown


@pytest.mark.usefixtures("silent")
def test_a_test_that_is_cut_short_says_whom_it_waited_for(pytester: pytest.Pytester) -> None:
    shown = pytester.runpytest("mail.yml", "--timeout=0.5").stdout.str()
    assert "waiting for example.com MX from the run's resolvers" in " ".join(shown.split())
