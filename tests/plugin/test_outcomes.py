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


@pytest.mark.parametrize("workers", [[], ["-n", "2"]])
@pytest.mark.parametrize("first", ["domain example.com has MX", "domain has MX: {at_least: 3}"])
def test_lf_knows_a_sentence_that_ends_in_brackets(
    project: pytest.Pytester, first: str, workers: list[str]
) -> None:
    suite = project.path / "suites" / "mail.yml"
    text = (
        "mailcheck: 1\nfor: {domain: tour.example.com}\nchecks:\n"
        f"  - {first}\n  - domain has MX\n  - domain has MX: {{at_least: 2}}\n"
    )
    suite.write_text(text, "utf-8")
    failed = 2 if "example.com" in first else 3
    project.runpytest("suites", *workers).assert_outcomes(passed=3 - failed, failed=failed)
    project.runpytest("suites", "--lf", *workers).assert_outcomes(failed=failed)

    suite.write_text(text.replace("at_least: 2", "at_least: 2, expect: no-mx"), "utf-8")
    project.runpytest("suites", "--lf").assert_outcomes(failed=failed - 1, passed=1)
    project.runpytest("suites", "--lf").assert_outcomes(failed=failed - 1)


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


CRASHES = {
    "raises": "raise ZeroDivisionError('oh')",
    "exits": "raise SystemExit(0)",
    "skips": "import pytest; pytest.skip('oh')",
    "returns nothing": "return None",
    "gives a reason that is none": "return unmet('no-tour', 5)",
}


@pytest.mark.parametrize("body", [pytest.param(b, id=name) for name, b in CRASHES.items()])
@pytest.mark.parametrize("policy", ["error", "skip", "fail"])
def test_a_check_that_crashes_ends_its_own_test_only(
    project: pytest.Pytester, own_check: str, body: str, policy: str
) -> None:
    """Whatever the run wants of the inconclusive: this is broken here, not in the network."""
    project.makeini("[pytest]\nmail_lab = auto\nmail_checks = own\n")
    (project.mkdir("own") / "has_tour.py").write_text(
        own_check.replace("return met()", body), "utf-8"
    )
    (project.path / "suites" / "own.yml").write_text(
        "mailcheck: 1\nchecks:\n"
        "  - domain example.com has MX\n"
        "  - domain example.com offers a tour: {severity: advised}\n"
        "  - host mail.example.com resolves\n",
        "utf-8",
    )
    result = project.runpytest("suites/own.yml", f"--mail-inconclusive={policy}")
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["inconclusive: check-crashed"])


@pytest.mark.parametrize(
    "options", [pytest.param([], id="one process"), pytest.param(["-n", "2"], id="xdist")]
)
def test_the_header_says_whom_the_run_asks(project: pytest.Pytester, options: list[str]) -> None:
    result = project.runpytest("suites", *options)
    result.stdout.fnmatch_lines(
        ["mailcheck: lab (the lab.yml nearest to each suite), resolvers of the lab"]
    )


