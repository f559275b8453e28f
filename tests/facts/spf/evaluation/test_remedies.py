"""The record that would bring about the result that is wanted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.spf.evaluation.judging import judged
from mailcheck.facts.spf.evaluation.remedies import remedied
from mailcheck.finding import Reason
from mailcheck.names import parse_address

if TYPE_CHECKING:
    from mailcheck.facts.spf.evaluation.result import Result
    from mailcheck.finding import Finding
    from tests.facts.spf.conftest import Evaluate

IP = parse_address("192.0.2.1")
RECORD = 'example.com TXT: "v=spf1 {}"'


def finding(evaluate: Evaluate, wanted: Result, *said: str) -> Finding:
    return judged(evaluate(*said), IP, "example.com", wanted)


@pytest.mark.parametrize(
    ("terms", "wanted", "published"),
    [
        pytest.param("mx -all", "pass", "mx ip4:192.0.2.1 -all", id="before all"),
        pytest.param(
            "-ip4:192.0.2.0/24 +all", "pass", "ip4:192.0.2.1 -ip4:192.0.2.0/24 +all", id="b"
        ),
        pytest.param("", "pass", "ip4:192.0.2.1", id="no term"),
        pytest.param("ip4:192.0.2.9  ", "pass", "ip4:192.0.2.9 ip4:192.0.2.1", id="at the end"),
        pytest.param("redirect=a.b", "pass", "ip4:192.0.2.1 redirect=a.b", id="before redirect"),
        pytest.param("-include:a.b ?all", "pass", "ip4:192.0.2.1 -include:a.b ?all", id="include"),
        pytest.param("~all exp=c.d", "fail", "-all exp=c.d", id="another all"),
        pytest.param("", "softfail", "~all", id="an all"),
        pytest.param(
            "ip4:192.0.2.0/24 -all", "fail", "-ip4:192.0.2.1 ip4:192.0.2.0/24 -all", id="x"
        ),
        pytest.param(
            "ip4:192.0.2.0/24 -all", "neutral", "?ip4:192.0.2.1 ip4:192.0.2.0/24 -all", id="n"
        ),
    ],
)
def test_the_record_to_publish(
    terms: str, wanted: Result, published: str, evaluate: Evaluate
) -> None:
    said = (RECORD.format(terms), "example.com MX: 0 .", 'a.b TXT: "v=spf1 ip4:192.0.2.1 -all"')
    if terms == "redirect=a.b":
        said = (*said[:2], 'a.b TXT: "v=spf1 -all"')
    found = finding(evaluate, wanted, *said)
    [reason] = found.reasons
    remedy = remedied(reason)
    assert remedy.publish == (f'example.com.  3600  IN  TXT  "v=spf1 {published}"',)
    assert "In place of" in remedy.instruction
    amended = finding(evaluate, wanted, RECORD.format(published), *said[1:])
    assert amended.met


@pytest.mark.parametrize(
    ("wanted", "published"),
    [("pass", "ip4:192.0.2.1 ~all"), ("fail", "-all"), ("softfail", "~all"), ("neutral", "?all")],
)
def test_a_record_where_there_is_none(wanted: Result, published: str, evaluate: Evaluate) -> None:
    [reason] = finding(evaluate, wanted, "example.com TXT: NODATA").reasons
    assert (reason.tag, reason.text) == ("spf-none", "example.com has no SPF record")
    assert remedied(reason).publish == (f'example.com.  3600  IN  TXT  "v=spf1 {published}"',)


@pytest.mark.parametrize(
    ("text", "wanted", "published"),
    [
        pytest.param("v=spf1mx include:a.b -all", "pass", "mx include:a.b -all", id="close"),
        pytest.param("v=spf1mx include:a.b -all", "fail", "mx include:a.b -all", id="for fail"),
        pytest.param("v=spf1;moo", "pass", "", id="unclear"),
        pytest.param("v=spf1 include a.b -all", "pass", "include:a.b -all", id="a fault"),
        pytest.param(
            "v=spf1 include=a.b -all", "pass", "include:a.b ip4:192.0.2.1 -all", id="ignored"
        ),
        pytest.param("v=spf1 ~all mx -all", "fail", "mx -all", id="behind all"),
    ],
)
def test_what_was_meant_is_kept(
    text: str, wanted: Result, published: str, evaluate: Evaluate
) -> None:
    [reason] = finding(evaluate, wanted, f'example.com TXT: "{text}"').reasons
    remedy = remedied(reason)
    expected = (f'example.com.  3600  IN  TXT  "v=spf1 {published}"',) if published else ()
    assert remedy.publish == expected
    assert ("comes close" in reason.text) is ("comes close" in remedy.instruction)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(("##[x].a.b TXT: REFUSED-BY-AUTHORITY",), id="a zone that refuses"),
        pytest.param(("##[x].a.b TXT: NXDOMAIN",), id="an include of nothing"),
        pytest.param(('##[x].a.b TXT: "v=spf1" | "v=spf1 a"',), id="several records"),
        pytest.param(
            (
                '##[x].a.b TXT: "v=spf1 mx"',
                "##[x].a.b MX: " + " | ".join(f"1 ##[{n}.a.b." for n in range(11)),
            ),
            id="exchanges",
        ),
        pytest.param(
            (
                '##[x].a.b TXT: "v=spf1 a a a"',
                "##[x].a.b A: NXDOMAIN",
            ),
            id="voids",
        ),
    ],
)
def test_no_runner_takes_a_name_for_a_command(said: tuple[str, ...], evaluate: Evaluate) -> None:
    [reason] = finding(evaluate, "pass", RECORD.format("include:##[x].a.b"), *said).reasons
    assert r"#\x23[x].a.b" in reason.text
    assert "##[" not in reason.text + remedied(reason).instruction


def test_strangers_who_meet_a_fault_are_no_reason_for_a_term(evaluate: Evaluate) -> None:
    said = RECORD.format("include:c.d -all"), "c.d TXT: NXDOMAIN"
    [reason] = finding(evaluate, "fail", *said).reasons
    remedy = remedied(reason)
    assert remedy.publish == ()
    assert remedy.instruction.endswith("`SPF of example.com is valid` names every fault.")


def test_a_record_that_nobody_would_paste_is_mended_by_hand(evaluate: Evaluate) -> None:
    strings = '" "'.join("ip4:198.51.100.1 " for _ in range(100))
    [reason] = finding(evaluate, "pass", f'example.com TXT: "v=spf1 {strings}" "-all"').reasons
    assert not remedied(reason).publish


def test_a_record_behind_an_alias_is_changed_there(evaluate: Evaluate) -> None:
    said = 'example.com TXT: -> spf.example.net | "v=spf1 -all"'
    [reason] = finding(evaluate, "pass", said).reasons
    assert remedied(reason).publish[0].startswith("spf.example.net.  3600  IN  TXT  ")


def test_a_refusal_is_known(evaluate: Evaluate) -> None:
    found = finding(evaluate, "pass", "example.com TXT: REFUSED-BY-AUTHORITY")
    [reason] = found.reasons
    assert (reason.tag, found.result) == ("refused-by-authority", "temperror")
    assert "Load the zone" in remedied(reason).instruction


@pytest.mark.parametrize(
    ("terms", "whose"),
    [
        pytest.param("moo", "example.com", id="its own fault"),
        pytest.param("include:a.b", "a.b", id="the fault of one that is included"),
        pytest.param("include:c.d", "example.com", id="an include of nothing"),
        pytest.param("include:e.f", "e.f", id="a redirect to nothing"),
        pytest.param("include:g.h", "example.com", id="a limit"),
        pytest.param("include:i.j", "i.j", id="exchanges"),
    ],
)
def test_a_permerror_is_corrected_by_hand(terms: str, whose: str, evaluate: Evaluate) -> None:
    said = (
        'a.b TXT: "v=spf1 moo"',
        "c.d TXT: NXDOMAIN",
        'e.f TXT: "v=spf1 redirect=c.d"',
        'g.h TXT: "v=spf1 include:g.h"',
        'i.j TXT: "v=spf1 mx"',
        "i.j MX: " + " | ".join(f"{n} m{n}.example." for n in range(11)),
    )
    [reason] = finding(evaluate, "pass", RECORD.format(terms), *said).reasons
    remedy = remedied(reason)
    assert re.search(rf"record of {re.escape(whose)}[;.] ", remedy.instruction)
    if whose == "example.com":  # an address would hide it from this client, and from nobody else
        assert remedy.publish == ()
        assert remedy.instruction.endswith("`SPF of example.com is valid` names every fault.")
    else:
        record = f'"v=spf1 ip4:192.0.2.1 {terms}"'
        assert remedy.publish == (f"example.com.  3600  IN  TXT  {record}",)
        assert finding(evaluate, "pass", f"example.com TXT: {record}").met


@pytest.mark.parametrize("tag", ["spf-pass", "spf-fail", "spf-permerror", "refused-by-authority"])
def test_every_reason_has_a_remedy(tag: str) -> None:
    assert remedied(Reason(tag, "", "example.net")).instruction


@pytest.mark.parametrize(
    ("terms", "says"),
    [("ip4:192.0.2.1 ~all", "for every other host"), ("-all", "With a term before all")],
)
def test_a_first_record_says_who_is_missing(terms: str, says: str) -> None:
    record = (f'example.com.  3600  IN  TXT  "v=spf1 {terms}"',)
    assert says in remedied(Reason("spf-none", "", "example.com", record)).instruction
