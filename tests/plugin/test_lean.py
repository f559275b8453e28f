"""The short way of met requirements shows what pytest's own way shows."""

from __future__ import annotations

import copy
import pickle
import re
import shutil
import xml.etree.ElementTree as ET
from collections import Counter
from typing import Any

import pytest

ANOTHER = """\
mailcheck: 1
for: {domain: example.com}
checks:
  - host mail.example.com resolves
  - domain has MX
  - domain ns1.example.com has MX
  - host tour.example.com resolves: {tags: [nightly]}
  - domain has MX: {at_least: 2, waive: {until: 2999-12-31, owner: me, reason: one will do}}
  - host ns1.example.com resolves
  - MX hosts resolve
"""

BETWEEN = """\
import pytest

@pytest.fixture(scope="session")
def held():
    yield 1
    print("let go")
    raise RuntimeError("could not be let go")

def test_between(held):
    print("between")

def test_after():
    assert 1 == 2
"""

LISTENER = """\
def pytest_runtest_setup(item):
    '''Listens to a phase, and does nothing.'''
"""

ORDER = ["suites/mail.yml", "suites/test_between.py", "suites/z.yml"]


class Ending:
    """Takes what the terminal reporter has at the end; listens to no phase."""

    def __init__(self) -> None:
        self.stats: dict[str, list[Any]] = {}

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        self.stats = terminalreporter.stats

    @property
    def outcomes(self) -> dict[str, list[str]]:
        """What each category came to, without phases that passed."""
        return {
            category: sorted(getattr(report, "nodeid", "") for report in reports)
            for category, reports in self.stats.items()
            if category
        }

    @property
    def phases_passed(self) -> int:
        return len(self.stats.get("", ()))


def timeless(text: str) -> str:
    return re.sub(r"\d+\.\d+ ?(s|seconds|ms)\b|\b\d+ ms\b|=+|-+|0x[0-9a-f]+", "·", text)


def tree(text: str) -> list[tuple[str, dict[str, str], str]]:
    """A JUnit file, times aside."""
    unlike = {"time", "timestamp", "hostname"}
    return [
        (
            element.tag,
            {k: v for k, v in element.attrib.items() if k not in unlike},
            timeless(element.text or ""),
        )
        for element in ET.fromstring(text).iter()
    ]


@pytest.fixture
def long_project(project: pytest.Pytester) -> pytest.Pytester:
    """Two suites, and Python tests between them with a fixture that is torn down at the end."""
    suites = project.path / "suites"
    (suites / "z.yml").write_text(ANOTHER, "utf-8")
    (suites / "test_between.py").write_text(BETWEEN, "utf-8")
    return project


Run = tuple[int, dict[str, list[str]], str, int]


def run(project: pytest.Pytester, options: list[str], order: list[str]) -> Run:
    ending = Ending()
    result = project.runpytest(*order, *options, plugins=[ending])
    return int(result.ret), ending.outcomes, timeless(result.stdout.str()), ending.phases_passed


def both_ways(
    project: pytest.Pytester, calls: list[list[str]], order: list[str] = ORDER
) -> tuple[list[Run], list[Run]]:
    """Run *calls* one after the other, then again while a conftest listens to the phases."""
    lean = [run(project, options, order) for options in calls]
    shutil.rmtree(project.path / ".pytest_cache", ignore_errors=True)
    project.makeconftest(LISTENER)
    return lean, [run(project, options, order) for options in calls]


@pytest.mark.parametrize(
    "calls",
    [
        pytest.param([[]], id="plain"),
        pytest.param([["-q"]], id="quiet"),
        pytest.param([["-v"]], id="verbose"),
        pytest.param([["-vv"]], id="more verbose"),
        pytest.param([["-x"]], id="stop at the first"),
        pytest.param([["--maxfail=2"]], id="stop at the second"),
        pytest.param([["--maxfail=3", "-v"]], id="stop at the third, verbose"),
        pytest.param([["-x"], ["--lf"]], id="last failed"),
        pytest.param([[], ["--lf"], ["--ff", "-v"]], id="failed first"),
        pytest.param([["--nf"]], id="new first"),
        pytest.param([["--sw"], ["--sw"], ["--sw", "--sw-skip"]], id="stepwise"),
        pytest.param([["-rA"]], id="everything reported"),
        pytest.param([["-rP"]], id="passed reported"),
        pytest.param([["-rp"]], id="passed listed"),
        pytest.param([["-s"]], id="without capture"),
        pytest.param([["--capture=tee-sys"]], id="capture and show"),
        pytest.param([["-p", "no:logging"]], id="without logging"),
        pytest.param([["-p", "no:terminalprogress", "-p", "no:faulthandler"]], id="with less"),
        pytest.param([["--tb=line"]], id="a line for each failure"),
        pytest.param([["-W", "error"]], id="warnings are errors"),
        pytest.param([["--runxfail"]], id="no expected failures"),
        pytest.param([["-m", "not wishes"]], id="selected by tag"),
        pytest.param([["-k", "not silent", "-v"]], id="selected by word"),
        pytest.param([["--setup-show"]], id="setups shown"),
        pytest.param([["--setup-plan"]], id="setups planned"),
        pytest.param([["--collect-only", "-q"]], id="collected only"),
        pytest.param([["-o", "log_cli=true"]], id="live log"),
        pytest.param([["-o", "console_output_style=count"]], id="progress counted"),
        pytest.param([["--mail-inconclusive=skip", "-v"]], id="inconclusive skipped"),
        pytest.param([["-p", "no:rerunfailures", "-p", "no:timeout"]], id="without plugins"),
        pytest.param([["--timeout=600"]], id="with a timeout"),
        pytest.param([["--reruns=1"]], id="with reruns"),
    ],
)
def test_both_ways_show_the_same(long_project: pytest.Pytester, calls: list[list[str]]) -> None:
    lean, stock = both_ways(long_project, calls)
    for shown, (ret, outcomes, text, _) in zip(lean, stock, strict=True):
        assert shown[:2] == (ret, outcomes)
        assert shown[2] == text


