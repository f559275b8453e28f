"""``IP I has PTR NAME``: exact names, lists and patterns, beside two sentences that begin alike."""

from __future__ import annotations

import pytest

from mailcheck.catalogue import Catalogue
from mailcheck.checks.address.has_ptr import CHECK as HAS_PTR
from mailcheck.checks.address.has_ptr_matching_a import CHECK as MATCHING_A
from mailcheck.checks.address.has_ptr_name import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.dns import told
from mailcheck.suite.load import load_item
from mailcheck.testing import ending, judged, run_examples

OWNER = "25.113.0.203.in-addr.arpa"


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("names", "answer", "ends"),
    [
        pytest.param("mail.example.com", "mail.example.com.", "met", id="the name"),
        pytest.param("MAIL.example.com.", "mail.EXAMPLE.com.", "met", id="in any case"),
        pytest.param("grün.example", "xn--grn-ioa.example.", "met", id="U-labels"),
        pytest.param("*.example.com", "mx.de.example.com.", "met", id="below a domain"),
        pytest.param("*.example.com", "example.com.", "other-ptr-name", id="the domain itself"),
        pytest.param("mx*.example.com", "mx12.example.com.", "met", id="within a label"),
        pytest.param("mail.example.com", "a.example. | mail.example.com.", "met", id="one of two"),
        pytest.param("a.example, b.example", "a.example. | b.example.", "met", id="both"),
        pytest.param("a.example, b.example", "a.example.", "other-ptr-name", id="one is missing"),
        pytest.param("mail.example.com", "mail.example.net.", "other-ptr-name", id="another"),
        pytest.param("mail.example.com", "x.mail.example.com.", "other-ptr-name", id="below it"),
        pytest.param(
            "mail.example.com", f"-> 25.0-127.{OWNER} | mail.example.com.", "met", id="alias"
        ),
        pytest.param("mail.example.com", "NODATA", "no-ptr", id="name without PTR"),
        pytest.param("mail.example.com", "NXDOMAIN", "no-ptr", id="no such name"),
        pytest.param(
            "mail.example.com", "REFUSED-BY-AUTHORITY", "refused-by-authority", id="lame zone"
        ),
        pytest.param("mail.example.com", "TIMEOUT", "inconclusive: timeout", id="silence"),
        pytest.param("mail.example.com", "mail.example.com. | ...", "met", id="read in time"),
    ],
)
def test_how_it_ends(names: str, answer: str, ends: str) -> None:
    sentence = f"IP 203.0.113.25 has PTR {names}"
    assert ends in ending(judged(CHECK, sentence, told(f"{OWNER} PTR", answer)))


def test_a_name_besides_is_advice() -> None:
    answer = told(f"{OWNER} PTR", "mail.example.com. | www.example.com.")
    verdict = judged(CHECK, "IP 203.0.113.25 has PTR mail.example.com", answer)
    assert [a.text for a in verdict.advice] == [
        "203.0.113.25 also has the PTR name www.example.com"
    ]


def test_a_name_besides_can_be_forbidden() -> None:
    answer = told(f"{OWNER} PTR", "mail.example.com. | www.example.com.")
    sentence = "IP 203.0.113.25 has PTR mail.example.com"
    wanted = f"{{{sentence}: {{severity: {{further-ptr-name: required}}}}}}"
    assert judged(CHECK, wanted, answer).tags == ("further-ptr-name",)


def test_what_it_has_instead_is_shown_and_what_to_publish() -> None:
    answer = told(f"{OWNER} PTR", "203-0-113-25.example.net.")
    verdict = judged(CHECK, "IP 203.0.113.25 has PTR mail.example.com", answer)
    expected = "203.0.113.25 has not the PTR name mail.example.com, but 203-0-113-25.example.net"
    assert verdict.reasons[0].text == expected
    assert verdict.remedies[0].publish == (f"{OWNER}.  3600  IN  PTR  mail.example.com.",)


def test_the_remedy_stands_where_classless_delegation_leads() -> None:
    answer = told(f"{OWNER} PTR", f"-> 25.0-127.{OWNER} | www.example.com.")
    [remedy] = judged(CHECK, "IP 203.0.113.25 has PTR mail.example.com", answer).remedies
    assert remedy.publish == (f"25.0-127.{OWNER}.  3600  IN  PTR  mail.example.com.",)


def test_a_pattern_cannot_be_published() -> None:
    answer = told(f"{OWNER} PTR", "NXDOMAIN")
    [remedy] = judged(CHECK, "IP 203.0.113.25 has PTR mx*.example.com", answer).remedies
    assert "fits mx*.example.com" in remedy.instruction
    assert "*" not in remedy.publish[0]


@pytest.mark.parametrize(
    ("sentence", "check"),
    [
        pytest.param("IP 203.0.113.25 has PTR", HAS_PTR, id="any name"),
        pytest.param("IP 203.0.113.25 has PTR matching A", MATCHING_A, id="confirmed"),
        pytest.param("IP 203.0.113.25 has PTR matching.example", CHECK, id="a name"),
        pytest.param("IP 203.0.113.25 has PTR a.example, *.b.example", CHECK, id="a list"),
    ],
)
def test_sentences_that_begin_alike_are_told_apart(sentence: str, check: object) -> None:
    catalogue = Catalogue({"has-ptr": HAS_PTR, "has-ptr-matching-a": MATCHING_A, "name": CHECK})
    [requirement] = load_item(sentence, catalogue)
    assert requirement.check is check


@pytest.mark.parametrize("name", ["matching", "*", "203.0.113.25", "mail[0-9].example.com"])
def test_what_is_no_name_is_refused_when_read(name: str) -> None:
    with pytest.raises(SourceError):
        judged(CHECK, f"IP 203.0.113.25 has PTR {name}")
