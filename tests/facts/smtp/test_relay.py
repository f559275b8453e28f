"""For whom a host takes mail, and what of it is not relayed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailcheck.facts.smtp.envelope import Envelope
from mailcheck.facts.smtp.relay import is_perhaps_of_bounces, refuses, relayed, routed
from mailcheck.facts.smtp.session import SmtpSessionFact
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.finding import Finding

HOST = "mail.example.com"
ELSEWHERE = Envelope("", "me@example.net")


def test_each_form_is_asked_of_the_host() -> None:
    probes = (*relayed(HOST), *routed(HOST))
    assert {probe.consents for probe in probes} == {HOST}
    assert all(probe.needs_elsewhere for probe in probes)


@pytest.mark.parametrize(
    ("reply", "ends"),
    [
        pytest.param("554 5.7.1 <me@example.net>: Relay access denied", "", id="refused"),
        pytest.param("550 5.1.1 unknown [192.0.2.1]", "", id="no such mailbox, and a client"),
        pytest.param("554 5.7.1 denied", "refused-this-client", id="perhaps only bounces"),
        pytest.param(
            "550 5.7.1 null sender refused", "refused-this-client", id="refused as a bounce"
        ),
        pytest.param("250 Ok", "relays", id="taken"),
        pytest.param(
            "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.example",
            "refused-this-client",
            id="a client on a blocklist",
        ),
        pytest.param(
            "550 5.7.25 cannot find your hostname, [2001:db8::1]",
            "refused-this-client",
            id="a client without PTR",
        ),
        pytest.param("530 5.7.0 STARTTLS first", "refused-this-client", id="not without TLS"),
        pytest.param("550 5.1.8 bad sender", "null-sender-refused", id="of the sender"),
        pytest.param("454 4.7.1 Relay access denied", "", id="refused by Postfix as installed"),
        pytest.param("451 4.7.1 later", "greylisted", id="greylisting"),
        pytest.param("454 4.7.1 <>: denied", "temporary-failure", id="a bounce, by Postfix"),
        pytest.param("454 later", "temporary-failure", id="another delay"),
        pytest.param("450 later", "greylisted", id="put off"),
    ],
)
def test_a_session(reply: str, ends: str) -> None:
    _, session = told_smtp(
        f"{HOST} 192.0.2.25:25", "220 mail", recipients={ELSEWHERE.recipient: reply}
    )
    assert isinstance(session, SmtpSessionFact)
    part = refuses(session, [ELSEWHERE], "relays")
    assert isinstance(part, Finding)
    ended = [reason.tag for reason in part.reasons] or [part.unknown.cause if part.unknown else ""]
    assert ended == [ends]


SENDER = "me@example.org"


def said(reply: str, mail: str = "250 Ok", sender: str = "") -> SmtpSessionFact:
    recipients = {ELSEWHERE.recipient: reply}
    _, session = told_smtp(
        f"{HOST} 192.0.2.25:25", "220 mail", recipients=recipients, mail=mail, sender=sender
    )
    assert isinstance(session, SmtpSessionFact)
    return session


@pytest.mark.parametrize(
    ("session", "perhaps"),
    [
        pytest.param(said("550 5.7.1 no"), True, id="for no reason that is given"),
        pytest.param(said("454 4.7.1 no"), True, id="as Postfix does, in other words"),
        pytest.param(said("", mail="550 5.7.1 no"), True, id="at MAIL"),
        pytest.param(said("550 relay not permitted"), False, id="as relaying"),
        pytest.param(said("550 5.1.1 unknown"), False, id="as a mailbox"),
        pytest.param(said("550 [192.0.2.1] is on a list"), False, id="as a client"),
        pytest.param(said("", mail="530 5.7.0 STARTTLS first"), False, id="before TLS"),
        pytest.param(said("450 later"), False, id="for now"),
        pytest.param(said("250 Ok"), False, id="not at all"),
    ],
)
def test_what_may_be_refused_as_a_bounce(session: SmtpSessionFact, *, perhaps: bool) -> None:
    assert is_perhaps_of_bounces(session, ELSEWHERE) == perhaps


def test_other_mail_is_not_refused_as_a_bounce() -> None:
    other = replace(ELSEWHERE, sender=SENDER)
    assert not is_perhaps_of_bounces(said("550 no", sender=SENDER), other)


@pytest.mark.parametrize(
    ("reply", "tags"), [("250 Ok", ["relays"]), ("550 no", [])], ids=["taken", "refused"]
)
def test_what_is_said_to_other_mail_counts(reply: str, tags: list[str]) -> None:
    again = said(reply, sender=SENDER)
    part = refuses(said("550 5.7.1 no"), [ELSEWHERE], "relays", again, SENDER)
    assert isinstance(part, Finding)
    assert ([reason.tag for reason in part.reasons], part.unknown) == (tags, None)
