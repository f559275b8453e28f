"""domain D has MX."""

from __future__ import annotations

import pytest

from mailcheck.checks.domain.has_mx import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.dns import told
from mailcheck.testing import ending, judged, run_examples

SENTENCE = "domain example.com has MX"


def at_least(number: int) -> str:
    return f'{{"{SENTENCE}": {{at_least: {number}}}}}'


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("sentence", "said", "ends"),
    [
        pytest.param(SENTENCE, "10 mail.example.com.", "met", id="one exchange"),
        pytest.param(SENTENCE, "0 . | 10 mail.example.com.", "met", id="a real one beside null"),
        pytest.param(SENTENCE, "10 192.0.2.1.", "met", id="an address is judged elsewhere"),
        pytest.param(SENTENCE, "-> example.net | 10 mx.example.net.", "met", id="through an alias"),
        pytest.param(SENTENCE, "-> example.net | NODATA", "no-mx", id="an alias without MX"),
        pytest.param(SENTENCE, "NODATA", "no-mx", id="no MX"),
        pytest.param(SENTENCE, "0 .", "null-mx", id="null MX"),
        pytest.param(SENTENCE, "10 .", "null-mx", id="null MX with another preference"),
        pytest.param(SENTENCE, "NXDOMAIN", "no-such-domain", id="no such domain"),
        pytest.param(
            SENTENCE, "-> gone.example | NXDOMAIN", "no-such-domain", id="an alias of nothing"
        ),
        pytest.param(SENTENCE, "REFUSED-BY-AUTHORITY", "refused-by-authority", id="refused"),
        pytest.param(SENTENCE, "SERVFAIL", "inconclusive: servfail", id="resolver fails"),
        pytest.param(SENTENCE, "REFUSED", "inconclusive: refused", id="resolver refuses us"),
        pytest.param(SENTENCE, "TIMEOUT", "inconclusive: timeout", id="resolver is silent"),
        pytest.param(at_least(2), "10 a.example. | 20 b.example.", "met", id="two of two"),
        pytest.param(at_least(2), "10 a.example.", "too-few-mx", id="one of two"),
        pytest.param(
            at_least(2), "10 a.example. | 20 A.Example.", "too-few-mx", id="one, written twice"
        ),
        pytest.param(at_least(2), "0 . | 10 a.example.", "too-few-mx", id="null does not count"),
        pytest.param(at_least(2), "0 .", "null-mx", id="null MX where two are wanted"),
        pytest.param(
            at_least(2), "10 a. | ...", "inconclusive: too-many-records", id="more than are read"
        ),
        pytest.param(SENTENCE, "0 . | ...", "inconclusive: too-many-records", id="null and unread"),
        pytest.param(SENTENCE, "10 a. | ...", "met", id="enough of those that are read"),
        pytest.param(at_least(2), "NODATA", "no-mx", id="none where two are wanted"),
    ],
)
def test_the_records_decide(sentence: str, said: str, ends: str) -> None:
    assert ending(judged(CHECK, sentence, told("example.com MX", said))) == (ends,)


@pytest.mark.parametrize(
    ("denier", "text"),
    [
        pytest.param("com", "so the domain is mistyped, expired or on hold", id="registry"),
        pytest.param(".", "denied by the root zone", id="root"),
        pytest.param("", "example.com does not exist", id="a stub that drops the SOA"),
    ],
)
def test_who_denies_the_domain(denier: str, text: str) -> None:
    verdict = judged(CHECK, SENTENCE, told("example.com MX", "NXDOMAIN", denier=denier))
    assert verdict.tags == ("no-such-domain",)
    assert verdict.reasons[0].text.endswith(text)


def test_a_denied_name_below_ones_own_zone_can_be_published() -> None:
    name = "sub.example.com"
    answer = told(f"{name} MX", "NXDOMAIN", denier="example.com")
    [remedy] = judged(CHECK, f"domain {name} has MX", answer).remedies
    assert remedy.publish == ("sub.example.com.  3600  IN  MX  10 mail.sub.example.com.",)


def test_the_count_is_of_different_exchanges() -> None:
    answer = told("example.com MX", "10 a.example. | 20 a.example.")
    verdict = judged(CHECK, at_least(3), answer)
    assert verdict.reasons[0].text == "example.com has 1 of 3 exchanges"


def test_an_internationalised_name() -> None:
    """Looked up, and published, as A-labels; shown in U-labels."""
    verdict = judged(CHECK, "domain 點看.Example. has MX", told("xn--c1yn36f.example MX", "NODATA"))
    assert verdict.reasons[0].text == "點看.example has no MX record"
    assert verdict.remedies[0].publish[0].startswith("xn--c1yn36f.example.  3600  IN  MX")


@pytest.mark.parametrize("sentence", [at_least(0), SENTENCE.replace("com", "-bad-")])
def test_bad_input_is_no_verdict(sentence: str) -> None:
    with pytest.raises(SourceError):
        judged(CHECK, sentence)
