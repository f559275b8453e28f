"""SPF is evaluated here from a table of answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from mailcheck.facts.dns import told
from mailcheck.facts.run import told_date
from mailcheck.facts.spf.evaluation.check import SpfCheck
from mailcheck.names import parse_address

if TYPE_CHECKING:
    from mailcheck.facts.spf.evaluation.result import SpfCheckFact
    from tests.facts.conftest import Answered

CLIENT = "192.0.2.1"


class Evaluate(Protocol):
    """Evaluate example.com for a client that finds the answers *said*."""

    def __call__(
        self,
        *said: str,
        ip: str = CLIENT,
        domain: str = "example.com",
        sender: str = "user@example.com",
        helo: str = "mail.example.com",
    ) -> SpfCheckFact:
        """Each of *said* is ``NAME TYPE: ANSWER``, the answer as in :func:`told`."""


@pytest.fixture
def evaluate(answered: Answered) -> Evaluate:
    """Return what evaluates."""

    def run(
        *said: str,
        ip: str = CLIENT,
        domain: str = "example.com",
        sender: str = "user@example.com",
        helo: str = "mail.example.com",
    ) -> SpfCheckFact:
        table = [told_date("2026-01-31"), *(told(*line.split(": ", 1)) for line in said)]
        fact: SpfCheckFact = answered(SpfCheck(parse_address(ip), domain, sender, helo), *table)
        return fact

    return run