def test_without_suites_pytest_says_nothing_about_mail(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_one(): pass")
    result = pytester.runpytest()
    assert "mailcheck =" not in result.stdout.str()
    assert result.ret == pytest.ExitCode.OK


def test_a_broken_suite_is_not_deselected(project: pytest.Pytester) -> None:
    """Nobody knows whether it holds what was selected."""
    (project.path / "suites" / "broken.yml").write_text("mailcheck: 1\nchecks: []\n", "utf-8")
    result = project.runpytest("suites", "-k", "example.com and not tour and not silent")
    result.assert_outcomes(passed=1, errors=1, deselected=5)


def test_a_test_that_somebody_else_ends_is_counted(project: pytest.Pytester) -> None:
    """As pytest-timeout does, from a signal while an answer is waited for."""
    (project.path / "suites" / "lab.yml").write_text(
        (project.path / "suites" / "lab.yml").read_text("utf-8")
        + "hosts: {mail.example.com: {address: 203.0.113.25, smtp: {25: silent}}}\n",
        "utf-8",
    )
    (project.path / "suites" / "mail.yml").write_text(
        "mailcheck: 1\nchecks:\n  - domain example.com has MX\n"
        "  - SMTP port 25 of mail.example.com accepts\n",
        "utf-8",
    )
    result = project.runpytest("suites", "--timeout=1", "--mail-junit=ours.xml")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(
        [
            "inconclusive: cut-short",
            "  means     the test was cut short before it was judged: Timeout (>1.0s) from *",
            "*still waiting for 203.0.113.25 port 25",
            "  seen      mail.example.com A    → 203.0.113.25, TTL 3600, *",
            "1 met, 0 unmet, 1 inconclusive, 0 not evaluated",
        ]
    )
    assert "engine.py" not in result.stdout.str()
    assert "cut-short" in (project.path / "ours.xml").read_text("utf-8")


def test_whoever_fails_a_test_before_it_waits_keeps_the_text(project: pytest.Pytester) -> None:
    project.makeconftest(
        "import pytest\n@pytest.hookimpl(tryfirst=True)\n"
        "def pytest_runtest_setup(item):\n    pytest.fail('not on Sundays')\n"
    )
    result = project.runpytest("suites")
    result.stdout.fnmatch_lines(["E * not on Sundays", "inconclusive   5  cut-short: *"])


def test_where_nothing_runs_no_old_report_stays(project: pytest.Pytester) -> None:
    (project.path / "ours.xml").write_text("<testsuites>of yesterday</testsuites>", "utf-8")
    project.makepyfile(test_broken="import nothing_like_it\n")
    result = project.runpytest("suites", "test_broken.py", "--mail-junit=ours.xml")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    assert "yesterday" not in (project.path / "ours.xml").read_text("utf-8")


def test_to_list_the_tests_leaves_the_report_alone(project: pytest.Pytester) -> None:
    (project.path / "ours.xml").write_text("<testsuites/>", "utf-8")
    project.runpytest("suites", "--collect-only", "--mail-junit=ours.xml")
    assert (project.path / "ours.xml").read_text("utf-8") == "<testsuites/>"


@pytest.mark.parametrize(
    ("ini", "options", "world"),
    [
        pytest.param("mail_live = true", ["--mail-lab=auto"], "lab", id="lab over live in the ini"),
        pytest.param("mail_lab = auto", ["--mail-live"], "live", id="live over lab in the ini"),
        pytest.param("mail_lab = auto", [], "lab", id="lab in the ini"),
        pytest.param("mail_lab = auto", ["--mail-offline"], "offline", id="nobody over a lab"),
    ],
)
def test_the_command_line_chooses_the_world(
    project: pytest.Pytester, ini: str, options: list[str], world: str
) -> None:
    project.makeini(f"[pytest]\n{ini}\n")
    result = project.runpytest("suites", "--collect-only", *options)
    result.stdout.fnmatch_lines([f"mailcheck: {world}*"])


def test_an_offline_run_asks_nobody_and_fails_if_that_says_nothing(
    project: pytest.Pytester,
) -> None:
    result = project.runpytest("suites", "--mail-offline")
    result.stdout.fnmatch_lines(
        ["mailcheck: offline", "world * offline", "not evaluated * offline: somebody would have*"]
    )
    result.stdout.fnmatch_lines(["no requirement could be evaluated*"])
    result.stdout.no_fnmatch_line("mailcheck: resolver *")
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_the_header_says_what_is_proposed(project: pytest.Pytester) -> None:
    (project.path / "example.org.zone").write_text(
        "@ 60 SOA ns1 hostmaster 1 7200 3600 1209600 300\n@ 60 NS ns1\nns1 60 A 192.0.2.1\n",
        "utf-8",
    )
    result = project.runpytest("suites", "--mail-proposed=example.org.zone")
    result.stdout.fnmatch_lines(
        [
            "mailcheck: lab (*) but for what is proposed (example.org.zone), resolvers of the lab",
            "world * but for what is proposed",
            "proposed       example.org.zone",
        ]
    )


@pytest.mark.parametrize(
    "options", [pytest.param([], id="one process"), pytest.param(["-n", "2"], id="xdist")]
)
def test_a_pull_request_shows_what_it_breaks_at_its_own_line(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    (project.path / "zones").mkdir()
    (project.path / "zones" / "example.com.zone").write_text(
        "; without its MX\n@ 60 SOA ns1 hostmaster 1 7200 3600 1209600 300\n@ 60 NS ns1\n"
        "ns1 60 A 192.0.2.1\n",
        "utf-8",
    )
    result = project.runpytest("suites", "--mail-proposed=zones", *options)
    result.stdout.fnmatch_lines(
        ["::error file=zones/example.com.zone,line=2,title=unmet%3A no-mx%3A domain example.com*"]
    )


@pytest.mark.parametrize(
    "options", [pytest.param([], id="one process"), pytest.param(["-n", "2"], id="xdist")]
)
def test_a_slip_in_the_name_of_a_proposed_zone_is_told(
    project: pytest.Pytester, options: list[str]
) -> None:
    (project.path / "a.patch").write_text("$ORIGIN exmaple.com.\nmail 60 A 203.0.113.9\n", "utf-8")
    (project.path / "b.patch").write_text("$ORIGIN example.com.\nmail 60 A 203.0.113.9\n", "utf-8")
    change = ("--mail-proposed=patch:a.patch", "--mail-proposed=patch:b.patch")
    asked = project.runpytest("suites", change[1], "--mail-junit=before.xml", *options)
    asked.stdout.no_fnmatch_line("not asked*")
    result = project.runpytest("suites", change[0], "--mail-junit=report.xml", *options)
    text = "proposed, and nobody asked about it: exmaple.com (a.patch); did you mean example.com?"
    result.stdout.fnmatch_lines([f"not asked      {text}"])
    report = (project.path / "report.xml").read_text("utf-8")
    assert f'<property name="not asked" value="{text}"' in report
    assert "not asked" not in (project.path / "before.xml").read_text("utf-8")


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


REFUSING = """\
import pytest

@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call" and report.passed:
        report.outcome, report.longrepr = {turned!r}
    return report
"""


@pytest.mark.parametrize("junit", [False, True], ids=["no report", "a report"])
@pytest.mark.parametrize("options", [[], ["-n", "2"]], ids=["one process", "xdist"])
@pytest.mark.parametrize(
    ("turned", "said"),
    [
        pytest.param(("failed", "at length\nit took too long"), "it took too long", id="failed"),
        pytest.param(("failed", None), "another plugin reported it as failed", id="in silence"),
        pytest.param(("skipped", ("a.py", 1, "not today")), "not today", id="skipped"),
    ],
)
def test_what_another_plugin_lets_not_pass_is_not_counted_as_met(
    project: pytest.Pytester,
    turned: tuple[str, object],
    said: str,
    options: list[str],
    *,
    junit: bool,
) -> None:
    project.makeconftest(REFUSING.format(turned=turned))
    written = ["--mail-junit=report.xml"] if junit else []
    result = project.runpytest("suites", *options, *written)
    result.stdout.fnmatch_lines(["0 met, 2 unmet, 3 inconclusive*", f"*cut-short*{said}*"])
    if junit:
        report = (project.path / "report.xml").read_text("utf-8")
        assert report.count('type="cut-short"') == 2
