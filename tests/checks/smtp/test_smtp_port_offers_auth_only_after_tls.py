"""SMTP port 587 offers AUTH only after TLS: there, and not before."""

from __future__ import annotations

from typing import Any

import pytest

from mailcheck.checks.smtp.smtp_port_offers_auth_only_after_tls import CHECK
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import NoTls, told_tls
from mailcheck.testing import ending, judged, run_examples

OF_HOST = "SMTP port 587 of mail.example.com offers AUTH only after TLS"
TWO = told("mail.example.com A", "192.0.2.25 | 192.0.2.26")
A = told("mail.example.com A", "192.0.2.25")
NO_AAAA = told("mail.example.com AAAA", "NODATA")
OFFER = "250-mail\n250-STARTTLS\n250 DSN"
AUTH = "250-mail\n250 AUTH PLAIN"
TLS = told_tls("mail.example.com")
FIRST = told_smtp("mail.example.com 192.0.2.25:587", "220 mail", ehlo=OFFER, tls=TLS, again=AUTH)


def clear(*lines: str) -> str:
    """A reply to EHLO that offers STARTTLS and *lines*."""
    return "\n".join(("250-mail", *(f"250-{line}" for line in lines), "250 STARTTLS"))


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        pytest.param({}, ["met"], id="in TLS alone"),
        pytest.param({"again": "250-mail\n250 AUTH=LOGIN"}, ["met"], id="AUTH of old in TLS"),
        pytest.param({"ehlo": clear("AUTH PLAIN")}, ["auth-in-clear"], id="before, too"),
        pytest.param({"ehlo": clear("AUTH=LOGIN")}, ["auth-in-clear"], id="AUTH of old before"),
        pytest.param({"ehlo": clear("auth xoauth2")}, ["auth-in-clear"], id="tokens before"),
        pytest.param(
            {"ehlo": clear("AUTH CRAM-MD5 NTLM", "AUTH=LOGIN")}, ["auth-in-clear"], id="on a second line"
        ),
        pytest.param(
            {"ehlo": clear("AUTH CRAM-MD5 SCRAM-SHA-1")}, ["challenge-in-clear"], id="challenges before"
        ),
        pytest.param({"ehlo": clear("AUTH")}, ["challenge-in-clear"], id="no mechanism before"),
        pytest.param({"ehlo": clear("X-AUTH PLAIN")}, ["met"], id="another keyword before"),
        pytest.param({"again": "250 mail"}, ["no-auth"], id="nowhere"),
        pytest.param({"again": "250 AUTH"}, ["no-auth"], id="the server is called so"),
        pytest.param({"again": "250-mail\n250 AUTH"}, ["no-auth"], id="no mechanism in TLS"),
        pytest.param(
            {"ehlo": clear("AUTH PLAIN"), "again": "250 mail"}, ["auth-in-clear", "no-auth"],
            id="in clear alone",
        ),
        pytest.param({"ehlo": "250-mail\n250 DSN"}, ["no-starttls"], id="no TLS, no AUTH"),
        pytest.param({"ehlo": AUTH}, ["auth-in-clear", "no-starttls"], id="no TLS, but AUTH"),
        pytest.param({"ehlo": "502 no", "helo": "250 mail"}, ["no-starttls"], id="HELO"),
        pytest.param({"starttls": "502 no"}, ["starttls-refused"], id="TLS refused"),
        pytest.param({"tls": NoTls("no cipher")}, ["handshake-failed"], id="no handshake"),
        pytest.param(
            {"ehlo": clear("AUTH PLAIN"), "breaks": "TLS TIMEOUT"}, ["auth-in-clear"],
            id="before, and then silence",
        ),
        pytest.param({"starttls": "454 no"}, ["inconclusive: temporary-failure"], id="454"),
        pytest.param({"breaks": "TLS TIMEOUT"}, ["inconclusive: timeout"], id="silent"),
        pytest.param(
            {"breaks": "EHLO in TLS CONNECTION-CLOSED"}, ["inconclusive: connection-closed"],
            id="hangs up in TLS",
        ),
        pytest.param({"again": "421 no"}, ["inconclusive: temporary-failure"], id="421 in TLS"),
    ],
)  # fmt: skip
def test_the_other_address_of_a_host_that_does_well(said: dict[str, Any], ends: list[str]) -> None:
    told_too: dict[str, Any] = {"ehlo": OFFER, "tls": TLS, "again": AUTH} | said
    second = told_smtp("mail.example.com 192.0.2.26:587", "220 mail", **told_too)
    verdict = judged(CHECK, OF_HOST, TWO, NO_AAAA, FIRST, second)
    assert list(ending(verdict)) == ends
    assert all("192.0.2.26" in reason.text for reason in verdict.reasons)
    assert all(remedy.instruction for remedy in verdict.remedies)


