"""TLS in the middle of a session, or before it; what is said in clear is not believed after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from mailcheck.facts.smtp.session import SmtpSessionFact
from mailcheck.facts.tls.handshake import NoTls, Tls
from mailcheck.probes.smtp import Timeouts
from mailcheck.question import Unobserved

Ask: TypeAlias = Callable[..., tuple[SmtpSessionFact | Unobserved, list[str]]]

OFFER = (b"220 mx\r\n", "hear", b"250-mx\r\n250 STARTTLS\r\n", "hear")
GO = (*OFFER, b"220 go\r\n", "tls")
BYE = ("hear", b"221 bye\r\n")


def fact(answer: SmtpSessionFact | Unobserved) -> SmtpSessionFact:
    assert isinstance(answer, SmtpSessionFact), answer
    return answer


def test_a_session_goes_on_in_tls(ask: Ask) -> None:
    answer, heard = ask(*GO, "hear", b"250-mx\r\n250 AUTH PLAIN\r\n", *BYE)
    assert heard == ["EHLO [127.0.0.1]", "STARTTLS", "EHLO [127.0.0.1]", "QUIT"]
    seen = fact(answer)
    assert isinstance(seen.tls, Tls)
    assert (seen.tls.version, seen.tls.certificate.names) == ("TLSv1.3", ("mx.example.com",))
    assert (seen.offers("AUTH", in_tls=False), seen.offers("AUTH", in_tls=True)) == (None, "PLAIN")
    assert [(e.stage, e.in_tls) for e in seen.exchanges] == [
        ("greeting", False),
        ("EHLO", False),
        ("STARTTLS", False),
        ("EHLO", True),
        ("QUIT", True),
    ]


def test_evidence_tells_the_handshake_in_its_place(ask: Ask) -> None:
    answer, _ = ask(*GO, "hear", b"250 mx\r\n", *BYE)
    subjects = [line.subject.removeprefix("192.0.2.25 port 25 ") for line in answer.evidence]
    assert subjects == [
        "greeting",
        "EHLO [127.0.0.1]",
        "STARTTLS",
        "TLS",
        "EHLO [127.0.0.1] in TLS",
    ]
    assert "certificate for mx.example.com" in answer.evidence[3].result
    assert "openssl s_client -starttls smtp -connect 192.0.2.25:25" in answer.evidence[3].command


def test_on_port_465_tls_comes_first(ask: Ask) -> None:
    script = ("tls", b"220 mx\r\n", "hear", b"250 mx\r\n", *BYE)
    answer, heard = ask(*script, port=465)
    assert heard == ["EHLO [127.0.0.1]", "QUIT"]
    assert isinstance(fact(answer).tls, Tls)
    assert all(exchange.in_tls for exchange in fact(answer).exchanges)


@pytest.mark.parametrize("reply", [b"454 4.7.0 not now\r\n", b"502 5.5.1 no\r\n"])
def test_a_server_that_refuses_starttls_is_left_in_clear(ask: Ask, reply: bytes) -> None:
    answer, heard = ask(*OFFER, reply, *BYE)
    assert heard == ["EHLO [127.0.0.1]", "STARTTLS", "QUIT"]
    assert (fact(answer).tls, fact(answer).broken) == (None, None)


def test_starttls_is_not_said_where_it_is_not_offered(ask: Ask) -> None:
    """In a line of its own, as the name, or as part of another word it is no offer."""
    for said in (
        b"250 STARTTLS\r\n",
        b"250-mx\r\n250 XSTARTTLS\r\n",
        b"250-mx\r\n250 X STARTTLS\r\n",
    ):
        _, heard = ask(b"220 mx\r\n", "hear", said, *BYE)
        assert heard == ["EHLO [127.0.0.1]", "QUIT"]


@pytest.mark.parametrize(
    ("script", "port"),
    [
        pytest.param((*OFFER, b"220 go\r\n", "hello", b"500 what?\r\n"), 25, id="still in clear"),
        pytest.param(
            (*OFFER, b"220 go\r\n", "hello", b"\x15\x03\x01\x00\x02\x02\x28"), 25, id="an alert"
        ),
        pytest.param((b"220 mx, in clear\r\n",), 465, id="no TLS where it comes first"),
    ],
)
def test_a_handshake_that_fails_is_a_fact(ask: Ask, script: tuple[Any, ...], port: int) -> None:
    answer, heard = ask(*script, port=port)
    failed = fact(answer).tls
    assert isinstance(failed, NoTls)
    assert failed.reason
    assert "QUIT" not in heard


@pytest.mark.parametrize(
    ("script", "cause", "stage"),
    [
        pytest.param((*OFFER, "silence"), "timeout", "STARTTLS", id="silent"),
        pytest.param((*OFFER, "close"), "connection-closed", "STARTTLS", id="closed"),
        pytest.param((*OFFER, b"220 go\r\n", "silence"), "timeout", "TLS", id="no handshake"),
        pytest.param(
            (*OFFER, b"220 go\r\n", "close"), "connection-closed", "TLS", id="closed in it"
        ),
        pytest.param(
            (*OFFER, b"220 go\r\n", "hello", "reset"), "connection-reset", "TLS", id="reset in it"
        ),
        pytest.param((*GO, "silence"), "timeout", "EHLO", id="silent in TLS"),
        pytest.param((*GO, "hear", "close"), "connection-closed", "EHLO", id="closed in TLS"),
        pytest.param((*GO, "hear", b"\0\r\n"), "malformed-reply", "EHLO", id="junk in TLS"),
    ],
)
def test_what_was_heard_before_a_break_is_kept(
    ask: Ask, script: tuple[Any, ...], cause: str, stage: str
) -> None:
    patience = Timeouts(starttls=0.3, handshake=0.3, ehlo=0.3 if cause == "timeout" else 20)
    answer, _ = ask(*script, timeouts=patience)
    seen = fact(answer)
    assert seen.offers("STARTTLS") == ""
    assert seen.broken
    assert seen.broken.cause == cause
    assert f" {stage}" in seen.broken.evidence[-1].subject


@pytest.mark.parametrize(
    "injected",
    [
        pytest.param(b"220 go\r\n250-mx\r\n250 AUTH PLAIN\r\n", id="with the reply"),
        pytest.param(b"220 go\r\n220 go\r\n", id="a second reply"),
    ],
)
def test_what_is_put_behind_the_reply_in_clear_is_not_believed(ask: Ask, injected: bytes) -> None:
    """RFC 3207 §4.2: an attacker on the way could answer the EHLO that comes in TLS."""
    answer, heard = ask(*OFFER, injected, "silence")
    seen = fact(answer)
    assert (seen.tls, seen.offers("AUTH", in_tls=True)) == (None, None)
    assert seen.broken
    assert seen.broken.cause == "malformed-reply"
    assert heard == ["EHLO [127.0.0.1]", "STARTTLS", "QUIT"]
