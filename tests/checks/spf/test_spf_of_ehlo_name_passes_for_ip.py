"""``SPF of EHLO name E passes for IP I``."""

from __future__ import annotations

import pytest

from mailcheck.checks.spf.spf_of_ehlo_name_passes_for_ip import CHECK
from mailcheck.facts.change.loss import told_published
from mailcheck.facts.change.proposed import Proposed, ProposedFact
from mailcheck.facts.dns import told
from mailcheck.testing import judged

SENTENCE = "SPF of EHLO name mail.example.com passes for IP 192.0.2.1"


@pytest.mark.parametrize(
    ("record", "result"),
    [
        ("v=spf1 +all", "pass"),
        ("v=spf1 -all", "fail"),
        ("v=spf1 ~all", "softfail"),
        ("v=spf1 ?all", "neutral"),
        ("v=spf1 moo", "permerror"),
        ("hello", "none"),
    ],
)
def test_results(record: str, result: str) -> None:
    verdict = judged(CHECK, SENTENCE, told("mail.example.com TXT", f'"{record}"'))
    assert verdict.result == result
    assert verdict.tags == (() if result == "pass" else (f"spf-{result}",))


def test_the_sender_is_postmaster() -> None:
    verdict = judged(
        CHECK,
        SENTENCE,
        told("mail.example.com TXT", '"v=spf1 exists:%{l}.%{o}.%{h} -all"'),
        told("postmaster.mail.example.com.mail.example.com A", "127.0.0.2"),
    )
    assert verdict.kind == "met"


def test_that_there_is_no_record_is_advised() -> None:
    verdict = judged(CHECK, SENTENCE, told("mail.example.com TXT", "NODATA"))
    assert (verdict.tags, bool(verdict.excused)) == (("spf-none",), True)
    [record] = verdict.remedies[0].publish
    assert record == 'mail.example.com.  3600  IN  TXT  "v=spf1 ip4:192.0.2.1 -all"'


def test_a_client_that_no_receiver_sees_is_advised() -> None:
    sentence = "SPF of EHLO name mail.example.com passes for IP 10.0.0.1"
    verdict = judged(CHECK, sentence, told("mail.example.com TXT", '"v=spf1 ip4:10.0.0.1"'))
    assert [one.tag for one in verdict.advice] == ["client-not-public"]


def test_a_text_that_comes_close_is_mended() -> None:
    verdict = judged(CHECK, SENTENCE, told("mail.example.com TXT", '"v=spf1;a;-all"'))
    [record] = verdict.remedies[0].publish
    assert record == 'mail.example.com.  3600  IN  TXT  "v=spf1 a -all"'


@pytest.mark.parametrize("name", ["'[192.0.2.1]'", "localhost"])
def test_what_is_no_domain_has_no_record(name: str) -> None:
    sentence = f"{{SPF of EHLO name passes for IP 192.0.2.1: {{ehlo: {name}}}}}"
    verdict = judged(CHECK, sentence)
    assert verdict.tags == ("spf-none",)
    assert verdict.remedies[0].publish == ()


def test_what_a_change_takes_away_comes_back() -> None:
    name = "mail.example.com"
    change = (Proposed(name), ProposedFact("example.com.zone"))
    live = told_published(f"{name} TXT", '"v=spf1 a -all"')
    gone = told(f"{name} TXT", "NODATA")
    sentence = f"SPF of EHLO name {name} passes for IP 192.0.2.25"
    [remedy] = judged(CHECK, sentence, gone, change, live).remedies
    assert remedy.publish == (f'{name}.  3600  IN  TXT  "v=spf1 a -all"',)


def test_an_include_that_a_change_drops_comes_back() -> None:
    verdict = judged(
        CHECK,
        SENTENCE,
        told("mail.example.com TXT", '"v=spf1 -all"'),
        (Proposed("mail.example.com"), ProposedFact("a.zone")),
        told_published("mail.example.com TXT", '"v=spf1 include:c.d -all"'),
        told("c.d TXT", '"v=spf1 ip4:192.0.2.0/24 -all"'),
    )
    [remedy] = verdict.remedies
    assert remedy.publish == ('mail.example.com.  3600  IN  TXT  "v=spf1 include:c.d -all"',)
