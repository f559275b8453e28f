"""SMTP port 25 offers 8BITMIME: at every address, in the reply to EHLO that counts."""

from __future__ import annotations

from typing import Any

import pytest

from mailcheck.catalogue import load_catalogue
from mailcheck.checks.smtp.smtp_port_offers_extension import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import NoTls, told_tls
from mailcheck.suite.load import load_item
from mailcheck.testing import ending, judged, run_examples

OF_HOST = "SMTP port 25 of mail.example.com offers dsn"
TWO = told("mail.example.com A", "192.0.2.25 | 192.0.2.26")
A = told("mail.example.com A", "192.0.2.25")
NO_AAAA = told("mail.example.com AAAA", "NODATA")
FIRST = told_smtp("mail.example.com 192.0.2.25:25", "220 mx", ehlo="250-mx\n250 DSN")
BOTH = "250-mx\n250-DSN\n250 STARTTLS"
TLS = told_tls("mail.example.com")


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("greeting", "said", "end"),
    [
        pytest.param("220 mx", {"ehlo": "250-mx\n250 dsn"}, "met", id="in small letters"),
        pytest.param("220 mx", {"ehlo": "250-mx\n250 SIZE"}, "not-offered", id="not offered"),
        pytest.param("220 mx", {"ehlo": "250 DSN"}, "not-offered", id="the server is called so"),
        pytest.param("220 mx", {"ehlo": "500 what", "helo": "250 mx"}, "not-offered", id="HELO"),
        pytest.param("220 mx", {"tls": TLS, "again": BOTH}, "met", id="in clear and in TLS"),
        pytest.param("220 mx", {"tls": TLS, "again": "250 mx"}, "not-offered", id="in clear alone"),
        pytest.param(
            "220 mx", {"tls": NoTls("no")}, "inconclusive: handshake-failed", id="no handshake"
        ),
        pytest.param("220 mx", {"starttls": "502 no"}, "met", id="in clear, and TLS refused"),
        pytest.param(
            "220 mx", {"starttls": "454 no"}, "inconclusive: temporary-failure", id="TLS put off"
        ),
        pytest.param(
            "220 mx", {"tls": TLS, "breaks": "EHLO in TLS TIMEOUT"}, "inconclusive: timeout",
            id="silent in TLS",
        ),
        pytest.param(
            "220 mx", {"tls": TLS, "again": "421 busy"}, "inconclusive: temporary-failure",
            id="421 in TLS",
        ),
        pytest.param("421 busy", {}, "inconclusive: temporary-failure", id="421"),
        pytest.param("REFUSED", {}, "connection-refused", id="no server"),
    ],
)  # fmt: skip
def test_the_other_address_of_a_host_that_offers_it(
    greeting: str, said: dict[str, Any], end: str
) -> None:
    second = told_smtp("mail.example.com 192.0.2.26:25", greeting, **({"ehlo": BOTH} | said))
    assert ending(judged(CHECK, OF_HOST, TWO, NO_AAAA, FIRST, second)) == (end,)


def test_what_is_not_offered_decides_whatever_is_unknown() -> None:
    lacks = told_smtp("mail.example.com 192.0.2.25:25", "220 mx")
    silent = told_smtp("mail.example.com 192.0.2.26:25", "TIMEOUT")
    [reason] = judged(CHECK, OF_HOST, TWO, NO_AAAA, lacks, silent).reasons
    assert reason.text == "mail.example.com (192.0.2.25 port 25) does not offer DSN"


def test_leaving_ipv6_out_is_said() -> None:
    no_route = told_smtp("mail.example.com [2001:db8::25]:25", "NO-IPV6-ROUTE")
    aaaa = told("mail.example.com AAAA", "2001:db8::25")
    verdict = judged(CHECK, OF_HOST, A, aaaa, FIRST, no_route)
    assert ([a.tag for a in verdict.advice], verdict.kind) == (["ipv6-not-asked"], "met")


def test_what_is_offered_in_clear_alone_is_said() -> None:
    answer = told_smtp("mail.example.com 192.0.2.25:25", "220 mx", ehlo=BOTH, tls=TLS)
    [reason] = judged(CHECK, OF_HOST, A, NO_AAAA, answer).reasons
    assert reason.text.endswith("does not offer DSN in TLS, only in clear")


@pytest.mark.parametrize(
    ("offer", "end"),
    [
        ("LIMITS MAILMAX=9 rcptmax=100", "met"),
        ("LIMITS MAILMAX=9", "lacks-parameter"),
        ("LIMITS RCPTMAX=1000", "lacks-parameter"),
        ("LIMITS", "lacks-parameter"),
        ("DSN", "not-offered"),
    ],
)
def test_parameters(offer: str, end: str) -> None:
    sentence = "{SMTP port 25 of mail.example.com offers LIMITS: {parameters: [RCPTMAX=100]}}"
    answer = told_smtp("mail.example.com 192.0.2.25:25", "220 mx", ehlo=f"250-mx\n250 {offer}")
    assert ending(judged(CHECK, sentence, A, NO_AAAA, answer)) == (end,)


@pytest.mark.parametrize(
    ("keyword", "done"),
    [
        ("SMTPUTF8", "smtputf8_enable = yes"),
        ("DSN", "dsn_advertise_hosts = *"),
        ("REQUIRETLS", "smtpd_discard_ehlo_keywords"),
        ("8BITMINE", "did you mean 8BITMIME?"),
    ],
)
def test_what_is_to_be_done(keyword: str, done: str) -> None:
    answer = told_smtp("mail.example.com 192.0.2.25:25", "220 mx")
    sentence = f"SMTP port 25 of mail.example.com offers {keyword}"
    [remedy] = judged(CHECK, sentence, A, NO_AAAA, answer).remedies
    assert done in remedy.instruction
    assert "192.0.2.25" in remedy.instruction


def test_the_sentence_about_starttls_is_another_check_s() -> None:
    catalogue = load_catalogue()
    for keyword, check_id in (
        ("STARTTLS", "smtp-port-offers-starttls"),
        ("DSN", "smtp-port-offers-extension"),
    ):
        sentence = f"SMTP port 25 of mail.example.com offers {keyword}"
        [requirement] = load_item(sentence, catalogue)
        assert requirement.check_id == check_id


def test_a_keyword_that_another_sentence_is_about_is_an_error_that_names_it() -> None:
    with pytest.raises(SourceError, match="offers AUTH only after TLS"):
        judged(CHECK, "SMTP port 587 of mail.example.com offers AUTH")
