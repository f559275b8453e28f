"""Sessions that sentences share, and silence that is not the server's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.facts.dns import told
from mailcheck.facts.smtp.address_session import AddressSession
from mailcheck.facts.smtp.envelope import Envelope, RecipientProbe, RunRecipients, RunRecipientsFact
from mailcheck.facts.smtp.session import SmtpSessionFact
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.smtp.vantage import PortAnswers, PortAnswersFact, RunControls, RunControlsFact
from mailcheck.names import parse_address
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from tests.facts.conftest import Answered

AT = "mx.example.com 192.0.2.25:25"
ASKED = AddressSession(parse_address("192.0.2.25"), 25, "mx.example.com")
HOSTS = (("a.example", 25), ("b.example", 25), ("www.example", 443))
CONTROLS = (
    (RunControls(), RunControlsFact(HOSTS)),
    told("a.example A", "192.0.2.1"),
    told("b.example A", "192.0.2.2"),
    told("www.example A", "192.0.2.3"),
)


def port(address: str, number: int, *, answers: bool, cause: str = "timeout") -> tuple[Any, Any]:
    asked = PortAnswers(parse_address(address), number)
    return asked, PortAnswersFact(asked.address, number) if answers else Unobserved(cause)


SHUT = (
    *CONTROLS,
    port("192.0.2.1", 25, answers=False),
    port("192.0.2.2", 25, answers=False),
    port("192.0.2.3", 443, answers=True),
)
REFUSED = (
    *CONTROLS,
    *(
        port(address, number, answers=False, cause="connection-refused")
        for address, number in (("192.0.2.1", 25), ("192.0.2.2", 25), ("192.0.2.3", 443))
    ),
)
SILENT = (*SHUT[:-1], port("192.0.2.3", 443, answers=False))
OPEN = (*SHUT[:4], port("192.0.2.1", 25, answers=True), *SHUT[5:])


@pytest.mark.parametrize(
    ("greeting", "vantage", "cause"),
    [
        pytest.param("TIMEOUT", (), "timeout", id="silent, and nobody to compare with"),
        pytest.param("TIMEOUT", SHUT, "port-blocked-here", id="silent, as everybody"),
        pytest.param("TIMEOUT", OPEN, "silent-while-controls-answer", id="silent alone"),
        pytest.param("NO-ROUTE", SHUT, "port-blocked-here", id="unreachable, as everybody"),
        pytest.param("NO-ROUTE", OPEN, "no-route", id="unreachable alone"),
        pytest.param("REFUSED", SHUT, "port-blocked-here", id="refused, as everybody"),
        pytest.param("REFUSED", REFUSED, "no-network", id="refused, as everybody and the web"),
        pytest.param("NO-IPV6-ROUTE", SHUT, "no-ipv6-route", id="no IPv6"),
    ],
)
def test_what_was_not_heard(
    answered: Answered, greeting: str, vantage: tuple[Any, ...], cause: str
) -> None:
    found = answered(ASKED, told_smtp(AT, greeting), *vantage)
    assert isinstance(found, Unobserved)
    assert found.cause == cause


@pytest.mark.parametrize(
    "vantage",
    [
        pytest.param((), id="nobody to compare with"),
        pytest.param(OPEN, id="others answer"),
        pytest.param(SILENT, id="a network of its own, others are out of reach"),
        pytest.param((*REFUSED[:4], *SILENT[4:]), id="others are out of reach but one"),
    ],
)
def test_a_refusal_of_the_server_is_a_fact(answered: Answered, vantage: tuple[Any, ...]) -> None:
    found = answered(ASKED, told_smtp(AT, "REFUSED"), *vantage)
    assert isinstance(found, SmtpSessionFact)
    assert found.refused


def test_silence_after_the_connection_is_the_server_s(answered: Answered) -> None:
    silent = told_smtp(AT, "220 mx", breaks="greeting TIMEOUT")
    assert answered(ASKED, silent, *SHUT).cause == "timeout"


def test_what_tries_no_recipient_shares_the_session_of_what_does(answered: Answered) -> None:
    session = told_smtp(AT, "220 mx", recipients={"postmaster@example.com": "250 Ok"})
    probe = RecipientProbe("postmaster@example.com", host="mx.example.com")
    wanted = (RunRecipients(), RunRecipientsFact(consents=True, probes=(probe,)))
    assert answered(ASKED, session, wanted) == session[1]


def test_other_ports_and_nameless_hosts_are_offered_nothing(answered: Answered) -> None:
    probe = RecipientProbe("postmaster@example.com", host="mx.example.com")
    wanted = (RunRecipients(), RunRecipientsFact(consents=True, probes=(probe,)))
    for at, name, number in (
        ("mx.example.com 192.0.2.25:587", "mx.example.com", 587),
        ("192.0.2.25:25", "", 25),
    ):
        session = told_smtp(at, "220 mx")
        asked = AddressSession(parse_address("192.0.2.25"), number, name)
        assert answered(asked, session, wanted) == session[1]


def test_an_envelope_nobody_announced_has_a_session_for_itself(answered: Answered) -> None:
    session = told_smtp(AT, "220 mx", recipients={"x@example.com": "250 Ok"})
    asked = AddressSession(ASKED.address, 25, ASKED.host, (Envelope("", "x@example.com"),))
    wanted = (RunRecipients(), RunRecipientsFact(consents=True))
    assert answered(asked, session, wanted) == session[1]
