"""``EHLO name E matches PTR of IP I``: one PTR name is enough, an alias is another name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.ehlo.ehlo_name_matches_ptr import CHECK
from mailcheck.facts.dns import told
from mailcheck.names import to_a_labels
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told

PTR = "25.113.0.203.in-addr.arpa PTR"
NAME = "mail.example.com"
SENTENCE = f"EHLO name {NAME} matches PTR of IP 203.0.113.25"


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("answer", "ends"),
    [
        pytest.param(told(PTR, f"{NAME}."), "met", id="the name"),
        pytest.param(told(PTR, f"a.example. | {NAME}."), "met", id="one of two"),
        pytest.param(
            told(PTR, f"-> 25.0/25.113.0.203.in-addr.arpa | {NAME}."), "met", id="delegated"
        ),
        pytest.param(told(PTR, "mx.example.com."), "other-name", id="another"),
        pytest.param(told(PTR, "a.example. | ..."), "inconclusive: too-many-records", id="many"),
        pytest.param(told(PTR, "NODATA"), "no-ptr", id="none"),
        pytest.param(told(PTR, "REFUSED-BY-AUTHORITY"), "refused-by-authority", id="refused"),
        pytest.param(told(PTR, "SERVFAIL"), "inconclusive: servfail", id="servfail"),
    ],
)
def test_a_name(answer: Told, ends: str) -> None:
    assert ending(judged(CHECK, SENTENCE, answer)) == (ends,)


@pytest.mark.parametrize(
    ("ehlo", "ends"),
    [
        pytest.param("[203.0.113.25]", "met", id="own literal"),
        pytest.param("[203.0.113.26]", "other-address", id="another's literal"),
        pytest.param("203.0.113.25", "not-fully-qualified", id="no brackets"),
        pytest.param("mail", "not-fully-qualified", id="single label"),
        pytest.param("mail.example.com.", "invalid-name", id="trailing dot"),
    ],
)
def test_what_is_no_name_is_judged_without_asking_anybody(ehlo: str, ends: str) -> None:
    verdict = judged(CHECK, f'EHLO name "{ehlo}" matches PTR of IP 203.0.113.25')
    assert (ending(verdict), verdict.evidence) == ((ends,), ())


@pytest.mark.parametrize("ehlo", ["[203.0.113.25]", "[203.0.113.26]"])
def test_a_literal_earns_advice(ehlo: str) -> None:
    verdict = judged(CHECK, f'EHLO name "{ehlo}" matches PTR of IP 203.0.113.25')
    assert [a.tag for a in verdict.advice] == ["address-literal"]


def test_a_strict_house_demands_a_name() -> None:
    sentence = 'EHLO name "[203.0.113.25]" matches PTR of IP 203.0.113.25'
    strict = f"{{'{sentence}': {{severity: {{address-literal: required}}}}}}"
    assert ending(judged(CHECK, strict)) == ("address-literal",)


def test_a_name_earns_no_advice() -> None:
    assert judged(CHECK, SENTENCE, told(PTR, f"{NAME}.")).advice == ()


def test_case_does_not_matter() -> None:
    sentence = "EHLO name MAIL.Example.COM matches PTR of IP 203.0.113.25"
    assert judged(CHECK, sentence, told(PTR, "mail.EXAMPLE.com.")).kind == "met"


def test_u_labels_match_a_labels() -> None:
    name = to_a_labels("메일.한국")
    sentence = "EHLO name 메일.한국 matches PTR of IP 203.0.113.25"
    assert judged(CHECK, sentence, told(PTR, f"{name}.")).kind == "met"


def test_it_is_demanded_by_default() -> None:
    assert judged(CHECK, SENTENCE, told(PTR, "a.example.")).excused == ""


@pytest.mark.parametrize("said", ["a.example.", "NODATA"])
def test_the_remedy_is_the_ptr_record(said: str) -> None:
    [remedy] = judged(CHECK, SENTENCE, told(PTR, said)).remedies
    assert remedy.publish == (f"25.113.0.203.in-addr.arpa.  3600  IN  PTR  {NAME}.",)


def test_the_remedy_stands_where_the_delegation_leads() -> None:
    delegated = told(PTR, "-> 25.0/25.113.0.203.in-addr.arpa | NODATA")
    [remedy] = judged(CHECK, SENTENCE, delegated).remedies
    assert remedy.publish == (f"25.0/25.113.0.203.in-addr.arpa.  3600  IN  PTR  {NAME}.",)


def test_the_remedy_for_a_bad_name_is_another_name() -> None:
    [remedy] = judged(CHECK, "EHLO name mail matches PTR of IP 203.0.113.25").remedies
    assert "smtp_helo_name" in remedy.instruction
