"""How sessions are told, in SMTP and in IMAP alike."""

from __future__ import annotations

from typing import TypeAlias

import pytest

from mailcheck.facts.imap.session import ImapSessionFact
from mailcheck.facts.imap.told import told_imap
from mailcheck.facts.smtp.session import SmtpSessionFact
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import told_tls
from mailcheck.names import parse_address

Fact: TypeAlias = SmtpSessionFact | ImapSessionFact

ADDRESS = parse_address("192.0.2.25")
TLS = told_tls("mail.example.com")


def held(answer: object) -> Fact:
    assert isinstance(answer, SmtpSessionFact | ImapSessionFact)
    return answer


IN_CLEAR = [
    held(told_smtp("192.0.2.25:25", "220 mail")[1]),
    held(told_imap("192.0.2.25:143")[1]),
]
BEHIND_STARTTLS = [
    held(told_smtp("192.0.2.25:25", "220 mail", ehlo="250-mail\n250 STARTTLS", tls=TLS)[1]),
    held(told_imap("192.0.2.25:143", can="IMAP4rev1 STARTTLS", tls=TLS)[1]),
]
TLS_FIRST = [
    held(told_smtp("mail.example.com [2001:db8::25]:465", "220 mail", tls=TLS)[1]),
    held(told_imap("mail.example.com [2001:db8::25]:993", tls=TLS)[1]),
]
BOTH = pytest.mark.parametrize("kind", [SmtpSessionFact, ImapSessionFact], ids=["SMTP", "IMAP"])


@pytest.mark.parametrize("fact", IN_CLEAR, ids=["SMTP", "IMAP"])
def test_what_was_in_clear_is_seen_with_nc(fact: Fact) -> None:
    assert not fact.begins_with_tls
    assert {line.command for line in fact.evidence} == {f"nc -v 192.0.2.25 {fact.port}"}


@pytest.mark.parametrize(
    ("fact", "protocol"),
    list(zip(BEHIND_STARTTLS, ["smtp", "imap"], strict=True)),
    ids=["SMTP", "IMAP"],
)
def test_what_was_behind_starttls_is_seen_with_openssl(fact: Fact, protocol: str) -> None:
    assert not fact.begins_with_tls
    command = (
        f"openssl s_client -starttls {protocol} -connect 192.0.2.25:{fact.port} -crlf -ign_eof"
    )
    assert {line.command for line in fact.evidence} == {command}


@pytest.mark.parametrize("fact", TLS_FIRST, ids=["SMTP", "IMAP"])
def test_where_tls_comes_first_a_command_begins_with_it(fact: Fact) -> None:
    assert fact.begins_with_tls
    assert fact.command == (
        f"openssl s_client -connect [2001:db8::25]:{fact.port} -servername mail.example.com "
        "-crlf -ign_eof"
    )
    assert fact.where == f"mail.example.com (2001:db8::25 port {fact.port})"


@pytest.mark.parametrize("fact", BEHIND_STARTTLS, ids=["SMTP", "IMAP"])
def test_the_handshake_stands_between_what_was_said_in_clear_and_in_tls(fact: Fact) -> None:
    subjects = [line.subject for line in fact.evidence]
    at = subjects.index(f"192.0.2.25 port {fact.port} TLS")
    assert [subject.endswith("in TLS") for subject in subjects] == [
        place > at for place in range(len(subjects))
    ]


@BOTH
def test_a_refused_connection_is_one_line(kind: type[Fact]) -> None:
    [line] = kind(ADDRESS, 25, refused=True).evidence
    assert str(line) == "192.0.2.25 port 25 → connection refused"


@BOTH
@pytest.mark.parametrize(
    ("cause", "not_evaluated"), [("timeout", False), ("no-ipv6-route", True)], ids=["asked", "not"]
)
def test_what_stands_in_place_of_the_rest(
    kind: type[Fact], cause: str, *, not_evaluated: bool
) -> None:
    broken = kind(ADDRESS, 25).broken_off("greeting", cause, "no answer", "timeout", in_tls=True)
    assert (broken.cause, broken.not_evaluated) == (cause, not_evaluated)
    assert broken.text == "192.0.2.25 port 25 greeting in TLS: no answer"
    assert [str(line) for line in broken.evidence] == [
        "192.0.2.25 port 25 greeting in TLS → timeout"
    ]
