"""The question, and what of it macros say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.facts.spf.conftest import Evaluate


@pytest.mark.parametrize(
    ("sender", "asked"),
    [
        pytest.param("news@example.com", "news.example.com.helo.example", id="a mailbox"),
        pytest.param("", "postmaster.helo.example.helo.example", id="bounces"),
    ],
)
def test_macros_say_what_the_client_said(sender: str, asked: str, evaluate: Evaluate) -> None:
    record = 'example.com TXT: "v=spf1 exists:%{l}.%{o}.%{h} -all"'
    fact = evaluate(record, f"{asked} A: 127.0.0.2", sender=sender, helo="helo.example")
    assert fact.result == "pass"
