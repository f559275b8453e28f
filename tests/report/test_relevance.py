"""Which evidence is shown first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mailcheck.evidence import Evidence
from mailcheck.finding import Reason
from mailcheck.report.relevance import answers_and_way, weight
from mailcheck.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.report.record import Record

    MakeRecord = Callable[..., Record]


def test_the_most_telling_commands_come_first_each_once_at_most_three(record: MakeRecord) -> None:
    """What is about the part at fault is worth trying before the rest."""
    evidence = [Evidence(f"mx{i}.example.com A", "192.0.2.1", "", f"dig mx{i}") for i in range(5)]
    evidence.append(Evidence("mx9.example.com A", "NXDOMAIN", "", "dig mx9"))
    evidence.append(Evidence("mx9.example.com AAAA", "NXDOMAIN", "", "dig mx9"))
    reasons = (Reason("no-address", "mx9.example.com, an exchange, does not exist"),)
    verdict = Verdict("unmet", reasons=reasons, evidence=tuple(evidence))
    assert record(verdict)["commands"] == ["dig mx9", "dig mx0", "dig mx1"]


def test_what_only_led_to_a_server_is_tried_where_nothing_else_can_be(record: MakeRecord) -> None:
    way = Evidence("com NS", "referral for com to a.gtld.example", "from a.root", "dig com")
    answer = Evidence("example.com MX", "NODATA", "from ns1", "dig example.com")
    verdict = Verdict("unmet", reasons=(Reason("no-mx", "com"),), evidence=(way, answer))
    assert record(verdict)["commands"] == ["dig example.com"]
    assert record(replace(verdict, evidence=(way,)))["commands"] == ["dig com"]


@pytest.mark.parametrize(
    ("evidence", "answers", "way"),
    [
        pytest.param(
            ["com NS → referral for com to ns, from root, 1 ms", "a A → NODATA, from ns, 2 ms"],
            ["a A → NODATA, from ns, 2 ms"],
            ["com NS → referral for com to ns, from root, 1 ms"],
            id="a referral is the way",
        ),
        pytest.param(
            ["a A → timeout, from x", "a A → SERVFAIL, from y", "a A → timeout, from z"],
            ["a A → timeout, from x, z", "a A → SERVFAIL, from y"],
            [],
            id="one failure of several servers is one line",
        ),
        pytest.param(
            ["a A → timeout, from x", "a A → timeout, from x"],
            ["a A → timeout, from x"],
            [],
            id="the same failure twice",
        ),
        pytest.param(
            ["a A → timeout, from x", "b A → timeout, from x", "a A → timeout"],
            ["a A → timeout, from x", "b A → timeout, from x", "a A → timeout"],
            [],
            id="failures of other questions, and of nobody",
        ),
        pytest.param(
            ["a A → 192.0.2.1, from x, 1 ms", "a A → 192.0.2.1, from y, 1 ms"],
            ["a A → 192.0.2.1, from x, 1 ms", "a A → 192.0.2.1, from y, 1 ms"],
            [],
            id="answers stand for themselves",
        ),
    ],
)
def test_answers_come_before_the_way_to_them(
    evidence: list[str], answers: list[str], way: list[str]
) -> None:
    assert answers_and_way(evidence) == (answers, way)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("mx1.example.com A → NODATA", 1, id="the name a reason speaks of"),
        pytest.param("192.0.2.1 PTR → NXDOMAIN", 1, id="an address in parentheses"),
        pytest.param("example.com MX → 10 mx1.example.com.", 0, id="a name around it"),
        pytest.param("x.example.org A → TIMEOUT", 2, id="the cause, in any case"),
        pytest.param("x.example.org A → REFUSED, from ns1", 2, id="what a tag is named after"),
        pytest.param("192.0.2.1 port 25 → connection lost", 2, id="the endpoint a reason names"),
        pytest.param("192.0.2.1 port 25 greeting → 421", 2, id="a stage of its session"),
        pytest.param("192.0.2.1 port 587 → connection lost", 1, id="another port of the address"),
        pytest.param("→", 0, id="nothing"),
    ],
)
def test_evidence_weighs_what_it_shows_of_the_reasons(
    record: MakeRecord, *, line: str, expected: int
) -> None:
    """Names count as whole words."""
    reasons = (
        Reason("no-address", "mx1.example.com (192.0.2.1 port 25): no address."),
        Reason("server-refuses", "ns1 says no"),
    )
    assert weight(line, record(Verdict("unmet", reasons=reasons, cause="timeout"))) == expected
