"""host H can reach port 25."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.host.host_can_reach_port_25 import CHECK
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.told import told_port
from mailcheck.facts.smtp.vantage import RunControls, RunControlsFact
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told

SENTENCE = "host mail.example.com can reach port 25"
CONTROLS = (
    RunControls(),
    RunControlsFact((("a.example", 25), ("b.example", 25), ("www.example", 443))),
)
OVER_IPV4 = (
    told("a.example A", "192.0.2.1"),
    told("b.example A", "192.0.2.2"),
    told("www.example A", "192.0.2.3"),
)
OVER_IPV6 = (
    told("a.example AAAA", "2001:db8::1"),
    told("b.example AAAA", "2001:db8::2"),
    told("www.example AAAA", "2001:db8::3"),
)
NO_IPV6 = tuple(told(f"{name}.example AAAA", "NODATA") for name in ("a", "b", "www"))


def ipv4(a: str, b: str = "TIMEOUT", web: str = "answers") -> tuple[Told, ...]:
    """How the control hosts answer over IPv4."""
    return (
        *OVER_IPV4,
        told_port("192.0.2.1:25", a),
        told_port("192.0.2.2:25", b),
        told_port("192.0.2.3:443", web),
    )


def ipv6(a: str, b: str = "TIMEOUT", web: str = "answers") -> tuple[Told, ...]:
    """How they answer over IPv6."""
    return (
        *OVER_IPV6,
        told_port("[2001:db8::1]:25", a),
        told_port("[2001:db8::2]:25", b),
        told_port("[2001:db8::3]:443", web),
    )


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("answers", "ends", "advice"),
    [
        pytest.param((*ipv4("answers"), *NO_IPV6), "met", [], id="over IPv4"),
        pytest.param((*ipv4("answers"), *ipv6("answers")), "met", [], id="over both"),
        pytest.param(
            (*ipv4("TIMEOUT"), *ipv6("answers")), "met", ["family-blocked"], id="over IPv6 alone"
        ),
        pytest.param(
            (*ipv4("answers"), *ipv6("TIMEOUT")), "met", ["family-blocked"], id="over IPv4 alone"
        ),
        pytest.param(
            (*ipv4("answers"), *ipv6("NO-IPV6-ROUTE", "NO-IPV6-ROUTE", "NO-IPV6-ROUTE")),
            "met",
            [],
            id="there is no IPv6",
        ),
        pytest.param((*ipv4("TIMEOUT"), *NO_IPV6), "port-25-blocked", [], id="blocked"),
        pytest.param(
            (*ipv4("CONNECTION-REFUSED", "NO-ROUTE"), *NO_IPV6), "port-25-blocked", [], id="refused"
        ),
        pytest.param(
            (*ipv4("TIMEOUT"), *ipv6("TIMEOUT")), "port-25-blocked", [], id="blocked over both"
        ),
        pytest.param(
            (*ipv4("TIMEOUT"), *ipv6("NO-IPV6-ROUTE", "NO-IPV6-ROUTE", "NO-IPV6-ROUTE")),
            "port-25-blocked",
            [],
            id="blocked, and no IPv6",
        ),
        pytest.param(
            (*ipv4("TIMEOUT", web="TIMEOUT"), *NO_IPV6), "inconclusive: no-network", [], id="no web"
        ),
        pytest.param(
            (*ipv4("TIMEOUT", "BUDGET-SPENT"), *NO_IPV6),
            "inconclusive: too-few-control-hosts",
            [],
            id="one was not asked",
        ),
        pytest.param(
            (*ipv4("TIMEOUT"), *ipv6("TIMEOUT", "BUDGET-SPENT")),
            "inconclusive: too-few-control-hosts",
            [],
            id="over IPv6 it may be open",
        ),
        pytest.param(
            (told("a.example A", "SERVFAIL"), *ipv4("TIMEOUT")[1:], *NO_IPV6),
            "inconclusive: servfail",
            [],
            id="one was not found",
        ),
    ],
)
def test_who_answers(answers: tuple[Told, ...], ends: str, advice: list[str]) -> None:
    verdict = judged(CHECK, SENTENCE, CONTROLS, *answers)
    assert (ending(verdict), [a.tag for a in verdict.advice]) == ((ends,), advice)


def test_without_control_hosts_nothing_is_said() -> None:
    verdict = judged(CHECK, SENTENCE)
    assert ending(verdict) == ("not evaluated: no-control-hosts",)


def test_the_remedy_is_to_ask_the_provider() -> None:
    verdict = judged(CHECK, SENTENCE, CONTROLS, *ipv4("TIMEOUT"), *NO_IPV6)
    assert "Ask the provider of mail.example.com" in verdict.remedies[0].instruction
    assert "a.example and b.example do not answer" in verdict.reasons[0].text
