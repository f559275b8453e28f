"""Sessions written down by hand are what a probe would return."""

from __future__ import annotations

import pytest

from mailcheck.facts.imap.session import ImapSession, ImapSessionFact
from mailcheck.facts.imap.told import told_imap
from mailcheck.facts.tls.handshake import NoTls, told_tls
from mailcheck.names import parse_address
from mailcheck.question import Unobserved

OFFER = "IMAP4rev1 STARTTLS"
TLS = told_tls("mail.example")
AT = "192.0.2.25:143"


def stages(fact: ImapSessionFact | Unobserved) -> list[str]:
    assert isinstance(fact, ImapSessionFact)
    return [f"{e.stage} in TLS" if e.in_tls else e.stage for e in fact.exchanges]


def test_the_name_of_the_host_is_part_of_the_question() -> None:
    asked, fact = told_imap("mail.example [2001:db8::25]:143")
    assert asked == ImapSession(parse_address("2001:db8::25"), 143, "mail.example")
    assert isinstance(fact, ImapSessionFact)
    assert (fact.address, fact.server_name) == (asked.address, "mail.example")


def test_a_session_goes_as_far_as_its_responses_let_it() -> None:
    assert stages(told_imap(AT, "BYE no")[1]) == ["greeting"]
    assert stages(told_imap(AT, tls=TLS)[1]) == ["greeting", "CAPABILITY"]
    assert stages(told_imap(AT, "PREAUTH x", can=OFFER)[1]) == ["greeting", "CAPABILITY"]
    assert stages(told_imap(AT, can=OFFER, starttls="NO", tls=TLS)[1])[-1] == "STARTTLS"
    assert stages(told_imap(AT, can=OFFER, tls=NoTls("no"))[1])[-1] == "STARTTLS"
    assert stages(told_imap(AT, can=OFFER, tls=TLS)[1])[-1] == "CAPABILITY in TLS"


def test_on_port_993_all_is_said_in_tls() -> None:
    at = "192.0.2.25:993"
    assert stages(told_imap(at, tls=TLS)[1]) == ["greeting in TLS", "CAPABILITY in TLS"]
    assert stages(told_imap(at, tls=NoTls("no"))[1]) == []
    with pytest.raises(ValueError, match="993"):
        told_imap(at)


@pytest.mark.parametrize(
    ("breaks", "heard"),
    [
        ("CAPABILITY TIMEOUT", ["greeting"]),
        ("STARTTLS CONNECTION-CLOSED", ["greeting", "CAPABILITY"]),
        ("TLS TIMEOUT", ["greeting", "CAPABILITY", "STARTTLS"]),
        ("CAPABILITY in TLS TIMEOUT", ["greeting", "CAPABILITY", "STARTTLS"]),
    ],
)
def test_a_session_may_break_off(breaks: str, heard: list[str]) -> None:
    _, fact = told_imap(AT, can=OFFER, tls=TLS, breaks=breaks)
    assert stages(fact) == heard
    assert isinstance(fact, ImapSessionFact)
    assert fact.broken
    stage, _, cause = breaks.rpartition(" ")
    assert fact.broken.cause.upper() == cause
    assert fact.broken.evidence[-1].subject.endswith(f" {stage}")


@pytest.mark.parametrize(
    ("at", "breaks"), [(AT, "greeting TIMEOUT"), ("192.0.2.25:993", "TLS TIMEOUT")]
)
def test_without_a_greeting_nothing_was_observed(at: str, breaks: str) -> None:
    _, answer = told_imap(at, breaks=breaks)
    assert isinstance(answer, Unobserved)


def test_a_refused_connection_is_a_fact() -> None:
    _, fact = told_imap("192.0.2.25:993", "REFUSED")
    assert isinstance(fact, ImapSessionFact)
    assert fact.refused
