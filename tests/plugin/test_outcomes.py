"""How verdicts come out of pytest, under the options people use."""

from __future__ import annotations

from pathlib import Path

import pytest

MET = "suites/mail.yml::domain example.com has MX"
UNMET = "suites/mail.yml::domain tour.example.com has MX"
UNKNOWN = "suites/mail.yml::domain silent.example has MX"
WISH = "suites/mail.yml::domain tour.example.com has MX [[]at_least=2]"

ALL = {"passed": 2, "failed": 1, "errors": 1, "xfailed": 1}


@pytest.mark.parametrize(
    "options",
    [
        pytest.param([], id="plain"),
        pytest.param(["-v"], id="verbose"),
        pytest.param(["-q"], id="quiet"),
        pytest.param(["-rA"], id="with everything reported"),
        pytest.param(["--strict-markers"], id="strict markers"),
        pytest.param(["-W", "error"], id="warnings are errors"),
        pytest.param(["-p", "no:cacheprovider"], id="without the cache"),
        pytest.param(["--import-mode=importlib"], id="import mode importlib"),
        pytest.param(["-n", "2"], id="in two processes"),
        pytest.param(["--tb=no"], id="without tracebacks"),
        pytest.param(["--tb=line"], id="one line for each failure"),
        pytest.param(["-s"], id="without capture"),
        pytest.param(["--durations=3"], id="with durations"),
    ],
)
def test_every_verdict_has_its_outcome(project: pytest.Pytester, options: list[str]) -> None:
    result = project.runpytest("suites", *options)
    result.assert_outcomes(**ALL)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert "Traceback" not in result.stdout.str()


def test_names_are_selectable_node_ids(project: pytest.Pytester) -> None:
    result = project.runpytest("-v", MET)
    result.stdout.fnmatch_lines([f"{MET} PASSED*"])
    result.assert_outcomes(passed=1)


def test_k_selects_by_the_words_of_the_sentence(project: pytest.Pytester) -> None:
    result = project.runpytest("suites", "-k", "tour and MX")
    result.assert_outcomes(passed=1, failed=1, xfailed=1, deselected=2)


def test_m_selects_by_tag_under_strict_markers(project: pytest.Pytester) -> None:
    result = project.runpytest("suites", "--strict-markers", "-m", "wishes")
    result.assert_outcomes(xfailed=1, deselected=4)


def test_x_stops_at_the_first_failure(project: pytest.Pytester) -> None:
    result = project.runpytest("suites", "-x")
    result.assert_outcomes(passed=1, failed=1)


def test_lf_runs_what_failed(project: pytest.Pytester) -> None:
    project.runpytest("suites")
    result = project.runpytest("suites", "--lf")
    result.assert_outcomes(failed=1, errors=1)


def test_runxfail_makes_a_wish_a_demand(project: pytest.Pytester) -> None:
    result = project.runpytest("suites", "--runxfail")
    result.assert_outcomes(passed=2, failed=2, errors=1)


def test_collect_only_lists_and_asks_nothing(project: pytest.Pytester) -> None:
    result = project.runpytest("suites", "--collect-only", "-q")
    result.stdout.fnmatch_lines([MET, UNMET, UNKNOWN, WISH])
    assert result.ret == pytest.ExitCode.OK


def test_the_failure_text_says_what_was_seen_and_what_to_publish(
    project: pytest.Pytester,
) -> None:
    result = project.runpytest("suites")
    result.stdout.fnmatch_lines(
        [
            "unmet: no-mx",
            "suites/mail.yml:6:5  domain tour.example.com has MX  *unmet: no-mx",
            "  seen      tour.example.com MX → NODATA*from 192.0.2.1*",
            "  matters   *RFC 5321*",
            "  publish   *",
            "            tour.example.com.  3600  IN  MX  10 *",
            "  try       dig @192.0.2.1 tour.example.com MX",
        ]
    )


def test_the_short_summary_is_one_line_for_each(project: pytest.Pytester) -> None:
    result = project.runpytest("suites", "-q", "-rfE")
    result.stdout.fnmatch_lines(
        [f"FAILED {UNMET} - unmet: no-mx;*", f"ERROR {UNKNOWN} - inconclusive: servfail;*"]
    )


