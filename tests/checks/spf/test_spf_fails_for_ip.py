"""``SPF of D fails for IP I``, and ``softfails``."""

from __future__ import annotations

import pytest

from mailcheck.checks.spf.spf_fails_for_ip import CHECK
from mailcheck.facts.dns import told
from mailcheck.testing import judged


@pytest.mark.parametrize("word", ["fails", "softfails"])
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
def test_results(word: str, record: str, result: str) -> None:
    sentence = f"SPF of example.com {word} for IP 192.0.2.1"
    verdict = judged(CHECK, sentence, told("example.com TXT", f'"{record}"'))
    assert verdict.result == result
    assert verdict.tags == (() if f"{result}s" == word else (f"spf-{result}",))


def test_what_the_client_says() -> None:
    verdict = judged(
        CHECK,
        "{SPF of example.com fails for IP 192.0.2.1: {sender: a@b.example, helo: c.example}}",
        told("example.com TXT", '"v=spf1 -exists:%{l}.%{o}.%{h}"'),
        told("a.b.example.c.example A", "127.0.0.2"),
    )
    assert verdict.kind == "met"
