"""What an SMTP server said, read and shown."""

from __future__ import annotations

import pytest

from mailcheck.facts.smtp.reply import Reply
from mailcheck.facts.smtp.session import Exchange, SmtpSession, SmtpSessionFact
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.names import Port, parse_address
from mailcheck.question import Unobserved

SERVER = parse_address("192.0.2.25")


def session(*answer: str) -> SmtpSessionFact:
    """The fact that the words of an answer make."""
    greeting, ehlo, helo = (*answer, "250 OK", "")[:1] + (*answer[1:], "250 OK", "")[:2]
    _, fact = told_smtp("192.0.2.25:25", greeting, ehlo=ehlo, helo=helo)
    assert isinstance(fact, SmtpSessionFact)
    return fact


def test_stages_that_were_not_reached_are_none() -> None:
    fact = session("554 No SMTP service here")
    assert fact.greeting is not None
    assert (fact.ehlo, fact.helo) == (None, None)


@pytest.mark.parametrize("ehlo", ["250 mx", "550 5.7.1 go away"], ids=["taken", "refused"])
def test_helo_is_not_said_to_a_server_that_knows_ehlo(ehlo: str) -> None:
    assert session("220 mx", ehlo, "250 mx").helo is None


def test_evidence_is_the_server_s_own_words_by_stage() -> None:
    lines = [str(line) for line in session("220 mx", "250-mx\n250 SIZE 1000").evidence]
    assert lines == [
        "192.0.2.25 port 25 greeting → 220 mx",
        "192.0.2.25 port 25 EHLO → 250-mx | 250 SIZE 1000",
    ]


def test_evidence_of_a_refused_connection_says_so_and_how_to_see_it() -> None:
    [line] = session("REFUSED").evidence
    assert (line.result, line.command) == ("connection refused", "nc -v 192.0.2.25 25")


def test_evidence_names_the_server_and_us_and_escapes_both() -> None:
    exchange = Exchange("EHLO", Reply(("250 \x1b]0;owned\x07",)), 12.4)
    fact = SmtpSessionFact(
        SERVER, 25, "mx.example.com", exchanges=(exchange,), client="[192.0.2.1]"
    )
    assert (
        str(fact.evidence[0])
        == "mx.example.com (192.0.2.25 port 25) EHLO [192.0.2.1] → 250 \\x1b]0;owned\\x07, 12 ms"
    )


def test_an_ordinary_farewell_is_not_worth_a_line() -> None:
    def parting(reply: str) -> SmtpSessionFact:
        return SmtpSessionFact(SERVER, 25, exchanges=(Exchange("QUIT", Reply((reply,))),))

    assert parting("221 bye").evidence == ()
    assert len(parting("500 what?").evidence) == 1


def test_a_session_that_broke_off_shows_what_came_before() -> None:
    unobserved = session("220 mx").broken_off("HELO", "timeout", "no reply within 20 s", "timeout")
    assert [line.result for line in unobserved.evidence] == ["220 mx", "250 OK", "timeout"]
    assert (unobserved.cause, unobserved.not_evaluated) == ("timeout", False)
    assert "HELO" in unobserved.text


@pytest.mark.parametrize(
    ("at", "cause", "not_evaluated"),
    [
        pytest.param("192.0.2.25:25", "timeout", False, id="asked in vain"),
        pytest.param("[2001:db8::25]:25", "no-ipv6-route", True, id="cannot be asked"),
        pytest.param("10.0.0.1:25", "private-address", True, id="may not be asked"),
    ],
)
def test_causes_are_told_in_capitals(at: str, cause: str, *, not_evaluated: bool) -> None:
    asked, answer = told_smtp(at, cause.upper())
    assert isinstance(answer, Unobserved)
    assert (cause, not_evaluated) == (answer.cause, answer.not_evaluated)
    assert asked.port == 25


def test_a_port_read_from_a_sentence_asks_the_same_question() -> None:
    assert told_smtp("192.0.2.25:25", "220 mx")[0] == SmtpSession(SERVER, Port(25))
    assert hash(SmtpSession(SERVER, 25)) == hash(SmtpSession(SERVER, Port(25)))
