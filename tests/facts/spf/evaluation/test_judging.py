"""Results in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.spf.evaluation.judging import judged, other_results, trace
from mailcheck.names import parse_address

if TYPE_CHECKING:
    from mailcheck.facts.spf.evaluation.result import Result
    from mailcheck.finding import Finding
    from tests.facts.spf.conftest import Evaluate

IP = parse_address("192.0.2.1")
RECORD = 'example.com TXT: "v=spf1 {}"'


def finding(evaluate: Evaluate, wanted: Result, *said: str) -> Finding:
    return judged(evaluate(*said), IP, "example.com", wanted)


def test_a_fault_of_the_record_tells_whose(evaluate: Evaluate) -> None:
    [reason] = finding(evaluate, "pass", RECORD.format("moo")).reasons
    assert reason.text == 'in moo, "moo" is no mechanism (example.com)'


@pytest.mark.parametrize(
    ("said", "text"),
    [
        pytest.param(
            ('example.com TXT: "v=spf1 -include:a.b all"', 'a.b TXT: "v=spf1 +all"'),
            "SPF of example.com says fail for 192.0.2.1 (example.com: -include:a.b → a.b: +all)",
            id="by an include",
        ),
        pytest.param(
            ('example.com TXT: "v=spf1"',),
            "SPF of example.com says neutral for 192.0.2.1 (example.com: no term decides)",
            id="by default",
        ),
        pytest.param(
            ('example.com TXT: "v=spf1 -all exp=a.b"', 'a.b TXT: "go away"'),
            "SPF of example.com says fail for 192.0.2.1 (example.com: -all); the domain explains: go away",
            id="explained",
        ),
        pytest.param(
            ("example.com TXT: NXDOMAIN",),
            "example.com does not exist, so it has no SPF record",
            id="no such domain",
        ),
        pytest.param(
            ('example.com TXT: "v=spf1 redirect=a.b"', 'a.b TXT: "v=spf1 a/33"'),
            'in a/33, the prefix length "33" is more than 32 (example.com: redirect=a.b → a.b)',
            id="a fault",
        ),
    ],
)
def test_what_is_said(said: tuple[str, ...], text: str, evaluate: Evaluate) -> None:
    [reason] = finding(evaluate, "pass", *said).reasons
    assert reason.text == text


def test_a_long_path_is_cut(evaluate: Evaluate) -> None:
    fact = evaluate('example.com TXT: "v=spf1 include:example.com -all"')
    assert len(fact.path) == 11
    said = trace(fact).split(" → ")
    assert len(said) == 5
    assert said[3] == "… 7 more …"


@pytest.mark.parametrize(
    ("said", "result", "cause"),
    [
        pytest.param(("example.com TXT: TIMEOUT",), "temperror", "timeout", id="temperror"),
        pytest.param(
            ('example.com TXT: "v=spf1 ptr -all"', "1.2.0.192.in-addr.arpa PTR: SERVFAIL"),
            "fail",
            "servfail",
            id="what is passed over and might have decided",
        ),
    ],
)
def test_what_is_unknown(
    said: tuple[str, ...], result: str, cause: str, evaluate: Evaluate
) -> None:
    for wanted in ("pass", "fail"):
        found = finding(evaluate, wanted, *said)
        assert found.reasons == ()
        assert found.result == result
        assert found.unknown
        assert found.unknown.cause == cause


def test_what_is_passed_over_and_would_not_have_changed_it(evaluate: Evaluate) -> None:
    said = ('example.com TXT: "v=spf1 -ptr -all"', "1.2.0.192.in-addr.arpa PTR: SERVFAIL")
    assert finding(evaluate, "fail", *said).met
    assert finding(evaluate, "pass", *said).reasons


def test_a_sentence_tells_of_all_results_but_its_own() -> None:
    entries = other_results("softfail")
    assert "spf-softfail:" not in entries
    for word in ("pass", "fail", "neutral", "none", "permerror"):
        assert f"spf-{word}:" in entries