@pytest.mark.parametrize(
    ("greeting", "end"),
    [
        pytest.param("421 busy", "inconclusive: temporary-failure", id="421"),
        pytest.param("TIMEOUT", "inconclusive: timeout", id="silent"),
        pytest.param("REFUSED", "connection-refused", id="no server"),
    ],
)
def test_no_server_at_the_other_address(greeting: str, end: str) -> None:
    second = told_smtp("mail.example.com 192.0.2.26:587", greeting)
    assert ending(judged(CHECK, OF_HOST, TWO, NO_AAAA, FIRST, second)) == (end,)


@pytest.mark.parametrize(("ehlo", "end"), [(AUTH, "met"), ("250-mail\n250 DSN", "no-auth")])
def test_on_port_465_there_is_no_before(ehlo: str, end: str) -> None:
    answer = told_smtp("mail.example.com 192.0.2.25:465", "220 mail", ehlo=ehlo, tls=TLS)
    sentence = "SMTP port 465 of mail.example.com offers AUTH only after TLS"
    assert ending(judged(CHECK, sentence, A, NO_AAAA, answer)) == (end,)


def test_the_mechanisms_are_told() -> None:
    offers = clear("AUTH PLAIN LOGIN", "AUTH=PLAIN")
    answer = told_smtp(
        "mail.example.com 192.0.2.25:587", "220 mail", ehlo=offers, tls=TLS, again=AUTH
    )
    verdict = judged(CHECK, OF_HOST, A, NO_AAAA, answer)
    assert verdict.reasons[0].text.endswith("offers AUTH PLAIN LOGIN in clear")
    assert "smtpd_tls_auth_only = yes" in verdict.remedies[0].instruction


def test_mechanisms_that_send_no_password_are_only_advised_against() -> None:
    offers = clear("AUTH GSSAPI NTLM")
    answer = told_smtp(
        "mail.example.com 192.0.2.25:587", "220 mail", ehlo=offers, tls=TLS, again=AUTH
    )
    assert judged(CHECK, OF_HOST, A, NO_AAAA, answer).excused == "advised only: challenge-in-clear"


@pytest.mark.parametrize(
    ("said", "end"),
    [
        pytest.param({"tls": TLS}, "met", id="nowhere"),
        pytest.param({"tls": TLS, "again": AUTH}, "met", id="in TLS"),
        pytest.param({"ehlo": "250-mx\n250 DSN"}, "met", id="no TLS"),
        pytest.param({"ehlo": "502 no", "helo": "250 mx"}, "met", id="HELO"),
        pytest.param({"breaks": "TLS TIMEOUT"}, "met", id="silent then"),
        pytest.param({"breaks": "EHLO TIMEOUT"}, "inconclusive: timeout", id="silent before"),
        pytest.param({"ehlo": clear("AUTH PLAIN"), "tls": TLS}, "auth-in-clear", id="in clear"),
        pytest.param({"ehlo": AUTH}, "auth-in-clear", id="in clear without TLS"),
    ],
)
def test_where_nobody_has_to_log_in_only_the_clear_reply_counts(
    said: dict[str, Any], end: str
) -> None:
    told_too: dict[str, Any] = {"ehlo": OFFER} | said
    answer = told_smtp("mail.example.com 192.0.2.25:25", "220 mail", **told_too)
    sentence = "SMTP port 25 of mail.example.com offers AUTH only after TLS"
    verdict = judged(CHECK, f"{{{sentence}: {{if_any: true}}}}", A, NO_AAAA, answer)
    assert ending(verdict) == (end,)


def test_on_port_25_the_remedy_says_how_to_ask() -> None:
    answer = told_smtp("mail.example.com 192.0.2.25:25", "220 mail", ehlo=OFFER, tls=TLS)
    sentence = "SMTP port 25 of mail.example.com offers AUTH only after TLS"
    [remedy] = judged(CHECK, sentence, A, NO_AAAA, answer).remedies
    assert "if_any: true" in remedy.instruction


def test_leaving_ipv6_out_is_said() -> None:
    no_route = told_smtp("mail.example.com [2001:db8::25]:587", "NO-IPV6-ROUTE")
    aaaa = told("mail.example.com AAAA", "2001:db8::25")
    verdict = judged(CHECK, OF_HOST, A, aaaa, FIRST, no_route)
    assert ([a.tag for a in verdict.advice], verdict.kind) == (["ipv6-not-asked"], "met")
