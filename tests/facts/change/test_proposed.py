"""Answers that rest on a change: the same data as any other, with evidence of their own."""

from __future__ import annotations

from mailcheck.errors import Place
from mailcheck.evidence import Evidence
from mailcheck.facts.change.proposed import ProposedAnswer
from mailcheck.facts.dns import DnsAnswer, told

LINE = Evidence("example.com MX", "10 mx.", "proposed, zone:3", place=Place("zone", 3))


def test_it_says_what_the_answer_says() -> None:
    _, answer = told("example.com MX", "-> b.example | 10 mx.example.net.", denier="example")
    assert isinstance(answer, DnsAnswer)
    made = ProposedAnswer.resting_on(answer, LINE)
    assert [getattr(made, field) for field in ("name", "rdtype", "status", "texts", "aliases")] == [
        getattr(answer, field) for field in ("name", "rdtype", "status", "texts", "aliases")
    ]
    assert (made.ttl, made.denier, made.exchanges) == (3600, "example", [(10, "mx.example.net")])


def test_its_evidence_is_where_it_is_written() -> None:
    _, answer = told("example.com MX", "10 mx.example.net.")
    assert isinstance(answer, DnsAnswer)
    [line] = ProposedAnswer.resting_on(answer, LINE).evidence
    assert line.place == Place("zone", 3)
