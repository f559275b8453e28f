"""The sentences that are named in place of one that no check reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.catalogue import load_catalogue
from mailcheck.suite.neighbours import hint, neighbour, sentences_about
from tests.suite.test_grammar import GRAMMAR, SIGNED

SHIPPED = load_catalogue()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("domain a.example has MXs", "domain a.example has MX", id="letter"),
        pytest.param(
            "domain a.example has MX record", "domain a.example has MX", id="word-too-many"
        ),
        pytest.param("domain a.example MX", "domain a.example has MX", id="word-missing"),
        pytest.param("a.example has MX", "domain a.example has MX", id="first-word-missing"),
        pytest.param("IP has a PTR", "IP has PTR", id="article"),
        pytest.param("ip 192.0.2.1 isn't on DUL", "IP 192.0.2.1 is not on DUL", id="contraction"),
        pytest.param(
            "TXT of a.example includes v=spf1 -all",
            'TXT of a.example includes "v=spf1 -all"',
            id="text-without-quotes",
        ),
        pytest.param("SMTP port accepts", "SMTP port {port} accepts", id="slot-missing"),
        pytest.param("all is well", None, id="far-from-everything"),
        pytest.param('TXT includes "open', None, id="open-quote"),
    ],
)
def test_the_neighbour_keeps_what_the_sentence_said(sentence: str, expected: str | None) -> None:
    assert expected == neighbour(GRAMMAR.catalogue, sentence)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("DKIM selector s1 is valid", "DKIM key s1 is valid", id="the-slot-named"),
        pytest.param(
            "SPF of a.example allows IP 192.0.2.1",
            "SPF of a.example passes for IP 192.0.2.1",
            id="a-choice-not-made",
        ),
        pytest.param("SPF is v=spf1 -all", 'SPF is "v=spf1 -all"', id="a-record-without-quotes"),
    ],
)
def test_a_neighbour_needs_no_more_than_was_said(sentence: str, expected: str) -> None:
    assert expected == neighbour(SIGNED.catalogue, sentence)


@given(st.text())
def test_no_text_brings_it_down(text: str) -> None:
    found = neighbour(GRAMMAR.catalogue, text)
    assert found is None or found.isprintable()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("domain a.example has SPF", "SPF is valid"),
        ("domain a.example has a DMARC record", "DMARC is valid"),
        ("domain has DKIM", "DKIM key {selector} is valid"),
        ("domain has MTA-STS", "MTA-STS is valid"),
        ("SPF", "SPF is valid"),
        ("SPF exists", "SPF is valid"),
        ("SPF record of a.example is valid", "SPF of a.example is valid"),
        ("DMARC record is valid", "DMARC is valid"),
        ("SPF includes b.example", "SPF is valid"),
        ("SPF passes for 192.0.2.1", "SPF passes for IP 192.0.2.1"),
        ("SPF fails IP 192.0.2.1", "SPF fails for IP 192.0.2.1"),
        ("DMARC is reject", "DMARC policy is at least reject"),
        ("DKIM key s1 exists", "DKIM key s1 is valid"),
        ("STARTTLS works", "SMTP port {port} offers STARTTLS"),
        ("TTL of MX is below 300", "TTL of MX is at most 300"),
        ("certificate on SMTP port 25 is valid", "certificate port 25 is valid"),
        ("IP 192.0.2.1 is fine", None),
    ],
)
def test_the_neighbour_is_about_what_the_sentence_names(
    sentence: str, expected: str | None
) -> None:
    assert neighbour(SHIPPED, sentence) == expected


def test_what_must_not_hold_is_said_otherwise() -> None:
    said = hint(SHIPPED, "DKIM key old is not valid")
    assert said.startswith('did you mean "DKIM key old is valid"? What is not to hold has expect:')
    assert "expect" not in hint(SHIPPED, "IP 192.0.2.1 isnt not on DUL")
    assert hint(SHIPPED, "all is well") == "`mailcheck list` shows every sentence"


@pytest.mark.parametrize(
    ("name", "count"), [("dmarc", 3), ("MX", 4), ("is", 0), ("IP", 0), ("", 0)]
)
def test_sentences_about_a_name(name: str, count: int) -> None:
    assert len(sentences_about(SHIPPED, name)) == count
