"""Of two replies to EHLO the one in TLS counts, if TLS is there to be had."""

from __future__ import annotations

from typing import Any

import pytest

from mailcheck.facts.smtp.extensions import offered
from mailcheck.facts.smtp.session import SmtpSessionFact
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import NoTls, told_tls
from mailcheck.question import Unobserved

BOTH = "250-mx\n250-STARTTLS\n250 DSN"
BARE = "250-mx\n250 STARTTLS"
TLS = told_tls("mx.example")


@pytest.mark.parametrize(
    ("told", "end"),
    [
        pytest.param({"ehlo": "250-mx\n250 DSN"}, "", id="in clear, where there is no TLS"),
        pytest.param({"ehlo": "250-mx\n250 SIZE"}, None, id="nowhere"),
        pytest.param({"ehlo": "502 what", "helo": "250 mx"}, None, id="only HELO is known"),
        pytest.param({"tls": TLS, "again": "250-mx\n250 DSN"}, "", id="in clear and in TLS"),
        pytest.param({"tls": TLS, "again": "250-mx\n250 DSN x y"}, "x y", id="with parameters"),
        pytest.param({"tls": TLS, "again": "250 mx"}, None, id="in clear alone"),
        pytest.param({"ehlo": BARE, "tls": TLS, "again": "250-mx\n250 dsn"}, "", id="in TLS alone"),
        pytest.param({"starttls": "502 5.5.1 no"}, "", id="TLS refused: in clear"),
        pytest.param({"tls": NoTls("no cipher")}, "? handshake-failed", id="no handshake"),
        pytest.param({"starttls": "454 later"}, "? temporary-failure", id="TLS may come later"),
        pytest.param({"starttls": "354 what"}, "? unexpected-reply", id="no reply to STARTTLS"),
        pytest.param({"breaks": "STARTTLS TIMEOUT"}, "? timeout", id="silent at STARTTLS"),
        pytest.param({"breaks": "TLS CONNECTION-CLOSED"}, "? connection-closed", id="at TLS"),
        pytest.param({"tls": TLS, "breaks": "EHLO in TLS TIMEOUT"}, "? timeout", id="in TLS"),
        pytest.param({"tls": TLS, "again": "421 busy"}, "? temporary-failure", id="421 in TLS"),
        pytest.param(
            {"tls": TLS, "again": "550 5.7.1 no"}, "? refused-this-client", id="550 in TLS"
        ),
        pytest.param(
            {"tls": TLS, "again": "502-mx\n502 DSN"}, "? refused-this-client", id="502 in TLS"
        ),
        pytest.param({"tls": TLS, "again": "354 what"}, "? unexpected-reply", id="354 in TLS"),
        pytest.param({"tls": TLS, "again": "220 go"}, "? unexpected-reply", id="220 in TLS"),
    ],
)
def test_the_last_reply_to_ehlo_counts(told: dict[str, Any], end: str | None) -> None:
    _, session = told_smtp("192.0.2.25:25", "220 mx", **({"ehlo": BOTH} | told))
    assert isinstance(session, SmtpSessionFact)
    found = offered(session, "DSN")
    assert (f"? {found.cause}" if isinstance(found, Unobserved) else found) == end
    assert not isinstance(found, Unobserved) or found.evidence


def test_where_tls_comes_first_there_is_one_reply() -> None:
    _, session = told_smtp("192.0.2.25:465", "220 mx", ehlo="250-mx\n250 DSN", tls=TLS)
    assert isinstance(session, SmtpSessionFact)
    assert offered(session, "DSN") == ""
    assert offered(session, "SIZE") is None


def test_a_server_that_knows_helo_alone_offers_nothing_in_tls_either() -> None:
    _, session = told_smtp("192.0.2.25:465", "220 mx", ehlo="502 what", helo="250 mx", tls=TLS)
    assert isinstance(session, SmtpSessionFact)
    assert offered(session, "DSN") is None
