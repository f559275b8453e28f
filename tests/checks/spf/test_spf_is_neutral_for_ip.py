"""``SPF of D is neutral for IP I``."""

from __future__ import annotations

import pytest

from mailcheck.checks.spf.spf_is_neutral_for_ip import CHECK
from mailcheck.facts.dns import told
from mailcheck.testing import judged

SENTENCE = "SPF of example.com is neutral for IP 192.0.2.1"


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
    assert verdict.tags == (() if result == "neutral" else (f"spf-{result}",))