@pytest.mark.parametrize(
    "options",
    [
        pytest.param(["--durations=3"], id="durations"),
        pytest.param(["-n", "2"], id="two processes"),
        pytest.param(["-n", "2", "--dist", "loadgroup"], id="two processes, by subject"),
        pytest.param(["-o", "console_output_style=times"], id="progress timed"),
    ],
)
def test_both_ways_come_to_the_same(long_project: pytest.Pytester, options: list[str]) -> None:
    # What they print differs between any two runs. So does which test of a worker is its last, and
    # lets go of what the Python tests hold.
    (lean,), (stock,) = both_ways(long_project, [options], ["suites/mail.yml", "suites/z.yml"])
    assert lean[:2] == stock[:2]


@pytest.mark.parametrize("option", ["--junitxml", "--mail-junit"])
def test_both_ways_write_the_same_report(long_project: pytest.Pytester, option: str) -> None:
    report = long_project.path / "report.xml"
    run(long_project, [f"{option}={report}"], ORDER)
    lean = tree(report.read_text("utf-8"))
    long_project.makeconftest(LISTENER)
    run(long_project, [f"{option}={report}"], ORDER)
    assert lean == tree(report.read_text("utf-8"))
    assert any(tag == "testcase" for tag, _, _ in lean)


@pytest.mark.parametrize(
    ("options", "phases"),
    [
        pytest.param([], False, id="nobody listens"),
        pytest.param(["--mail-junit=report.xml"], False, id="our own report"),
        pytest.param(["--lf", "--maxfail=99"], False, id="last failed"),
        pytest.param(["-rP"], True, id="passed reported"),
        pytest.param(["--durations=1"], True, id="durations"),
        pytest.param(["--timeout=600"], True, id="a timeout"),
        pytest.param(["--reruns=1"], True, id="reruns"),
        pytest.param(["-o", "timeout=600"], True, id="a timeout in the ini file"),
        pytest.param(["-o", "log_file=log.txt"], True, id="a log file"),
        pytest.param(["-o", "faulthandler_timeout=60"], True, id="a fault handler"),
        pytest.param(["--setup-show"], True, id="setups shown"),
    ],
)
def test_phases_are_left_out_only_where_nobody_listens(
    project: pytest.Pytester, options: list[str], *, phases: bool
) -> None:
    (project.path / "suites" / "mail.yml").write_text(
        "mailcheck: 1\nchecks:\n  - domain example.com has MX\n  - host mail.example.com resolves\n"
    )
    *_, phases_passed = run(project, options, ["suites"])
    assert phases_passed == (4 if phases else 0)


@pytest.mark.parametrize(
    "hook",
    [
        "pytest_runtest_setup(item)",
        "pytest_runtest_call(item)",
        "pytest_runtest_teardown(item)",
        "pytest_runtest_makereport(item, call)",
        "pytest_runtest_protocol(item)",
        "pytest_runtest_logstart(nodeid)",
        "pytest_runtest_logreport(report)",
        "pytest_runtest_logfinish(nodeid)",
        "pytest_report_teststatus(report)",
    ],
)
def test_whoever_implements_a_hook_of_a_test_listens(project: pytest.Pytester, hook: str) -> None:
    project.makeconftest(f"def {hook}: pass\n")
    *_, phases_passed = run(project, [], ["suites"])
    assert phases_passed > 0


def test_verbose_names_a_test_before_it_waits_for_it(project: pytest.Pytester) -> None:
    (project.path / "suites" / "z.yml").write_text(ANOTHER, "utf-8")
    *_, phases_passed = run(project, ["-v"], ["suites/z.yml"])
    assert phases_passed > 0
    *_, phases_passed_quietly = run(project, [], ["suites/z.yml"])
    assert phases_passed_quietly < phases_passed


