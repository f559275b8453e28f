"""The plugin is loaded by every pytest run of everyone who has it installed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

HEAVY = ("dns", "aiosmtplib", "yaml", "httpx2", "asyncio", "junit_xml", "rich", "click", "idna")


def modules_after(program: str) -> set[str]:
    """Return the names of the modules that *program* imports beyond pytest's."""
    before = "import sys, pytest\nbefore = set(sys.modules)\n"
    script = f"{before}{program}\nprint(*sorted(set(sys.modules) - before))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
    )
    return set(done.stdout.split())


def loaded_by(statement: str) -> set[str]:
    return {name.partition(".")[0] for name in modules_after(statement)}


def test_importing_the_plugin_imports_nothing_heavy() -> None:
    assert loaded_by("import mailcheck.plugin") & set(HEAVY) == set()


def test_a_foreign_yaml_file_imports_nothing_heavy() -> None:
    """Every project has some, and every pytest run sniffs at them."""
    assert loaded_by("import mailcheck.plugin.sniffing") & set(HEAVY) == set()


def test_saying_whom_a_run_asks_imports_no_probe() -> None:
    assert (
        loaded_by("import mailcheck.description, mailcheck.settings") & {"dns", "asyncio"} == set()
    )


SAID = {"mailcheck.checks.domain", "mailcheck.checks.domain.has_mx"}

READ = """
from mailcheck.catalogue import load_catalogue
from mailcheck.suite.load import load_item
load_item('domain example.com has MX', load_catalogue())
"""


def test_of_the_checks_a_run_imports_those_it_says() -> None:
    """There are dozens, and with what they rest on each takes some milliseconds."""
    checks = {name for name in modules_after(READ) if name.startswith("mailcheck.checks.")}
    assert checks == SAID


LAB = """
lab: 1
servers:
  ns1.example.com:
    address: 192.0.2.53
    zones:
      example.com: |
        @ 3600 IN SOA ns1 hostmaster 1 3600 600 86400 300
        @ 3600 IN NS ns1
        @ 3600 IN MX 10 mail
"""

PLUGIN = {
    "mailcheck",
    "mailcheck.options",
    "mailcheck.plugin",
    "mailcheck.plugin.garbage",
    "mailcheck.plugin.loading",
    "mailcheck.plugin.recorder",
}
SNIFFING = {"mailcheck.plugin.sniffing", "mailcheck.suite", "mailcheck.suite.sniff"}


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        pytest.param("--help", PLUGIN, id="help"),
        pytest.param("--fixtures", PLUGIN | SNIFFING, id="fixtures"),
        pytest.param("--verbose", PLUGIN | SNIFFING, id="run"),
    ],
)
def test_a_project_without_suites_imports_the_hooks(
    pytester: pytest.Pytester, argument: str, expected: set[str]
) -> None:
    pytester.makepyfile("def test_one(): pass")
    pytester.path.joinpath("other.yml").write_text("version: 2\n")
    arguments = [argument, "-p", "no:cacheprovider", "-p", "mailcheck.plugin"]
    loaded = modules_after(f"pytest.main({arguments!r})")
    assert {name for name in loaded if name.partition(".")[0] == "mailcheck"} == expected
    assert loaded & set(HEAVY) == set()


MOST = 267
"""Modules of mailcheck that a run of one sentence about DNS may import; with every check, 450. Some
thirty of them are its lab's: they read and load zones, as those of a change are, and play its hosts."""

SPARED = {
    "aiosmtplib",  # no SMTP is spoken
    "cryptography",  # no certificate is seen
    "junit_xml",  # no report is asked for
    "httpx2",  # no resolver over HTTPS
    "mailcheck.facts.own_lists",  # no list is asked
    "mailcheck.plugin.pending",  # no test is cut short
}


@pytest.mark.parametrize(
    ("options", "spared"),
    [
        pytest.param(["--mail-lab=auto"], SPARED, id="lab"),
        pytest.param(
            ["--mail-live", "--mail-resolver=192.0.2.53", "--mail-budget=1s"],
            SPARED | {"mailcheck.lab"},
            id="network",
        ),
    ],
)
def test_a_run_imports_what_its_sentences_need(
    pytester: pytest.Pytester, options: list[str], spared: set[str]
) -> None:
    suite = "mailcheck: 1\nfor:\n  domain: example.com\nchecks:\n- domain has MX\n"
    pytester.path.joinpath("suite.yml").write_text(suite)
    pytester.path.joinpath("lab.yml").write_text(LAB)
    arguments = ["-q", "-p", "no:cacheprovider", "-p", "mailcheck.plugin", *options]
    loaded = modules_after(f"pytest.main({arguments!r})")
    assert "mailcheck.engine.engine" in loaded
    assert spared & loaded == set()
    assert len([name for name in loaded if name.startswith("mailcheck.")]) <= MOST
    assert {m for m in loaded if m.startswith("mailcheck.checks.")} == SAID


def test_the_measure_would_notice() -> None:
    assert "dns" in loaded_by("import mailcheck.facts.dns")


def test_pytest_rewrites_no_assert_of_ours(pytester: pytest.Pytester) -> None:
    """It would parse every module anew, in each run that cannot write its cache."""
    pytester.makepyfile(
        """
        import sys

        import mailcheck.run

        def test_loaders():
            names = [name for name in sys.modules if name.startswith("mailcheck.")]
            rewritten = [n for n in names if "Rewrit" in type(sys.modules[n].__loader__).__name__]
            assert len(names) > 50
            assert {*rewritten} == {"mailcheck.plugin", "mailcheck.plugin.loading"}
        """
    )
    named = pytester.runpytest_subprocess("-p", "no:mailcheck", "-p", "mailcheck.plugin")
    named.assert_outcomes(passed=1)
