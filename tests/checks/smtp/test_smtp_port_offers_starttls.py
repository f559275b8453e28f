"""SMTP port 25 offers STARTTLS: and takes it, and comes to TLS, at every address."""

from __future__ import annotations

from typing import Any

import pytest

from mailcheck.checks.smtp.smtp_port_offers_starttls import CHECK
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.session import SmtpSessionFact
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import NoTls, told_tls
from mailcheck.testing import ending, judged, run_examples

OF_HOST = "SMTP port 25 of mail.example.com offers STARTTLS"
TWO = told("mail.example.com A", "192.0.2.25 | 192.0.2.26")
A = told("mail.example.com A", "192.0.2.25")
NO_AAAA = told("mail.example.com AAAA", "NODATA")
OFFER = "250-mx\n250 STARTTLS"
TLS = told_tls("other.example")
FIRST = told_smtp("mail.example.com 192.0.2.25:25", "220 mx", ehlo=OFFER, tls=TLS)


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("greeting", "said", "end"),
    [
        pytest.param("220 mx", {"tls": TLS}, "met", id="TLS, whatever the certificate"),
        pytest.param("220 mx", {"tls": TLS, "breaks": "EHLO in TLS TIMEOUT"}, "met", id="silent then"),
        pytest.param("220 mx", {"ehlo": "250-mx\n250 SIZE"}, "no-starttls", id="not offered"),
        pytest.param(
            "220 mx", {"ehlo": "250-mx\n250 XXXXXXXA"}, "no-starttls", id="hidden by a firewall"
        ),
        pytest.param("220 mx", {"ehlo": "250 STARTTLS"}, "no-starttls", id="as the server's name"),
        pytest.param("220 mx", {"ehlo": "502 what", "helo": "250 mx"}, "no-starttls", id="HELO"),
        pytest.param("220 mx", {"starttls": "502 5.5.1 no"}, "starttls-refused", id="refused"),
        pytest.param("220 mx", {"tls": NoTls("no cipher")}, "handshake-failed", id="no handshake"),
        pytest.param(
            "220 mx", {"starttls": "454 later"}, "inconclusive: temporary-failure", id="454"
        ),
        pytest.param(
            "220 mx", {"breaks": "TLS CONNECTION-CLOSED"}, "inconclusive: connection-closed", id="closes"
        ),
        pytest.param("220 mx", {"breaks": "STARTTLS TIMEOUT"}, "inconclusive: timeout", id="silent"),
        pytest.param("220 mx", {"breaks": "EHLO TIMEOUT"}, "inconclusive: timeout", id="at EHLO"),
        pytest.param("421 busy", {}, "inconclusive: temporary-failure", id="421"),
        pytest.param("REFUSED", {}, "connection-refused", id="no server"),
    ],
)  # fmt: skip
def test_the_other_address_of_a_host_with_tls(
    greeting: str, said: dict[str, Any], end: str
) -> None:
    second = told_smtp("mail.example.com 192.0.2.26:25", greeting, **({"ehlo": OFFER} | said))
    verdict = judged(CHECK, OF_HOST, TWO, NO_AAAA, FIRST, second)
    assert ending(verdict) == (end,)
    assert all("192.0.2.26" in reason.text for reason in verdict.reasons)


def test_every_exchange_of_a_domain_is_judged() -> None:
    verdict = judged(
        CHECK,
        "{SMTP port 25 offers STARTTLS: {domain: example.com}}",
        told("example.com MX", "10 mail.example.com. | 20 mx2.example.com."),
        A,
        NO_AAAA,
        FIRST,
        told("mx2.example.com A", "192.0.2.26"),
        told("mx2.example.com AAAA", "NODATA"),
        told_smtp("mx2.example.com 192.0.2.26:25", "220 mx2", ehlo="250 mx2"),
    )
    assert verdict.tags == ("no-starttls",)
    assert verdict.reasons[0].text == "mx2.example.com (192.0.2.26 port 25) offers no STARTTLS"
    assert "192.0.2.26" in verdict.remedies[0].instruction


def test_on_port_465_a_handshake_that_fails_is_no_tls() -> None:
    asked, _ = told_smtp("mail.example.com 192.0.2.25:465", "220 mx", tls=TLS)
    failed = SmtpSessionFact(asked.address, 465, asked.server_name, tls=NoTls("wrong version"))
    verdict = judged(
        CHECK, "SMTP port 465 of mail.example.com offers STARTTLS", A, NO_AAAA, (asked, failed)
    )
    assert verdict.tags == ("no-tls",)


def test_leaving_ipv6_out_is_said() -> None:
    no_route = told_smtp("mail.example.com [2001:db8::25]:25", "NO-IPV6-ROUTE")
    aaaa = told("mail.example.com AAAA", "2001:db8::25")
    verdict = judged(CHECK, OF_HOST, A, aaaa, FIRST, no_route)
    assert ([a.tag for a in verdict.advice], verdict.kind) == (["ipv6-not-asked"], "met")