def test_a_listener_in_another_folder_does_not_matter(project: pytest.Pytester) -> None:
    other = project.mkdir("other")
    (other / "conftest.py").write_text(LISTENER)
    (other / "test_other.py").write_text("def test_other(): pass\n")
    met = "suites/mail.yml::domain example.com has MX"
    ret, outcomes, _, phases_passed = run(project, [], [met, "other"])
    assert (ret, outcomes) == (0, {"passed": ["other/test_other.py::test_other", met]})
    # Setup and teardown of the Python test; the requirement has none.
    assert phases_passed == 2


@pytest.mark.parametrize(
    ("mark", "category"),
    [("skip", "skipped"), ("xfail", "xpassed"), ("flaky(reruns=2)", "passed")],
)
def test_marks_that_a_conftest_adds_count(
    project: pytest.Pytester, mark: str, category: str
) -> None:
    project.makeconftest(
        "import pytest\n"
        "def pytest_collection_modifyitems(items):\n"
        f"    for item in items: item.add_marker(pytest.mark.{mark})\n"
    )
    _, outcomes, _, _ = run(project, [], ["suites/mail.yml::domain example.com has MX"])
    assert outcomes.keys() == {category}


def test_marks_that_a_conftest_adds_to_a_file_count(project: pytest.Pytester) -> None:
    project.makeconftest(
        "import pytest\n"
        "def pytest_collection_modifyitems(items):\n"
        "    items[0].parent.add_marker(pytest.mark.skip)\n"
    )
    _, outcomes, _, _ = run(project, [], ["suites/mail.yml"])
    assert Counter(map(len, outcomes.values())) == {5: 1}
    assert outcomes.keys() == {"skipped"}


def test_a_package_is_set_up(project: pytest.Pytester) -> None:
    (project.path / "suites" / "__init__.py").write_text(
        "def setup_module(): raise RuntimeError('the package cannot be set up')\n"
    )
    _, outcomes, text, _ = run(project, [], ["suites"])
    assert outcomes.keys() == {"error"}
    assert "the package cannot be set up" in text


REPLACING = """\
import pytest

@pytest.fixture
def replaced(request):
    request.session.items = request.session.items[:{kept}]

def test_that_replaces_the_list_of_tests(replaced): pass
"""


@pytest.mark.parametrize("kept", [0, 1, 3, 100])
def test_a_list_of_tests_replaced_on_the_way_changes_no_run(
    project: pytest.Pytester, kept: int
) -> None:
    (project.path / "suites" / "z.yml").write_text(ANOTHER, "utf-8")
    (project.path / "test_first.py").write_text(REPLACING.format(kept=kept), "utf-8")
    (lean,), (stock,) = both_ways(project, [[]], ["test_first.py", "suites"])
    assert lean[:2] == stock[:2]
    assert sum(map(len, lean[1].values())) == 1 + 5 + 7


def test_what_earlier_tests_hold_is_let_go_at_the_same_place(
    long_project: pytest.Pytester,
) -> None:
    order = ["suites/test_between.py", "suites/z.yml"]
    (lean,), (stock,) = both_ways(long_project, [["-q"]], order)
    assert lean[:3] == stock[:3]
    assert lean[1]["error"] == ["suites/z.yml::MX hosts of example.com resolve"]


@pytest.mark.parametrize("options", [[], ["-v"], ["-n", "2"]], ids=" ".join)
def test_the_report_of_a_met_requirement_is_whole(
    project: pytest.Pytester, options: list[str]
) -> None:
    ending = Ending()
    met = "suites/mail.yml::domain example.com has MX"
    project.runpytest("suites", *options, plugins=[ending])
    (report,) = (r for r in ending.stats["passed"] if r.nodeid == met)
    assert report.location == ("suites/mail.yml", 4, "domain example.com has MX ")
    assert {"mailcheck", "mail.yml"} < set(report.keywords)
    assert report.mailcheck["verdict"] == "met"
    assert report.mailcheck["title"] == "domain example.com has MX"
    assert (report.when, report.outcome, report.longrepr) == ("call", "passed", None)
    assert report.user_properties == []
    assert bool(report.sections) == bool("-n" in options)
    assert report.duration >= 0
    assert report.stop >= report.start
    assert not hasattr(report, "wasxfail")


def test_the_report_of_a_met_requirement_can_be_pickled(project: pytest.Pytester) -> None:
    ending = Ending()
    project.runpytest("suites/mail.yml", plugins=[ending])
    report = ending.stats["passed"][0]
    report.user_properties.append(("told", 1))
    report.added = "by a plugin"
    loaded = pickle.loads(pickle.dumps(report))  # noqa: S301  it was made in the line itself
    assert type(loaded) is pytest.TestReport
    names = ("nodeid", "location", "keywords", "outcome", "longrepr", "when", "sections", "start")
    more = ("duration", "stop", "user_properties", "mailcheck", "added")
    for name in (*names, *more):
        assert getattr(loaded, name) == getattr(report, name)
    assert loaded.mailcheck["verdict"] == "met"
    assert vars(copy.copy(report)) == vars(loaded)
