"""The question, and the sender that it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.spf.check import sender_of

if TYPE_CHECKING:
    from tests.facts.spf.conftest import Evaluate


@pytest.mark.parametrize(
    ("mailbox", "sender"),
    [
        (None, "postmaster@example.com"),
        ("", "postmaster@example.com"),
        ("news", "news@example.com"),
        ("news@example.net", "news@example.net"),
    ],
)
def test_the_sender_that_is_meant(mailbox: str | None, sender: str) -> None:
    assert sender_of(mailbox, "example.com") == sender


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
