"""SMTP port 25 offers SIZE of 25 MB: at every address, by what it declares."""

from __future__ import annotations

from typing import Any

import pytest

from mailcheck.checks.smtp.smtp_port_offers_size import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import NoTls, told_tls
from mailcheck.testing import ending, judged, run_examples

OF_HOST = "SMTP port 25 of mail.example.com offers SIZE of 25 MB"
TWO = told("mail.example.com A", "192.0.2.25 | 192.0.2.26")
A = told("mail.example.com A", "192.0.2.25")
NO_AAAA = told("mail.example.com AAAA", "NODATA")
FIRST = told_smtp("mail.example.com 192.0.2.25:25", "220 mx", ehlo="250-mx\n250 SIZE 52428800")
BOTH = "250-mx\n250-STARTTLS\n250 SIZE 52428800"
TLS = told_tls("mail.example.com")


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("offer", "end"),
    [
        pytest.param("SIZE 25000000", "met", id="exactly, in powers of ten"),
        pytest.param("SIZE 26214400", "met", id="in powers of two"),
        pytest.param("SIZE 24999999", "size-too-small", id="an octet less"),
        pytest.param("size=25000000", "met", id="in the manner of old"),
        pytest.param("SIZE 0", "met", id="no limit"),
        pytest.param("SIZE", "met", id="no number"),
        pytest.param("SIZE 25M", "malformed-size", id="no number but letters"),
        pytest.param("DSN", "no-size", id="not offered"),
        pytest.param("SIZE 30000000|SIZE 10240000", "size-too-small", id="the smaller one of two"),
        pytest.param("SIZE|SIZE 10240000", "size-too-small", id="with a number the second time"),
    ],
)
def test_what_is_declared(offer: str, end: str) -> None:
    said = "\n".join(f"250-{line}" for line in ("mx", *offer.split("|")))
    answer = told_smtp("mail.example.com 192.0.2.25:25", "220 mx", ehlo=f"{said}\n250 HELP")
    assert ending(judged(CHECK, OF_HOST, A, NO_AAAA, answer)) == (end,)


@pytest.mark.parametrize(
    ("greeting", "said", "end"),
    [
        pytest.param("220 mx", {"ehlo": "500 what", "helo": "250 mx"}, "no-size", id="HELO"),
        pytest.param("220 mx", {"tls": TLS, "again": BOTH}, "met", id="in clear and in TLS"),
        pytest.param("220 mx", {"tls": TLS, "again": "250 mx"}, "no-size", id="in clear alone"),
        pytest.param(
            "220 mx", {"tls": TLS, "again": "250-mx\n250 SIZE 9"}, "size-too-small", id="less in TLS"
        ),
        pytest.param("220 mx", {"starttls": "502 no"}, "met", id="in clear, and TLS refused"),
        pytest.param(
            "220 mx", {"tls": NoTls("no")}, "inconclusive: handshake-failed", id="no handshake"
        ),
        pytest.param(
            "220 mx", {"starttls": "454 no"}, "inconclusive: temporary-failure", id="TLS put off"
        ),
        pytest.param(
            "220 mx", {"tls": TLS, "breaks": "EHLO in TLS TIMEOUT"}, "inconclusive: timeout",
            id="silent in TLS",
        ),
        pytest.param("421 busy", {}, "inconclusive: temporary-failure", id="421"),
        pytest.param("TIMEOUT", {}, "inconclusive: timeout", id="silent"),
        pytest.param("REFUSED", {}, "connection-refused", id="no server"),
    ],
)  # fmt: skip
def test_the_other_address_of_a_host_that_takes_as_much(
    greeting: str, said: dict[str, Any], end: str
) -> None:
    second = told_smtp("mail.example.com 192.0.2.26:25", greeting, **({"ehlo": BOTH} | said))
    assert ending(judged(CHECK, OF_HOST, TWO, NO_AAAA, FIRST, second)) == (end,)


def test_a_number_that_is_too_small_is_told_in_both_units() -> None:
    answer = told_smtp("mail.example.com 192.0.2.25:25", "220 mx", ehlo="250-mx\n250 SIZE 10240000")
    verdict = judged(CHECK, OF_HOST, A, NO_AAAA, answer)
    [reason] = verdict.reasons
    assert reason.text.endswith("(192.0.2.25 port 25) takes 10240000 (10.2 MB), not 25 MB")
    assert "message_size_limit = 25000000" in verdict.remedies[0].instruction


def test_that_no_number_is_told_is_advice() -> None:
    answer = told_smtp("mail.example.com 192.0.2.25:25", "220 mx", ehlo="250-mx\n250 SIZE")
    [advice] = judged(CHECK, OF_HOST, A, NO_AAAA, answer).advice
    assert advice.tag == "no-number"


def test_leaving_ipv6_out_is_said() -> None:
    no_route = told_smtp("mail.example.com [2001:db8::25]:25", "NO-IPV6-ROUTE")
    aaaa = told("mail.example.com AAAA", "2001:db8::25")
    verdict = judged(CHECK, OF_HOST, A, aaaa, FIRST, no_route)
    assert ([a.tag for a in verdict.advice], verdict.kind) == (["ipv6-not-asked"], "met")


@pytest.mark.parametrize("size", ["0", "-1", "2.5", "25MB", "1000000", "٢٥"])
def test_no_size(size: str) -> None:
    with pytest.raises(SourceError, match="whole number of megabytes"):
        judged(CHECK, f"SMTP port 25 of mail.example.com offers SIZE of {size} MB")
