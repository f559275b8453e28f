"""What a change takes away from SPF."""

from __future__ import annotations

import pytest

from mailcheck.facts.change.loss import told_published
from mailcheck.facts.change.proposed import Proposed, ProposedFact
from mailcheck.facts.spf.evaluation.removal import with_removal
from mailcheck.finding import Finding, Reason
from tests.facts.smtp.test_hosts import found

NAME = "example.com"
CHANGE = (Proposed(NAME), ProposedFact("example.com.zone"))
NONE = Reason("spf-none", "example.com has no SPF record", NAME, ("a first record",))
BACK = ('example.com.  3600  IN  TXT  "v=spf1 include:_spf.example.net -all"',)


def back(live: str, reason: Reason = NONE) -> tuple[str, ...]:
    """Return what is published because of *reason*, where *live* is what the change takes away."""
    answer = told_published(f"{NAME} TXT", live)
    finding: Finding = found(with_removal(Finding((reason,)), NAME), CHANGE, answer)
    return finding.reasons[0].instead


def test_it_comes_back_without_what_stands_beside_it() -> None:
    assert back('"v=spf1 include:_spf.example.net -all" | "x"') == BACK


@pytest.mark.parametrize("live", ['"x"', '"v=spf1 mx" | "v=spf1 a"', "NXDOMAIN", "TIMEOUT"])
def test_what_was_no_record_does_not(live: str) -> None:
    assert back(live) == NONE.instead


@pytest.mark.parametrize(
    "reason",
    [
        Reason("spf-fail", "", NAME, ("another",)),
        Reason("spf-none", "no name that DNS can hold", NAME),
        Reason("no-spf", "example.com has no SPF record; a text comes close: spf1", NAME, ("it",)),
    ],
)
def test_what_stands_there_is_left_alone(reason: Reason) -> None:
    assert back('"v=spf1 -all"', reason) == reason.instead
