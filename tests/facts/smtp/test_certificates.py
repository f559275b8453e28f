"""What is said of every certificate alike: whose it is asked of, when it ends, and what to do."""

from __future__ import annotations

import datetime

import pytest

from mailcheck.check import Told
from mailcheck.checks.smtp.certificate_names import CHECK as NAMES
from mailcheck.facts.dns import told
from mailcheck.facts.imap.session import ImapSession
from mailcheck.facts.imap.told import told_imap
from mailcheck.facts.run import told_date
from mailcheck.facts.smtp.certificates import (
    CertificateTarget,
    is_current,
    when_it_ends,
)
from mailcheck.facts.smtp.session import SmtpSessionFact
from mailcheck.facts.tls.certificate import Certificate
from mailcheck.facts.tls.handshake import NoTls, Tls, told_tls
from mailcheck.names import Domain, Port, parse_address
from mailcheck.question import Unobserved
from mailcheck.testing import ending, judged

IMAP_HOST = "mail.example.com 192.0.2.25"
_, TODAY = told_date("2026-01-31")
SESSION = SmtpSessionFact(parse_address("192.0.2.25"), 25, "mail.example.com")


def lasting(begins: str, ends: str) -> Tls:
    first, last = (datetime.datetime.fromisoformat(f"{m}+00:00") for m in (begins, ends))
    certificate = Certificate(("mail.example.com",), not_before=first, not_after=last)
    return Tls("TLSv1.3", "", (certificate,))


@pytest.mark.parametrize(
    ("begins", "ends", "end"),
    [
        pytest.param("2026-01-01 00:00", "2026-03-01 00:00", "met", id="in the middle"),
        pytest.param("2026-01-31 23:00", "2026-03-01 00:00", "met", id="issued today"),
        pytest.param("2026-01-01 00:00", "2026-02-01 00:00", "met", id="ends tomorrow at once"),
        pytest.param("2026-01-01 00:00", "2026-01-31 00:01", "ends-today", id="ends today"),
        pytest.param(
            "2026-01-01 00:00", "2026-01-31 00:00", "certificate-expired", id="ended at midnight"
        ),
        pytest.param(
            "2026-01-01 00:00", "2026-01-30 23:59", "certificate-expired", id="ended yesterday"
        ),
        pytest.param(
            "2026-02-01 00:00", "2026-03-01 00:00", "certificate-not-yet-valid", id="begins later"
        ),
    ],
)
def test_a_day_has_no_hour(begins: str, ends: str, end: str) -> None:
    part = is_current(SESSION, lasting(begins, ends), TODAY)
    if isinstance(part, Unobserved):
        assert part.cause == end
    else:
        assert [(r.tag, r.about) for r in part.reasons] == (
            [] if end == "met" else [(end, "mail.example.com")]
        )


def test_an_unknown_day_is_passed_on() -> None:
    unknown = Unobserved("not-told")
    assert is_current(SESSION, lasting("2026-01-01 00:00", "2026-03-01 00:00"), unknown) is unknown


@pytest.mark.parametrize(
    ("ends", "text"),
    [
        ("2026-01-01 00:00", "the certificate ended on 2026-01-01, 30 days ago"),
        ("2026-01-30 12:00", "the certificate ended on 2026-01-30, 1 day ago"),
        ("2026-01-31 00:00", "the certificate ended on 2026-01-31, today"),
        ("2026-01-31 12:00", "the certificate ends on 2026-01-31, today"),
        ("2026-02-01 12:00", "the certificate ends on 2026-02-01, in 1 day"),
        ("2026-02-05 12:00", "the certificate ends on 2026-02-05, in 5 days"),
    ],
)
def test_the_day_is_told_with_its_distance(ends: str, text: str) -> None:
    assert when_it_ends(lasting("2025-01-01 00:00", ends).certificate, TODAY.today) == text


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        pytest.param({"port": Port(25)}, "no host", id="nobody named"),
        pytest.param(
            {"port": Port(587), "domain": Domain("example.com")},
            "certificate of mail.example.com port 587",
            id="MX hosts on another port",
        ),
    ],
)
def test_a_sentence_nobody_can_mean_is_an_error(
    parameters: dict[str, Port | Domain], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        CertificateTarget(**parameters)  # type: ignore[arg-type]  # keywords of one table


@pytest.mark.parametrize(
    ("session", "ends"),
    [
        pytest.param(
            told_imap(f"{IMAP_HOST}:993", tls=told_tls("mail.example.com")), "met", id="993"
        ),
        pytest.param(told_imap(f"{IMAP_HOST}:993", tls=NoTls("no")), "no-tls", id="no TLS on 993"),
        pytest.param(told_imap(f"{IMAP_HOST}:993", "REFUSED"), "connection-refused", id="refused"),
        pytest.param(
            told_imap(
                f"{IMAP_HOST}:143", can="IMAP4rev1 STARTTLS", tls=told_tls("mail.example.com")
            ),
            "met",
            id="143",
        ),
        pytest.param(told_imap(f"{IMAP_HOST}:143"), "no-starttls", id="no STARTTLS on 143"),
        pytest.param(
            told_imap(f"{IMAP_HOST}:993", "TIMEOUT"), "inconclusive: timeout", id="silent"
        ),
    ],
)
def test_on_the_ports_of_imap_the_server_is_spoken_to_in_imap(session: Told, ends: str) -> None:
    assert isinstance(session[0], ImapSession)
    sentence = f"certificate of mail.example.com port {session[0].port} names host"
    a = told("mail.example.com A", "192.0.2.25")
    verdict = judged(NAMES, sentence, a, told("mail.example.com AAAA", "NODATA"), session)
    assert ending(verdict) == (ends,)
