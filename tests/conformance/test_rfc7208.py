"""The test suite of RFC 7208: every case, through the engine, at servers that have its zone data."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.spf.evaluation.check import SpfCheck
from tests.conformance.evaluating import evaluated
from tests.conformance.fetching import FetchError, suite_file
from tests.conformance.scenarios import UNEXPLAINED, Case, Scenario, read_scenarios, write_lab

if TYPE_CHECKING:
    from mailcheck.facts.spf.evaluation.result import SpfCheckFact

CASES = 203

ONE_OF_SEVERAL = {
    "invalid-domain-empty-label": "fail",
    "invalid-domain-long": "fail",
    "invalid-domain-long-via-macro": "fail",
    "multispf1": "fail",
    "p-macro-multiple": "pass",
    "ptr-limit": "pass",
}
"""What we say where the suite takes several results. Records that are the same are one to DNS, and
of several PTR the order is lost."""


@cache
def scenarios() -> list[Scenario] | str:
    """Return the suite, or why it is not here; looked for before the first test."""
    try:
        return read_scenarios(suite_file())
    except FetchError as error:
        return str(error)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    found = scenarios()
    cases = [] if isinstance(found, str) else [(s, case) for s in found for case in s.cases]
    if "case" in metafunc.fixturenames:
        metafunc.parametrize(
            ("scenario", "case"), [pytest.param(*pair, id=pair[1].id) for pair in cases]
        )


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SpfCheckFact]:
    """What every case comes to, by its id; each scenario is one lab."""
    found = scenarios()
    assert not isinstance(found, str)
    said: dict[str, SpfCheckFact] = {}
    for number, scenario in enumerate(found):
        folder = tmp_path_factory.mktemp(f"scenario{number}")
        lab = write_lab(scenario.data, folder)
        answers = evaluated(lab, map(question_of, scenario.cases))
        said |= {case.id: answers[question_of(case)] for case in scenario.cases}
    return said


def question_of(case: Case) -> SpfCheck:
    return SpfCheck(case.ip, case.domain, case.sender, case.helo)


def test_the_suite_is_whole() -> None:
    found = scenarios()
    if isinstance(found, str):
        if os.environ.get("CI"):
            pytest.fail(found)
        pytest.skip(found)
    assert sum(len(scenario.cases) for scenario in found) == CASES


def test_a_case_is_right(scenario: Scenario, case: Case, facts: dict[str, SpfCheckFact]) -> None:
    fact = facts[case.id]
    wanted = ONE_OF_SEVERAL.get(case.id, case.results[0])
    assert wanted in case.results
    assert fact.result == wanted, (scenario.description, fact)
    if case.explanation is not None:
        assert (fact.explanation or UNEXPLAINED) == case.explanation
