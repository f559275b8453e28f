"""``list``, ``explain``, ``schema``, and what every command does with what is wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import mailcheck as package
from mailcheck.cli import main

from .conftest import MET

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Mailcheck


def test_list_shows_template_id_and_title(mailcheck: Mailcheck) -> None:
    result = mailcheck("list")
    assert result.exit_code == 0
    [line] = [line for line in result.stdout.splitlines() if " has-mx " in line]
    assert line.startswith("domain [{domain}] has MX  ")
    assert line.endswith("  The domain has mail exchangers")


def test_explain_shows_the_page_of_a_check(mailcheck: Mailcheck) -> None:
    page = mailcheck("explain", "has-mx").stdout
    assert page.startswith("domain [{domain}] has MX\n\nhas-mx: The domain has mail exchangers.\n")
    for heading in ("Requires", "Why", "Met when", "Unmet when", "Not judged here", "Examples"):
        assert f"\n{heading}\n    " in page
    assert "at_least: how many exchanges the domain must have\n        a whole number" in page


def test_explain_shows_what_a_tag_means_wherever_it_is_given(mailcheck: Mailcheck) -> None:
    text = mailcheck("explain", "no-such-domain").stdout
    assert "unmet of has-mx: domain [{domain}] has MX\n    the name does not exist" in text


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        pytest.param("has-mxs", "has-mx", id="a check"),
        pytest.param("nul-mx", "null-mx", id="a tag"),
        pytest.param("time-out", "timeout", id="a cause"),
    ],
)
def test_explain_names_the_neighbour_of_what_it_does_not_know(
    mailcheck: Mailcheck, name: str, meant: str
) -> None:
    result = mailcheck("explain", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f'"{name}"; did you mean "{meant}"?' in result.stderr


def test_explain_names_the_sentences_about_a_name(mailcheck: Mailcheck) -> None:
    result = mailcheck("explain", "dmarc")
    assert (result.exit_code, result.stdout) == (2, "")
    first, *sentences = result.stderr.splitlines()
    assert first.endswith('"dmarc"; these sentences are about it:')
    assert "  DMARC [of {domain}] is valid" in sentences


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("domain has MX", id="short"),
        pytest.param("Domain example.com has  mx", id="with its slot"),
        pytest.param("domain [{domain}] has MX", id="as list shows it"),
    ],
)
def test_explain_takes_a_sentence_for_its_check(mailcheck: Mailcheck, said: str) -> None:
    assert mailcheck("explain", said).stdout == mailcheck("explain", "has-mx").stdout


@pytest.mark.parametrize("cause", ["timeout", "budget-spent", "rcode-16"])
def test_explain_tells_a_cause(mailcheck: Mailcheck, cause: str) -> None:
    text = mailcheck("explain", cause).stdout
    assert text.startswith(f"{cause}\n\ncause of what could not be found out\n    The ")


@pytest.mark.parametrize("name", ['domain "has', "no such sentence at all"])
def test_explain_lists_no_names(mailcheck: Mailcheck, name: str) -> None:
    """There are too many to be read."""
    result = mailcheck("explain", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f'mailcheck: no check, no tag and no cause is called "{name}"; '
        "`mailcheck list` shows the checks\n"
    )


def test_explain_has_no_markup_of_docstrings(mailcheck: Mailcheck) -> None:
    for name in ("has-mx", "txt-includes", "too-few-mx", "host-resolves"):
        text = mailcheck("explain", name).stdout
        assert text
        assert "``" not in text


@pytest.mark.parametrize(
    ("argument", "noted"),
    [
        pytest.param("suits", True, id="a word"),
        pytest.param("suites/tour", True, id="a path"),
        pytest.param("./my suites/tour", True, id="a path with a space below a folder there is"),
        pytest.param("domain a/b has MX", False, id="a sentence with a slash"),
        pytest.param("domain example.com has MXs", False, id="a sentence"),
        pytest.param("-", False, id="standard input"),
    ],
)
def test_check_says_of_what_looks_like_a_path_that_there_is_no_such_file(
    here: Path, mailcheck: Mailcheck, argument: str, *, noted: bool
) -> None:
    (here / "my suites").mkdir()
    result = mailcheck("check", argument)
    note = f'mailcheck: "{argument}" is read as a sentence, and there is no such file\n'
    assert (note in result.stderr) == noted


def test_check_says_of_a_suite_that_there_is_no_such_file(mailcheck: Mailcheck) -> None:
    result = mailcheck("check", "tuor.yml")
    assert result.exit_code == 2
    assert result.stderr.startswith("tuor.yml:1:1: the file cannot be read: No such file")


def test_schema_is_json_and_ends_its_last_line(mailcheck: Mailcheck) -> None:
    output = mailcheck("schema").stdout
    assert json.loads(output)["title"] == "mailcheck suite"
    assert output.endswith("}\n")


def test_lab_says_where_it_looked(mailcheck: Mailcheck) -> None:
    result = mailcheck("lab", "missing")
    assert (result.exit_code, result.stderr) == (2, "mailcheck: no lab at missing\n")


def test_lab_tells_what_is_wrong_with_it(here: Path, mailcheck: Mailcheck) -> None:
    (here / "lab.yml").write_text("lab: 2\n", "utf-8")
    result = mailcheck("lab", ".")
    assert result.exit_code == 2
    assert result.stderr.startswith("lab.yml:1:6: ")


def test_version_is_that_of_the_package(mailcheck: Mailcheck) -> None:
    assert mailcheck("--version").stdout == f"mailcheck {package.__version__}\n"


@pytest.mark.parametrize("name", [pytest.param(name, id=name) for name in main.commands])
def test_every_command_and_every_option_has_help(name: str) -> None:
    command = main.commands[name]
    assert command.help
    options = [o for o in command.params if o.param_type_name == "option"]
    assert [o.name for o in options if not getattr(o, "help", None)] == []


def test_a_broken_ini_file_is_told_by_every_command_that_reads_it(
    here: Path, mailcheck: Mailcheck
) -> None:
    (here / "pytest.ini").write_text("[pytest]\nmail_live = perhaps\n", "utf-8")
    for arguments in (["list"], ["schema"], ["explain", "has-mx"], ["check", "x"]):
        result = mailcheck(*arguments)
        assert result.exit_code == 2
        expected = f"mailcheck: {here / 'pytest.ini'}: mail_live is 'perhaps'; it takes true or"
        assert result.stderr.startswith(expected)


ENDS = """

