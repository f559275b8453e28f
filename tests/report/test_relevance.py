"""Which evidence is shown first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mailcheck.evidence import Evidence
from mailcheck.finding import Reason
from mailcheck.report.relevance import (
    answers_and_way,
    is_of_change,
    order_shown,
    telling_first,
    weight,
)
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


def test_a_server_passed_over_on_the_way_is_not_worth_trying(record: MakeRecord) -> None:
    silent = Evidence("com NS", "timeout", "from b.root", "dig @b.root com")
    way = Evidence("com NS", "referral for com to a.gtld", "from a.root, 1 ms", "dig @a.root com")
    denied = Evidence("x.com MX", "NXDOMAIN (denied by com)", "from a.gtld, 1 ms", "dig x.com")
    reasons = (Reason("no-such-domain", "x.com does not exist: denied by the zone com"),)
    verdict = Verdict("unmet", reasons=reasons, evidence=(silent, way, denied))
    assert record(verdict)["commands"] == ["dig x.com"]


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
            [
                "com NS → timeout, from x",
                "com NS → referral for com to ns, from root, 1 ms",
                "com NS → REFUSED, from y",
                "a A → timeout, from x",
            ],
            ["com NS → REFUSED, from y", "a A → timeout, from x"],
            ["com NS → referral for com to ns, from root, 1 ms", "com NS → timeout, from x"],
            id="silence on a way that another server knew",
        ),
        pytest.param(
            ["a A → timeout, from x", "a A → timeout, from x, over TCP", "a A → timeout, from y"],
            ["a A → timeout, from x, x over TCP, y"],
            [],
            id="the same server over UDP and over TCP",
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
        pytest.param("mx1.example.com (192.0.2.1 port 25) EHLO → 421", 2, id="with its name"),
        pytest.param("192.0.2.1 port 587 → connection lost", 1, id="another port of the address"),
        pytest.param("a.example MX → NODATA, from 198.51.100.7, 1 ms", 2, id="who said this"),
        pytest.param("a.example MX → 10 b., from 198.51.100.7, 1 ms", 0, id="who said another"),
        pytest.param("a.example MX → NODATA, from 198.51.100.70, 1 ms", 0, id="somebody else"),
        pytest.param("7.2.0.192.dnsbl.example A → 127.0.0.2 | 127.0.0.4", 2, id="what a list has"),
        pytest.param("7.2.0.192.dnsbl.example A → NXDOMAIN", 0, id="and has not"),
        pytest.param("7.2.0.192.bl.example A → 127.0.0.2", 0, id="what another list has"),
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
        Reason("nameservers-differ", "198.51.100.7 says NODATA"),
        Reason("listed", "192.0.2.7 is on dnsbl.example: 127.0.0.2 (spam: a trap)"),
    )
    assert weight(line, record(Verdict("unmet", reasons=reasons, cause="timeout"))) == expected


def test_what_the_server_at_fault_says_is_tried_first(record: MakeRecord) -> None:
    way = [Evidence("7.example NS", "NODATA", "from r, 1 ms", "dig ns")]
    said = [
        Evidence("7.example PTR", "m.example.", f"from {who}, 1 ms", f"dig @{who}")
        for who in ("ns1.example (192.0.2.1)", "ns2.example (192.0.2.2)")
    ]
    text = "ns2.example (192.0.2.2) for 7.example: answers without authority"
    verdict = Verdict("unmet", reasons=(Reason("not-authoritative", text),), evidence=(*way, *said))
    assert record(verdict)["commands"][0] == "dig @ns2.example (192.0.2.2)"


def test_the_list_that_decides_is_tried_first(record: MakeRecord) -> None:
    answers = {"zen.example": "127.0.0.2", "bl.example": "127.0.0.40"}
    evidence = [
        Evidence(f"13.113.0.203.{zone} A", code, "from r, 1 ms", f"dig {zone}")
        for zone, code in answers.items()
    ]
    reasons = (Reason("listed", "203.0.113.13 is on bl.example: 127.0.0.40 (must relay): gone"),)
    verdict = Verdict("unmet", reasons=reasons, evidence=tuple(evidence))
    assert record(verdict)["commands"] == ["dig bl.example", "dig zen.example"]


def test_what_leads_to_the_name_at_fault_is_tried_before_what_holds(record: MakeRecord) -> None:
    evidence = [
        Evidence(f"{n}.113.0.203.in-addr.arpa PTR", f"h{n}.example.", "from r, 1 ms", f"dig {n}")
        for n in (20, 22)
    ]
    text = "203.0.113.22 has the PTR name h22.example, but that name has 203.0.113.99"
    verdict = Verdict(
        "unmet", reasons=(Reason("ptr-not-confirmed", text),), evidence=tuple(evidence)
    )
    assert record(verdict)["commands"] == ["dig 22", "dig 20"]


_MX = "mx1.example.com (192.0.2.25 port 25)"
_SESSION = (
    "mx1.example.com A → 192.0.2.25, TTL 3600, from 192.0.2.53, 1 ms",
    f"{_MX} greeting → 220 mx1.example.com ESMTP, 1 ms",
    f"{_MX} EHLO [192.0.2.1] → 250-mx1.example.com | 250-SIZE 10240000 | 250 STARTTLS, 1 ms",
    f"{_MX} STARTTLS → 220 Ready, 1 ms",
    f"{_MX} TLS → TLSv1.3, certificate for mx1.example.com, 1 ms",
    f"{_MX} RCPT TO:<postmaster@example.com> in TLS → 250 Ok, 1 ms",
)


@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("SMTP port 25 of mx1.example.com accepts", 1),
        ("SMTP port 25 of mx1.example.com greets with its own name", 1),
        ("SMTP port 25 of mx1.example.com offers SIZE of 10 MB", 2),
        ("SMTP port 25 of mx1.example.com offers STARTTLS", 3),
        ("SMTP port 25 of mx1.example.com offers TLS 1.2", 4),
        ("certificate of mx1.example.com port 25 lasts 21 days", 4),
        ("domain example.com accepts mail for postmaster", 5),
    ],
)
def test_what_a_sentence_is_about_is_shown_first(title: str, first: int) -> None:
    shown = telling_first(_SESSION, title)
    assert shown[0] == _SESSION[first]
    assert shown[-1] == _SESSION[0]


def test_where_no_port_was_asked_the_order_stays() -> None:
    lines = ["b.example A → 192.0.2.1", "a.example MX → 10 b.example."]
    assert telling_first(lines, "domain a.example has MX") == lines


def test_what_a_change_says_comes_before_what_bears_as_much(record: MakeRecord) -> None:
    lines = [
        "x.example A → 192.0.2.1, live, from r, 1 ms",
        "a.example AAAA → NODATA, live, from r, 1 ms",
        "y.example A → 192.0.2.1, proposed, zones/y:3",
        "a.example A → NXDOMAIN, live, from r, 1 ms",
    ]
    verdict = Verdict("unmet", reasons=(Reason("nxdomain", "a.example does not exist"),))
    assert order_shown(lines, record(verdict)) == [3, 2, 1, 0]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a A → 192.0.2.1, proposed, zones/a:3", True),
        ("a A → 192.0.2.1, proposed, from 192.0.2.53, 1 ms", True),
        ("a A → 192.0.2.1, live, from 192.0.2.53, 1 ms", False),
        ("a, proposed, A → 192.0.2.1", False),
    ],
)
def test_a_line_says_that_it_is_proposed(line: str, *, expected: bool) -> None:
    assert is_of_change(line) == expected
