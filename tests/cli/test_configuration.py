"""The command line comes before the ini file, and paths are relative to where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.cli import main
from mailcheck.cli.configuration import as_typed, configured
from mailcheck.inifile import find_ini_file
from mailcheck.options import OPTIONS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder below one with an ini file."""
    text = "[pytest]\nmail_lab = labs\nmail_checks = own\nmail_vantage = ini\nmail_junit = r.xml\n"
    (tmp_path / "pytest.ini").write_text(text, "utf-8")
    (tmp_path / "below").mkdir()
    return tmp_path / "below"


def test_paths_in_the_ini_file_are_relative_to_it(folder: Path) -> None:
    settings = configured({}, find_ini_file(folder), folder)
    assert (settings.lab, settings.checks) == (folder.parent / "labs", folder.parent / "own")


def test_what_is_given_comes_first_and_is_relative_to_the_working_directory(folder: Path) -> None:
    given = {"mail_lab": "mine", "mail_vantage": "desk", "mail_resolver": ()}
    settings = configured(given, find_ini_file(folder), folder)
    assert (settings.lab, settings.vantage) == (folder / "mine", "desk")


def test_auto_is_no_path(folder: Path) -> None:
    assert configured({"mail_lab": "auto"}, find_ini_file(folder), folder).lab == "auto"


def test_what_only_pytest_does_is_left_to_it(folder: Path) -> None:
    assert configured({}, find_ini_file(folder), folder).junit is None


def test_the_command_takes_every_option_of_a_run_without_mail() -> None:
    names = {option for parameter in main.commands["check"].params for option in parameter.opts}
    expected = {f"--{o.name}" for o in OPTIONS if not (o.pytest_only or o.ini_only)}
    assert names - expected == {"--json", "items"}
    assert expected <= names


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        pytest.param("give --mail-lab PATH", "give --lab PATH", id="an option of the command"),
        pytest.param("`--mail-control-host none`", "`--control-host none`", id="in quotes"),
        pytest.param("all in --mail-junit", "all in --mail-junit", id="one that only pytest has"),
        pytest.param("--mail-resolvers", "--mail-resolvers", id="no option"),
        pytest.param("--mail-lab-x", "--mail-lab-x", id="no option that begins as one"),
        pytest.param("mail_blocklist_keys", "mail_blocklist_keys", id="a key of the ini file"),
    ],
)
def test_options_are_named_as_they_are_typed_here(text: str, typed: str) -> None:
    assert as_typed(text) == typed


def test_the_help_names_them_so_too() -> None:
    helps = [getattr(parameter, "help", "") or "" for parameter in main.commands["check"].params]
    assert [text for text in helps if text != as_typed(text)] == []
