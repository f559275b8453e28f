"""Which files are suites, and what becomes of those that cannot be read."""

from __future__ import annotations

import os
import re

import pytest

BROKEN = "suites/broken.yml::suite can be read"


@pytest.fixture
def with_broken(project: pytest.Pytester) -> pytest.Pytester:
    text = "mailcheck: 1\nfor: {domain: example.com}\nchekcs:\n  - domain has MXs\n"
    (project.path / "suites" / "broken.yml").write_text(text, "utf-8")
    return project


@pytest.mark.parametrize(
    "options", [pytest.param([], id="one process"), pytest.param(["-n", "2"], id="xdist")]
)
def test_a_broken_suite_is_one_error_and_the_others_run(
    with_broken: pytest.Pytester, options: list[str]
) -> None:
    result = with_broken.runpytest("suites", *options)
    result.assert_outcomes(passed=2, failed=1, errors=2, xfailed=1)
    result.stdout.fnmatch_lines(['*suites/broken.yml:3:1: unknown key "chekcs"*'])


def test_under_collect_only_it_is_a_collection_error(with_broken: pytest.Pytester) -> None:
    result = with_broken.runpytest("suites", "--collect-only")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(['*suites/broken.yml:3:1: unknown key "chekcs"*'])
    assert "Traceback" not in result.stdout.str()


def test_a_broken_lab_is_told_of_once_for_each_suite(project: pytest.Pytester) -> None:
    (project.path / "suites" / "lab.yml").write_text("lab: 1\nservres: {}\n", "utf-8")
    result = project.runpytest("suites")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(['*suites/lab.yml:2:1: *"servres"*'])


def test_a_near_miss_is_named_in_the_summary(project: pytest.Pytester) -> None:
    (project.path / "suites" / "near.yml").write_text("Mailcheck: 1\nchecks: []\n", "utf-8")
    for options in ([], ["-n", "2"]):
        result = project.runpytest("suites", *options)
        result.stdout.fnmatch_lines(["mailcheck: suites/near.yml is not a suite*Mailcheck*"])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("services: {}\n", id="other yaml"),
        pytest.param("", id="empty"),
        pytest.param("\x00\x01\x02", id="binary"),
        pytest.param("- a\n- list\n", id="a list"),
    ],
)
def test_other_yaml_is_not_mentioned(project: pytest.Pytester, text: str) -> None:
    (project.path / "suites" / "other.yaml").write_text(text, "utf-8")
    result = project.runpytest("suites")
    result.assert_outcomes(passed=2, failed=1, errors=1, xfailed=1)
    assert "other.yaml" not in result.stdout.str()


def test_an_unknown_lab_is_a_usage_error(project: pytest.Pytester) -> None:
    result = project.runpytest("suites", "--mail-lab=nowhere/lab.yml")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: *no lab at *nowhere/lab.yml*"])


@pytest.mark.parametrize(
    ("option", "message"),
    [
        pytest.param("--mail-resolver=ns1", "*--mail-resolver*'ns1'*an IP address*", id="resolver"),
        pytest.param("--mail-connect-to=a:b", "*--mail-connect-to*'a:b'*", id="connect-to"),
        pytest.param("--mail-private-networks=10", "*--mail-private-networks*", id="network"),
        pytest.param("--mail-lab=", "*--mail-lab*''*a value*", id="an empty variable in CI"),
        pytest.param("--mail-min-evaluated=most", "*--mail-min-evaluated*'most'*80%*", id="share"),
    ],
)
def test_a_wrong_option_says_what_it_takes(
    project: pytest.Pytester, option: str, message: str
) -> None:
    result = project.runpytest("suites", option)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: {message}"])


def test_a_wrong_ini_value_says_what_it_takes(project: pytest.Pytester) -> None:
    project.makeini("[pytest]\nmail_lab = auto\nmail_inconclusive = maybe\n")
    result = project.runpytest("suites")
    result.stderr.fnmatch_lines(["ERROR: *mail_inconclusive*'maybe'; it takes error, fail, skip"])


