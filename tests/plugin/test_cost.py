"""What a requirement costs in pytest, counted: calls of Python functions, hooks and reports."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Generator
from typing import Any

import pytest

from mailcheck.plugin import garbage

AT_ONCE = """\
async def judge(wanted: OffersTour) -> Finding:
    return met()
"""


COUNTING = """\
import sys
import pytest

@pytest.hookimpl(wrapper=True)
def pytest_runtestloop():
    calls = 0
    def profile(frame, event, arg):
        nonlocal calls
        calls += event == "call"
    sys.setprofile(profile)
    try:
        return (yield)
    finally:
        sys.setprofile(None)
        with open("calls", "w") as file:
            print(calls, file=file)
"""

LISTENER = "def pytest_runtest_setup(item): pass\n"


class Hooks:
    """Counts calls of hooks while the tests run."""

    def __init__(self) -> None:
        self.called: Counter[str] = Counter()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Generator[None, object, object]:
        def before(name: str, *_: Any) -> None:
            self.called[name] += 1

        undo = session.config.pluginmanager.add_hookcall_monitoring(before, lambda *_: None)
        try:
            return (yield)
        finally:
            undo()


@pytest.fixture
def suite_of(project: pytest.Pytester, own_check: str) -> Any:
    """Write a suite of so many requirements that are met without a question."""
    checks = project.mkdir("checks")
    head, _, tail = own_check.partition("async def judge")
    _, _, tail = tail.partition("    return met()\n")
    (checks / "offers_tour.py").write_text(head + AT_ONCE + tail, "utf-8")
    project.makeini("[pytest]\nmail_lab = auto\nmail_checks = checks\n")

    def write(requirements: int) -> None:
        lines = (f"  - domain d{i}.example offers a tour\n" for i in range(requirements))
        suite = project.path / "suites" / "mail.yml"
        suite.write_text("mailcheck: 1\nchecks:\n" + "".join(lines), "utf-8")

    return write


def calls_each(project: pytest.Pytester, suite_of: Any) -> float:
    """Python calls for one more requirement: the difference between two sizes of a suite."""
    counted = {}
    for requirements in (100, 300):
        suite_of(requirements)
        # In a process of its own: pytester listens to every hook of a session that runs in its.
        command = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "suites")
        result = project.run(sys.executable, *command)
        result.assert_outcomes(passed=requirements)
        counted[requirements] = int((project.path / "calls").read_text())
    return (counted[300] - counted[100]) / 200


def test_a_met_requirement_costs_what_its_report_costs(
    project: pytest.Pytester, suite_of: Any
) -> None:
    project.makeconftest(COUNTING)
    # A trivial test costs pytest about 1000. Most of what is left is its reporting.
    assert calls_each(project, suite_of) < 150


def test_the_whole_way_costs_little_more_than_pytest_does(
    project: pytest.Pytester, suite_of: Any
) -> None:
    project.makeconftest(COUNTING + LISTENER)
    assert calls_each(project, suite_of) < 1100


@pytest.mark.parametrize(
    ("listener", "options", "hooks"),
    [
        pytest.param(
            "", [], {"protocol": 0, "setup": 0, "logstart": 1, "logreport": 1}, id="short way"
        ),
        pytest.param(
            "",
            ["--junitxml=report.xml"],
            {"protocol": 0, "setup": 0, "logstart": 1, "logreport": 3},
            id="short way with a report",
        ),
        pytest.param(
            LISTENER,
            [],
            {"protocol": 1, "setup": 1, "logstart": 1, "logreport": 3},
            id="whole way",
        ),
    ],
)
def test_hooks_called_for_a_met_requirement(
    project: pytest.Pytester,
    suite_of: Any,
    listener: str,
    options: list[str],
    hooks: dict[str, int],
) -> None:
    project.makeconftest(listener)
    suite_of(50)
    counter = Hooks()
    project.runpytest("suites", *options, plugins=[counter])
    called = {name: counter.called[f"pytest_runtest_{name}"] for name in hooks}
    assert called == {name: 50 * each for name, each in hooks.items()}


def test_items_are_left_out_of_garbage_collections(project: pytest.Pytester, suite_of: Any) -> None:
    seen: list[bool] = []

    class Seeing:
        def pytest_runtest_logfinish(self) -> None:
            seen.append(garbage.something_is_frozen())

    suite_of(50)
    project.runpytest("suites", plugins=[Seeing()]).assert_outcomes(passed=50)
    assert all(seen)
    assert not garbage.something_is_frozen()
    assert gc.isenabled()


COLLECTING = """\
import gc
import weakref

class Held: pass

held = [Held()]
held[0].itself = held[0]
seen = weakref.ref(held[0])

def test_it_is_collected():
    held.clear()
    gc.collect()
    assert seen() is None
"""


def test_tests_between_can_collect_garbage(project: pytest.Pytester, suite_of: Any) -> None:
    seen: list[bool] = []

    class Seeing:
        def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
            if report.when == "call":
                seen.append(garbage.something_is_frozen())

    suite_of(3)
    suite = project.path / "suites" / "mail.yml"
    (project.path / "suites" / "z.yml").write_text(suite.read_text("utf-8"), "utf-8")
    project.makepyfile(test_between=COLLECTING)
    order = ["suites/mail.yml", "test_between.py", "suites/z.yml"]
    project.runpytest(*order, plugins=[Seeing()]).assert_outcomes(passed=7)
    assert seen == [True, True, True, False, True, True, True]


def test_a_met_requirement_leaves_little_behind(project: pytest.Pytester, suite_of: Any) -> None:
    kept: list[Any] = []

    class Keeping:
        def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
            kept.extend(terminalreporter.stats["passed"])

    suite_of(10)
    project.runpytest("suites", plugins=[Keeping()])
    for report in kept[1:]:  # pytest itself makes the first item of a file
        assert not vars(report)
        assert not vars(report.item)
