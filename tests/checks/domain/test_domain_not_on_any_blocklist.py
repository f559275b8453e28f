"""``domain D is not on any blocklist``: the free, live lists of domains."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Address
from typing import TYPE_CHECKING

import pytest

from mailcheck.blocklists import Meaning
from mailcheck.blocklists.blocklist import Codes
from mailcheck.blocklists.registry import unknown
from mailcheck.checks.domain.domain_not_on_any_blocklist import CHECK
from mailcheck.facts.blocklists import told_lists
from mailcheck.facts.dns import told
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told

DOMAIN = "domain example.com is not on any blocklist"
TRUSTED = Codes(IPv4Address("127.0.5.0"), IPv4Address("127.0.5.3"), Meaning("allow", "trusted"))
ONE = unknown("one.example", default=True)
TWO = replace(unknown("two.example", default=True), codes=(*ONE.codes, TRUSTED))
UNTESTED = replace(unknown("untested.example", default=True), tests=None)
OTHER = unknown("other.example")


def said(zone: str, answer: str) -> tuple[Told, ...]:
    """Tell what a list that works says about example.com."""
    return (
        told(f"example.com.{zone} A", answer),
        told(f"test.{zone} A", "127.0.0.2"),
        told(f"invalid.{zone} A", "NXDOMAIN"),
    )


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("one", "two", "ends", "advice"),
    [
        pytest.param("NXDOMAIN", "NXDOMAIN", "met", (), id="on none"),
        pytest.param("127.0.0.2", "NXDOMAIN", "listed", (), id="on the first"),
        pytest.param("NXDOMAIN", "127.0.0.2", "listed", (), id="on the second"),
        pytest.param("TIMEOUT", "127.0.0.2", "listed", (), id="on one, the other silent"),
        pytest.param("TIMEOUT", "NXDOMAIN", "inconclusive: timeout", (), id="one silent"),
        pytest.param("127.0.0.9", "NXDOMAIN", "inconclusive: undeclared-code", (), id="a new code"),
        pytest.param("NXDOMAIN", "127.0.5.1", "met", ("listed-otherwise",), id="vouched for"),
    ],
)
def test_every_list_of_the_set_counts(
    one: str, two: str, ends: str, advice: tuple[str, ...]
) -> None:
    answers = (told_lists(ONE, TWO, OTHER), *said("one.example", one), *said("two.example", two))
    verdict = judged(CHECK, DOMAIN, *answers)
    assert ending(verdict) == (ends,)
    assert tuple(a.tag for a in verdict.advice) == advice


def test_a_list_without_test_points_is_believed_and_said_to_be_one() -> None:
    answers = (told_lists(UNTESTED), told("example.com.untested.example A", "NXDOMAIN"))
    verdict = judged(CHECK, DOMAIN, *answers)
    assert (verdict.kind, [a.tag for a in verdict.advice]) == ("met", ["list-not-proven"])


def test_both_lists_are_named_that_have_it() -> None:
    answers = (*said("one.example", "127.0.0.2"), *said("two.example", "127.0.0.2"))
    verdict = judged(CHECK, DOMAIN, told_lists(ONE, TWO), *answers)
    assert [reason.about for reason in verdict.reasons] == [
        "the operator of one.example",
        "the operator of two.example",
    ]
    assert "the operator of two.example" in verdict.remedies[1].instruction


def test_where_there_is_no_list_nothing_is_known() -> None:
    assert ending(judged(CHECK, DOMAIN, told_lists())) == ("inconclusive: no-list",)
