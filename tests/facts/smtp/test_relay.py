"""For whom a host takes mail, and what of it is not relayed."""

from __future__ import annotations

import pytest

from mailcheck.facts.smtp.envelope import Envelope
from mailcheck.facts.smtp.relay import refuses, relayed, routed
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
        pytest.param("554 5.7.1 denied", "", id="refused"),
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
