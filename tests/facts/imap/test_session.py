"""What an IMAP server said, read and shown."""

from __future__ import annotations

import pytest

from mailcheck.facts.imap.response import Response
from mailcheck.facts.imap.session import Exchange, ImapSession, ImapSessionFact
from mailcheck.facts.imap.told import told_imap
from mailcheck.facts.tls.handshake import told_tls
from mailcheck.names import Port, parse_address
from mailcheck.question import Unobserved

SERVER = parse_address("192.0.2.25")
TLS = told_tls("mail.example.com")
OFFER = "IMAP4rev1 STARTTLS LOGINDISABLED"


def session(greeting: str = "OK ready", *, at: str = "192.0.2.25:143", can: str = OFFER) -> ImapSessionFact:  # fmt: skip
    _, fact = told_imap(at, greeting, can=can, tls=TLS)
    assert isinstance(fact, ImapSessionFact)
    return fact


def test_evidence_is_the_server_s_own_words_by_stage() -> None:
    lines = [str(line).partition("certificate for")[0] for line in session().evidence]
    assert lines == [
        "192.0.2.25 port 143 greeting → * OK ready",
        "192.0.2.25 port 143 CAPABILITY → * CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED | m1 OK done",
        "192.0.2.25 port 143 STARTTLS → m1 OK begin TLS",
        "192.0.2.25 port 143 TLS → TLSv1.3, TLS_AES_256_GCM_SHA384, ",
        "192.0.2.25 port 143 CAPABILITY in TLS → * CAPABILITY IMAP4rev1 AUTH=PLAIN | m1 OK done",
    ]


def test_where_tls_comes_first_it_is_the_first_line() -> None:
    subjects = [line.subject for line in session(at="mail.example.com 192.0.2.25:993").evidence]
    where = "mail.example.com (192.0.2.25 port 993)"
    assert subjects == [f"{where} TLS", f"{where} greeting in TLS", f"{where} CAPABILITY in TLS"]


def test_what_was_said_in_clear_tells_nothing_about_tls() -> None:
    in_clear = frozenset({"IMAP4REV1", "STARTTLS", "LOGINDISABLED"})
    assert session().capabilities(in_tls=False) == in_clear
    assert session().capabilities(in_tls=True) == frozenset({"IMAP4REV1", "AUTH=PLAIN"})
    assert session(can="IMAP4rev1").capabilities(in_tls=True) is None
    assert session(can="NO go away").capabilities(in_tls=False) is None


@pytest.mark.parametrize(
    ("greeting", "can", "may"),
    [
        pytest.param("OK ready", OFFER, True, id="offered"),
        pytest.param("OK ready", "IMAP4rev1 XSTARTTLS", False, id="not offered"),
        pytest.param("OK ready", "BAD what", False, id="not said"),
        pytest.param("PREAUTH hello", OFFER, False, id="logged in already"),
        pytest.param("BYE no", OFFER, False, id="turned away"),
    ],
)
def test_starttls_is_for_those_who_are_not_logged_in(greeting: str, can: str, *, may: bool) -> None:
    assert session(greeting, can=can).may_start_tls == may


@pytest.mark.parametrize(
    ("fact", "command"),
    [
        pytest.param(session("REFUSED"), "nc -v 192.0.2.25 143", id="refused"),
        pytest.param(
            session(),
            "openssl s_client -starttls imap -connect 192.0.2.25:143 -crlf -ign_eof",
            id="143",
        ),
        pytest.param(
            session(at="mail.example.com [2001:db8::25]:993"),
            "openssl s_client -connect [2001:db8::25]:993 -servername mail.example.com -crlf -ign_eof",
            id="993",
        ),
    ],
)
def test_a_command_shows_the_same(fact: ImapSessionFact, command: str) -> None:
    assert fact.evidence[0].command == command


def test_evidence_escapes_what_the_server_says() -> None:
    exchange = Exchange("greeting", Response(("* OK \x1b]0;owned\x07",)), 12.4)
    [line] = ImapSessionFact(SERVER, 143, exchanges=(exchange,)).evidence
    assert str(line) == "192.0.2.25 port 143 greeting → * OK \\x1b]0;owned\\x07, 12 ms"


def test_an_ordinary_farewell_is_not_worth_a_line() -> None:
    def parting(*said: str) -> ImapSessionFact:
        return ImapSessionFact(SERVER, 143, exchanges=(Exchange("LOGOUT", Response(said)),))

    assert parting("* BYE bye", "m2 OK done").evidence == ()
    assert len(parting("m2 BAD what").evidence) == 1


def test_a_session_that_broke_off_shows_what_came_before() -> None:
    rest = session(can="IMAP4rev1").broken_off("LOGOUT", "timeout", "no answer", "timeout")
    assert [line.result for line in rest.evidence][1:] == [
        "* CAPABILITY IMAP4rev1 | m1 OK done",
        "timeout",
    ]
    assert (rest.cause, rest.not_evaluated) == ("timeout", False)


@pytest.mark.parametrize(
    ("client", "same"), [("192.0.2.25", True), ("192.0.2.26", False), ("", False)]
)
def test_a_client_may_be_on_the_server_s_own_machine(client: str, *, same: bool) -> None:
    assert ImapSessionFact(SERVER, 143, client=client).is_of_one_machine == same


@pytest.mark.parametrize(("cause", "untried"), [("TIMEOUT", False), ("NO-IPV6-ROUTE", True)])
def test_causes_are_told_in_capitals(cause: str, *, untried: bool) -> None:
    _, answer = told_imap("[2001:db8::25]:143", cause)
    assert isinstance(answer, Unobserved)
    assert (answer.cause, answer.not_evaluated) == (cause.lower(), untried)


def test_a_port_read_from_a_sentence_asks_the_same_question() -> None:
    assert hash(ImapSession(SERVER, 143)) == hash(ImapSession(SERVER, Port(143)))
