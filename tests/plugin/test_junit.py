"""Both JUnit reports of a session: pytest's own, and ours."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.jenkins import refusals


def cases(path: Path) -> dict[str, ET.Element]:
    found = list(ET.parse(path).getroot().iter("testcase"))
    by_name = {case.get("name", ""): case for case in found}
    assert len(by_name) == len(found)
    return by_name


def outcome(case: ET.Element) -> tuple[str, str]:
    """The element that says how a case ended, and its type."""
    for child in case:
        if child.tag in ("failure", "error", "skipped"):
            return child.tag, child.get("type", "")
    return "", ""


def test_pytests_own_report_is_valid_and_says_the_verdict_first(project: pytest.Pytester) -> None:
    project.runpytest("suites", "--junitxml=own.xml")
    assert refusals(project.path / "own.xml") == []
    found = cases(project.path / "own.xml")
    unmet = found["domain tour.example.com has MX"].find("failure")
    unknown = found["domain silent.example has MX"].find("error")
    assert unmet is not None
    assert unknown is not None
    assert (unmet.text or "").startswith("unmet: no-mx\n")
    assert (unknown.text or "").startswith("inconclusive: servfail\n")
    assert unmet.get("message", "").startswith("unmet: no-mx; tour.example.com has no MX")
    assert "\n" not in unmet.get("message", "")


@pytest.mark.parametrize(
    "options", [pytest.param([], id="one process"), pytest.param(["-n", "2"], id="xdist")]
)
def test_our_report_says_verdict_tag_and_evidence(
    project: pytest.Pytester, options: list[str]
) -> None:
    project.runpytest("suites", "--mail-junit=ours.xml", *options)
    assert refusals(project.path / "ours.xml") == []
    found = cases(project.path / "ours.xml")
    assert {name: outcome(case) for name, case in found.items()} == {
        "domain example.com has MX": ("", ""),
        "domain tour.example.com has MX": ("failure", "no-mx"),
        "domain silent.example has MX": ("error", "servfail"),
        "domain tour.example.com has MX [at_least=2]": ("skipped", "no-mx"),
        "domain tour.example.com has MX [at_least=3]": ("", ""),
    }
    evidence = found["domain example.com has MX"].findtext("system-out", "")
    assert evidence.startswith("suites/mail.yml:5:5\n")
    assert "example.com MX → 10 mail.example.com." in evidence


def test_it_is_the_same_in_one_process_and_in_two(project: pytest.Pytester) -> None:
    def told(path: Path) -> list[tuple[str, tuple[str, str]]]:
        return [(name, outcome(case)) for name, case in cases(path).items()]

    project.runpytest("suites", "--mail-junit=one.xml")
    project.runpytest("suites", "--mail-junit=two.xml", "-n", "2")
    assert told(project.path / "one.xml") == told(project.path / "two.xml")


def test_the_suite_carries_its_title_and_what_was_asked(project: pytest.Pytester) -> None:
    project.runpytest("suites", "--mail-junit=ours.xml", "--mail-vantage=desk")
    suite = ET.parse(project.path / "ours.xml").getroot().find("testsuite")
    assert suite is not None
    assert suite.get("name") == "Mail of example.com"
    properties = {p.get("name"): p.get("value") for p in suite.iter("property")}
    assert properties["world"] == "lab (the lab.yml nearest to each suite)"
    assert properties["vantage"] == "desk"


def test_a_rerun_replaces_the_case_it_repeats(project: pytest.Pytester) -> None:
    result = project.runpytest("suites", "--mail-junit=ours.xml", "--reruns=2")
    assert result.parseoutcomes()["rerun"] == 4
    assert len(cases(project.path / "ours.xml")) == 5


def test_a_broken_suite_is_a_case_too(project: pytest.Pytester) -> None:
    (project.path / "suites" / "broken.yml").write_text("mailcheck: 1\nchecks: []\n", "utf-8")
    project.runpytest("suites", "--mail-junit=ours.xml")
    assert outcome(cases(project.path / "ours.xml")["suite can be read"]) == (
        "error",
        "suite-error",
    )


def test_a_report_that_cannot_be_written_is_told_of_and_loses_nothing(
    project: pytest.Pytester,
) -> None:
    (project.path / "folder").mkdir()
    result = project.runpytest("suites", "--mail-junit=folder")
    result.assert_outcomes(passed=2, failed=1, errors=1, xfailed=1)
    assert "Traceback" not in result.stdout.str() + result.stderr.str()
    result.stdout.fnmatch_lines(["*folder*cannot be written*"])


INTERRUPTING = """\
def pytest_runtest_logfinish(nodeid):
    if nodeid.endswith("example.com has MX"):
        raise KeyboardInterrupt
"""


def test_a_run_that_is_interrupted_says_what_is_left(project: pytest.Pytester) -> None:
    """In the report, too: what came before would look like a whole run that passed."""
    project.makeconftest(INTERRUPTING)
    result = project.runpytest_subprocess("suites", "--mail-junit=mail.xml")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*1 met*", "*cancelled: 4 requirements were not judged*"])
    suite = ET.parse(project.path / "mail.xml").getroot()
    assert (suite.get("tests"), suite.get("errors")) == ("2", "1")
    assert "4 requirements were not judged" in ET.tostring(suite, "unicode")