def __getattr__(name):
    {statement}
"""
"""What makes a module of checks end the program when it is looked into."""


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("raise SystemExit(0)", id="as if all were met"),
        pytest.param("raise SystemExit", id="without a status"),
        pytest.param("raise SystemExit(1)", id="as if one were unmet"),
        pytest.param("raise BaseException('oh')", id="with what none catches"),
        pytest.param("raise ZeroDivisionError", id="with an accident"),
    ],
)
@pytest.mark.parametrize(
    "text", [pytest.param("{}\n", id="imported"), pytest.param(ENDS, id="read")]
)
@pytest.mark.parametrize("command", [["check", MET], ["list"]])
def test_a_check_that_ends_the_program_gives_no_verdict(
    here: Path, mailcheck: Mailcheck, statement: str, text: str, command: list[str]
) -> None:
    """An exit status is ours alone: 0 and 1 would say what nobody has judged."""
    (here / "own").mkdir()
    source = text.replace("{}", statement).replace("{statement}", statement)
    (here / "own" / "has_end.py").write_text(source, "utf-8")
    (here / "pytest.ini").write_text("[pytest]\nmail_lab = auto\nmail_checks = own\n", "utf-8")
    result = mailcheck(*command)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "has_end.py" in result.stderr
    assert statement.removeprefix("raise ").partition("(")[0] in result.stderr
