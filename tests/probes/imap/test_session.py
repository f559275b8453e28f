"""Sessions with servers that behave, misbehave, or are not there."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from mailcheck.facts.imap.session import ImapSession, ImapSessionFact
from mailcheck.facts.tls.handshake import NoTls, Tls
from mailcheck.names import parse_address
from mailcheck.probes.imap import ImapProbe, Timeouts
from mailcheck.probes.routes import Routes
from mailcheck.question import Unobserved

Ask: TypeAlias = Callable[..., tuple[ImapSessionFact | Unobserved, list[str]]]

ASKED = ImapSession(parse_address("192.0.2.25"), 143)
GREET = b"* OK ready\r\n"
OFFER = (GREET, "hear", b"* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\nm1 OK\r\n", "hear")
GO = (*OFFER, b"m2 OK begin\r\n", "tls")
PLAIN = (GREET, "hear", b"* CAPABILITY IMAP4rev1\r\nm1 OK\r\n", "hear")


def bye(tag: str) -> bytes:
    """How a server takes leave."""
    return f"* BYE bye\r\n{tag} OK done\r\n".encode()


def fact(answer: ImapSessionFact | Unobserved) -> ImapSessionFact:
    """The answer, which must be a fact."""
    assert isinstance(answer, ImapSessionFact), answer
    return answer


def stages(seen: ImapSessionFact) -> list[str]:
    return [f"{e.stage} in TLS" if e.in_tls else e.stage for e in seen.exchanges]


def test_a_session_asks_what_the_server_can_and_leaves(ask: Ask) -> None:
    answer, heard = ask(*PLAIN, bye("m2"))
    assert heard == ["m1 CAPABILITY", "m2 LOGOUT"]
    seen = fact(answer)
    assert stages(seen) == ["greeting", "CAPABILITY", "LOGOUT"]
    assert seen.capabilities(in_tls=False) == frozenset({"IMAP4REV1"})
    assert (seen.client, seen.broken, seen.tls) == ("127.0.0.1", None, None)


def test_a_session_goes_on_in_tls(ask: Ask) -> None:
    again = b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nm3 OK\r\n"
    answer, heard = ask(*GO, "hear", again, "hear", bye("m4"))
    assert heard == ["m1 CAPABILITY", "m2 STARTTLS", "m3 CAPABILITY", "m4 LOGOUT"]
    seen = fact(answer)
    assert isinstance(seen.tls, Tls)
    assert seen.tls.certificate.names == ("mx.example.com",)
    assert stages(seen)[2:] == ["STARTTLS", "CAPABILITY in TLS", "LOGOUT in TLS"]
    assert seen.capabilities(in_tls=True) == frozenset({"IMAP4REV1", "AUTH=PLAIN"})


def test_on_port_993_tls_comes_first(ask: Ask) -> None:
    offer = b"* CAPABILITY IMAP4rev1 STARTTLS\r\nm1 OK\r\n"
    answer, heard = ask("tls", GREET, "hear", offer, "hear", bye("m2"), port=993)
    assert heard == ["m1 CAPABILITY", "m2 LOGOUT"]
    assert isinstance(fact(answer).tls, Tls)
    assert all(exchange.in_tls for exchange in fact(answer).exchanges)


@pytest.mark.parametrize(
    ("script", "heard"),
    [
        pytest.param(
            (*OFFER, b"m2 NO [UNAVAILABLE] not now\r\n", "hear", bye("m3")),
            ["m1 CAPABILITY", "m2 STARTTLS", "m3 LOGOUT"],
            id="STARTTLS refused",
        ),
        pytest.param(
            (b"* PREAUTH hello\r\n", "hear", OFFER[2], "hear", bye("m2")),
            ["m1 CAPABILITY", "m2 LOGOUT"],
            id="no STARTTLS for who is logged in",
        ),
        pytest.param(
            (GREET, "hear", b"m1 BAD what\r\n", "hear", bye("m2")),
            ["m1 CAPABILITY", "m2 LOGOUT"],
            id="CAPABILITY refused",
        ),
        pytest.param((b"* BYE no\r\n", "close"), [], id="turned away, and closed"),
        pytest.param((b"* BYE no\r\n",), ["m1 LOGOUT"], id="turned away"),
        pytest.param(
            (GREET + b"* OK still here\r\n", *PLAIN[1:], bye("m2")),
            ["m1 CAPABILITY", "m2 LOGOUT"],
            id="data that nobody asked for",
        ),
    ],
)
def test_words_are_facts_whatever_they_say(
    ask: Ask, script: tuple[Any, ...], heard: list[str]
) -> None:
    answer, said = ask(*script)
    assert said == heard
    assert (fact(answer).broken, fact(answer).tls) == (None, None)


@pytest.mark.parametrize("end", ["close", "reset", "silence"])
def test_how_a_server_takes_leave_changes_nothing(ask: Ask, end: str) -> None:
    answer, heard = ask(*PLAIN, end, timeouts=Timeouts(logout=0.2))
    assert heard == ["m1 CAPABILITY", "m2 LOGOUT"]
    assert (stages(fact(answer)), fact(answer).broken) == (["greeting", "CAPABILITY"], None)


@pytest.mark.parametrize(
    ("script", "cause", "stage", "port"),
    [
        pytest.param(("silence",), "timeout", "greeting", 143, id="no greeting"),
        pytest.param((b"* OK", "silence"), "timeout", "greeting", 143, id="half a greeting"),
        pytest.param((GREET, "hear", "silence"), "timeout", "CAPABILITY", 143, id="no answer"),
        pytest.param(("close",), "connection-closed", "greeting", 143, id="closed at once"),
        pytest.param(
            (GREET, "hear", b"* BYE shutting down\r\n", "close"),
            "connection-closed",
            "CAPABILITY",
            143,
            id="closed at CAPABILITY",
        ),
        pytest.param((GREET, "hear", "reset"), "connection-reset", "CAPABILITY", 143, id="reset"),
        pytest.param((b"220 mx ESMTP\r\n",), "malformed-reply", "greeting", 143, id="SMTP"),
        pytest.param((b"x", "flood"), "malformed-reply", "greeting", 143, id="a line without end"),
        pytest.param(
            (GREET, "hear", b"* 1 EXISTS\r\n", "flood"),
            "malformed-reply",
            "CAPABILITY",
            143,
            id="data without end",
        ),
        pytest.param(
            (GREET, "hear", b"* LIST {40000}\r\n", b"x" * 1000, "flood"),
            "malformed-reply",
            "CAPABILITY",
            143,
            id="a literal without end",
        ),
        pytest.param(
            (GREET, "hear", b"m7 OK\r\n"), "malformed-reply", "CAPABILITY", 143, id="another tag"
        ),
        pytest.param(
            (GREET + b"* CAPABILITY IMAP4rev1\r\nm1 OK\r\n",),
            "malformed-reply",
            "CAPABILITY",
            143,
            id="an answer before the question",
        ),
        pytest.param((*OFFER, "silence"), "timeout", "STARTTLS", 143, id="STARTTLS unanswered"),
        pytest.param((*OFFER, b"m2 OK\r\n", "silence"), "timeout", "TLS", 143, id="no handshake"),
        pytest.param(
            (*OFFER, b"m2 OK\r\n", "close"), "connection-closed", "TLS", 143, id="closed in TLS"
        ),
        pytest.param(("silence",), "timeout", "TLS", 993, id="no handshake on 993"),
        pytest.param(("tls", "silence"), "timeout", "greeting", 993, id="no greeting in TLS"),
        pytest.param((*GO, "hear", "close"), "connection-closed", "CAPABILITY", 143, id="closed"),
        pytest.param((*GO, "hear", b"\0\r\n"), "malformed-reply", "CAPABILITY", 143, id="junk"),
    ],
)
def test_a_session_that_breaks_off_says_where_and_why(
    ask: Ask, script: tuple[Any, ...], cause: str, stage: str, port: int
) -> None:
    # Impatient only where silence is expected, so that a busy machine changes nothing.
    quick = {"greeting": "greeting", "TLS": "handshake"}.get(stage, "command")
    patience = Timeouts(**{quick: 0.5}) if cause == "timeout" else Timeouts()
    answer, _ = ask(*script, timeouts=patience, port=port)
    before_greeting = stage == "greeting" or port == 993
    assert isinstance(answer, Unobserved) == before_greeting
    broken = answer if isinstance(answer, Unobserved) else answer.broken
    assert broken
    assert (broken.cause, broken.not_evaluated) == (cause, False)
    assert f"192.0.2.25 port {port} {stage}" in broken.evidence[-1].subject
    assert answer.evidence == broken.evidence
    assert all(str(line).isprintable() and len(str(line)) < 500 for line in answer.evidence)


@pytest.mark.parametrize(
    "injected",
    [
        pytest.param(b"m2 OK\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n", id="data"),
        pytest.param(b"m2 OK\r\n* CAPABILITY X\r\nm3 OK\r\n", id="the next answer"),
    ],
)
def test_what_is_put_behind_the_response_in_clear_is_not_believed(
    ask: Ask, injected: bytes
) -> None:
    """RFC 9051 §6.2.1: an attacker on the way could answer the CAPABILITY that comes in TLS."""
    answer, heard = ask(*OFFER, injected, "silence")
    seen = fact(answer)
    assert (seen.tls, seen.capabilities(in_tls=True)) == (None, None)
    assert seen.broken
    assert seen.broken.cause == "malformed-reply"
    assert heard == ["m1 CAPABILITY", "m2 STARTTLS", "m3 LOGOUT"]


@pytest.mark.parametrize(
    ("script", "port"),
    [
        pytest.param((*OFFER, b"m2 OK\r\n", "hello", b"* BAD what?\r\n"), 143, id="still in clear"),
        pytest.param(
            (*OFFER, b"m2 OK\r\n* BYE TLS initialization failed.\r\n", "close"),
            143,
            id="BYE in place of a handshake",
        ),
        pytest.param((GREET,), 993, id="no TLS where it comes first"),
        pytest.param(
            ("hello", b"\x15\x03\x01\x00\x02\x02\x28"), 993, id="an alert where it comes first"
        ),
    ],
)
def test_a_handshake_that_fails_is_a_fact(ask: Ask, script: tuple[Any, ...], port: int) -> None:
    answer, heard = ask(*script, port=port)
    failed = fact(answer).tls
    assert isinstance(failed, NoTls)
    assert failed.reason
    assert "LOGOUT" not in "".join(heard)


def test_nobody_who_has_not_greeted_is_talked_to(ask: Ask) -> None:
    _, heard = ask("silence", timeouts=Timeouts(greeting=0.3))
    assert heard == []


def test_a_server_that_broke_off_the_talk_is_still_told_to_log_out(ask: Ask) -> None:
    _, heard = ask(GREET, "hear", b"junk\r\n", "silence")
    assert heard == ["m1 CAPABILITY", "m2 LOGOUT"]


def test_the_evidence_of_a_half_response_shows_the_half(ask: Ask) -> None:
    answer, _ = ask(b"* OK", "silence", timeouts=Timeouts(greeting=0.3))
    assert answer.evidence[-1].result == "timeout, after * OK"


def test_a_refused_connection_is_a_fact() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    probe = ImapProbe(Routes({("192.0.2.25", 143): ("127.0.0.1", port)}))
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
        routes = Routes({("192.0.2.25", 143): full.getsockname()})
        answer = asyncio.run(ImapProbe(routes, timeouts=Timeouts(connect=0.2)).answer(ASKED))
    assert isinstance(answer, Unobserved)
    assert (answer.cause, answer.not_evaluated) == ("timeout", False)
    assert answer.evidence[0].subject.endswith(" connect")
