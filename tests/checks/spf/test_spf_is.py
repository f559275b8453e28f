"""``SPF of D is "v=spf1 -all"``."""

from __future__ import annotations

import pytest

from mailcheck.catalogue import load_catalogue
from mailcheck.checks.spf.spf_is import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.dns import told
from mailcheck.suite.load import load_item
from mailcheck.testing import judged

SENTENCE = 'SPF of example.com is "v=spf1 -all"'
PUBLISHED = 'example.com.  3600  IN  TXT  "v=spf1 -all"'


@pytest.mark.parametrize(
    ("answer", "ends"),
    [
        ('"v=spf1 -all"', "met"),
        ('"V=spf1  -all" | "hello"', "met"),
        ('"v=spf1 " "-all"', "met"),
        ('"v=spf1 ~all"', "other-record"),
        ('"v=spf1 moo"', "other-record"),
        ('"v=spf1 -all" | "v=spf1 mx -all"', "several-records"),
        ('"v=spf1 -all" | "V=spf1 -all"', "several-records"),
        ('"v=spf10 -all"', "no-spf"),
        ("NODATA", "no-spf"),
        ("NXDOMAIN", "no-such-domain"),
        ("REFUSED-BY-AUTHORITY", "refused-by-authority"),
        ("TIMEOUT", "timeout"),
        ('"v=spf1 -all" | ...', "too-many-records"),
        ('"hello" | ...', "too-many-records"),
        ('"v=spf1 ~all" | ...', "other-record"),
        ('"v=spf1 ~all" | "v=spf1 -all" | ...', "several-records"),
    ],
)
def test_endings(answer: str, ends: str) -> None:
    verdict = judged(CHECK, SENTENCE, told("example.com TXT", answer))
    assert ends in (verdict.kind, verdict.cause, *verdict.tags)
    published = [line for remedy in verdict.remedies for line in remedy.publish]
    assert published == ([PUBLISHED] if verdict.tags and "refused" not in ends else [])


def test_an_alias_is_changed_where_it_leads() -> None:
    verdict = judged(CHECK, SENTENCE, told("example.com TXT", '-> a.b | "v=spf1 mx -all"'))
    assert verdict.remedies[0].publish == ('a.b.  3600  IN  TXT  "v=spf1 -all"',)


def test_what_is_there_is_shown_as_people_typed_it() -> None:
    verdict = judged(CHECK, SENTENCE, told("example.com TXT", r'"v=spf1 \226\128\147all"'))
    assert verdict.reasons[0].text == "example.com has v=spf1 \u2013all"


def test_a_text_that_comes_close_is_replaced() -> None:
    verdict = judged(CHECK, SENTENCE, told("example.com TXT", '"v=spf1;-all"'))
    assert verdict.reasons[0].text.endswith("; a text comes close: v=spf1;-all")
    assert verdict.remedies[0].instruction == "In place of that text:"


@pytest.mark.parametrize(
    ("sentence", "check_id"),
    [
        ("SPF of example.com is valid", "spf-is-valid"),
        (SENTENCE, "spf-is"),
        ("SPF of example.com is v=spf1", "spf-is"),
    ],
)
def test_which_check_reads_it(sentence: str, check_id: str) -> None:
    catalogue = load_catalogue()
    [requirement] = load_item(sentence, catalogue)
    assert requirement.check is catalogue.check(check_id)


@pytest.mark.parametrize("text", ["strict", '"v=spf1 ip4:192.0.2.0/33 -all"'])
def test_what_is_no_record_cannot_be_demanded(text: str) -> None:
    with pytest.raises(SourceError):
        load_item(f"SPF of example.com is {text}", load_catalogue())
