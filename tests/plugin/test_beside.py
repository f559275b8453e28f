"""Python tests beside a suite, in a run that is not the suite's."""

from __future__ import annotations

import sys

import pytest


@pytest.fixture
def beside(project: pytest.Pytester) -> pytest.Pytester:
    """A Python test in the folder of a suite."""
    (project.path / "suites" / "test_a.py").write_text("def test_a(): pass\n", "utf-8")
    return project


def test_the_report_of_the_suite_is_left_alone(beside: pytest.Pytester) -> None:
    report = beside.path / "report.xml"
    report.write_text("of another run", "utf-8")
    result = beside.runpytest("suites/test_a.py", f"--mail-junit={report}")
    result.assert_outcomes(passed=1)
    assert report.read_text("utf-8") == "of another run"


def test_what_only_the_suite_needs_may_be_missing(beside: pytest.Pytester) -> None:
    beside.makeini("[pytest]\nmail_lab = auto\nmail_checks = nowhere\n")
    result = beside.runpytest("suites/test_a.py")
    assert result.ret == pytest.ExitCode.OK
    suite = beside.runpytest("suites")
    assert suite.ret == pytest.ExitCode.USAGE_ERROR
    assert len([line for line in suite.errlines if "nowhere" in line]) == 1


def test_nothing_is_said_of_whom_the_suite_asks(beside: pytest.Pytester) -> None:
    beside.makeini("[pytest]\n")
    assert "mailcheck:" not in beside.runpytest("suites/test_a.py").stdout.str()


def test_nothing_is_imported_that_only_the_suite_needs(beside: pytest.Pytester) -> None:
    beside.makeconftest(
        "import sys\n"
        "def pytest_unconfigure():\n"
        "    print('loaded', *sorted({'dns', 'yaml', 'mailcheck.run'} & set(sys.modules)))\n"
    )
    command = ("-m", "pytest", "-q", "-p", "no:cacheprovider")
    assert "loaded" in beside.run(sys.executable, *command, "suites/test_a.py").outlines
    whole = beside.run(sys.executable, *command, "suites").outlines
    assert "loaded dns mailcheck.run yaml" in whole
