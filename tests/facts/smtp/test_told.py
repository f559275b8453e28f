"""Sessions written down by hand are what a probe would return."""

from __future__ import annotations

import pytest

from mailcheck.facts.smtp.session import SmtpSession, SmtpSessionFact
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import NoTls, told_tls
from mailcheck.names import parse_address
from mailcheck.question import Unobserved

OFFER = "250-mx\n250 STARTTLS"


def stages(fact: SmtpSessionFact | Unobserved) -> list[str]:
    assert isinstance(fact, SmtpSessionFact)
    return [f"{e.stage} in TLS" if e.in_tls else e.stage for e in fact.exchanges]


def test_the_name_of_the_host_is_part_of_the_question() -> None:
    asked, fact = told_smtp("mx.example [2001:db8::25]:25", "220 mx")
    assert asked == SmtpSession(parse_address("2001:db8::25"), 25, "mx.example")
    assert isinstance(fact, SmtpSessionFact)
    assert (fact.address, fact.server_name) == (asked.address, "mx.example")


def test_a_session_goes_as_far_as_its_replies_let_it() -> None:
    tls = told_tls("mx.example")
    at = "192.0.2.25:25"
    assert stages(told_smtp(at, "554 no")[1]) == ["greeting"]
    assert stages(told_smtp(at, "220 mx", tls=tls)[1]) == ["greeting", "EHLO"]
    assert stages(told_smtp(at, "220 mx", ehlo=OFFER, tls=NoTls("no"))[1])[-1] == "STARTTLS"
    assert stages(told_smtp(at, "220 mx", ehlo=OFFER, starttls="454 no", tls=tls)[1])[-1] == (
        "STARTTLS"
    )
    assert stages(told_smtp(at, "220 mx", ehlo=OFFER, tls=tls)[1])[-1] == "EHLO in TLS"


def test_on_port_465_all_is_said_in_tls() -> None:
    _, fact = told_smtp("192.0.2.25:465", "220 mx", ehlo=OFFER, tls=told_tls("mx.example"))
    assert stages(fact) == ["greeting in TLS", "EHLO in TLS"]


@pytest.mark.parametrize(
    ("breaks", "heard"),
    [
        ("EHLO TIMEOUT", ["greeting"]),
        ("STARTTLS CONNECTION-CLOSED", ["greeting", "EHLO"]),
        ("TLS TIMEOUT", ["greeting", "EHLO", "STARTTLS"]),
    ],
)
def test_a_session_may_break_off(breaks: str, heard: list[str]) -> None:
    _, fact = told_smtp("192.0.2.25:25", "220 mx", ehlo=OFFER, breaks=breaks)
    assert stages(fact) == heard
    assert isinstance(fact, SmtpSessionFact)
    assert fact.broken
    assert fact.broken.cause.upper() == breaks.partition(" ")[2]
    assert f" {breaks.partition(' ')[0]}" in fact.broken.evidence[-1].subject


def test_without_a_greeting_nothing_was_observed() -> None:
    _, answer = told_smtp("192.0.2.25:25", "220 mx", breaks="greeting TIMEOUT")
    assert isinstance(answer, Unobserved)
