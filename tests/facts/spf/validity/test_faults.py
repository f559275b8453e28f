"""What is wrong with a tree of records, in words; and what is left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.spf.validity.faults import faults
from mailcheck.finding import MOST_OF_A_KIND, all_hold
from tests.facts.spf.validity.test_counting import GOOGLE
from tests.facts.spf.validity.test_tree import spf, tree
from tests.facts.spf.validity.test_voids import DEAD

if TYPE_CHECKING:
    from mailcheck.finding import Finding
    from tests.facts.conftest import Answered

BEHIND = (
    spf("include:s.t -all", "into.s"),
    spf("moo", "moo.e"),
    "gone.e TXT: NXDOMAIN",
    "many.e MX: " + " | ".join(f"1 m{n}.e." for n in range(11)),
    "refused.e A: REFUSED-BY-AUTHORITY",
    "refused.e AAAA: REFUSED-BY-AUTHORITY",
    "refused.e TXT: REFUSED-BY-AUTHORITY",
    "example.com MX: NODATA",
    *DEAD,
)
"""What stands behind a record, or an ``exists``, that may let everybody pass."""


def found(answered: Answered, *said: str) -> Finding:
    return all_hold(faults(tree(answered, *said)))


@pytest.mark.parametrize("answer", ["NXDOMAIN", "REFUSED-BY-AUTHORITY"])
def test_no_runner_takes_a_name_for_a_command(answer: str, answered: Answered) -> None:
    [reason] = found(answered, spf("include:##[x].a.b"), f"##[x].a.b TXT: {answer}").reasons
    assert "##[" not in reason.text


def test_a_term_is_shown_as_people_typed_it(answered: Answered) -> None:
    [reason] = found(answered, r'example.com TXT: "v=spf1 \226\128\147all"').reasons
    assert reason.text.startswith("in example.com, \u2013all at character 8")


@pytest.mark.parametrize(
    ("said", "texts"),
    [
        pytest.param(("example.com TXT: NODATA",), ["example.com has no SPF record"], id="none"),
        pytest.param(
            ('example.com TXT: "v=spf10 -all" | "x"',),
            ["example.com has no SPF record; a text comes close: v=spf10 -all"],
            id="another version",
        ),
        pytest.param(
            ('example.com TXT: " v=spf1 -all"',),
            ["example.com has no SPF record; a text comes close:  v=spf1 -all"],
            id="a space before",
        ),
        pytest.param(
            (spf("ptr " + "include:spf.g " * 4 + "-all"), *GOOGLE),
            [
                "13 terms ask DNS, and 10 may: ptr 1, "
                + ", ".join(["include:spf.g 3 (include:n1.g 1, include:n2.g 1)"] * 4)
            ],
            id="lookups",
        ),
        pytest.param(
            (spf("include:a.b include:c.d -all"), spf("+all", "a.b"), spf("moo", "c.d")),
            [],
            id="nobody comes to what is behind an include of everybody",
        ),
    ],
)
def test_what_is_wrong(said: tuple[str, ...], texts: list[str], answered: Answered) -> None:
    finding = found(answered, *said)
    assert [reason.text for reason in finding.reasons] == texts
    assert finding.unknown is None


@pytest.mark.parametrize(
    ("said", "tags", "cause"),
    [
        pytest.param(("example.com TXT: TIMEOUT",), [], "timeout", id="the record"),
        pytest.param((spf("include:a.b -all"), "a.b TXT: TIMEOUT"), [], "timeout", id="an include"),
        pytest.param(
            (spf("moo include:a.b -all"), "a.b TXT: TIMEOUT"), ["syntax"], "timeout", id="decided"
        ),
        pytest.param(
            (spf("ptr " * 10 + "include:a.b -all"), "a.b TXT: TIMEOUT"),
            ["too-many-lookups"],
            "timeout",
            id="too many whatever it holds",
        ),
        *(
            pytest.param(
                (spf(f"{silent} {behind} -all"), "s.t TXT: TIMEOUT", "s.t A: TIMEOUT", *BEHIND),
                [],
                "timeout",
                id=f"behind {silent}, {behind[:20]}",
            )
            for silent in ("include:s.t", "include:into.s", "exists:s.t", "-exists:s.t")
            for behind in (
                "include:gone.e",
                "include:gone.e include:example.com",
                "include:moo.e",
                "a:d0.e a:d1.e a:d2.e",
                "mx:many.e",
                "a:refused.e",
                "ptr " * 11,
                "include:refused.e",
            )
        ),
        pytest.param(
            (spf("include:gone.e include:s.t -all"), "s.t TXT: TIMEOUT", *BEHIND),
            ["include-without-record"],
            "timeout",
            id="before an include that is silent",
        ),
        pytest.param(
            (spf("a:d0.e a:d1.e a:d2.e exists:s.t -all"), "s.t A: TIMEOUT", *DEAD),
            ["too-many-voids"],
            "",
            id="before an exists that is silent",
        ),
        pytest.param((spf("exists:s.t mx -all"), "s.t A: TIMEOUT", *BEHIND), [], "", id="no fault"),
        pytest.param((spf("mx -all"), "example.com MX: SERVFAIL"), [], "servfail", id="exchanges"),
        pytest.param(
            (spf("a -all"), "example.com A: TIMEOUT", "example.com AAAA: TIMEOUT"),
            [],
            "",
            id="addresses of which one may be missing",
        ),
        pytest.param(
            (
                spf("a:d0.e a:d1.e a -all"),
                *DEAD,
                "example.com A: TIMEOUT",
                "example.com AAAA: TIMEOUT",
            ),
            [],
            "timeout",
            id="the third void lookup, if it is one",
        ),
        pytest.param(
            (
                spf("a:d0.e a:d1.e a -all"),
                *DEAD,
                "example.com A: 192.0.2.1",
                "example.com AAAA: TIMEOUT",
            ),
            [],
            "",
            id="of IPv6 only, which nobody is authorised by",
        ),
        pytest.param((spf("ptr -all"),), [], "", id="nothing is asked about nobody"),
        pytest.param(
            ('example.com TXT: "v=spf1 -all" | ...',), [], "too-many-records", id="maybe several"
        ),
        pytest.param(('example.com TXT: "x" | ...',), [], "too-many-records", id="maybe one"),
    ],
)
def test_what_is_unknown(
    said: tuple[str, ...], tags: list[str], cause: str, answered: Answered
) -> None:
    finding = found(answered, *said)
    assert [reason.tag for reason in finding.reasons] == tags
    assert (finding.unknown.cause if finding.unknown else "") == cause


def test_an_endless_tree_says_how_far_it_was_read(answered: Answered) -> None:
    said = [spf("include:n0.e -all")]
    said += [spf(f"include:n{n + 1}.e", f"n{n}.e") for n in range(60)]
    [reason] = found(answered, *said).reasons
    assert reason.text.startswith("at least 50 terms ask DNS, and 10 may: include:n0.e 50 (")


def test_records_of_strangers_are_shown_safely(answered: Answered) -> None:
    [reason] = found(answered, 'example.com TXT: "v=spf1 \\027[31m -all"').reasons
    assert "\x1b" not in reason.text


@pytest.mark.parametrize("term", ["moo{}", f"include:{'a' * 64}{{}}.com"])
def test_a_record_with_thousands_of_faults_fills_no_report(term: str, answered: Answered) -> None:
    strings = '" "'.join(f"{term.format(i)} " for i in range(500))
    said = found(answered, f'example.com TXT: "v=spf1 " "{strings}" "-all"').reasons
    assert sum(reason.tag != "too-many-lookups" for reason in said) == MOST_OF_A_KIND
