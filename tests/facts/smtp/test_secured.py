"""Where there is no TLS: what is the server's doing, and what may pass."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mailcheck.facts.smtp.secured import secured
from mailcheck.facts.smtp.session import SmtpSessionFact
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import NoTls, Tls, told_tls
from mailcheck.finding import Finding
from mailcheck.question import Unobserved

OFFER = "250-mx\n250 STARTTLS"


@pytest.mark.parametrize(
    ("told", "ends"),
    [
        pytest.param({"tls": told_tls("mx.example")}, "TLS", id="TLS"),
        pytest.param(
            {"tls": told_tls("mx.example"), "breaks": "EHLO in TLS TIMEOUT"},
            "TLS",
            id="and then silence",
        ),
        pytest.param({"ehlo": "250-mx\n250 SIZE 9"}, "no-starttls", id="not offered"),
        pytest.param({"starttls": "502 5.5.1 no"}, "starttls-refused", id="refused"),
        pytest.param({"tls": NoTls("no shared cipher")}, "handshake-failed", id="no handshake"),
        pytest.param({"starttls": "454 4.7.0 not now"}, "temporary-failure", id="not now"),
        pytest.param({"starttls": "354 what"}, "unexpected-reply", id="out of place"),
        pytest.param({"breaks": "STARTTLS TIMEOUT"}, "timeout", id="silent"),
        pytest.param({"breaks": "TLS CONNECTION-CLOSED"}, "connection-closed", id="closed"),
    ],
)
def test_secured(told: dict[str, Any], ends: str) -> None:
    _, session = told_smtp("192.0.2.25:25", "220 mx", **({"ehlo": OFFER} | told))
    assert isinstance(session, SmtpSessionFact)
    found = secured(session)
    if isinstance(found, Tls):
        assert ends == "TLS"
    elif isinstance(found, Unobserved):
        assert found.cause == ends
    else:
        assert [reason.tag for reason in found.reasons] == [ends]
        assert "192.0.2.25" in found.reasons[0].text


def test_where_tls_comes_first_nobody_needs_starttls() -> None:
    _, session = told_smtp("192.0.2.25:465", "220 mx", tls=told_tls("mx.example"))
    assert isinstance(session, SmtpSessionFact)
    assert secured(session) == session.tls


@pytest.mark.parametrize(
    ("told", "ends"),
    [
        pytest.param({"ehlo": "250-mx\n250 SIZE 9"}, "no-starttls", id="not offered"),
        pytest.param({"ehlo": "502 what", "helo": "250 mx"}, "no-starttls", id="HELO alone"),
        pytest.param({"starttls": "502 5.5.1 no"}, "starttls-refused", id="refused"),
        pytest.param({"starttls": "454 4.7.0 not now"}, "temporary-failure", id="not now"),
        pytest.param({"tls": told_tls("mx.example")}, "TLS", id="TLS"),
    ],
)
def test_a_session_that_broke_off_at_a_recipient_has_shown_its_tls(
    told: dict[str, Any], ends: str
) -> None:
    _, session = told_smtp("192.0.2.25:25", "220 mx", **({"ehlo": OFFER} | told))
    assert isinstance(session, SmtpSessionFact)
    gone = session.broken_off("RCPT", "connection-closed", "gone", "connection closed")
    found = secured(replace(session, broken=gone))
    if isinstance(found, Unobserved):
        assert found.cause == ends
    else:
        tags = [r.tag for r in found.reasons] if isinstance(found, Finding) else ["TLS"]
        assert tags == [ends]
