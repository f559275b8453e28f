"""The command reads the ini file that pytest reads, and reads the same in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.errors import UsageError
from mailcheck.inifile import FILES, find_ini_file
from mailcheck.options import OPTIONS

if TYPE_CHECKING:
    from pathlib import Path

INI = """\
[{section}]
mail_live = {flag}
mail_lab = labs/one   ; not a comment
mail_resolver =
    192.0.2.1

    # a comment
    192.0.2.2:53
mail_vantage = 100%% of Seoul
"""
TOML_TEXTS = """\
[tool.pytest.ini_options]
mail_live = "yes"
mail_lab = "auto"
mail_resolver = ["192.0.2.1", "192.0.2.2"]
mail_secrets = "KEY"
"""
TOML = """\
[{table}]
mail_live = true
mail_ehlo = "mail.example.com"
mail_private_networks = ["10.0.0.0/8"]
"""

OURS = INI.format(section="pytest", flag="on")


@pytest.mark.parametrize(
    ("files", "arguments"),
    [
        pytest.param({"pytest.ini": OURS}, [], id="pytest.ini"),
        pytest.param({".pytest.ini": OURS}, [], id=".pytest.ini"),
        pytest.param({"pytest.ini": "\ufeff" + OURS}, [], id="a byte order mark"),
        pytest.param({"tox.ini": "[tox]\nx = 1\n" + OURS}, [], id="tox.ini"),
        pytest.param({"tox.ini": "[tox]\nx = 1\n"}, [], id="a tox.ini that is not about pytest"),
        pytest.param(
            {"setup.cfg": INI.format(section="tool:pytest", flag="0")}, [], id="setup.cfg"
        ),
        pytest.param({"pyproject.toml": TOML_TEXTS}, [], id="pyproject.toml with texts"),
        pytest.param({"pyproject.toml": TOML.format(table="tool.pytest")}, [], id="native tables"),
        pytest.param({"pytest.toml": TOML.format(table="pytest")}, [], id="pytest.toml"),
        pytest.param({".pytest.toml": TOML.format(table="pytest")}, [], id=".pytest.toml"),
        pytest.param({"pyproject.toml": "[project]\nname = 'x'\n"}, [], id="nothing about pytest"),
        pytest.param(
            {"pytest.ini": "[other]\nx = 1\n", "pyproject.toml": TOML_TEXTS},
            [],
            id="an empty pytest.ini wins",
        ),
        pytest.param(
            {"pytest.toml": TOML.format(table="pytest"), "pytest.ini": OURS},
            [],
            id="pytest.toml wins over pytest.ini",
        ),
        pytest.param(
            {"suites/pyproject.toml": "[project]\n", "tox.ini": OURS, "suites/x.yml": ""},
            ["suites/x.yml"],
            id="a file above a pyproject.toml that says nothing",
        ),
        pytest.param(
            {"suites/pytest.ini": OURS, "suites/x.yml": ""}, ["suites/x.yml"], id="of the file"
        ),
        pytest.param(
            {"a/pytest.ini": OURS, "a/x.yml": "", "b/x.yml": "", "tox.ini": "[pytest]\n"},
            ["b/x.yml", "a/x.yml"],
            id="of the folder that files have in common",
        ),
        pytest.param(
            {"a/pytest.ini": OURS, "a/x.yml": "", "b/x.yml": ""},
            ["b/x.yml", "a/x.yml"],
            id="of one of the files",
        ),
        pytest.param({"a/setup.py": "", "a/b/x.yml": ""}, ["a/b"], id="setup.py marks a root"),
        pytest.param({"a/x.yml": ""}, ["a/x.yml"], id="no file at all"),
    ],
)
def test_it_is_read_as_pytest_reads_it(
    pytester: pytest.Pytester, files: dict[str, str], arguments: list[str]
) -> None:
    for name, text in files.items():
        path = pytester.path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, "utf-8")
    config = pytester.parseconfig(*arguments)
    ini = find_ini_file(pytester.path, [pytester.path / name for name in arguments])
    assert (ini.path, ini.root) == (config.inipath, config.rootpath)
    read = {option.ini: ini.value(option) for option in OPTIONS}
    assert read == {option.ini: config.getini(option.ini) for option in OPTIONS}


def test_the_order_of_files_is_that_of_pytest() -> None:
    findpaths = pytest.importorskip("_pytest.config.findpaths")
    assert list(FILES) == list(findpaths.CONFIG_LOADERS_BY_NAME)


def values_in(folder: Path) -> dict[str, Any]:
    ini = find_ini_file(folder)
    return {option.ini: ini.value(option) for option in OPTIONS}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        pytest.param("pytest.ini", "mail_live = 1\n", "no section header", id="no section"),
        pytest.param("pytest.ini", "[pytest]\nx\n", "unexpected line", id="no value"),
        pytest.param("pytest.ini", "[pytest]\nmail_live = perhaps\n", "true or false", id="flag"),
        pytest.param("pyproject.toml", "[tool.pytest\n", "pyproject.toml: ", id="broken TOML"),
        pytest.param("pyproject.toml", "tool = 1\n[tool.x]\n", "pyproject.toml", id="tool twice"),
        pytest.param("pyproject.toml", "[tool]\npytest = 1\n", "takes a table", id="no table"),
        pytest.param(
            "pyproject.toml", TOML_TEXTS + TOML.format(table="tool.pytest"), "both", id="both"
        ),
        pytest.param("pytest.toml", "mail_live = true\n", "takes [pytest]", id="outside of tables"),
        pytest.param("pytest.toml", "[pytest]\nmail_live = 1\n", "true or false", id="native flag"),
        pytest.param(
            "pytest.toml", "[pytest]\nmail_secrets = 'A'\n", "a list of texts", id="native list"
        ),
        pytest.param("pytest.toml", "[pytest]\nmail_ehlo = 1\n", "a text", id="native text"),
        pytest.param("setup.cfg", "[pytest]\nx = 1\n", "[tool:pytest]", id="setup.cfg"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(UsageError) as caught:
        values_in(tmp_path)
    assert str(tmp_path / name) in str(caught.value)
    assert said in str(caught.value)


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    for name in ("pytest.ini", "pytest.toml"):
        (tmp_path / name).write_bytes(b"[pytest]\nmail_ehlo = \xff\n")
        with pytest.raises(UsageError, match=name):
            find_ini_file(tmp_path)
        (tmp_path / name).unlink()
