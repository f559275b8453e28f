"""domain D accepts no mail."""

from __future__ import annotations

import pytest

from mailcheck.checks.domain.accepts_no_mail import CHECK
from mailcheck.facts.dns import told
from mailcheck.testing import ending, judged, run_examples

SENTENCE = "domain example.com accepts no mail"
NULL_MX = "example.com.  3600  IN  MX  0 ."


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        pytest.param("0 .", "met", id="the null MX"),
        pytest.param("-> parked.example | 0 .", "met", id="through an alias"),
        pytest.param("NODATA", "no-null-mx", id="no MX: the address record still takes mail"),
        pytest.param("NXDOMAIN", "no-such-domain", id="no such domain"),
        pytest.param("10 mx.example.", "has-mx", id="an exchange"),
        pytest.param("0 mx.example.", "has-mx", id="an exchange with preference 0"),
        pytest.param("0 localhost.", "has-mx", id="localhost is a host"),
        pytest.param("0 . | 10 mx.example.", "null-mx-not-alone", id="null beside an exchange"),
        pytest.param("0 . | 10 .", "null-mx-not-alone", id="two nulls"),
        pytest.param("10 .", "null-mx-preference", id="null with another preference"),
        pytest.param("REFUSED-BY-AUTHORITY", "refused-by-authority", id="refused"),
        pytest.param("TIMEOUT", "inconclusive: timeout", id="silent"),
        pytest.param("SERVFAIL", "inconclusive: servfail", id="fails"),
    ],
)
def test_only_one_null_mx_will_do(said: str, ends: str) -> None:
    assert ending(judged(CHECK, SENTENCE, told("example.com MX", said))) == (ends,)


@pytest.mark.parametrize("said", ["NODATA", "10 mx.example.", "0 . | 10 mx.example.", "10 ."])
def test_the_remedy_is_the_null_mx(said: str) -> None:
    [remedy] = judged(CHECK, SENTENCE, told("example.com MX", said)).remedies
    assert remedy.publish == (NULL_MX,)


def test_the_reason_shows_what_is_published() -> None:
    verdict = judged(CHECK, SENTENCE, told("example.com MX", "0 . | 10 mx.example."))
    assert verdict.reasons[0].text == "the null MX of example.com is not alone: 0 ., 10 mx.example."


def test_a_flood_of_exchanges_is_cut_short() -> None:
    flood = " | ".join(f"{i} mx{i}.example." for i in range(400))
    verdict = judged(CHECK, SENTENCE, told("example.com MX", flood))
    assert len(verdict.reasons[0].text) < 400


def test_an_internationalised_name() -> None:
    verdict = judged(
        CHECK, "domain 點看.example accepts no mail", told("xn--c1yn36f.example MX", "NODATA")
    )
    assert verdict.reasons[0].text.startswith("點看.example has no MX record")
    assert verdict.remedies[0].publish == ("xn--c1yn36f.example.  3600  IN  MX  0 .",)
