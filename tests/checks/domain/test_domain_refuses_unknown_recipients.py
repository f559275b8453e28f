"""`domain D refuses unknown recipients`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.domain.domain_refuses_unknown_recipients import CHECK
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.envelope import RunRecipients, RunRecipientsFact
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told

SENTENCE = "domain example.com refuses unknown recipients"
DNS = (
    told("example.com MX", "10 mx1.example.com. | 20 mx2.example.com."),
    told("mx1.example.com A", "192.0.2.1"),
    told("mx1.example.com AAAA", "NODATA"),
    told("mx2.example.com A", "192.0.2.2"),
    told("mx2.example.com AAAA", "NODATA"),
)


def at(host: int, nobody: str, postmaster: str = "250 Ok", greeting: str = "220 mx") -> Told:
    """What an exchange says to nobody, and to postmaster afterwards."""
    recipients = {"nobody@example.com": nobody, "postmaster@example.com": postmaster}
    return told_smtp(f"mx{host}.example.com 192.0.2.{host}:25", greeting, recipients=recipients)


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("second", "ends"),
    [
        pytest.param(at(2, "550 5.1.1 unknown", "550 5.7.1 no"), "met", id="says why"),
        pytest.param(at(2, "550 unknown"), "met", id="and takes postmaster"),
        pytest.param(at(2, "550 5.4.1 Access denied"), "met", id="as Exchange Online says it"),
        pytest.param(at(2, "250 Ok"), "accepts-anybody", id="a catch-all"),
        pytest.param(at(2, "251 will forward"), "accepts-anybody", id="forwards it"),
        pytest.param(at(2, "252 will try"), "inconclusive: unexpected-reply", id="does not say"),
        pytest.param(
            at(2, "550 no", "550 no"),
            "inconclusive: refused-this-client",
            id="takes nobody from us",
        ),
        pytest.param(
            at(2, "554 5.7.1 listed"),
            "inconclusive: refused-this-client",
            id="takes postmaster from everybody",
        ),
        pytest.param(at(2, "450 4.1.1 later"), "inconclusive: greylisted", id="has to ask"),
        pytest.param(at(2, "", greeting="REFUSED"), "connection-refused", id="nobody there"),
        pytest.param(at(2, "", greeting="TIMEOUT"), "inconclusive: timeout", id="silent"),
    ],
)
def test_every_exchange_counts(second: Told, ends: str) -> None:
    verdict = judged(CHECK, SENTENCE, *DNS, at(1, "550 5.1.1 unknown"), second)
    assert ending(verdict) == (ends,)


def test_a_sentence_that_is_asked_later_brings_postmaster_along() -> None:
    """The recipients of the run are gathered when the first sentence asks."""
    gathered = (RunRecipients(), RunRecipientsFact(consents=True, nobody="nobody"))
    dns = (told("example.com MX", "10 mx1.example.com."), *DNS[1:3])
    assert judged(CHECK, SENTENCE, gathered, *dns, at(1, "550 unknown")).kind == "met"


def test_without_the_run_s_consent_nobody_is_asked() -> None:
    refused = (RunRecipients(), RunRecipientsFact(consents=False))
    verdict = judged(CHECK, SENTENCE, refused)
    assert ending(verdict) == ("not evaluated: recipients-not-probed",)


def test_the_remedy_is_a_list_of_mailboxes() -> None:
    verdict = judged(CHECK, SENTENCE, *DNS, at(1, "550 5.1.1 unknown"), at(2, "250 Ok"))
    [remedy] = verdict.remedies
    assert "Have the server at 192.0.2.2 know the mailboxes of example.com" in remedy.instruction
    assert "accepts nobody@example.com, which is nobody's: 250 Ok" in verdict.reasons[0].text