def test_checks_of_a_project_are_like_built_ins(project: pytest.Pytester, own_check: str) -> None:
    project.makeini("[pytest]\nmail_lab = auto\nmail_checks = own\n")
    own = project.mkdir("own")
    (own / "has_tour.py").write_text(own_check, "utf-8")
    (project.path / "suites" / "own.yml").write_text(
        "mailcheck: 1\nchecks:\n  - domain example.com offers a tour\n", "utf-8"
    )
    result = project.runpytest("suites/own.yml", "-v")
    result.assert_outcomes(passed=1)


@pytest.mark.parametrize(
    "workers", [pytest.param([], id="one process"), pytest.param(["-n", "2"], id="xdist")]
)
def test_a_resolver_whose_host_has_no_address_is_a_usage_error(
    project: pytest.Pytester, workers: list[str]
) -> None:
    """One, however many suites and requirements there are; and no test is run."""
    project.makepyfile("def test_one(): raise AssertionError('was run')")
    suite = (project.path / "suites" / "mail.yml").read_text("utf-8")
    (project.path / "suites" / "more.yml").write_text(suite, "utf-8")
    options = ("--mail-live", "--mail-resolver=tls://nowhere.invalid", "-p", "no:cacheprovider")
    result = project.runpytest_subprocess(".", *options, *workers)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    said = "ERROR: --mail-resolver (ini mail_resolver): *no address for tls://nowhere.invalid: *"
    result.stderr.fnmatch_lines([said.replace("[", "[[]")])
    assert len([line for line in result.errlines if "no address" in line]) == 1
    assert "was run" not in result.stdout.str()
    assert "INTERNALERROR" not in result.stdout.str() + result.stderr.str()


def test_a_run_that_only_lists_looks_up_no_resolver(project: pytest.Pytester) -> None:
    listing = ("suites", "--mail-live", "--mail-resolver=tls://nowhere.invalid", "--collect-only")
    assert project.runpytest(*listing).ret == pytest.ExitCode.OK


@pytest.mark.parametrize(
    "workers", [pytest.param([], id="one process"), pytest.param(["-n", "2"], id="xdist")]
)
def test_a_check_that_cannot_be_imported_is_a_usage_error(
    project: pytest.Pytester, workers: list[str]
) -> None:
    project.makeini("[pytest]\nmail_lab = auto\nmail_checks = own\n")
    (project.mkdir("own") / "has_tour.py").write_text("import nothing_like_it\n", "utf-8")
    result = project.runpytest("suites", *workers)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: *has_tour.py*cannot be imported*nothing_like_it*"])


def test_so_is_one_of_ours_that_a_sentence_needs(project: pytest.Pytester) -> None:
    """It is imported where the sentence is read, not before."""
    blocked = "sys.modules['mailcheck.checks.domain.has_mx'] = None"
    project.makeconftest(f"import sys\n{blocked}\n")
    result = project.runpytest_subprocess("suites")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: a check of mailcheck cannot be loaded: *has_mx*"])


def test_a_check_that_crashes_is_an_error_with_its_traceback(
    project: pytest.Pytester, own_check: str
) -> None:
    project.makeini("[pytest]\nmail_lab = auto\nmail_checks = own\n")
    crashing = own_check.replace("    return met()", "    raise ZeroDivisionError('oh')")
    (project.mkdir("own") / "has_tour.py").write_text(crashing, "utf-8")
    (project.path / "suites" / "own.yml").write_text(
        "mailcheck: 1\nchecks:\n  - domain example.com offers a tour\n  - domain example.com has MX\n",
        "utf-8",
    )
    result = project.runpytest("suites/own.yml")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["inconclusive: check-crashed", "*ZeroDivisionError: oh*"])


UNREADABLE = "/proc/self/mem"
"""A regular file that nobody can read from its start, not even root."""


