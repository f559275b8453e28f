"""What an SMTP server said, read and shown."""

from __future__ import annotations

import pytest

from mailcheck.facts.smtp.reply import Reply
from mailcheck.facts.smtp.session import Exchange, SmtpSession, SmtpSessionFact
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import told_tls
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


@pytest.mark.parametrize(
    ("lines", "keyword", "offered"),
    [
        pytest.param("8BITMIME", "8BITMIME", "", id="as it stands"),
        pytest.param("8bitmime", "8BITMIME", "", id="in small letters"),
        pytest.param("SIZE 1000", "SIZE", "1000", id="with a parameter"),
        pytest.param("AUTH  PLAIN   LOGIN ", "AUTH", "PLAIN LOGIN", id="several spaces"),
        pytest.param(" DSN", "DSN", "", id="a space before"),
        pytest.param("AUTH=PLAIN LOGIN", "AUTH", "PLAIN LOGIN", id="AUTH of old"),
        pytest.param("SIZE=1000", "SIZE", "1000", id="SIZE in the manner of old"),
        pytest.param("AUTH\tPLAIN", "AUTH", "PLAIN", id="a tab"),
        pytest.param("AUTH PLAIN|AUTH=LOGIN", "AUTH", "PLAIN LOGIN", id="twice"),
        pytest.param("SIZE|SIZE 9", "SIZE", "9", id="with a parameter the second time"),
        pytest.param("8BITMIMES", "8BITMIME", None, id="a longer word"),
        pytest.param("X-AUTH PLAIN", "AUTH", None, id="the end of a word"),
        pytest.param("HELP AUTH", "AUTH", None, id="a parameter is no keyword"),
        pytest.param("8BITMIME.", "8BITMIME", None, id="what can be no keyword"),
        pytest.param("", "", None, id="an empty line"),
    ],
)
def test_what_is_offered(lines: str, keyword: str, offered: str | None) -> None:
    said = "\n".join(f"250-{line}" for line in ("mx", *lines.split("|")))
    assert session("220 mx", f"{said}\n250 OK").offers(keyword) == offered


def test_the_first_line_is_a_name_and_a_refusal_offers_nothing() -> None:
    assert session("220 mx", "250 STARTTLS").offers("STARTTLS") is None
    assert session("220 mx", "550-mx\n550 STARTTLS").offers("STARTTLS") is None


def test_what_is_offered_in_tls_is_another_matter() -> None:
    _, fact = told_smtp(
        "192.0.2.25:25",
        "220 mx",
        ehlo="250-mx\n250-DSN\n250 STARTTLS",
        tls=told_tls("mx"),
        again="250-mx\n250 AUTH PLAIN",
    )
    assert isinstance(fact, SmtpSessionFact)
    assert (fact.offers("DSN", in_tls=False), fact.offers("DSN", in_tls=True)) == ("", None)
    assert (fact.offers("AUTH", in_tls=False), fact.offers("AUTH", in_tls=True)) == (None, "PLAIN")


def test_a_session_with_one_version_shows_how_that_was_taken() -> None:
    offer = "250-mx\n250 STARTTLS"
    tls = told_tls("mx.example", version="TLSv1.1")
    _, answer = told_smtp("192.0.2.25:25", "220 mx", ehlo=offer, tls=tls, only_tls="TLSv1.1")
    [line] = answer.evidence
    assert line.subject == "192.0.2.25 port 25 TLS 1.1"
    assert line.command == (
        "openssl s_client -starttls smtp -connect 192.0.2.25:25 -crlf -ign_eof -tls1_1 "
        "-cipher DEFAULT@SECLEVEL=0"
    )


@pytest.mark.parametrize(
    ("breaks", "subjects"),
    [("TLS TIMEOUT", ["TLS 1.0"]), ("STARTTLS TIMEOUT", ["greeting", "EHLO", "STARTTLS"])],
)
def test_a_session_with_one_version_that_breaks_off_shows_where(
    breaks: str, subjects: list[str]
) -> None:
    offer = "250-mx\n250 STARTTLS"
    _, answer = told_smtp("192.0.2.25:25", "220 mx", ehlo=offer, breaks=breaks, only_tls="TLSv1")
    shown = [line.subject.removeprefix("192.0.2.25 port 25 ") for line in answer.evidence]
    assert shown == subjects
