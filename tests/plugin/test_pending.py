"""What is still waited for is named by what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.engine import Engine
from mailcheck.facts.dns import DnsQuery, ServerQuery, name_server, told
from mailcheck.facts.host_addresses import HostAddresses
from mailcheck.facts.https import HttpsGet
from mailcheck.facts.imap.session import ImapSession
from mailcheck.facts.run import RunDate
from mailcheck.facts.smtp.session import SmtpSession
from mailcheck.finding import Finding, met
from mailcheck.names import parse_address
from mailcheck.plugin.pending import waited_for
from mailcheck.question import Question, each_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

A, FACT = told("mail.example.com A", "192.0.2.25")


class Stopped(Exception):
    """The time limit."""


class Silent:
    """A world that answers one question, and in which a time limit strikes."""

    limits: Mapping[type, int] = {}

    def answer(self, question: Question[Any], deliver: Callable[[Any], None]) -> None:
        if question == A:
            deliver(FACT)

    def step(self) -> None:
        raise Stopped

    async def stepped(self) -> None:
        raise Stopped

    def poll(self) -> None:
        """Nothing comes."""

    def close(self) -> None:
        """Nothing is open."""


def waiting(*questions: Question[Any]) -> str:
    """What a judgement about *questions* waits for when the time limit strikes."""

    async def judge() -> Finding:
        await each_of(questions)
        return met()

    engine = Engine(Silent())
    judgement = engine.plan(judge)
    with pytest.raises(Stopped):
        engine.finish(judgement)
    return waited_for(judgement)


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        pytest.param(
            (HostAddresses("mail.example.com"),),
            "mail.example.com AAAA from the run's resolvers",
            id="A was answered",
        ),
        pytest.param(
            (ServerQuery("example.com", "MX", name_server("192.0.2.53", "ns1.example.com")),),
            "example.com MX from ns1.example.com (192.0.2.53)",
            id="one server",
        ),
        pytest.param(
            (SmtpSession(parse_address("192.0.2.25"), 25),), "192.0.2.25 port 25", id="a session"
        ),
        pytest.param(
            (ImapSession(parse_address("192.0.2.25"), 993),), "192.0.2.25 port 993", id="IMAP"
        ),
        pytest.param(
            (HttpsGet(parse_address("192.0.2.80"), 443, "a.example", "/", 9),),
            "192.0.2.80 port 443",
            id="HTTPS",
        ),
        pytest.param((RunDate(),), "RunDate", id="something else"),
        pytest.param(
            (DnsQuery("a.example", "MX"), SmtpSession(parse_address("192.0.2.25"), 25)),
            "192.0.2.25 port 25, a.example MX from the run's resolvers",
            id="both",
        ),
        pytest.param(
            tuple(DnsQuery(f"{n}.example", "MX") for n in range(6)),
            "0.example MX, 1.example MX, 2.example MX, 3.example MX, 2 more from the run's resolvers",
            id="very many",
        ),
    ],
)
def test_what_has_no_answer_is_named(questions: tuple[Question[Any], ...], said: str) -> None:
    assert waiting(*questions) == said


def test_where_nothing_was_asked_yet_nothing_is_named() -> None:
    async def judge() -> Finding:
        return met()

    assert waited_for(Engine(Silent()).plan(judge)) == ""