@pytest.mark.parametrize(
    "options", [pytest.param([], id="one process"), pytest.param(["-n", "2"], id="xdist")]
)
def test_a_file_that_cannot_be_read_is_named_in_the_summary(
    project: pytest.Pytester, options: list[str]
) -> None:
    """It may be somebody else's; that it was passed over in silence would blind the gate."""
    (project.path / "suites" / "locked.yml").symlink_to(UNREADABLE)
    result = project.runpytest("suites", *options)
    result.assert_outcomes(passed=2, failed=1, errors=1, xfailed=1)
    result.stdout.fnmatch_lines(["mailcheck: suites/locked.yml cannot be read (*); is it a suite?"])


def test_one_that_is_named_on_the_command_line_is_a_suite_that_cannot_be_read(
    project: pytest.Pytester,
) -> None:
    (project.path / "suites" / "locked.yml").symlink_to(UNREADABLE)
    result = project.runpytest("suites/locked.yml")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*suites/locked.yml:1:1: the file cannot be read: *"])


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param(b"near\x1b[2J\n.yml", r"near\x1b[[]2J\n.yml", id="controls"),
        pytest.param(b"near\xff.yml", r"near\udcff.yml", id="not UTF-8"),
    ],
)
def test_the_name_of_a_near_miss_breaks_nothing(
    project: pytest.Pytester, name: bytes, shown: str
) -> None:
    (project.path / "suites" / os.fsdecode(name)).write_text("Mailcheck: 1\nchecks: []\n", "utf-8")
    result = project.runpytest("suites", "-n", "2")
    result.assert_outcomes(passed=2, failed=1, errors=1, xfailed=1)
    result.stdout.fnmatch_lines([f"mailcheck: suites/{shown} is not a suite*"])


def test_a_long_story_before_the_first_key_hides_no_suite(project: pytest.Pytester) -> None:
    suite = project.path / "suites" / "mail.yml"
    suite.write_text("# told at length\n" * 1000 + suite.read_text("utf-8"), "utf-8")
    project.runpytest("suites").assert_outcomes(passed=2, failed=1, errors=1, xfailed=1)


@pytest.mark.parametrize("grouped", [True, False])
def test_xdist_groups_go_by_subject(project: pytest.Pytester, *, grouped: bool) -> None:
    project.makeconftest(
        # As in a worker: --dist is an option of the controller.
        f"def pytest_configure(config): config.option.loadgroup = {grouped}\n"
        "def pytest_collection_finish(session):\n"
        "    for item in session.items:\n"
        "        for mark in item.iter_markers('xdist_group'):\n"
        "            print('group', item.name, '->', *mark.args)\n"
    )
    result = project.runpytest("suites", "--collect-only")
    groups = [line for line in result.outlines if line.startswith("group ")]
    assert groups[:3] == (
        [
            "group domain example.com has MX -> example.com",
            "group domain tour.example.com has MX -> example.com",
            "group domain silent.example has MX -> silent.example",
        ]
        if grouped
        else []
    )


def test_each_subject_and_what_is_below_it_is_judged_by_one_worker(
    project: pytest.Pytester,
) -> None:
    names = ("example.com", "tour.example.com", "silent.example")
    groups = {"example.com", "silent.example"}
    said = ("domain {} has MX", "MX hosts of {} resolve", "domain {} accepts no mail")
    sentences = [f"  - {one.format(name)}" for one in said for name in names]
    suite = "\n".join(["mailcheck: 1", "checks:", *sentences, ""])
    (project.path / "suites" / "mail.yml").write_text(suite, "utf-8")
    result = project.runpytest("suites", "-v", "-n", "2", "--dist", "loadgroup")
    judged = re.findall(r"^\[(gw\d)\].*@(\S+)", result.stdout.str(), re.MULTILINE)
    assert len(judged) == len(sentences)
    assert {subject for _, subject in judged} == groups
    assert len(set(judged)) == len(groups)


def test_every_item_has_the_stash_under_its_old_name_too(project: pytest.Pytester) -> None:
    items, _ = project.inline_genitems("suites/mail.yml")
    assert len(items) == 5
    for item in items:
        assert item._store is item.stash
