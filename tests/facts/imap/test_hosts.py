"""Sessions with every address of a host, over IMAP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.engine import Engine
from mailcheck.facts.dns import told
from mailcheck.facts.imap.hosts import ImapAddressSession, ImapHostSessions
from mailcheck.facts.imap.session import ImapSessionFact
from mailcheck.facts.imap.told import told_imap
from mailcheck.facts.smtp.vantage import PortAnswers, PortAnswersFact, RunControls, RunControlsFact
from mailcheck.finding import Finding, met
from mailcheck.names import parse_address
from mailcheck.question import Unobserved
from mailcheck.world.told import ToldWorld

if TYPE_CHECKING:
    from tests.facts.conftest import Answered


def test_every_address_is_asked_by_the_name_of_the_host() -> None:
    seen: list[object] = []

    async def judge() -> Finding:
        held = await ImapHostSessions("mail.example.com", 143)
        seen.extend(session for _, session in held.sessions)
        return met()

    at = "mail.example.com"
    engine = Engine(
        ToldWorld(
            (
                told(f"{at} A", "192.0.2.25"),
                told(f"{at} AAAA", "2001:db8::25"),
                told_imap(f"{at} 192.0.2.25:143"),
                told_imap(f"{at} [2001:db8::25]:143"),
            )
        )
    )
    engine.finish(engine.plan(judge))
    assert all(isinstance(session, ImapSessionFact) for session in seen)
    assert len(seen) == 2


HOSTS = (("a.example", 993), ("b.example", 993), ("www.example", 443))
CONTROLS = (
    (RunControls(), RunControlsFact(HOSTS)),
    told("a.example A", "192.0.2.1"),
    told("b.example A", "192.0.2.2"),
    told("www.example A", "192.0.2.3"),
)


def port(address: str, number: int, *, answers: bool) -> tuple[Any, Any]:
    asked = PortAnswers(parse_address(address), number)
    return asked, PortAnswersFact(asked.address, number) if answers else Unobserved("timeout")


@pytest.mark.parametrize(
    ("greeting", "others_answer", "cause"),
    [
        pytest.param("TIMEOUT", False, "port-blocked-here", id="silent, as everybody"),
        pytest.param("REFUSED", False, "port-blocked-here", id="refused, as everybody"),
        pytest.param("TIMEOUT", True, "silent-while-controls-answer", id="silent alone"),
        pytest.param("NO-IPV6-ROUTE", True, "no-ipv6-route", id="not asked"),
    ],
)
def test_silence_may_be_that_of_our_network(
    answered: Answered, greeting: str, cause: str, *, others_answer: bool
) -> None:
    found = answered(
        ImapAddressSession(parse_address("192.0.2.25"), 993, "mail.example.com"),
        told_imap("mail.example.com 192.0.2.25:993", greeting),
        *CONTROLS,
        port("192.0.2.1", 993, answers=others_answer),
        port("192.0.2.2", 993, answers=False),
        port("192.0.2.3", 443, answers=True),
    )
    assert isinstance(found, Unobserved)
    assert found.cause == cause
