"""Recipients are offered at the end of a session, and never a message."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

import pytest

from mailcheck.facts.smtp.envelope import Envelope
from mailcheck.facts.smtp.session import SmtpSession, SmtpSessionFact
from mailcheck.facts.smtp.vantage import PortAnswers, PortAnswersFact
from mailcheck.names import parse_address
from mailcheck.probes.routes import Routes
from mailcheck.probes.smtp import SmtpProbe, Timeouts
from mailcheck.question import Unobserved

Serving: TypeAlias = Callable[..., Any]

POSTMASTER = Envelope("", "postmaster@example.com")
ABUSE = Envelope("", "abuse@example.com")
SERVER = parse_address("192.0.2.25")
OPENS = (b"220 mx\r\n", "hear", b"250 mx\r\n")
TAKES = ("hear", b"250 Ok\r\n")
BYE = ("hear", b"221 bye\r\n")


def offered(
    serving: Serving, *script: Any, envelopes: tuple[Envelope, ...] = (POSTMASTER,), port: int = 25
) -> tuple[SmtpSessionFact | Unobserved, list[str]]:
    """What comes of offering *envelopes*, and what the server heard after EHLO."""

    async def asked() -> tuple[SmtpSessionFact | Unobserved, list[str]]:
        async with serving(*script) as server:
            routes = Routes({(str(SERVER), port): ("127.0.0.1", server.port)}, closed=True)
            question = SmtpSession(SERVER, port, envelopes=envelopes)
            answer = await SmtpProbe(routes, timeouts=Timeouts(rcpt=0.3)).answer(question)
        return answer, server.heard[1:]

    return asyncio.run(asked())


def test_a_mailbox_is_offered_and_taken_back(serving: Serving) -> None:
    answer, heard = offered(serving, *OPENS, *TAKES, *TAKES, *TAKES, *BYE)
    assert heard == ["MAIL FROM:<>", "RCPT TO:<postmaster@example.com>", "RSET", "QUIT"]
    assert isinstance(answer, SmtpSessionFact)
    assert [str(reply) for reply in answer.about(POSTMASTER) if reply] == ["250 Ok", "250 Ok"]


def test_recipients_of_one_sender_share_a_transaction(serving: Serving) -> None:
    other = Envelope("me@example.net", "abuse@example.com")
    script = (*OPENS, *TAKES, *TAKES, *TAKES, *TAKES, *TAKES, *TAKES, *TAKES, *BYE)
    _, heard = offered(serving, *script, envelopes=(POSTMASTER, other, ABUSE))
    assert heard == [
        "MAIL FROM:<>",
        "RCPT TO:<postmaster@example.com>",
        "RCPT TO:<abuse@example.com>",
        "RSET",
        "MAIL FROM:<me@example.net>",
        "RCPT TO:<abuse@example.com>",
        "RSET",
        "QUIT",
    ]


def test_a_refused_sender_has_no_recipients(serving: Serving) -> None:
    answer, heard = offered(serving, *OPENS, "hear", b"550 no bounces\r\n", *TAKES, *BYE)
    assert heard == ["MAIL FROM:<>", "RSET", "QUIT"]
    assert isinstance(answer, SmtpSessionFact)
    mail, rcpt = answer.about(POSTMASTER)
    assert (str(mail), rcpt) == ("550 no bounces", None)


def test_nothing_is_offered_to_who_did_not_take_ehlo(serving: Serving) -> None:
    _, heard = offered(serving, b"220 mx\r\n", "hear", b"550 go away\r\n", *BYE)
    assert heard == ["QUIT"]


def test_what_was_said_before_silence_is_kept(serving: Serving) -> None:
    answer, _ = offered(serving, *OPENS, *TAKES, "hear", "silence")
    assert isinstance(answer, SmtpSessionFact)
    assert answer.broken
    assert answer.broken.evidence[-1].subject.endswith("RCPT")
    assert str(answer.ehlo) == "250 mx"


@pytest.mark.parametrize("recipient", ["a>\r\nDATA", "메일@example.com", "a\nb@c"])
def test_nothing_else_can_be_smuggled_into_a_command(serving: Serving, recipient: str) -> None:
    """Whatever a recipient is made of, it is one line of ASCII or nothing is said."""
    answer, heard = offered(
        serving, *OPENS, *TAKES, "silence", envelopes=(replace(POSTMASTER, recipient=recipient),)
    )
    assert heard == ["MAIL FROM:<>", "QUIT"]
    assert isinstance(answer, SmtpSessionFact)
    assert answer.broken


def sessions(serving: Serving, *script: Any, closed: bool) -> tuple[Any, int]:
    """What comes of one question, and how many sessions it took."""

    async def asked() -> tuple[Any, int]:
        async with serving(*script) as server:
            routes = Routes({(str(SERVER), 25): ("127.0.0.1", server.port)}, closed=closed)
            probe = SmtpProbe(routes, timeouts=Timeouts(retry=0))
            answer = await probe.answer(SmtpSession(SERVER, 25))
        return answer, server.heard.count("QUIT")

    return asyncio.run(asked())


@pytest.mark.parametrize(
    ("greeting", "closed", "times"),
    [
        pytest.param(b"421 busy\r\n", False, 2, id="put off"),
        pytest.param(b"421 busy\r\n", True, 1, id="put off in a lab"),
        pytest.param(b"554 no\r\n", False, 1, id="refused"),
    ],
)
def test_who_puts_us_off_is_asked_once_more(
    serving: Serving, greeting: bytes, *, closed: bool, times: int
) -> None:
    answer, count = sessions(serving, greeting, *BYE, closed=closed)
    assert isinstance(answer, SmtpSessionFact)
    assert count == times


@pytest.mark.parametrize(
    ("port", "script", "heard"),
    [
        pytest.param(25, (b"220 mx\r\n", *BYE), ["QUIT"], id="a mail server greets"),
        pytest.param(25, (b"554 not you\r\n", *BYE), ["QUIT"], id="one that refuses answers too"),
        pytest.param(443, ("hear",), [""], id="the web waits"),
    ],
)
def test_a_port_answers(
    serving: Serving, port: int, script: tuple[Any, ...], heard: list[str]
) -> None:
    async def asked() -> tuple[Any, list[str]]:
        async with serving(*script) as server:
            routes = Routes({(str(SERVER), port): ("127.0.0.1", server.port)}, closed=True)
            answer = await SmtpProbe(routes).port_answers(PortAnswers(SERVER, port))
            await server.idle.wait()
        return answer, server.heard

    answer, said = asyncio.run(asked())
    assert answer == PortAnswersFact(SERVER, port)
    assert said == heard


def test_a_port_that_is_silent_or_refuses_does_not(serving: Serving) -> None:
    async def asked() -> list[Any]:
        async with serving("silence") as silent:
            here = {
                ("192.0.2.25", 25): ("127.0.0.1", silent.port),
                ("192.0.2.26", 25): ("127.0.0.1", 1),
            }
            probe = SmtpProbe(Routes(here, closed=True), timeouts=Timeouts(greeting=0.2))
            both = [PortAnswers(parse_address(a), 25) for a, _ in here]
            return [await probe.port_answers(one) for one in both]

    answers = asyncio.run(asked())
    assert [answer.cause for answer in answers] == ["timeout", "connection-refused"]
    assert [str(line) for answer in answers for line in answer.evidence] == [
        "192.0.2.25 port 25 → timeout",
        "192.0.2.26 port 25 → connection refused",
    ]
