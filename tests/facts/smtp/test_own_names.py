"""Who greets by which name; a port that is shut says nothing about it."""

from __future__ import annotations

from typing import Any

import pytest

from mailcheck.facts.smtp.own_names import greeting_name, greets_as, is_certified_as
from mailcheck.facts.smtp.reply import Reply
from mailcheck.facts.smtp.session import SmtpSessionFact
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.certificate import Certificate
from mailcheck.facts.tls.handshake import NoTls, Tls, told_tls
from mailcheck.finding import Finding
from mailcheck.names import parse_address
from mailcheck.question import Unobserved

NAME = "mail.example.com"


@pytest.mark.parametrize(
    ("greeting", "ends"),
    [
        pytest.param("220 mail.example.com ESMTP Postfix", "met", id="the name"),
        pytest.param("220 Mail.Example.COM. ESMTP", "met", id="in another case, with a dot"),
        pytest.param("220 mail.example.com", "met", id="nothing else"),
        pytest.param("220-mail.example.com ESMTP\n220 wait", "met", id="on the first line"),
        pytest.param("220 mx1.example.com ESMTP", "other-greeting", id="another name"),
        pytest.param("220 ESMTP ready", "other-greeting", id="no name"),
        pytest.param("220 ****************", "other-greeting", id="hidden by a firewall"),
        pytest.param("220 [203.0.113.25] ESMTP", "other-greeting", id="a literal"),
        pytest.param("220", "other-greeting", id="nothing"),
        pytest.param("REFUSED", "greeting-not-judged", id="port shut"),
        pytest.param("TIMEOUT", "greeting-not-judged", id="behind a firewall"),
        pytest.param("NO-ROUTE", "greeting-not-judged", id="no route"),
        pytest.param("NO-IPV6-ROUTE", "greeting-not-judged", id="no IPv6 here"),
        pytest.param("554 5.7.1 go away", "greeting-not-judged", id="refuses us"),
        pytest.param("554 No SMTP service here", "greeting-not-judged", id="takes no mail"),
        pytest.param("421 4.3.2 too many connections", "temporary-failure", id="later"),
        pytest.param("354 what", "unexpected-reply", id="out of place"),
        pytest.param("PRIVATE-ADDRESS", "private-address", id="not public"),
        pytest.param("BUDGET-SPENT", "budget-spent", id="no time left"),
        pytest.param("NOT-IN-LAB", "not-in-lab", id="not in the lab"),
    ],
)
def test_greets_as(greeting: str, ends: str) -> None:
    part = greets_as(NAME, told_smtp("203.0.113.25:25", greeting)[1])
    if isinstance(part, Unobserved):
        assert part.cause == ends
    else:
        said = [r.tag for r in part.reasons] + [a.tag for a in part.advice]
        assert (said or ["met"]) == [ends]


@pytest.mark.parametrize("cause", ["timeout", "connection-reset"])
def test_who_takes_the_connection_and_says_nothing_is_unknown(cause: str) -> None:
    session = SmtpSessionFact(parse_address("203.0.113.25"), 25)
    silent = session.broken_off("greeting", cause, "nothing came", cause)
    assert greets_as(NAME, silent) == silent


def test_the_text_is_safe_to_show() -> None:
    part = greets_as(NAME, told_smtp("203.0.113.25:25", "220 \x1b[31mx ESMTP")[1])
    assert isinstance(part, Finding)
    assert "\\x1b[31mx, not as mail.example.com" in part.reasons[0].text


def test_a_greeting_without_a_name() -> None:
    part = greets_as(NAME, told_smtp("203.0.113.25:25", "220 ")[1])
    assert isinstance(part, Finding)
    assert "greets without a name" in part.reasons[0].text


OFFER = "250-mail\n250 STARTTLS"
CERTIFIED = told_tls(NAME)


@pytest.mark.parametrize(
    ("told", "ends"),
    [
        pytest.param({"tls": CERTIFIED}, "met", id="the name"),
        pytest.param({"tls": told_tls("*.example.com")}, "met", id="a wildcard"),
        pytest.param({"tls": told_tls("a.example", NAME)}, "met", id="one of several"),
        pytest.param({"tls": told_tls("a.example")}, "other-certificate", id="another name"),
        pytest.param({"tls": told_tls()}, "other-certificate", id="no name"),
        pytest.param({"ehlo": "250 mail"}, "certificate-not-judged", id="no STARTTLS"),
        pytest.param({"starttls": "502 no"}, "certificate-not-judged", id="refused"),
        pytest.param({"starttls": "454 no"}, "temporary-failure", id="not now"),
        pytest.param({"starttls": "250 no"}, "unexpected-reply", id="out of step"),
        pytest.param({"ehlo": "451 no"}, "temporary-failure", id="EHLO not now"),
        pytest.param({"ehlo": "550 no"}, "certificate-not-judged", id="EHLO refused"),
        pytest.param({"ehlo": "220 mail"}, "unexpected-reply", id="EHLO out of step"),
        pytest.param({"tls": NoTls("no")}, "certificate-not-judged", id="no handshake"),
        pytest.param({"breaks": "EHLO TIMEOUT"}, "timeout", id="silent at EHLO"),
        pytest.param({"breaks": "TLS TIMEOUT"}, "timeout", id="silent in the handshake"),
        pytest.param(
            {"tls": Tls("TLSv1.3", "x", (Certificate(unreadable="odd"),))},
            "unreadable-certificate",
            id="unreadable",
        ),
        pytest.param({"greeting": "REFUSED"}, "greeting-not-judged", id="port shut"),
        pytest.param({"greeting": "421 later"}, "temporary-failure", id="later"),
    ],
)
def test_is_certified_as(told: dict[str, Any], ends: str) -> None:
    said = {"greeting": f"220 {NAME}", "ehlo": OFFER} | told
    part = is_certified_as(NAME, told_smtp("203.0.113.25:25", **said)[1])
    if isinstance(part, Unobserved):
        assert part.cause == ends
    else:
        tags = [r.tag for r in part.reasons] + [a.tag for a in part.advice]
        assert (tags or ["met"]) == [ends]


def test_a_session_that_broke_off_still_shows_who_greeted() -> None:
    _, broken = told_smtp("203.0.113.25:25", "220 mx ESMTP", breaks="EHLO TIMEOUT")
    part = greets_as(NAME, broken)
    assert isinstance(part, Finding)
    assert [reason.tag for reason in part.reasons] == ["other-greeting"]


def test_greeting_name() -> None:
    assert greeting_name(Reply(("220-A.example. hello", "220 b.example"))) == "a.example"
