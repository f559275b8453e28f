"""Whom a reply to an envelope is about."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mailcheck.facts.smtp.envelope import Envelope
from mailcheck.facts.smtp.mailboxes import beside, is_crowded_out, postmaster, reply_to
from mailcheck.facts.smtp.session import SmtpSessionFact
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import NoTls
from mailcheck.question import Unobserved

WANTED = Envelope("", "abuse@example.com")


def said(reply: str, others: str = "", *, to: str = "postmaster", **told: Any) -> str:
    """The code of the reply, or the cause in its place; *others* is said to somebody else after it."""
    recipients = {"abuse@example.com": reply} | ({f"{to}@example.com": others} if others else {})
    _, session = told_smtp("mx.example.com 192.0.2.25:25", "220 mx", recipients=recipients, **told)
    assert isinstance(session, SmtpSessionFact)
    found = reply_to(session, WANTED)
    return found.cause if isinstance(found, Unobserved) else str(found.code)


@pytest.mark.parametrize(
    ("reply", "others", "ends"),
    [
        pytest.param("250 2.1.5 Ok", "", "250", id="taken"),
        pytest.param("251 will forward", "", "251", id="forwarded"),
        pytest.param("550 5.1.1 no such user", "", "550", id="no such user"),
        pytest.param("552 5.2.2 mailbox full", "", "552", id="full"),
        pytest.param("550 no such user", "", "refused-this-client", id="says in words alone"),
        pytest.param("550 no such user", "250 Ok", "550", id="and takes another recipient"),
        pytest.param("550 no such user", "550 no", "refused-this-client", id="as of another"),
        pytest.param("554 5.7.1 blocked", "", "refused-this-client", id="a policy"),
        pytest.param("550 5.4.1 denied", "250 Ok", "550", id="as Exchange Online says it"),
        pytest.param("554 5.7.1 blocked", "250 Ok", "refused-this-client", id="all but postmaster"),
        pytest.param("554 blocked", "250 Ok", "refused-this-client", id="in another code"),
        pytest.param(
            "550 192.0.2.1 is listed", "250 Ok", "refused-this-client", id="names the client"
        ),
        pytest.param(
            "550 2001:db8:0:1::9 is listed", "250 Ok", "refused-this-client", id="over IPv6"
        ),
        pytest.param("550 5.1.0 rejected", "", "refused-this-client", id="an address, whose?"),
        pytest.param("550 5.1.0 rejected", "250 Ok", "550", id="an address, the recipient's"),
        pytest.param("550 5.1.8 bad sender", "250 Ok", "null-sender-refused", id="the sender"),
        pytest.param("550 5.1.7 bad sender", "", "null-sender-refused", id="the sender's mailbox"),
        pytest.param("530 5.7.0 STARTTLS first", "", "refused-this-client", id="TLS first"),
        pytest.param("450 4.2.0 Greylisted", "", "greylisted", id="450"),
        pytest.param("451 4.7.1 try later", "", "greylisted", id="451"),
        pytest.param("452 4.2.2 full", "", "temporary-failure", id="452"),
        pytest.param("421 4.3.2 bye", "", "temporary-failure", id="421"),
    ],
)
def test_replies_to_rcpt(reply: str, others: str, ends: str) -> None:
    assert said(reply, others) == ends


def test_where_no_handshake_came_about_no_recipient_was_offered() -> None:
    offer = "250-mx.example.com\n250 STARTTLS"
    told = told_smtp("mx 192.0.2.25:25", "220 mx", ehlo=offer, tls=NoTls("no shared cipher"))
    session = told[1]
    assert isinstance(session, SmtpSessionFact)
    found = reply_to(session, WANTED)
    assert isinstance(found, Unobserved)
    assert found.cause == "handshake-failed"


@pytest.mark.parametrize(
    "reply", ["554 5.7.1 not that one", "550 192.0.2.1: not that one", "554 no"]
)
def test_who_takes_an_ordinary_recipient_refuses_the_mailbox(reply: str) -> None:
    """Unlike postmaster, it is not taken from clients that are refused."""
    assert said(reply, "250 Ok", to="somebody") == reply[:3]


def test_what_was_taken_before_shows_nothing() -> None:
    """Some servers take bounces to one recipient only."""
    recipients = {"user@example.com": "250 Ok", "abuse@example.com": "550 never to more than one"}
    _, session = told_smtp("192.0.2.25:25", "220 mx", recipients=recipients)
    assert isinstance(session, SmtpSessionFact)
    found = reply_to(session, WANTED)
    assert isinstance(found, Unobserved)
    assert found.cause == "refused-this-client"


@pytest.mark.parametrize(
    ("mail", "ends"),
    [
        pytest.param("550 5.7.1 no bounces", "null-sender-refused", id="refused"),
        pytest.param("530 5.7.0 Must issue STARTTLS first", "refused-this-client", id="TLS first"),
        pytest.param("451 4.7.1 later", "temporary-failure", id="put off"),
    ],
)
def test_who_refuses_the_sender_said_nothing_of_the_recipient(mail: str, ends: str) -> None:
    assert said("250 Ok", mail=mail) == ends


def test_what_was_not_said_is_unknown() -> None:
    _, broken = told_smtp("192.0.2.25:25", "220 mx", breaks="EHLO TIMEOUT")
    _, bare = told_smtp("192.0.2.25:25", "220 mx")
    for session, cause in ((broken, "timeout"), (bare, "unexpected-reply")):
        assert isinstance(session, SmtpSessionFact)
        found = reply_to(session, WANTED)
        assert isinstance(found, Unobserved)
        assert found.cause == cause


def test_postmaster_is_a_mailbox_of_every_domain() -> None:
    assert postmaster("example.com").recipient == "postmaster@example.com"
    assert postmaster("example.com").consents == "example.com"


def session(**replies: str) -> SmtpSessionFact:
    recipients = {f"{name}@example.com": reply for name, reply in replies.items()}
    _, fact = told_smtp("192.0.2.25:25", "220 mx", recipients=recipients)
    assert isinstance(fact, SmtpSessionFact)
    return fact


def hung_up(said: SmtpSessionFact, offers: int = 9) -> SmtpSessionFact:
    """The session, closed by the server after so many *offers*."""
    greeted = [one for one in said.exchanges if one.stage not in ("MAIL", "RCPT")]
    offered = [one for one in said.exchanges if one.stage in ("MAIL", "RCPT")]
    broken = Unobserved("connection-closed")
    return replace(said, exchanges=(*greeted, *offered[:offers]), broken=broken)


@pytest.mark.parametrize(
    ("said", "crowded"),
    [
        pytest.param(session(user="250 Ok", abuse="550 no"), True, id="after another"),
        pytest.param(
            session(user="250 Ok", abuse="452 4.5.3 no"), True, id="put off after another"
        ),
        pytest.param(session(user="250 Ok"), True, id="nothing was said any more"),
        pytest.param(hung_up(session(user="421 bye")), True, id="hung up on another"),
        pytest.param(hung_up(session(user="421 bye"), offers=1), True, id="hung up on the first"),
        pytest.param(hung_up(session(user="421 bye"), offers=0), False, id="hung up before"),
        pytest.param(session(user="550 no", abuse="550 no"), False, id="nobody was accepted"),
        pytest.param(session(abuse="550 no", user="250 Ok"), False, id="before another"),
        pytest.param(session(user="250 Ok", abuse="450 no"), False, id="greylisting"),
    ],
)
def test_other_recipients_may_be_why(said: SmtpSessionFact, *, crowded: bool) -> None:
    assert is_crowded_out(said, WANTED) == crowded


def test_what_was_accepted_elsewhere_counts_beside_a_session_of_its_own() -> None:
    together, alone = session(user="250 Ok", abuse="550 no"), session(abuse="550 no")
    assert isinstance(reply_to(together, WANTED), Unobserved)
    assert isinstance(reply_to(alone, WANTED), Unobserved)
    assert str(reply_to(beside(together, alone), WANTED)) == "550 no"
