"""Whom the refusal of a bounce is about."""

from __future__ import annotations

from typing import Any

import pytest

from mailcheck.facts.smtp.bounces import compared, refusal_of, takes_bounces
from mailcheck.facts.smtp.envelope import Envelope
from mailcheck.facts.smtp.session import SmtpSessionFact
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.finding import Part, met
from mailcheck.question import Unobserved

POSTMASTER = "postmaster@example.com"
BOUNCE = Envelope("", POSTMASTER)
MAIL = Envelope("me@example.net", POSTMASTER)


def session(reply: str, **told: Any) -> SmtpSessionFact:
    recipients = {"abuse@example.com": told.pop("before", "550 no")} | {POSTMASTER: reply}
    _, said = told_smtp("mx.example.com 192.0.2.25:25", "220 mx", recipients=recipients, **told)
    assert isinstance(said, SmtpSessionFact)
    return said


def end(part: Part) -> str:
    """The cause or the tag; nothing if bounces are taken."""
    if isinstance(part, Unobserved):
        return part.cause
    return "" if part == met() else part.reasons[0].tag


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        pytest.param(session("250 Ok"), "", id="taken"),
        pytest.param(session("550 no", before="250 Ok"), "", id="taken for somebody else"),
        pytest.param(session("550 5.1.1 unknown"), "", id="about the mailbox"),
        pytest.param(session("550 5.1.8 <>"), "bounces-refused", id="about the sender"),
        pytest.param(session("550 no"), "refused-this-client", id="about whom?"),
        pytest.param(session("450 later"), "greylisted", id="put off"),
    ],
)
def test_what_one_session_says(said: SmtpSessionFact, ends: str) -> None:
    assert end(takes_bounces(said, BOUNCE)) == ends


@pytest.mark.parametrize(
    ("said", "other", "ends"),
    [
        pytest.param(
            session("550 no"), session("250 Ok", sender=MAIL.sender), "bounces-refused", id="taken"
        ),
        pytest.param(
            session("550 no"),
            session("550 no", sender=MAIL.sender),
            "refused-this-client",
            id="refused as well",
        ),
        pytest.param(session("250 Ok"), session("550 no", sender=MAIL.sender), "", id="no refusal"),
    ],
)
def test_what_another_sender_shows(
    said: SmtpSessionFact, other: SmtpSessionFact, ends: str
) -> None:
    assert end(compared(said, BOUNCE, other, MAIL)) == ends


def test_only_5xx_refuses() -> None:
    assert str(refusal_of(session("", mail="554 no"), BOUNCE)) == "554 no"
    assert refusal_of(session("", mail="451 later"), BOUNCE) is None
    assert refusal_of(session("452 full"), BOUNCE) is None
