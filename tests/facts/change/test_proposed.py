"""Answers that rest on a change: the same data as any other, with evidence of their own."""

from __future__ import annotations

from dataclasses import fields

from mailcheck.errors import Place
from mailcheck.evidence import Evidence
from mailcheck.facts.change.proposed import ProposedAnswer
from mailcheck.facts.dns import DnsAnswer, name_server, told
from mailcheck.facts.records import record

LINE = Evidence("example.com MX", "10 mx.", "proposed, zone:3", place=Place("zone", 3))


def test_it_says_what_the_answer_says() -> None:
    _, answer = told("example.com MX", "-> b.example | 10 mx.example.net.", denier="example")
    assert isinstance(answer, DnsAnswer)
    made = ProposedAnswer.resting_on(answer, LINE)
    assert [getattr(made, field) for field in ("name", "rdtype", "status", "texts", "aliases")] == [
        getattr(answer, field) for field in ("name", "rdtype", "status", "texts", "aliases")
    ]
    assert (made.ttl, made.denier, made.exchanges) == (3600, "example", [(10, "mx.example.net")])


def test_nothing_of_it_is_lost_but_who_said_it() -> None:
    answer = DnsAnswer(
        "example.com",
        "MX",
        "data",
        (record("MX", "10 mail.example.com."),),
        ("b.example",),
        ttl=60,
        authoritative=True,
        authenticated=True,
        denier="example",
        cut="example.com",
        delegated_to=("ns1.example.net",),
        glue=(name_server("192.0.2.53", "ns1.example.net"),),
        cut_short=True,
    )
    made = ProposedAnswer.resting_on(answer, LINE)
    carried = {one.name for one in fields(answer) if one.init} - {"extended", "source"}
    assert {name: getattr(made, name) for name in carried} == {
        name: getattr(answer, name) for name in carried
    }
    assert all(getattr(answer, name) for name in carried)


def test_its_evidence_is_where_it_is_written() -> None:
    _, answer = told("example.com MX", "10 mx.example.net.")
    assert isinstance(answer, DnsAnswer)
    [line] = ProposedAnswer.resting_on(answer, LINE).evidence
    assert line.place == Place("zone", 3)
