"""Answers that rest on a change: the same data as any other, with evidence of their own."""

from __future__ import annotations

from dataclasses import fields

import pytest

from mailcheck.errors import Place
from mailcheck.evidence import Evidence
from mailcheck.facts.change.proposed import SHOWN_FAULTS, ProposedAnswer, ProposedCopyFact
from mailcheck.facts.dns import DnsAnswer, name_server, told
from mailcheck.facts.records import record
from mailcheck.zones.fault import Fault

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


def fault(line: int, *, refuses: bool) -> Fault:
    return Fault("a-tag", f"fault {line}", Place("zone", line), refuses)


@pytest.mark.parametrize(
    ("copy", "lines"),
    [
        pytest.param(ProposedCopyFact(), [], id="no file"),
        pytest.param(ProposedCopyFact("zone"), ["zone → loads"], id="no fault"),
        pytest.param(
            ProposedCopyFact("zone", (fault(2, refuses=False), fault(3, refuses=True))),
            ["zone:3 → fault 3", "zone:2 → fault 2"],
            id="what refuses comes first",
        ),
        pytest.param(
            ProposedCopyFact("zone", (Fault("no-ns", "it has no NS", None, refuses=True),)),
            ["zone → it has no NS"],
            id="a fault of the whole",
        ),
    ],
)
def test_a_copy_shows_what_is_wrong_with_it(copy: ProposedCopyFact, lines: list[str]) -> None:
    assert [str(line) for line in copy.evidence] == lines


def test_of_many_faults_those_that_refuse_are_shown() -> None:
    advice = (fault(line, refuses=False) for line in range(SHOWN_FAULTS + 2))
    copy = ProposedCopyFact("zone", (*advice, fault(99, refuses=True)))
    first, *_, last = copy.evidence
    assert first.place == Place("zone", 99)
    assert (len(copy.evidence), str(last)) == (SHOWN_FAULTS + 1, "zone → 3 more faults")
