"""The run's own date and resolvers are questions like any other."""

from __future__ import annotations

import datetime

import pytest

from mailcheck.facts.dns import name_server
from mailcheck.facts.run import RunDate, RunDateFact, RunResolvers, RunResolversFact
from mailcheck.question import Question

A_DAY = datetime.date(2026, 1, 31)


@pytest.mark.parametrize("kind", [RunDate, RunResolvers])
def test_a_world_answers_it_and_each_run_has_one(kind: type[Question[object]]) -> None:
    assert kind.is_leaf()
    assert len({kind(), kind()}) == 1


@pytest.mark.parametrize(
    "fact",
    [
        RunDateFact(A_DAY),
        RunResolversFact((name_server("192.0.2.1"),)),
    ],
)
def test_what_the_run_knows_of_itself_is_no_evidence(
    fact: RunDateFact | RunResolversFact,
) -> None:
    assert fact.evidence == ()
