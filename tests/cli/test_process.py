"""The command as a process: what it loads, and how it ends when it is cut short."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, TypeAlias

import pytest

from .conftest import MET, UNMET

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .conftest import Process

    Command: TypeAlias = Callable[..., Process]


def test_an_answer_comes_before_the_next_line_is_waited_for(command: Command) -> None:
    """A program may write a sentence, read its verdict, and decide what to ask next."""
    process = command("check", "--json", "-")
    heard = []
    for sentence in (MET, UNMET, MET):
        process.say(sentence)
        heard.append(json.loads(process.hear())["verdict"])
    assert heard == ["met", "unmet", "met"]
    assert process.end() == (1, "", "")


def test_lines_that_come_together_are_answered_in_their_order(command: Command) -> None:
    process = command("check", "--json", "-")
    sentences = [f"domain {n}.example.com has MX" for n in range(5)]
    process.say("\n".join(sentences))
    assert [json.loads(process.hear())["sentence"] for _ in sentences] == sentences


def test_ctrl_c_keeps_the_results_so_far(command: Command) -> None:
    process = command("check", MET, "SMTP port 2525 of mail.example.com accepts")
    assert process.hear().startswith("met ")
    process.interrupt()
    status, rest, errors = process.end()
    assert (status, errors) == (130, "mailcheck: interrupted; 1 sentence was not judged\n")
    assert rest.endswith("1 met, 0 unmet, 0 inconclusive, 0 not evaluated\n")


def test_ctrl_c_while_standard_input_is_waited_for(command: Command) -> None:
    process = command("check", "--json", "-")
    process.say(MET)
    process.hear()
    process.interrupt()
    assert process.end() == (130, "", "")


def test_a_reader_that_leaves_is_no_verdict(command: Command) -> None:
    process = command("check", "--json", "-")
    process.hear_no_more()
    process.say(MET)
    assert process.end() == (141, "", "")


def test_the_lab_serves_until_ctrl_c(command: Command) -> None:
    process = command("lab", ".")
    shown = [process.hear()]
    while "Ctrl-C" not in shown[-1]:
        shown.append(process.hear())
    process.interrupt()
    assert process.end() == (130, "", "")
    assert shown[0] == "A domain that takes mail, and a host that cannot send any\n"
    [server] = [line for line in shown if line.startswith("server")]
    _, name, declared, really, *dig = server.split()
    port = really.rpartition(":")[2]
    assert (name, declared) == ("ns1.example.com", "192.0.2.53:53")
    assert dig[:6] == ["dig", "@127.0.0.1", "-p", port, "example.com", "SOA"]


@pytest.mark.parametrize("module", ["mailcheck", "mailcheck.cli"])
def test_the_command_is_called_as_a_module_too(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", module, "check", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("Usage: mailcheck check ")


def loaded_by(repository: Path, *arguments: str) -> set[str]:
    script = (
        "import sys\nfrom mailcheck.cli import main\n"
        f"try:\n    main({list(arguments)!r})\n"
        "except SystemExit:\n    print(*sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=repository
    )
    return set(done.stderr.split())


@pytest.mark.parametrize(
    ("arguments", "not_loaded"),
    [
        pytest.param(["--help"], {"dns", "asyncio", "yaml", "rich", "pytest"}, id="help"),
        pytest.param(["check", "--help"], {"dns", "asyncio", "yaml", "rich", "pytest"}, id="check"),
        pytest.param(["list"], {"rich", "pytest", "aiosmtplib"}, id="list"),
        pytest.param(["check", "no sentence"], {"rich", "pytest", "junit_xml"}, id="judging"),
    ],
)
def test_a_call_loads_what_it_needs_and_no_more(
    repository: Path, arguments: list[str], not_loaded: set[str]
) -> None:
    """Starting takes well under half a second because of what is not imported."""
    assert loaded_by(repository, *arguments) & not_loaded == set()


def test_the_measure_would_notice(repository: Path) -> None:
    assert loaded_by(repository, "check", "no sentence") >= {"dns", "asyncio"}


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("redirected", "why"),
    [
        pytest.param("<&-", "Bad file descriptor", id="closed"),
        pytest.param("0>/dev/null", "Bad file descriptor", id="open for writing"),
    ],
)
def test_standard_input_that_cannot_be_read_is_told_of(
    here: Path, redirected: str, why: str
) -> None:
    """And what was judged before it keeps its verdict."""
    done = in_shell(here, f'check "{UNMET}" - {redirected}')
    assert done.returncode == 2
    assert done.stderr.startswith(f"<stdin>:1:1: standard input cannot be read: {why}; ")
    assert "0 met, 1 unmet" in done.stdout


@pytest.mark.parametrize("command", [f'check "{MET}"', "check - </dev/null", "list", "schema"])
@pytest.mark.parametrize(
    ("redirected", "said"),
    [
        pytest.param(">&-", "mailcheck: standard output is closed\n", id="closed"),
        pytest.param(">/dev/full", "mailcheck: [Errno 28] No space left on device\n", id="full"),
    ],
)
def test_a_verdict_that_cannot_be_written_is_none(
    here: Path, command: str, redirected: str, said: str
) -> None:
    done = in_shell(here, f"{command} {redirected}")
    assert (done.returncode, done.stderr) == (2, said)


def test_standard_error_that_is_closed_changes_no_verdict(here: Path) -> None:
    assert in_shell(here, f'check "{MET}" 2>&-').returncode == 0
    assert in_shell(here, 'check "no sentence" 2>&-').returncode == 2


def in_shell(here: Path, call: str) -> subprocess.CompletedProcess[str]:
    """Call the command in a shell, which can close what a process is usually given."""
    return subprocess.run(
        ["sh", "-c", f"exec {sys.executable} -m mailcheck.cli {call}"],
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
    )
