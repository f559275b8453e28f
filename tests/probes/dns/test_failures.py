"""Why there is no answer: the failure that says most, with evidence of all."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from mailcheck.facts.dns import Source
from mailcheck.probes.dns.failures import Asked, shown_chain, unobserved, worst
from mailcheck.question import Unobserved

ASKED = Asked("example.com", "MX", recursive=True)
FIRST, SECOND = Source("192.0.2.1", "UDP", 3.0, "dig @192.0.2.1"), Source("192.0.2.2")


def test_a_failure_says_what_of_whom_and_how_to_see_it() -> None:
    said = unobserved(ASKED, "servfail", FIRST)
    [line] = said.evidence
    assert str(line) == "example.com MX → SERVFAIL, from 192.0.2.1"
    assert line.command == "dig @192.0.2.1"
    assert "the resolver tried and failed" in said.text


def test_what_the_server_says_itself_is_shown_in_evidence_and_text() -> None:
    said = unobserved(ASKED, "refused", FIRST, "detail", "PROHIBITED not you")
    assert said.evidence[0].result == "REFUSED (detail, PROHIBITED not you)"
    assert said.text.endswith("; the server says PROHIBITED not you")


def test_an_authority_fails_otherwise_than_a_resolver() -> None:
    said = unobserved(Asked("example.com", "MX", recursive=False), "servfail", FIRST)
    assert "no working copy of the zone" in said.text


def test_one_line_for_each_cause_names_every_server() -> None:
    failures = [unobserved(ASKED, "timeout", one) for one in (FIRST, SECOND, FIRST)]
    [line] = worst(failures).evidence
    assert str(line) == "example.com MX → timeout, from 192.0.2.1, 192.0.2.2"


def test_a_server_asked_over_tcp_too_is_not_taken_for_two() -> None:
    failures = [
        unobserved(ASKED, "timeout", one)
        for one in (FIRST, replace(FIRST, transport="TCP"), SECOND)
    ]
    [line] = worst(failures).evidence
    assert str(line).endswith("→ timeout, from 192.0.2.1, 192.0.2.1 over TCP, 192.0.2.2")


def test_a_chain_of_names_cannot_break_a_line_or_fill_a_report() -> None:
    shown = shown_chain(["a.example", "\x1b[2J.example", *["x" * 200] * 20])
    assert shown.startswith(r"a.example → \x1b[2J.example → ")
    assert shown.isprintable()
    assert len(shown) < 400


@pytest.mark.parametrize(
    ("causes", "stands"),
    [
        (["timeout", "servfail"], "servfail"),
        (["timeout", "unreachable", "refused"], "refused"),
        (["servfail", "refused", "timeout"], "servfail"),
        (["servfail", "servfail", "bogus", "timeout"], "bogus"),
        (["timeout", "malformed", "unreachable"], "malformed"),
    ],
)
def test_the_most_telling_stands_for_all(causes: list[str], stands: str) -> None:
    """In whatever order they came."""
    for order in itertools.permutations(causes):
        assert worst([Unobserved(cause) for cause in order]).cause == stands


def test_what_was_asked_in_vain_says_more_than_what_could_not_be_asked() -> None:
    failures = [Unobserved("no-ipv6-route", not_evaluated=True), Unobserved("timeout")]
    assert worst(failures).cause == "timeout"


@pytest.mark.parametrize(
    ("sources", "waited", "text"),
    [
        pytest.param((FIRST,), 12.8, "no answer came from 192.0.2.1 in 13 s", id="one server"),
        pytest.param(
            (FIRST, SECOND, FIRST, replace(SECOND, transport="TCP")),
            5.0,
            "no answer came from 192.0.2.1, 192.0.2.2 in 5 s",
            id="each server once, whatever it was asked over",
        ),
        pytest.param((FIRST,), 0.4, "no answer came from 192.0.2.1", id="no time worth a word"),
    ],
)
def test_silence_says_whose_and_how_long(
    sources: tuple[Source, ...], waited: float, text: str
) -> None:
    assert worst([unobserved(ASKED, "timeout", one) for one in sources], waited).text == text


def test_the_servers_that_were_silent_are_not_those_where_nobody_listens() -> None:
    failures = [unobserved(ASKED, "timeout", FIRST), unobserved(ASKED, "unreachable", SECOND)]
    assert worst(failures, 13.0).text == "no answer came from 192.0.2.1 in 13 s"


def test_who_could_not_be_reached_is_named() -> None:
    sources = (Source("192.0.2.1"), Source("192.0.2.1", "TCP"), Source("192.0.2.2"))
    failures = [unobserved(ASKED, "unreachable", one, "Connection refused") for one in sources]
    other = unobserved(ASKED, "unreachable", Source("192.0.2.3"), "No route to host")
    assert worst([*failures, other]).text == "Connection refused: 192.0.2.1, 192.0.2.2"
