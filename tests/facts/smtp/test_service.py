"""What the words of a server say about the server, and what they say about us."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailcheck.facts.smtp.service import service
from mailcheck.facts.smtp.session import SmtpSessionFact
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import NoTls
from mailcheck.finding import Finding, met
from mailcheck.names import parse_address
from mailcheck.question import Unobserved


def judged(greeting: str, ehlo: str = "250 OK", helo: str = "") -> Finding | Unobserved:
    """How a session with these replies is judged."""
    _, session = told_smtp("192.0.2.25:25", greeting, ehlo=ehlo, helo=helo)
    assert isinstance(session, SmtpSessionFact)
    return service(session)


@pytest.mark.parametrize(
    "replies",
    [
        pytest.param(("220 mx ESMTP",), id="the usual"),
        pytest.param(("220-mx ESMTP\n220 no spam", "250-mx\n250 SIZE"), id="several lines"),
        pytest.param(("220 mx", "502 5.5.2 unknown", "250 mx"), id="HELO only"),
    ],
)
def test_a_server_that_lets_a_session_begin_serves(replies: tuple[str, ...]) -> None:
    part = judged(*replies)
    assert isinstance(part, Finding)
    assert part.met


def test_a_server_without_ehlo_is_advised_against() -> None:
    part = judged("220 mx", "502 unknown", "250 mx")
    assert isinstance(part, Finding)
    [advice] = part.advice
    assert advice.tag == "helo-only"
    assert "502 unknown" in advice.text


@pytest.mark.parametrize(
    ("replies", "tag"),
    [
        pytest.param(("REFUSED",), "connection-refused", id="refused connection"),
        pytest.param(("521 mx does not accept mail",), "no-smtp-service", id="521"),
        pytest.param(("220 ftp", "500 what?", "500 what?"), "no-ehlo", id="unknown commands"),
        pytest.param(("220 mx", "502 5.5.1 no", "500 5.5.2 no"), "no-ehlo", id="protocol status"),
    ],
)
def test_what_holds_for_every_client_is_a_finding(replies: tuple[str, ...], tag: str) -> None:
    part = judged(*replies)
    assert isinstance(part, Finding)
    assert [(reason.tag, reason.about) for reason in part.reasons] == [(tag, "192.0.2.25")]


@pytest.mark.parametrize(
    ("replies", "cause"),
    [
        pytest.param(("554 5.7.1 blocked by dul",), "refused-this-client", id="554 with a code"),
        pytest.param(
            (
                "554-gmx.net Nemesis ESMTP Service not available\n554-No SMTP service\n554 black listed",
            ),
            "refused-this-client",
            id="554 as GMX says it",
        ),
        pytest.param(("521 5.3.2 unavailable",), "refused-this-client", id="postscreen drops us"),
        pytest.param(("220-mx\n521 5.7.1 blocked",), "refused-this-client", id="in mid-greeting"),
        pytest.param(("550 blocked",), "refused-this-client", id="550 at the greeting"),
        pytest.param(
            ("220 mx", "550 5.7.1 bad name", "550 5.7.1 bad name"),
            "refused-this-client",
            id="our name is refused",
        ),
        pytest.param(
            ("220 mx", "501 literal?", "501 literal?"),
            "refused-this-client",
            id="our literal is refused",
        ),
        pytest.param(
            ("220 mx", "504 5.5.2 need FQDN", "504 5.5.2 need FQDN"),
            "refused-this-client",
            id="Postfix wants a name",
        ),
        pytest.param(
            ("220 mx", "502 no", "554 5.7.1 blocked"),
            "refused-this-client",
            id="EHLO unknown, HELO refused to us",
        ),
        pytest.param(
            ("220 mx", "500 5.7.1 blocked", "500 5.7.1 blocked"),
            "refused-this-client",
            id="500 for policy",
        ),
        pytest.param(("421 4.3.2 too busy",), "temporary-failure", id="421 at the greeting"),
        pytest.param(("220 mx", "421 4.7.0 later"), "temporary-failure", id="421 at EHLO"),
        pytest.param(
            ("220 mx", "502 no", "450 4.7.1 later"),
            "temporary-failure",
            id="EHLO unknown, HELO later",
        ),
        pytest.param(("354 go ahead",), "unexpected-reply", id="a greeting out of place"),
        pytest.param(("220 mx", "334 go on"), "unexpected-reply", id="a challenge to EHLO"),
        pytest.param(("220 mx", "220 mx"), "unexpected-reply", id="the greeting again"),
        pytest.param(("220 mx", "502 no", "220 mx"), "unexpected-reply", id="220 to HELO"),
    ],
)
def test_what_may_be_about_us_or_about_now_is_unobserved(
    replies: tuple[str, ...], cause: str
) -> None:
    part = judged(*replies)
    assert isinstance(part, Unobserved)
    assert (part.cause, part.not_evaluated) == (cause, False)
    last = replies[-1].replace("\n", " | ")
    assert last in part.text
    assert last == part.evidence[-1].result


@pytest.mark.parametrize("ehlo", ["550 5.7.1 go away", "502 5.7.1 not you", "421 later"])
def test_a_helo_that_is_taken_does_not_heal_a_refusal_of_ehlo(ehlo: str) -> None:
    """However the session came by it: a recording may hold one."""
    _, session = told_smtp("192.0.2.25:25", "220 mx", ehlo=ehlo)
    _, taken = told_smtp("192.0.2.25:25", "220 mx", ehlo="502 no", helo="250 mx")
    assert isinstance(session, SmtpSessionFact)
    assert isinstance(taken, SmtpSessionFact)
    both = replace(session, exchanges=(*session.exchanges, taken.exchanges[-1]))
    assert both.helo is not None
    part = service(both)
    assert isinstance(part, Unobserved)
    assert ehlo in part.text


def test_a_hostile_reply_reaches_the_text_escaped() -> None:
    part = judged("421 \x1b[2J\x07 later")
    assert isinstance(part, Unobserved)
    assert part.text.isprintable()


@pytest.mark.parametrize(
    ("breaks", "cause"),
    [
        pytest.param("EHLO TIMEOUT", "timeout", id="silent at EHLO"),
        pytest.param("HELO CONNECTION-CLOSED", "connection-closed", id="closed at HELO"),
    ],
)
def test_who_breaks_off_before_an_answer_to_ehlo_is_unknown(breaks: str, cause: str) -> None:
    _, session = told_smtp("192.0.2.25:25", "220 mx", ehlo="502 no", helo="250 mx", breaks=breaks)
    assert isinstance(session, SmtpSessionFact)
    part = service(session)
    assert isinstance(part, Unobserved)
    assert part.cause == cause


def test_what_goes_wrong_with_tls_does_not_say_that_nobody_serves() -> None:
    offer = "250-mx\n250 STARTTLS"
    for breaks in ("STARTTLS TIMEOUT", "TLS CONNECTION-CLOSED"):
        _, session = told_smtp("192.0.2.25:25", "220 mx", ehlo=offer, breaks=breaks)
        assert isinstance(session, SmtpSessionFact)
        assert service(session) == met()


def test_where_tls_comes_first_a_failed_handshake_decides() -> None:
    session = SmtpSessionFact(parse_address("192.0.2.25"), 465, tls=NoTls("wrong version number"))
    part = service(session)
    assert isinstance(part, Finding)
    assert [reason.tag for reason in part.reasons] == ["no-tls"]
    assert "wrong version number" in part.reasons[0].text
