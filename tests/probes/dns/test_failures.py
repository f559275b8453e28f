"""Which of several failures stands for all."""

from __future__ import annotations

import itertools

import pytest

from mailcheck.probes.dns.failures import worst
from mailcheck.question import Unobserved


@pytest.mark.parametrize(
    ("causes", "stands"),
    [
        (["timeout", "servfail"], "servfail"),
        (["timeout", "unreachable", "refused"], "refused"),
        (["servfail", "refused", "timeout"], "servfail"),
        (["servfail", "servfail", "bogus", "timeout"], "bogus"),
    ],
)
def test_the_most_telling_stands_for_all(causes: list[str], stands: str) -> None:
    """In whatever order they came."""
    for order in itertools.permutations(causes):
        assert worst([Unobserved(cause) for cause in order]).cause == stands


def test_what_was_asked_in_vain_says_more_than_what_could_not_be_asked() -> None:
    failures = [Unobserved("no-ipv6-route", not_evaluated=True), Unobserved("timeout")]
    assert worst(failures).cause == "timeout"
