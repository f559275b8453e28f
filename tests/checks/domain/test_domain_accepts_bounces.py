"""`domain D accepts bounces`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.domain.domain_accepts_bounces import CHECK
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.envelope import RunRecipients, RunRecipientsFact
from mailcheck.facts.smtp.mailboxes import postmaster
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told

SENTENCE = "domain example.com accepts bounces"
POSTMASTER = "postmaster@example.com"
ELSEWHERE = "user@elsewhere.example"
DNS = (
    told("example.com MX", "10 mx1.example.com. | 20 mx2.example.com."),
    told("mx1.example.com A", "192.0.2.1"),
    told("mx1.example.com AAAA", "NODATA"),
    told("mx2.example.com A", "192.0.2.2"),
    told("mx2.example.com AAAA", "NODATA"),
)
BACKSCATTERER = "554 5.7.1 Client host [192.0.2.99] blocked using ips.backscatterer.org"


def at(
    rcpt: str, greeting: str = "220 mx", mail: str = "250 Ok", sender: str = "", host: int = 2
) -> Told:
    """What an exchange says to postmaster."""
    name = f"mx{host}.example.com 192.0.2.{host}:25"
    return told_smtp(name, greeting, recipients={POSTMASTER: rcpt}, mail=mail, sender=sender)


def from_elsewhere(rcpt: str, mail: str = "250 Ok") -> Told:
    """What it says to another sender."""
    return at(rcpt, mail=mail, sender=ELSEWHERE)


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("second", "ends"),
    [
        pytest.param(at("250 Ok"), "met", id="taken"),
        pytest.param(at("550 5.1.1 unknown"), "met", id="nobody of that name"),
        pytest.param(at("", mail="550 5.1.8 <>: no domain"), "bounces-refused", id="at MAIL"),
        pytest.param(at("553 5.1.7 <>: bad sender"), "bounces-refused", id="at RCPT"),
        pytest.param(at("", mail="554 5.7.1 no"), "inconclusive: refused-this-client", id="why?"),
        pytest.param(at("554 5.7.1 no"), "inconclusive: refused-this-client", id="why, at RCPT?"),
        pytest.param(at("450 4.2.0 Greylisted"), "inconclusive: greylisted", id="greylisting"),
        pytest.param(at("", mail="451 no"), "inconclusive: temporary-failure", id="put off"),
        pytest.param(at("", "REFUSED"), "connection-refused", id="nobody there"),
        pytest.param(at("", "TIMEOUT"), "inconclusive: timeout", id="silent"),
    ],
)
def test_every_exchange_counts(second: Told, ends: str) -> None:
    verdict = judged(CHECK, SENTENCE, *DNS, at("250 Ok", host=1), second)
    assert ending(verdict) == (ends,)


@pytest.mark.parametrize(
    ("bounce", "mail", "ends"),
    [
        pytest.param(
            at("", mail="550 no bounces"), from_elsewhere("250 Ok"), "bounces-refused", id="at MAIL"
        ),
        pytest.param(
            at("", mail="550 no bounces"),
            from_elsewhere("550 5.1.1 unknown"),
            "bounces-refused",
            id="at MAIL, and there is no postmaster",
        ),
        pytest.param(
            at("554 5.7.1 <>: Access denied"),
            from_elsewhere("250 Ok"),
            "bounces-refused",
            id="RCPT",
        ),
        pytest.param(
            at("", mail="554 5.7.1 no"),
            from_elsewhere("", mail="554 5.7.1 no"),
            "inconclusive: refused-this-client",
            id="nothing is taken from this client",
        ),
        pytest.param(
            at("", mail="554 5.7.1 no"),
            from_elsewhere("554 5.7.1 no"),
            "inconclusive: refused-this-client",
            id="nothing is taken in the end",
        ),
        pytest.param(
            at("554 5.7.1 no"),
            from_elsewhere("550 5.1.1 unknown"),
            "inconclusive: refused-this-client",
            id="other mail did not get as far",
        ),
        pytest.param(
            at(BACKSCATTERER),
            from_elsewhere("250 Ok"),
            "inconclusive: refused-this-client",
            id="a list of clients, asked for bounces only",
        ),
        pytest.param(
            at("554 5.7.1 no"),
            from_elsewhere("450 4.2.0 later"),
            "inconclusive: refused-this-client",
            id="other mail is greylisted",
        ),
    ],
)
def test_other_mail_tells_whom_a_refusal_is_about(bounce: Told, mail: Told, ends: str) -> None:
    verdict = judged(CHECK, SENTENCE, *DNS, at("250 Ok", host=1), bounce, mail)
    assert ending(verdict) == (ends,)


def test_without_another_mailbox_a_refusal_stays_open() -> None:
    alone = RunRecipientsFact(consents=True, probes=(postmaster("example.com"),))
    refused, mail = at("554 5.7.1 no"), from_elsewhere("250 Ok")
    verdict = judged(
        CHECK, SENTENCE, (RunRecipients(), alone), *DNS, at("250 Ok", host=1), refused, mail
    )
    assert ending(verdict) == ("inconclusive: refused-this-client",)


def test_without_the_run_s_consent_nobody_is_asked() -> None:
    refused = (RunRecipients(), RunRecipientsFact(consents=False))
    verdict = judged(CHECK, SENTENCE, refused)
    assert ending(verdict) == ("not evaluated: recipients-not-probed",)


def test_the_remedy_is_to_take_the_null_sender() -> None:
    verdict = judged(CHECK, SENTENCE, *DNS, at("250 Ok", host=1), at("", mail="501 5.1.7 syntax"))
    [remedy] = verdict.remedies
    assert "Have the server at 192.0.2.2 take MAIL FROM:<>" in remedy.instruction
    assert "refuses MAIL FROM:<>: 501 5.1.7 syntax" in verdict.reasons[0].text


def test_two_exchanges_with_the_same_fault_are_told_what_to_do_once() -> None:
    refusals = [at("553 5.1.7 <>: bad sender", host=host) for host in (1, 2)]
    [remedy] = judged(CHECK, SENTENCE, *DNS, *refusals).remedies
    assert "the server at 192.0.2.1 and 192.0.2.2 take MAIL FROM:<>" in remedy.instruction


def test_a_server_of_two_names_is_compared_once() -> None:
    """With another sender, too, it is asked under the name that senders try first, and no other."""
    names = (
        told("example.com MX", "10 mx1.example.com. | 20 mx2.example.com."),
        *(told(f"mx{n}.example.com A", "192.0.2.1") for n in (1, 2)),
        *(told(f"mx{n}.example.com AAAA", "NODATA") for n in (1, 2)),
    )
    bounce = at("", mail="550 no bounces", host=1)
    mail = at("250 Ok", sender=ELSEWHERE, host=1)
    verdict = judged(CHECK, SENTENCE, *names, bounce, mail)
    assert ending(verdict) == ("bounces-refused",)
    assert len(verdict.reasons) == 1
