"""Sessions with servers that behave, misbehave, or are not there."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

import pytest
from aiosmtpd.smtp import SMTP

from mailcheck.facts.smtp.session import SmtpSession, SmtpSessionFact
from mailcheck.names import parse_address
from mailcheck.probes.routes import Routes
from mailcheck.probes.smtp import SmtpProbe, Timeouts
from mailcheck.question import Unobserved

Ask: TypeAlias = Callable[..., tuple[SmtpSessionFact | Unobserved, list[str]]]

ASKED = SmtpSession(parse_address("192.0.2.25"), 25)
# Impatient only where silence is expected, so that a busy machine changes nothing.
IMPATIENT = {
    "greeting": Timeouts(greeting=0.3),
    "EHLO": Timeouts(ehlo=0.3),
    "HELO": Timeouts(ehlo=1),
}


def fact(answer: SmtpSessionFact | Unobserved) -> SmtpSessionFact:
    """The answer, which must be a fact."""
    assert isinstance(answer, SmtpSessionFact), answer
    return answer


def test_a_session_says_who_we_are_and_quits(ask: Ask) -> None:
    answer, heard = ask(
        b"220 mx ESMTP\r\n", "hear", b"250-mx\r\n250 SIZE 9\r\n", "hear", b"221 bye\r\n"
    )
    assert heard == ["EHLO [127.0.0.1]", "QUIT"]
    assert str(fact(answer).ehlo) == "250-mx | 250 SIZE 9"
    assert [e.stage for e in fact(answer).exchanges] == ["greeting", "EHLO", "QUIT"]
    assert not fact(answer).hung_up


def test_the_name_of_the_run_is_said_if_there_is_one(ask: Ask) -> None:
    script = (b"220 mx\r\n", "hear", b"250 mx\r\n", "hear", b"221 bye\r\n")
    _, heard = ask(*script, ehlo="probe.example.net")
    assert heard[0] == "EHLO probe.example.net"


def test_our_own_name_is_never_looked_up(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def looked_up(*_: object) -> str:
        raise AssertionError("getfqdn was called")

    monkeypatch.setattr(socket, "getfqdn", looked_up)
    _, heard = ask(b"220 mx\r\n", "hear", b"250 mx\r\n", "hear", b"221 bye\r\n")
    assert heard[0] == "EHLO [127.0.0.1]"


def test_over_ipv6_the_literal_is_tagged(ask: Ask) -> None:
    if not socket.has_ipv6:
        pytest.skip("Python without IPv6")
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("no IPv6 loopback")
    script = (b"220 mx\r\n", "hear", b"250 mx\r\n", "hear", b"221 bye\r\n")
    _, heard = ask(*script, host="::1")
    assert heard[0] == "EHLO [IPv6:::1]"


@pytest.mark.parametrize(
    ("script", "replies", "heard"),
    [
        pytest.param(
            (b"554 No SMTP service here\r\n", "hear", b"221 bye\r\n"),
            ["554 No SMTP service here", "221 bye"],
            ["QUIT"],
            id="554 still gets its QUIT",
        ),
        pytest.param(
            (b"421 4.3.2 too busy\r\n", "close"),
            ["421 4.3.2 too busy"],
            [],
            id="421 and gone",
        ),
        pytest.param(
            (
                b"220-mx ESMTP\r\n",
                b"220-be patient\r\n",
                b"220 go on\r\n",
                "hear",
                b"250 mx\r\n",
                "hear",
                b"221 bye\r\n",
            ),
            ["220-mx ESMTP | 220-be patient | 220 go on", "250 mx", "221 bye"],
            ["EHLO [127.0.0.1]", "QUIT"],
            id="a greeting of several lines",
        ),
        pytest.param(
            (b"220-mx ESMTP\r\n", b"521 5.7.1 blocked\r\n", "close"),
            ["220-mx ESMTP | 521 5.7.1 blocked"],
            [],
            id="postscreen drops the client",
        ),
        pytest.param(
            (b"220 mx\r\n", "hear", b"502 no\r\n", "hear", b"250 mx\r\n", "hear", b"221 bye\r\n"),
            ["220 mx", "502 no", "250 mx", "221 bye"],
            ["EHLO [127.0.0.1]", "HELO [127.0.0.1]", "QUIT"],
            id="HELO only",
        ),
        pytest.param(
            (b"220 mx\r\n", "hear", b"502 no\r\n", "hear", b"502 no\r\n", "hear", b"221 bye\r\n"),
            ["220 mx", "502 no", "502 no", "221 bye"],
            ["EHLO [127.0.0.1]", "HELO [127.0.0.1]", "QUIT"],
            id="neither EHLO nor HELO",
        ),
        pytest.param(
            (b"220 mx\r\n", "hear", b"450 4.7.1 later\r\n", "hear", b"221 bye\r\n"),
            ["220 mx", "450 4.7.1 later", "221 bye"],
            ["EHLO [127.0.0.1]", "QUIT"],
            id="no HELO after a temporary refusal",
        ),
        pytest.param(
            (b"220 mx\r\n", "hear", b"550 5.7.1 go away\r\n", "hear", b"221 bye\r\n"),
            ["220 mx", "550 5.7.1 go away", "221 bye"],
            ["EHLO [127.0.0.1]", "QUIT"],
            id="no HELO after a refusal that may be about us",
        ),
        pytest.param(
            (b"220 mx \xff\x1b[2J\r\n", "hear", b"250 mx\r\n", "hear", b"221 bye\r\n"),
            ["220 mx \\xff\\x1b[2J", "250 mx", "221 bye"],
            ["EHLO [127.0.0.1]", "QUIT"],
            id="a greeting with terminal escapes",
        ),
    ],
)
def test_replies_are_facts_whatever_they_say(
    ask: Ask, script: tuple[Any, ...], replies: list[str], heard: list[str]
) -> None:
    answer, said = ask(*script)
    assert replies == [str(exchange.reply) for exchange in fact(answer).exchanges]
    assert heard == said


@pytest.mark.parametrize(
    ("script", "hung_up"),
    [
        pytest.param((b"220 mx\r\n", "hear", b"250 mx\r\n", "hear", "close"), True, id="closes"),
        pytest.param((b"220 mx\r\n", "hear", b"250 mx\r\n", "hear", "reset"), True, id="resets"),
        pytest.param((b"220 mx\r\n", "hear", b"250 mx\r\n", "hear", "silence"), False, id="waits"),
        pytest.param((b"554 no\r\n", "close"), True, id="closes after 554"),
    ],
)
def test_no_answer_to_quit_is_noted_and_nothing_more(
    ask: Ask, script: tuple[Any, ...], *, hung_up: bool
) -> None:
    answer, _ = ask(*script, timeouts=Timeouts(quit=0.2))
    assert hung_up == fact(answer).hung_up


@pytest.mark.parametrize(
    ("script", "cause", "stage"),
    [
        pytest.param(("silence",), "timeout", "greeting", id="no greeting"),
        pytest.param((b"220-mx\r\n", "silence"), "timeout", "greeting", id="half a greeting"),
        pytest.param((b"220 mx\r\n", "hear", "silence"), "timeout", "EHLO", id="EHLO unanswered"),
        pytest.param(
            (b"220 mx\r\n", "hear", b"502 no\r\n", "hear", "silence"),
            "timeout",
            "HELO",
            id="HELO unanswered",
        ),
        pytest.param(("close",), "connection-closed", "greeting", id="closed at once"),
        pytest.param((b"22", "close"), "connection-closed", "greeting", id="closed in a reply"),
        pytest.param(
            (b"220 mx\r\n", "hear", "close"), "connection-closed", "EHLO", id="closed at EHLO"
        ),
        pytest.param(
            (b"220 mx\r\n", "hear", b"502 no\r\n", "close"),
            "connection-closed",
            "HELO",
            id="closed before HELO",
        ),
        pytest.param(
            (b"220 mx\r\n", "hear", "reset"), "connection-reset", "EHLO", id="reset at EHLO"
        ),
        pytest.param((b"220 mx\r\n", "flood"), "malformed-reply", "EHLO", id="endless greetings"),
        pytest.param(
            (b"220-mx\r\n", "flood"), "malformed-reply", "greeting", id="an endless greeting"
        ),
        pytest.param((b"x", "flood"), "malformed-reply", "greeting", id="a line without end"),
        pytest.param(
            (b"\x00\xff\x1b\r\n", "silence"), "malformed-reply", "greeting", id="binary junk"
        ),
        pytest.param((b"+OK POP3\r\n", "silence"), "malformed-reply", "greeting", id="POP3"),
        pytest.param(
            (b"+25 mx\r\n", "silence"), "malformed-reply", "greeting", id="a number that is no code"
        ),
        pytest.param(
            (b"220 " + b"x" * 8188 + b"\r\n", "silence"),
            "malformed-reply",
            "greeting",
            id="a line of 8 KB",
        ),
        pytest.param(
            (b"220 mx\r\n", "hear", b"junk\r\n", "silence"),
            "malformed-reply",
            "EHLO",
            id="junk for EHLO",
        ),
        pytest.param(
            (b"220 mx\r\n250 mx\r\n", "silence"),
            "malformed-reply",
            "EHLO",
            id="an answer before the question",
        ),
    ],
)
def test_a_session_that_breaks_off_says_where_and_why(
    ask: Ask, script: tuple[Any, ...], cause: str, stage: str
) -> None:
    timeouts = IMPATIENT[stage] if cause == "timeout" else Timeouts()
    answer, _ = ask(*script, timeouts=timeouts)
    assert isinstance(answer, Unobserved) == (stage == "greeting")
    broken = answer if isinstance(answer, Unobserved) else answer.broken
    assert broken
    assert (cause, False) == (broken.cause, broken.not_evaluated)
    assert f"192.0.2.25 port 25 {stage}" in broken.evidence[-1].subject
    assert answer.evidence == broken.evidence
    assert all(str(line).isprintable() and len(str(line)) < 500 for line in answer.evidence)


@pytest.mark.parametrize(
    ("script", "stage"),
    [
        pytest.param(("silence",), "greeting", id="greeting"),
        pytest.param((b"220 mx\r\n", "hear", "silence"), "EHLO", id="EHLO"),
        pytest.param(
            (
                b"220 mx\r\n",
                "hear",
                b"250-mx\r\n250 STARTTLS\r\n",
                "hear",
                b"220 go\r\n",
                "silence",
            ),
            "TLS",
            id="handshake",
        ),
    ],
)
def test_a_session_as_a_whole_has_a_limit_too(
    ask: Ask, script: tuple[Any, ...], stage: str
) -> None:
    answer, _ = ask(*script, timeouts=Timeouts(session=1))
    broken = answer if isinstance(answer, Unobserved) else answer.broken
    assert broken
    assert broken.cause == "timeout"
    assert broken.text.endswith("within the 1 s of a session")
    assert broken.evidence[-1].subject.partition(" [")[0].endswith(f" {stage}")


def test_a_session_that_waits_for_its_turn_has_all_its_time(serving: Callable[..., Any]) -> None:
    async def asked() -> list[SmtpSessionFact | Unobserved]:
        async with serving("silence") as slow:
            routes = Routes({("192.0.2.25", port): ("127.0.0.1", slow.port) for port in (25, 587)})
            probe = SmtpProbe(routes, timeouts=Timeouts(session=0.5))
            asked = [replace(ASKED, port=port) for port in (25, 587)]
            return await asyncio.gather(*map(probe.answer, asked))

    assert [
        isinstance(answer, Unobserved) and answer.evidence[-1].subject.endswith(" greeting")
        for answer in asyncio.run(asked())
    ] == [True, True]


def test_nobody_who_has_not_greeted_is_talked_to(ask: Ask) -> None:
    _, heard = ask("silence", timeouts=IMPATIENT["greeting"])
    assert heard == []


def test_a_server_that_broke_off_the_talk_is_still_told_quit(ask: Ask) -> None:
    _, heard = ask(b"220 mx\r\n", "hear", b"junk\r\n", "silence")
    assert heard == ["EHLO [127.0.0.1]", "QUIT"]


def test_the_evidence_of_a_half_reply_shows_the_half(ask: Ask) -> None:
    answer, _ = ask(b"220-mx\r\n", "silence", timeouts=IMPATIENT["greeting"])
    assert answer.evidence[-1].result == "timeout, after 220-mx\\r\\n"


def test_a_refused_connection_is_a_fact() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    probe = SmtpProbe(Routes({("192.0.2.25", 25): ("127.0.0.1", port)}))
    answer = fact(asyncio.run(probe.answer(ASKED)))
    assert answer.refused
    assert "connection refused" in answer.evidence[0].result


def test_a_server_that_does_not_take_connections_is_a_timeout() -> None:
    """A full backlog drops SYNs, as a firewall does."""
    with socket.socket() as full, socket.socket() as first, socket.socket() as second:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for client in (first, second):
            client.settimeout(0)
            client.connect_ex(full.getsockname())
        probe = SmtpProbe(
            Routes({("192.0.2.25", 25): full.getsockname()}), timeouts=Timeouts(connect=0.2)
        )
        answer = asyncio.run(probe.answer(ASKED))
    assert isinstance(answer, Unobserved)
    assert (answer.cause, answer.not_evaluated) == ("timeout", False)
    assert "connect" in answer.evidence[0].subject
    assert "port 25" in answer.text


@pytest.mark.parametrize(
    ("here", "unroutable", "error", "cause"),
    [
        pytest.param(
            "::1",
            {socket.SOCK_DGRAM, socket.SOCK_STREAM},
            errno.ENETUNREACH,
            "no-ipv6-route",
            id="no IPv6 here",
        ),
        pytest.param(
            "::1",
            {socket.SOCK_DGRAM},
            errno.EADDRNOTAVAIL,
            "no-ipv6-route",
            id="IPv6 without an address",
        ),
        pytest.param(
            "::1",
            {socket.SOCK_STREAM},
            errno.ENETUNREACH,
            "no-route",
            id="a router far away knows no IPv6 route",
        ),
        pytest.param("127.0.0.1", {socket.SOCK_STREAM}, errno.EHOSTUNREACH, "no-route", id="IPv4"),
    ],
)
def test_only_ipv6_that_this_machine_cannot_route_is_not_evaluated(
    monkeypatch: pytest.MonkeyPatch, here: str, unroutable: set[int], error: int, cause: str
) -> None:
    """The kernel of a machine without a route, told apart from a router that has none."""

    class Socket(socket.socket):
        def connect(self, address: Any) -> None:
            if self.type in unroutable:
                raise OSError(error, "unreachable")
            super().connect(address)

    monkeypatch.setattr(socket, "socket", Socket)
    probe = SmtpProbe(Routes({("192.0.2.25", 25): (here, 25)}))
    answer = asyncio.run(probe.answer(ASKED))
    assert isinstance(answer, Unobserved)
    assert (answer.cause, answer.not_evaluated) == (cause, cause == "no-ipv6-route")


def test_a_server_nobody_here_wrote_is_understood() -> None:
    """aiosmtpd on loopback: greeting, EHLO with its extensions, QUIT."""

    async def asked() -> SmtpSessionFact | Unobserved:
        loop = asyncio.get_running_loop()
        listener = await loop.create_server(
            lambda: SMTP(object(), hostname="mx.example.com", ident="test", loop=loop),
            "127.0.0.1",
            0,
        )
        async with listener:
            where = listener.sockets[0].getsockname()
            return await SmtpProbe(Routes({("192.0.2.25", 25): where})).answer(ASKED)

    answer = fact(asyncio.run(asked()))
    assert str(answer.greeting) == "220 mx.example.com test"
    assert answer.ehlo is not None
    assert {"SIZE 33554432", "8BITMIME", "HELP"} <= set(answer.ehlo.texts)
    assert str(answer.exchanges[-1].reply) == "221 Bye"
