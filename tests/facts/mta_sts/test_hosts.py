"""The certificates of MX hosts, as senders with a policy verify them."""

from __future__ import annotations

import pytest

from mailcheck.facts.dns import told
from mailcheck.facts.mta_sts.fetching import MtaStsDomain
from mailcheck.facts.mta_sts.hosts import MxHosts, certified
from mailcheck.facts.run import told_date
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import Tls, told_tls
from mailcheck.facts.tls.trust import Problem, told_trust
from mailcheck.finding import Reason
from mailcheck.question import Unobserved
from tests.facts.smtp.test_hosts import found

MX = "mx.example.com"
TARGET = MxHosts(domain=MtaStsDomain("example.com"))
OFFER = f"250-{MX}\n250 STARTTLS"


def ends(
    tls: Tls, problem: Problem | None = None, *, ehlo: str = OFFER, greeting: str = "220 mx"
) -> list[str]:
    part = found(
        certified(TARGET.on_port_25()),
        told_date("2026-01-31"), told("example.com MX", f"10 {MX}."), told(f"{MX} A", "192.0.2.1"),
        told(f"{MX} AAAA", "NODATA"), told_trust(tls, problem),
        told_smtp(f"{MX} 192.0.2.1:25", greeting, ehlo=ehlo, tls=tls),
    )  # fmt: skip
    if isinstance(part, Unobserved):
        return [f"? {part.cause}"]
    return [r.tag for r in part.reasons] + ([f"? {part.unknown.cause}"] if part.unknown else [])


@pytest.mark.parametrize(
    ("tls", "problem", "expected"),
    [
        (told_tls(MX), None, []),
        (told_tls("*.example.com"), None, []),
        (told_tls("example.com"), None, ["other-certificate"]),
        (told_tls(), None, ["other-certificate"]),
        (told_tls(MX, lasts="2025-01-01 to 2026-01-30"), None, ["certificate-expired"]),
        (told_tls(MX, lasts="2026-02-01 to 2026-03-01"), None, ["certificate-not-yet-valid"]),
        (told_tls(MX), "self-signed", ["self-signed"]),
        (told_tls("x.example"), "bad-chain", ["other-certificate", "bad-chain"]),
    ],
)
def test_a_host_shows_a_certificate_that_holds(
    tls: Tls, problem: Problem | None, expected: list[str]
) -> None:
    assert ends(tls, problem) == expected


@pytest.mark.parametrize(
    ("greeting", "ehlo", "expected"),
    [
        ("220 mx", "250 mx", ["no-starttls"]),
        ("REFUSED", "", ["connection-refused"]),
        ("TIMEOUT", "", ["? timeout"]),
        ("421 later", "", ["? temporary-failure"]),
    ],
)
def test_a_host_without_tls_shows_none(greeting: str, ehlo: str, expected: list[str]) -> None:
    assert ends(told_tls(MX), ehlo=ehlo, greeting=greeting) == expected


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("other-certificate", "certbot certonly -d mx.example.com"),
        ("self-signed", "certbot certonly -d mx.example.com"),
        ("certificate-expired", "certbot renew"),
        ("chain-incomplete", "intermediate"),
        ("no-starttls", "smtpd_tls_security_level"),
        ("connection-refused", "port 25"),
    ],
)
def test_what_to_do(tag: str, words: str) -> None:
    assert words in TARGET.to_be_certified(Reason(tag, "", MX)).instruction