@pytest.mark.parametrize(
    ("option", "outcomes"),
    [
        pytest.param("--mail-inconclusive=fail", {"failed": 2, "errors": 0}, id="a failure"),
        pytest.param("--mail-inconclusive=skip", {"skipped": 1, "errors": 0}, id="skipped"),
        pytest.param("--mail-inconclusive=error", {}, id="an error"),
    ],
)
def test_what_inconclusive_is_can_be_chosen(
    project: pytest.Pytester, option: str, outcomes: dict[str, int]
) -> None:
    project.runpytest("suites", option).assert_outcomes(**{**ALL, **outcomes})


def test_skips_say_where_and_why(project: pytest.Pytester) -> None:
    result = project.runpytest("suites", "--mail-inconclusive=skip", "-rs")
    result.stdout.fnmatch_lines(["SKIPPED [[]1[]] suites/mail.yml:7: inconclusive: servfail;*"])


def test_a_run_that_evaluates_nothing_fails(project: pytest.Pytester) -> None:
    result = project.runpytest(UNKNOWN, "--mail-inconclusive=skip")
    result.assert_outcomes(skipped=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["no requirement could be evaluated*"])


@pytest.mark.parametrize(
    ("share", "status"),
    [
        pytest.param("80%", pytest.ExitCode.OK, id="as much as was demanded"),
        pytest.param("81%", pytest.ExitCode.TESTS_FAILED, id="less than was demanded"),
    ],
)
def test_a_run_can_demand_a_share(
    project: pytest.Pytester, share: str, status: pytest.ExitCode
) -> None:
    suite = project.path / "suites" / "mail.yml"
    suite.write_text(
        suite.read_text("utf-8").replace(
            "has MX\n  - domain silent", "has MX: {expect: no-mx}\n  - domain silent"
        ),
        "utf-8",
    )
    result = project.runpytest(
        "suites", "--mail-inconclusive=skip", f"--mail-min-evaluated={share}"
    )
    assert result.ret == status


def test_it_runs_beside_python_tests_and_other_yaml(project: pytest.Pytester) -> None:
    project.makepyfile(test_other="def test_one(): pass\ndef test_two(): assert 0\n")
    (project.path / "suites" / "docker-compose.yml").write_text("services: {}\n", "utf-8")
    project.makeconftest(
        """
        import pytest

        def pytest_collect_file(file_path, parent):
            if file_path.name == "docker-compose.yml":
                return Compose.from_parent(parent, path=file_path)

        class Compose(pytest.File):
            def collect(self):
                yield ComposeItem.from_parent(self, name="compose")

        class ComposeItem(pytest.Item):
            def runtest(self):
                pass
        """
    )
    result = project.runpytest()
    result.assert_outcomes(**{**ALL, "passed": 4, "failed": 2})


def test_a_python_test_that_passes_does_not_hide_that_nothing_was_evaluated(
    project: pytest.Pytester,
) -> None:
    project.makepyfile(test_other="def test_one(): pass\n")
    result = project.runpytest("test_other.py", UNKNOWN, "--mail-inconclusive=skip")
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_evidence_of_what_is_met_is_shown_on_demand(project: pytest.Pytester) -> None:
    result = project.runpytest(MET, "-rA")
    result.stdout.fnmatch_lines(["example.com MX → 10 mail.example.com.*from 192.0.2.1*"])


def test_without_suites_pytest_says_nothing_about_mail(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_one(): pass")
    result = pytester.runpytest()
    assert "mailcheck =" not in result.stdout.str()
    assert result.ret == pytest.ExitCode.OK


def test_help_explains_every_option(pytester: pytest.Pytester) -> None:
    from mailcheck.options import OPTIONS

    text = pytester.runpytest("--help").stdout.str()
    assert [o.name for o in OPTIONS if not o.ini_only and f"--mail-{o.name}" not in text] == []


def test_the_same_run_from_another_folder_shows_the_same_places(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path("suites"))
    result = project.runpytest("mail.yml", "--rootdir", "..")
    result.stdout.fnmatch_lines(["suites/mail.yml:6:5  domain*"])
