"""``SPF of D has no opinion for IP I``."""

from __future__ import annotations

import pytest

from mailcheck.checks.spf.spf_has_no_opinion_for_ip import CHECK
from mailcheck.facts.dns import told
from mailcheck.testing import judged

SENTENCE = "SPF of example.com has no opinion for IP 192.0.2.1"


@pytest.mark.parametrize(
    ("record", "result"),
    [
        ("v=spf1 +all", "pass"),
        ("v=spf1 -all", "fail"),
        ("v=spf1 ~all", "softfail"),
        ("v=spf1 ?all", "neutral"),
        ("v=spf1 moo", "permerror"),
        ("hello", "none"),
    ],
)
def test_results(record: str, result: str) -> None:
    verdict = judged(CHECK, SENTENCE, told("example.com TXT", f'"{record}"'))
    assert verdict.result == result
    assert verdict.tags == (() if result == "none" else (f"spf-{result}",))


def test_a_record_is_taken_away() -> None:
    verdict = judged(CHECK, SENTENCE, told("example.com TXT", '"v=spf1 -all"'))
    assert "Take the TXT records of example.com away" in verdict.remedies[0].instruction


def test_servers_that_refuse_are_another_matter() -> None:
    verdict = judged(CHECK, SENTENCE, told("example.com TXT", "REFUSED-BY-AUTHORITY"))
    assert verdict.tags == ("refused-by-authority",)
    assert "Load the zone" in verdict.remedies[0].instruction
