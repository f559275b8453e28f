"""``EHLO name E points to IP I``: told, and by default never counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.ehlo.ehlo_name_points_to_ip import CHECK
from mailcheck.facts.dns import told
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told

NAME = "mail.example.com"
SENTENCE = f"EHLO name {NAME} points to IP 203.0.113.25"
SENTENCE6 = f"EHLO name {NAME} points to IP 2001:db8::25"


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("sentence", "answer", "ends"),
    [
        pytest.param(SENTENCE, told(f"{NAME} A", "203.0.113.25"), "met", id="its address"),
        pytest.param(SENTENCE, told(f"{NAME} A", "192.0.2.1"), "other-address", id="another"),
        pytest.param(SENTENCE, told(f"{NAME} A", "NODATA"), "no-address", id="no address"),
        pytest.param(SENTENCE, told(f"{NAME} A", "NXDOMAIN"), "no-such-domain", id="no such name"),
        pytest.param(
            SENTENCE,
            told(f"{NAME} A", "REFUSED-BY-AUTHORITY", denier="example.com"),
            "refused-by-authority",
            id="refused by its zone",
        ),
        pytest.param(SENTENCE, told(f"{NAME} A", "TIMEOUT"), "inconclusive: timeout", id="silence"),
        pytest.param(SENTENCE6, told(f"{NAME} AAAA", "2001:db8::25"), "met", id="IPv6"),
        pytest.param(
            SENTENCE6, told(f"{NAME} AAAA", "NODATA"), "no-address", id="IPv4 only, from IPv6"
        ),
    ],
)
def test_a_name(sentence: str, answer: Told, ends: str) -> None:
    assert ending(judged(CHECK, sentence, answer)) == (ends,)


@pytest.mark.parametrize(
    ("ehlo", "ends"),
    [
        pytest.param("[203.0.113.25]", "met", id="own literal"),
        pytest.param("[203.0.113.26]", "other-address", id="another's literal"),
        pytest.param("[IPv6:2001:db8::25]", "other-address", id="literal of the other family"),
        pytest.param("203.0.113.25", "not-fully-qualified", id="no brackets"),
        pytest.param("localhost", "not-fully-qualified", id="single label"),
        pytest.param("ma!l.example.com", "invalid-name", id="no name"),
    ],
)
def test_what_is_no_name_is_judged_without_asking_anybody(ehlo: str, ends: str) -> None:
    verdict = judged(CHECK, f'EHLO name "{ehlo}" points to IP 203.0.113.25')
    assert (ending(verdict), verdict.evidence) == ((ends,), ())


@pytest.mark.parametrize("said", ["203.0.113.25", "192.0.2.1", "TIMEOUT"])
def test_an_underscore_earns_advice_whatever_is_known(said: str) -> None:
    sentence = "EHLO name my_mail.example.com points to IP 203.0.113.25"
    verdict = judged(CHECK, sentence, told("my_mail.example.com A", said))
    assert "underscore" in [a.tag for a in verdict.advice]


def test_it_is_advised_unless_the_suite_demands_it() -> None:
    elsewhere = told(f"{NAME} A", "192.0.2.1")
    assert judged(CHECK, SENTENCE, elsewhere).excused == "advised only: other-address"
    demanded = f"{{{SENTENCE}: {{severity: required}}}}"
    assert judged(CHECK, demanded, elsewhere).excused == ""


def test_a_fault_that_is_expected_and_absent_counts() -> None:
    expecting = f"{{{SENTENCE}: {{expect: other-address}}}}"
    verdict = judged(CHECK, expecting, told(f"{NAME} A", "203.0.113.25"))
    assert (verdict.kind, verdict.excused) == ("unmet", "")


def test_the_text_says_both_addresses() -> None:
    [reason] = judged(CHECK, SENTENCE, told(f"{NAME} A", "192.0.2.1 | 192.0.2.2")).reasons
    assert reason.text == f"{NAME} has the addresses 192.0.2.1, 192.0.2.2, not 203.0.113.25"


@pytest.mark.parametrize(
    ("sentence", "answer", "record"),
    [
        pytest.param(
            SENTENCE, told(f"{NAME} A", "NODATA"), f"{NAME}.  3600  IN  A  203.0.113.25", id="A"
        ),
        pytest.param(
            SENTENCE6,
            told(f"{NAME} AAAA", "NODATA"),
            f"{NAME}.  3600  IN  AAAA  2001:db8::25",
            id="AAAA",
        ),
        pytest.param(
            SENTENCE,
            told(f"{NAME} A", "NXDOMAIN", denier="example.com"),
            f"{NAME}.  3600  IN  A  203.0.113.25",
            id="no such name",
        ),
    ],
)
def test_the_remedy_is_the_record(sentence: str, answer: Told, record: str) -> None:
    [remedy] = judged(CHECK, sentence, answer).remedies
    assert remedy.publish == (record,)


def test_the_remedy_for_another_literal_is_to_say_a_name() -> None:
    sentence = 'EHLO name "[203.0.113.26]" points to IP 203.0.113.25'
    [remedy] = judged(CHECK, sentence).remedies
    assert "smtp_helo_name" in remedy.instruction
