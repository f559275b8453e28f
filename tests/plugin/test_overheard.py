"""What a check says while it is judged is shown as pytest shows what a test says."""

from __future__ import annotations

import logging
import sys
import warnings

import pytest

from mailcheck.plugin.overheard import Overheard, overhearing

TALKATIVE = """\
    print("as printed")
    print("as complained", file=sys.stderr)
    logging.getLogger("check").warning("as logged")
    warnings.warn("as warned", UserWarning, stacklevel=1)
"""


@pytest.fixture(params=["short way", "whole way"])
def talkative(
    project: pytest.Pytester, own_check: str, request: pytest.FixtureRequest
) -> pytest.Pytester:
    """A project whose own check prints, logs and warns; somebody may listen to the phases."""
    if request.param == "whole way":
        project.makeconftest("def pytest_runtest_setup(item): pass\n")
    checks = project.mkdir("checks")
    start = "async def judge(wanted: OffersTour) -> Finding:\n"
    talking = own_check.replace(start, start + TALKATIVE)
    imports = "import logging\nimport sys\nimport warnings\nfrom dataclasses import dataclass\n"
    talking = talking.replace("from dataclasses import dataclass\n", imports)
    (checks / "offers_tour.py").write_text(talking, "utf-8")
    (project.path / "suites" / "mail.yml").write_text(
        "mailcheck: 1\nchecks:\n"
        "  - domain example.com offers a tour\n"
        "  - host tour.example.com resolves\n"
        "  - domain mail.example.com offers a tour\n"
    )
    project.makeini("[pytest]\nmail_lab = auto\nmail_checks = checks\n")
    return project


def test_what_was_said_is_shown_with_the_failure(talkative: pytest.Pytester) -> None:
    unmet = "suites/mail.yml::domain mail.example.com offers a tour"
    result = talkative.runpytest(unmet, "-W", "default")
    result.stdout.fnmatch_lines(
        [
            "*Captured stdout setup*",
            "as printed",
            "*Captured stderr setup*",
            "as complained",
            "*Captured log setup*",
            "WARNING*check:offers_tour.py:*as logged",
            "*warnings summary*",
            "suites/mail.yml::domain mail.example.com offers a tour",
            "*UserWarning: as warned",
        ]
    )
    assert result.stdout.str().count("as warned") == 2  # and the line of code that warns


def test_what_a_met_requirement_says_is_not_shown(talkative: pytest.Pytester) -> None:
    met = "suites/mail.yml::domain example.com offers a tour"
    result = talkative.runpytest(met, "-W", "default")
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.no_fnmatch_line("*as printed*")
    result.stdout.no_fnmatch_line("*as complained*")
    result.stdout.no_fnmatch_line("*as logged*")


def test_without_capture_it_stands_where_it_is_said(talkative: pytest.Pytester) -> None:
    result = talkative.runpytest("suites", "-s", "-W", "default")
    result.stdout.fnmatch_lines(["*as printed*"])
    assert result.stdout.str().count("as printed") == 2  # once for each judgement


def test_a_warning_may_be_an_error(talkative: pytest.Pytester) -> None:
    met = "suites/mail.yml::domain example.com offers a tour"
    result = talkative.runpytest(met, "-W", "error::UserWarning")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*check-crashed: UserWarning: as warned*"])


def test_a_breakpoint_in_a_check_asks_the_developer(talkative: pytest.Pytester) -> None:
    file = talkative.path / "checks" / "offers_tour.py"
    file.write_text(file.read_text("utf-8").replace('print("as printed")', "breakpoint()"))
    command = [sys.executable, "-m", "pytest", "-q", "suites", "-p", "no:cacheprovider"]
    result = talkative.run(*command, stdin=b"p 6 * 7\ncontinue\ncontinue\n")
    result.stdout.fnmatch_lines(["*(Pdb) 42"])
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_what_was_said_is_said_again(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    record = logging.LogRecord("somebody", logging.WARNING, "check.py", 1, "as logged", (), None)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        warnings.warn("as warned", ResourceWarning, stacklevel=1)
    heard = Overheard("as printed\n", "as complained\n", [record], warned)
    assert heard
    with pytest.warns(ResourceWarning, match="as warned"):
        heard.replay()
    assert capsys.readouterr() == ("as printed\n", "as complained\n")
    assert caplog.records == [record]


def test_nothing_is_nothing() -> None:
    assert not Overheard()


def test_listening_ends_with_the_block(pytester: pytest.Pytester) -> None:
    config = pytester.parseconfigure("-s")
    handlers, stdout = [*logging.root.handlers], sys.stdout
    with pytest.raises(ValueError, match="an error"), overhearing(config):
        raise ValueError("an error")
    assert logging.root.handlers == handlers
    assert sys.stdout is stdout
