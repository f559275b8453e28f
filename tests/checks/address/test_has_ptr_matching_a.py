"""``IP I has PTR matching A``: one name that leads back is enough, whatever else is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.address.has_ptr_matching_a import CHECK
from mailcheck.facts.dns import told
from mailcheck.names import to_a_labels
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told

SENTENCE = "IP 203.0.113.25 has PTR matching A"
OWNER = "25.113.0.203.in-addr.arpa"
OWNER6 = "5.2.0.0." + "0." * 20 + "8.b.d.0.1.0.0.2.ip6.arpa"


def ptr(*names: str) -> Told:
    """Return a PTR answer with these names."""
    return told(f"{OWNER} PTR", " | ".join(f"{name}." for name in names))


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("answers", "ends"),
    [
        pytest.param(
            (ptr("a.example"), told("a.example A", "203.0.113.25")), "met", id="confirmed"
        ),
        pytest.param(
            (ptr("a.example"), told("a.example A", "192.0.2.1 | 203.0.113.25")),
            "met",
            id="confirmed among others",
        ),
        pytest.param(
            (ptr("a.example"), told("a.example A", "-> b.example | 203.0.113.25")),
            "met",
            id="confirmed through an alias",
        ),
        pytest.param(
            (ptr("a.example"), told("a.example A", "192.0.2.1")),
            "ptr-not-confirmed",
            id="another address",
        ),
        pytest.param(
            (ptr("a.example"), told("a.example A", "NODATA")),
            "ptr-not-confirmed",
            id="no address",
        ),
        pytest.param(
            (ptr("a.example"), told("a.example A", "NXDOMAIN")),
            "ptr-not-confirmed",
            id="name that does not exist",
        ),
        pytest.param(
            (ptr("a.example"), told("a.example A", "REFUSED-BY-AUTHORITY", denier="example")),
            "refused-by-authority",
            id="name in a zone nobody serves",
        ),
        pytest.param((told(f"{OWNER} PTR", "NXDOMAIN"),), "no-ptr", id="no name at all"),
        pytest.param(
            (told(f"{OWNER} PTR", "REFUSED-BY-AUTHORITY"),),
            "refused-by-authority",
            id="reverse zone nobody serves",
        ),
        pytest.param(
            (told(f"{OWNER} PTR", "TIMEOUT"),), "inconclusive: timeout", id="silent reverse zone"
        ),
        pytest.param(
            (ptr("a.example"), told("a.example A", "TIMEOUT")),
            "inconclusive: timeout",
            id="the only name is unknown",
        ),
        pytest.param(
            (ptr("-bad-.example"),), "ptr-not-confirmed", id="name that no receiver looks up"
        ),
        pytest.param((told(f"{OWNER} PTR", "."),), "ptr-not-confirmed", id="the root as a name"),
    ],
)
def test_how_it_ends(answers: tuple[Told, ...], ends: str) -> None:
    assert ends in ending(judged(CHECK, SENTENCE, *answers))


CONFIRMED = told("a.example A", "203.0.113.25")
ELSEWHERE = told("b.example A", "192.0.2.1")
UNKNOWN = told("c.example A", "SERVFAIL")


@pytest.mark.parametrize(
    ("names", "answers", "ends"),
    [
        pytest.param("a b", (CONFIRMED, ELSEWHERE), "met", id="one leads back, one elsewhere"),
        pytest.param("a c", (CONFIRMED, UNKNOWN), "met", id="one leads back, one unknown"),
        pytest.param(
            "b c", (ELSEWHERE, UNKNOWN), "inconclusive: servfail", id="one elsewhere, one unknown"
        ),
        pytest.param("a b c", (CONFIRMED, ELSEWHERE, UNKNOWN), "met", id="all three"),
    ],
)
def test_several_names(names: str, answers: tuple[Told, ...], ends: str) -> None:
    several = ptr(*(f"{name}.example" for name in names.split()))
    assert ends in ending(judged(CHECK, SENTENCE, several, *answers))


def test_several_names_earn_advice_met_or_not() -> None:
    good = judged(CHECK, SENTENCE, ptr("a.example", "b.example"), CONFIRMED, ELSEWHERE)
    bad = judged(
        CHECK, SENTENCE, ptr("b.example", "d.example"), ELSEWHERE, told("d.example A", "NODATA")
    )
    assert [a.tag for a in (*good.advice, *bad.advice)] == ["several-ptr", "several-ptr"]
    assert "a.example, b.example" in good.advice[0].text


def test_several_names_earn_advice_though_one_is_unknown() -> None:
    verdict = judged(CHECK, SENTENCE, ptr("b.example", "c.example"), ELSEWHERE, UNKNOWN)
    assert verdict.kind == "inconclusive"
    assert "several-ptr" in [a.tag for a in verdict.advice]


def test_a_name_with_very_many_addresses_may_have_this_one() -> None:
    unread = told("a.example A", "192.0.2.1 | ...")
    verdict = judged(CHECK, SENTENCE, ptr("a.example"), unread)
    assert ending(verdict) == ("inconclusive: too-many-records",)
    seen = told("a.example A", "192.0.2.1 | 203.0.113.25 | ...")
    assert judged(CHECK, SENTENCE, ptr("a.example"), seen).kind == "met"


def test_one_name_earns_no_advice() -> None:
    assert judged(CHECK, SENTENCE, ptr("a.example"), CONFIRMED).advice == ()


def test_an_ipv6_address_is_confirmed_by_aaaa_alone() -> None:
    named = told(f"{OWNER6} PTR", "a.example.")
    sentence = "IP 2001:db8::25 has PTR matching A"
    only_aaaa = (named, told("a.example AAAA", "2001:db8::25"))
    assert judged(CHECK, sentence, *only_aaaa).kind == "met"
    wrong = judged(CHECK, sentence, named, told("a.example AAAA", "2001:db8::26"))
    assert wrong.tags == ("ptr-not-confirmed",)
    assert wrong.remedies[0].publish == ("a.example.  3600  IN  AAAA  2001:db8::25",)


def test_beyond_ten_names_a_match_among_the_first_still_decides() -> None:
    names = [f"h{number:02}.example" for number in range(12)]
    misses = [told(f"{name} A", "NODATA") for name in names[1:]]
    first = told(f"{names[0]} A", "203.0.113.25")
    assert judged(CHECK, SENTENCE, ptr(*names), first, *misses).kind == "met"


def test_beyond_ten_names_the_rest_might_have_matched() -> None:
    names = [f"h{number:02}.example" for number in range(12)]
    answers = (told(f"{name} A", "NODATA") for name in names[:-1])
    last = told(f"{names[-1]} A", "203.0.113.25")
    verdict = judged(CHECK, SENTENCE, ptr(*names), *answers, last)
    assert (verdict.kind, verdict.cause) == ("inconclusive", "too-many-names")
    assert "12 PTR names" in verdict.text


def test_the_remedy_for_a_missing_ptr_stands_at_the_reverse_name() -> None:
    [remedy] = judged(CHECK, SENTENCE, told(f"{OWNER} PTR", "NODATA")).remedies
    assert remedy.publish[0].startswith(f"{OWNER}.  3600  IN  PTR")


def test_names_are_shown_in_u_labels() -> None:
    name = to_a_labels("메일.한국")
    verdict = judged(CHECK, SENTENCE, ptr(name), told(f"{name} A", "NODATA"))
    assert "메일.한국" in verdict.reasons[0].text
    assert verdict.remedies[0].publish[0].startswith(f"{name}.  3600")


def test_hostile_names_are_escaped() -> None:
    verdict = judged(CHECK, SENTENCE, ptr("a\\027[31m.example"))
    assert "\x1b" not in verdict.reasons[0].text
    assert "no host name" in verdict.reasons[0].text
