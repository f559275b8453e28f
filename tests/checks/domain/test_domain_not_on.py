"""``domain D is not on L``: one list of domains, with its own codes and test points."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.domain.domain_not_on import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.dns import told
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told

DBL = "dbl.spamhaus.org"
SENTENCE = f"domain example.com is not on {DBL}"


def said(answer: str, alive: str = "127.0.1.2", control: str = "NXDOMAIN") -> tuple[Told, ...]:
    """Tell what the list says of example.com, and of its test points."""
    return (
        told(f"example.com.{DBL} A", answer),
        told(f"dbltest.com.{DBL} A", alive),
        told(f"invalid.{DBL} A", control),
    )


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("answers", "ends"),
    [
        pytest.param(said("NXDOMAIN"), "met", id="not there"),
        pytest.param(said("127.0.1.2"), "listed", id="listed"),
        pytest.param(said("127.0.1.106"), "listed", id="good, and misused"),
        pytest.param(said("127.0.1.255"), "inconclusive: list-refuses", id="no domain was asked"),
        pytest.param(said("127.0.1.77"), "inconclusive: undeclared-code", id="a new code"),
        pytest.param(said("NXDOMAIN", "NXDOMAIN"), "inconclusive: list-not-alive", id="dead"),
        pytest.param(
            said("127.0.1.2", "127.0.1.2", "127.0.1.2"),
            "inconclusive: list-lists-everything",
            id="it lists the world",
        ),
        pytest.param(said("198.51.100.7"), "inconclusive: not-a-return-code", id="parked"),
        pytest.param(said("TIMEOUT"), "inconclusive: timeout", id="silence"),
    ],
)
def test_how_it_ends(answers: tuple[Told, ...], ends: str) -> None:
    assert ending(judged(CHECK, SENTENCE, *answers)) == (ends,)


def test_where_to_ask_and_why() -> None:
    verdict = judged(CHECK, SENTENCE, *said("127.0.1.4"))
    [reason] = verdict.reasons
    assert "example.com is on dbl.spamhaus.org: 127.0.1.4 (abuse: domain for phi" in reason.text
    assert "https://check.spamhaus.org/" in verdict.remedies[0].instruction


def test_only_the_codes_asked_for_count() -> None:
    wanted = f"{{{SENTENCE}: {{codes: 127.0.1.5}}}}"
    verdict = judged(CHECK, wanted, *said("127.0.1.4"))
    assert (verdict.kind, [a.tag for a in verdict.advice]) == ("met", ["listed-otherwise"])


def test_a_list_without_test_points_says_so() -> None:
    zone = "uribl.spameatingmonkey.net"
    absent = told(f"example.com.{zone} A", "NXDOMAIN")
    verdict = judged(CHECK, f"domain example.com is not on {zone}", absent)
    assert (verdict.kind, [a.tag for a in verdict.advice]) == ("met", ["list-not-proven"])


def test_a_list_of_addresses_is_not_asked_for_a_domain() -> None:
    verdict = judged(CHECK, "domain example.com is not on zen.spamhaus.org")
    assert verdict.cause == "wrong-list"


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("domain example.com is not on DBL", id="a word that is no list"),
        pytest.param(f"{{{SENTENCE}: {{codes: 192.0.2.1}}}}", id="a code outside 127/8"),
    ],
)
def test_what_is_no_list_or_code_is_refused_when_read(sentence: str) -> None:
    with pytest.raises(SourceError):
        judged(CHECK, sentence)
