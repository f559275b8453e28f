"""``SPF of D passes for IP I``."""

from __future__ import annotations

import pytest

from mailcheck.checks.spf.spf_passes_for_ip import CHECK
from mailcheck.facts.change.loss import told_published
from mailcheck.facts.change.proposed import Proposed, ProposedFact
from mailcheck.facts.dns import told
from mailcheck.facts.spf.evaluation.remedies import remedied
from mailcheck.testing import judged

SENTENCE = "SPF of example.com passes for IP 192.0.2.1"


@pytest.mark.parametrize(
    ("record", "result"),
    [
        ("v=spf1 ip4:192.0.2.1 -all", "pass"),
        ("v=spf1 -all", "fail"),
        ("v=spf1 ~all", "softfail"),
        ("v=spf1", "neutral"),
        ("v=spf1 moo", "permerror"),
        ("hello", "none"),
    ],
)
def test_results(record: str, result: str) -> None:
    verdict = judged(CHECK, SENTENCE, told("example.com TXT", f'"{record}"'))
    assert verdict.result == result
    assert verdict.tags == (() if result == "pass" else (f"spf-{result}",))


def test_a_temperror() -> None:
    verdict = judged(CHECK, SENTENCE, told("example.com TXT", "TIMEOUT"))
    assert (verdict.kind, verdict.cause, verdict.result) == ("inconclusive", "timeout", "temperror")


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        ("", "postmaster.example.com.example.com"),
        ("sender: news", "news.example.com.example.com"),
        ("sender: news@b.example", "news.b.example.example.com"),
        ("helo: mail.example.com", "postmaster.example.com.mail.example.com"),
    ],
)
def test_what_the_client_says(options: str, asked: str) -> None:
    sentence = f"{{{SENTENCE}: {{{options}}}}}" if options else SENTENCE
    verdict = judged(
        CHECK,
        sentence,
        told("example.com TXT", '"v=spf1 exists:%{l}.%{o}.%{h} -all"'),
        told(f"{asked} A", "127.0.0.2"),
    )
    assert verdict.result == "pass"


@pytest.mark.parametrize("record", ["v=spf1 ip4:10.0.0.0/8 -all", "v=spf1 -all"])
def test_a_client_that_no_receiver_sees_is_advised(record: str) -> None:
    sentence = "SPF of example.com passes for IP 10.0.0.1"
    verdict = judged(CHECK, sentence, told("example.com TXT", f'"{record}"'))
    assert [one.tag for one in verdict.advice] == ["client-not-public"]


def test_an_expected_result_is_told_as_well() -> None:
    verdict = judged(
        CHECK,
        f"{{{SENTENCE}: {{expect: spf-softfail}}}}",
        told("example.com TXT", '"v=spf1 ~all"'),
    )
    assert (verdict.kind, verdict.result) == ("met", "softfail")


@pytest.mark.parametrize(
    ("domain", "text", "remedy"),
    [
        (
            "a..example.com",
            "a..example.com is no name that DNS can hold, so it has no SPF record",
            "Say a name that DNS can hold: no other has an SPF record.",
        ),
        (
            f"{'a' * 64}.example.com",
            f"{'a' * 64}.example.com is no name that DNS can hold, so it has no SPF record",
            "Say a name that DNS can hold: no other has an SPF record.",
        ),
        (
            "a." * 130 + "example.com",
            f"{'a.' * 40}… (271 characters) is no name that DNS can hold, so it has no SPF record",
            "Say a name that DNS can hold: no other has an SPF record.",
        ),
        (
            "[192.0.2.1]",
            "[192.0.2.1] has no SPF record",
            "Say a domain of several labels: no other has an SPF record.",
        ),
    ],
)
def test_what_dns_cannot_hold_has_no_record(domain: str, text: str, remedy: str) -> None:
    verdict = judged(CHECK, f"SPF of {domain} passes for IP 192.0.2.1")
    assert (verdict.kind, verdict.result, verdict.tags) == ("unmet", "none", ("spf-none",))
    [reason] = verdict.reasons
    assert reason.text == text
    assert remedied(reason).instruction == remedy


@pytest.mark.parametrize("sender", ['""', "<>"])
def test_bounces_have_no_sender(sender: str) -> None:
    verdict = judged(
        CHECK,
        f"{{{SENTENCE}: {{helo: mx.example.net, sender: {sender}}}}}",
        told("example.com TXT", '"v=spf1 exists:%{l}.%{o}.example.com -all"'),
        told("postmaster.mx.example.net.example.com A", "127.0.0.2"),
    )
    assert verdict.result == "pass"


def test_an_include_that_a_change_drops_comes_back() -> None:
    verdict = judged(
        CHECK,
        SENTENCE,
        told("example.com TXT", '"v=spf1 -all"'),
        (Proposed("example.com"), ProposedFact("a.zone")),
        told_published("example.com TXT", '"v=spf1 include:c.d -all"'),
        told("c.d TXT", '"v=spf1 ip4:192.0.2.0/24 -all"'),
    )
    [remedy] = verdict.remedies
    assert remedy.publish == ('example.com.  3600  IN  TXT  "v=spf1 include:c.d -all"',)
