"""``IP I is on dnswl.org``: advised, and never mistaken for a listing."""

from __future__ import annotations

import pytest

from mailcheck.checks.address.is_on_dnswl import CHECK
from mailcheck.facts.dns import told
from mailcheck.testing import ending, judged, run_examples

SENTENCE = "IP 203.0.113.25 is on dnswl.org"
ALIVE = told("2.0.0.127.list.dnswl.org A", "127.0.10.0")
CONTROL = told("1.0.0.127.list.dnswl.org A", "NXDOMAIN")


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        pytest.param("127.0.5.0", "met", id="no trust, but known"),
        pytest.param("127.0.15.3", "met", id="high trust"),
        pytest.param("NXDOMAIN", "not-vouched-for", id="not there"),
        pytest.param("127.0.0.255", "inconclusive: list-refuses", id="refused"),
        pytest.param("127.3.0.1", "inconclusive: undeclared-code", id="a code nobody knows"),
        pytest.param("192.0.2.1", "inconclusive: not-a-return-code", id="a rewriting resolver"),
        pytest.param("TIMEOUT", "inconclusive: timeout", id="silence"),
    ],
)
def test_what_the_list_says(said: str, ends: str) -> None:
    answers = (told("25.113.0.203.list.dnswl.org A", said), ALIVE, CONTROL)
    verdict = judged(CHECK, SENTENCE, *answers)
    assert ends in (*ending(verdict), *(reason.tag for reason in verdict.reasons))


def test_it_is_advised_and_can_be_demanded() -> None:
    answers = (told("25.113.0.203.list.dnswl.org A", "NXDOMAIN"), ALIVE, CONTROL)
    assert judged(CHECK, SENTENCE, *answers).excused
    demanded = f"{{{SENTENCE}: {{severity: required}}}}"
    assert not judged(CHECK, demanded, *answers).excused
