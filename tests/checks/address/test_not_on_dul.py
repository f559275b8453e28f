"""``IP I is not on DUL``: what customers' addresses are listed for, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mailcheck.blocklists.reading import shipped
from mailcheck.checks.address.not_on_dul import CHECK
from mailcheck.facts.blocklists import told_lists
from mailcheck.facts.dns import told
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told

ZEN, DYNA = "zen.spamhaus.org", "dyna.spamrats.com"
SENTENCE = "IP 203.0.113.25 is not on DUL"


def told_of(zone: str, answer: str) -> tuple[Told, ...]:
    """Tell what a list that works says about 203.0.113.25."""
    return (
        told(f"25.113.0.203.{zone} A", answer),
        told(f"2.0.0.127.{zone} A", "127.0.0.2"),
        told(f"1.0.0.127.{zone} A", "NXDOMAIN"),
    )


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("codes", "ends", "advice"),
    [
        pytest.param("127.0.0.10", "listed", False, id="entered by the provider"),
        pytest.param("127.0.0.11", "listed", False, id="entered by Spamhaus"),
        pytest.param("127.0.0.4", "met", True, id="exploits list only"),
        pytest.param("127.0.0.4 | 127.0.0.11", "listed", False, id="both"),
        pytest.param("NXDOMAIN", "met", False, id="not listed"),
        pytest.param("127.0.0.77", "inconclusive: undeclared-code", False, id="a new code"),
        pytest.param("127.255.255.254", "inconclusive: list-refuses", False, id="refused"),
        pytest.param("TIMEOUT", "inconclusive: timeout", False, id="silence"),
    ],
)
def test_policy_codes_of_the_essential_list(codes: str, ends: str, advice: bool) -> None:  # noqa: FBT001  a case
    verdict = judged(CHECK, SENTENCE, *told_of(ZEN, codes))
    assert ending(verdict) == (ends,)
    assert ("listed-otherwise" in [a.tag for a in verdict.advice]) == advice


def test_nobody_lists_an_address_that_is_not_public() -> None:
    verdict = judged(CHECK, "IP 10.0.0.1 is not on DUL")
    assert (verdict.kind, verdict.cause) == ("not evaluated", "private-address")
    assert not verdict.advice


def test_another_list_of_its_kind_decides_as_well() -> None:
    verdict = judged(CHECK, SENTENCE, *told_of(ZEN, "NXDOMAIN"), *told_of(DYNA, "127.0.0.36"))
    assert verdict.tags == ("listed",)
    assert DYNA in verdict.reasons[0].text


def test_what_was_not_asked_is_said() -> None:
    verdict = judged(CHECK, SENTENCE, *told_of(ZEN, "NXDOMAIN"))
    assert verdict.kind == "met"
    unasked = {one.zone for one in shipped().of_dul("ip4") if one.dul == "extra"}
    said = " ".join(a.text for a in verdict.advice if a.tag == "not-asked")
    assert unasked
    assert all(zone in said for zone in unasked)


def test_it_says_who_entered_the_address_and_where_to_ask() -> None:
    verdict = judged(CHECK, SENTENCE, *told_of(ZEN, "127.0.0.10"))
    assert "PBL" in verdict.reasons[0].text
    assert "https://check.spamhaus.org/" in verdict.remedies[0].instruction
    assert "203.0.113.25" in verdict.remedies[0].instruction


def test_a_list_without_test_points_says_so() -> None:
    zen = replace(shipped().find(ZEN), tests=None)
    answers = (told_lists(zen), told(f"25.113.0.203.{ZEN} A", "NXDOMAIN"))
    verdict = judged(CHECK, SENTENCE, *answers)
    assert (verdict.kind, [a.tag for a in verdict.advice]) == ("met", ["list-not-proven"])


def test_dul_is_read_in_any_case() -> None:
    assert judged(CHECK, "ip 203.0.113.25 is not on dul", *told_of(ZEN, "NXDOMAIN")).kind == "met"
