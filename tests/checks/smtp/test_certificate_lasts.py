"""certificate of H port P lasts N days: counted in days, from that of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.smtp.certificate_lasts import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.dns import told
from mailcheck.facts.imap.told import told_imap
from mailcheck.facts.run import told_date
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import told_tls
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.verdict import Verdict

TODAY = told_date("2026-01-31")
OFFER = "250-mx\n250 STARTTLS"
HOST = (told("mail.example.com A", "192.0.2.25"), told("mail.example.com AAAA", "NODATA"))


def found(ends: str, days: int = 14) -> Verdict:
    tls = told_tls("mail.example.com", lasts=f"2025-12-01 to {ends}")
    session = told_smtp("mail.example.com 192.0.2.25:25", "220 mx", ehlo=OFFER, tls=tls)
    sentence = f"certificate of mail.example.com port 25 lasts {days} days"
    return judged(CHECK, sentence, TODAY, *HOST, session)


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("ends", "days", "end"),
    [
        pytest.param("2026-02-14", 14, "met", id="to the day"),
        pytest.param("2026-02-13T23:59", 14, "certificate-ends-soon", id="a day too early"),
        pytest.param("2026-02-01", 1, "met", id="tomorrow is enough"),
        pytest.param("2026-01-31T12:00", 1, "certificate-ends-soon", id="ends today"),
        pytest.param("2026-01-31", 1, "certificate-expired", id="ended at midnight"),
        pytest.param("2026-01-30", 14, "certificate-expired", id="ended yesterday"),
        pytest.param("9999-12-31", 99999, "met", id="for ever"),
    ],
)
def test_a_certificate_that_ends(ends: str, days: int, end: str) -> None:
    assert ending(found(ends, days)) == (end,)


def test_a_reason_counts_the_days() -> None:
    [reason] = found("2026-02-05").reasons
    where = "mail.example.com (192.0.2.25 port 25)"
    assert reason.text == f"{where}: the certificate ends on 2026-02-05, in 5 days"


def test_the_remedy_renews_and_reloads() -> None:
    [remedy] = found("2026-02-05").remedies
    assert "certbot renew --deploy-hook 'postfix reload'" in remedy.instruction


def test_a_port_of_imap_is_reloaded_otherwise() -> None:
    tls = told_tls("mail.example.com", lasts="2025-12-01 to 2026-02-05")
    session = told_imap("mail.example.com 192.0.2.25:993", tls=tls)
    sentence = "certificate of mail.example.com port 993 lasts 14 days"
    [remedy] = judged(CHECK, sentence, TODAY, *HOST, session).remedies
    assert "--deploy-hook 'doveadm reload'" in remedy.instruction


def test_the_shared_remedies_are_at_hand() -> None:
    refused = told_smtp("mail.example.com 192.0.2.25:25", "REFUSED")
    sentence = "certificate of mail.example.com port 25 lasts 14 days"
    [remedy] = judged(CHECK, sentence, TODAY, *HOST, refused).remedies
    assert "Start the mail server" in remedy.instruction


@pytest.mark.parametrize("days", ["0", "-1", "some"])
def test_a_number_of_days_nobody_can_mean_is_an_error(days: str) -> None:
    with pytest.raises(SourceError):
        judged(CHECK, f"certificate of mail.example.com port 25 lasts {days} days")


def test_an_unknown_date_is_unknown() -> None:
    tls = told_tls("mail.example.com")
    session = told_smtp("mail.example.com 192.0.2.25:25", "220 mx", ehlo=OFFER, tls=tls)
    sentence = "certificate of mail.example.com port 25 lasts 14 days"
    assert ending(judged(CHECK, sentence, *HOST, session)) == ("inconclusive: not-told",)
