"""`domain D accepts mail for MAILBOX`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.domain.domain_accepts_mail_for import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.envelope import RecipientProbe, RunRecipients, RunRecipientsFact
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told

SENTENCE = "domain example.com accepts mail for abuse"
DNS = (
    told("example.com MX", "10 mx1.example.com. | 20 mx2.example.com."),
    told("mx1.example.com A", "192.0.2.1"),
    told("mx1.example.com AAAA", "NODATA"),
    told("mx2.example.com A", "192.0.2.2"),
    told("mx2.example.com AAAA", "NODATA"),
)


def at(host: int, reply: str, greeting: str = "220 mx", mail: str = "250 Ok") -> Told:
    """What an exchange says to the recipient."""
    name = f"mx{host}.example.com 192.0.2.{host}:25"
    return told_smtp(name, greeting, recipients={"abuse@example.com": reply}, mail=mail)


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("second", "ends"),
    [
        pytest.param(at(2, "250 Ok"), "met", id="both accept"),
        pytest.param(at(2, "550 5.1.1 unknown"), "recipient-refused", id="the backup refuses"),
        pytest.param(at(2, "450 greylisted"), "inconclusive: greylisted", id="greylisting"),
        pytest.param(at(2, "554 5.7.1 no"), "inconclusive: refused-this-client", id="us, perhaps"),
        pytest.param(at(2, "", mail="550 no"), "inconclusive: null-sender-refused", id="sender"),
        pytest.param(at(2, "", "REFUSED"), "connection-refused", id="nobody there"),
        pytest.param(at(2, "", "421 busy"), "inconclusive: temporary-failure", id="busy"),
        pytest.param(at(2, "", "TIMEOUT"), "inconclusive: timeout", id="silent"),
    ],
)
def test_every_exchange_counts(second: Told, ends: str) -> None:
    verdict = judged(CHECK, SENTENCE, *DNS, at(1, "250 Ok"), second)
    assert ending(verdict) == (ends,)


SHARED = (
    told("example.com MX", "10 mx1.example.com. | 20 mx2.example.com. | 30 mx3.example.com."),
    *(told(f"mx{n}.example.com A", "192.0.2.1") for n in (1, 3)),
    told("mx2.example.com A", "192.0.2.1 | 192.0.2.2"),
    *(told(f"mx{n}.example.com AAAA", "NODATA") for n in (1, 2, 3)),
)


@pytest.mark.parametrize(
    ("first", "ends"),
    [
        pytest.param("250 Ok", "met", id="accepts"),
        pytest.param("550 5.1.1 unknown", "recipient-refused", id="refuses"),
        pytest.param("450 greylisted", "inconclusive: greylisted", id="greylists"),
    ],
)
def test_an_address_is_asked_once_whatever_its_names_are(first: str, ends: str) -> None:
    """Nothing is told of sessions with its other names: they would be unobserved."""
    verdict = judged(CHECK, SENTENCE, *SHARED, at(1, first), at(2, "250 Ok"))
    assert ending(verdict) == (ends,)
    assert len(verdict.reasons) == (ends == "recipient-refused")


CROWD = {"other@example.com": "250 Ok", "abuse@example.com": "552 one at a time"}
LATE = {"other@example.com": "250 Ok", "abuse@example.com": "452 4.5.3 one at a time"}
GREY = {"other@example.com": "250 Ok", "abuse@example.com": "450 4.2.0 Greylisted"}


@pytest.mark.parametrize(
    ("together", "alone", "ends"),
    [
        pytest.param(CROWD, at(2, "250 Ok"), "met", id="takes it alone"),
        pytest.param(LATE, at(2, "250 Ok"), "met", id="takes it alone, and puts off others"),
        pytest.param(CROWD, at(2, "552 no"), "recipient-refused", id="refuses it alone as well"),
        pytest.param(CROWD, at(2, "", "421 busy"), "inconclusive: refused-this-client", id="busy"),
        pytest.param(
            CROWD, at(2, "", "REFUSED"), "inconclusive: refused-this-client", id="shut now"
        ),
        pytest.param(
            CROWD, at(2, "", "TIMEOUT"), "inconclusive: refused-this-client", id="silent now"
        ),
        pytest.param(GREY, at(2, "250 Ok"), "inconclusive: greylisted", id="greylisting waits"),
    ],
)
def test_who_takes_one_recipient_at_a_time_is_asked_alone(
    together: dict[str, str], alone: Told, ends: str
) -> None:
    probes = tuple(RecipientProbe(one, host="mx2.example.com") for one in together)
    run = (RunRecipients(), RunRecipientsFact(consents=True, probes=probes))
    crowd = told_smtp("mx2.example.com 192.0.2.2:25", "220 mx", recipients=together)
    verdict = judged(CHECK, SENTENCE, run, *DNS, at(1, "250 Ok"), crowd, alone)
    assert ending(verdict) == (ends,)


def test_without_the_run_s_consent_nobody_is_asked() -> None:
    refused = (RunRecipients(), RunRecipientsFact(consents=False))
    verdict = judged(CHECK, SENTENCE, refused)
    assert ending(verdict) == ("not evaluated: recipients-not-probed",)
    assert verdict.evidence == ()


def test_a_mailbox_may_be_written_whole() -> None:
    sentence = "domain example.com accepts mail for abuse@example.com"
    assert judged(CHECK, sentence, *DNS, at(1, "250 Ok"), at(2, "250 Ok")).kind == "met"


def test_a_mailbox_of_another_domain_is_another_sentence() -> None:
    with pytest.raises(SourceError, match=r"domain example\.net accepts mail for a@example\.net"):
        judged(CHECK, "domain example.com accepts mail for a@example.net")


def test_the_remedy_is_the_mailbox() -> None:
    verdict = judged(CHECK, SENTENCE, *DNS, at(1, "250 Ok"), at(2, "550 5.1.1 unknown"))
    [remedy] = verdict.remedies
    assert "Have the server at 192.0.2.2 take abuse@example.com" in remedy.instruction
    assert "refuses abuse@example.com: 550 5.1.1 unknown" in verdict.reasons[0].text
