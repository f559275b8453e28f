"""A server refuses a version with an alert, or by hanging up; silence is no refusal."""

from __future__ import annotations

import pytest

from mailcheck.facts.smtp.session import SmtpSession, SmtpSessionFact
from mailcheck.facts.smtp.tls_versions import refuses, with_older
from mailcheck.facts.tls.handshake import VERSIONS, NoTls, shown_version, told_tls
from mailcheck.finding import Finding
from mailcheck.names import parse_address
from mailcheck.question import Unobserved

SERVER = parse_address("192.0.2.25")
SESSION = SmtpSessionFact(SERVER, 465, "mail.example.com")
ASKED = SmtpSession(SERVER, 465, "mail.example.com", only_tls="TLSv1")
HELD = SmtpSessionFact(SERVER, 465, "mail.example.com", only_tls="TLSv1")


@pytest.mark.parametrize(
    ("version", "older"),
    [
        ("TLSv1", []),
        ("TLSv1.2", ["TLSv1", "TLSv1.1"]),
        ("TLSv1.3", ["TLSv1", "TLSv1.1", "TLSv1.2"]),
    ],
)
def test_each_version_from_tls_1_0_on_is_a_question(version: str, older: list[str]) -> None:
    assert list(with_older(SESSION, version)) == [
        SmtpSession(SERVER, 465, "mail.example.com", only_tls=one) for one in older
    ]


@pytest.mark.parametrize(
    ("stage", "cause", "refused"),
    [
        ("TLS", "connection-closed", True),
        ("TLS", "connection-reset", True),
        ("TLS", "timeout", False),
        ("connect", "connection-reset", False),
        ("greeting", "connection-closed", False),
    ],
)
def test_where_tls_comes_first_hanging_up_refuses_too(
    stage: str, cause: str, *, refused: bool
) -> None:
    broken = HELD.broken_off(stage, cause, "text", "seen")
    part = refuses(ASKED, broken)
    assert (part == Finding()) == refused
    assert refused or part is broken


def test_an_alert_refuses() -> None:
    answer = SmtpSessionFact(SERVER, 465, "mail.example.com", tls=NoTls("x"), only_tls="TLSv1")
    assert refuses(ASKED, answer) == Finding()


def test_a_handshake_does_not() -> None:
    tls = told_tls("mail.example.com", version="TLSv1")
    part = refuses(ASKED, SmtpSessionFact(SERVER, 465, tls=tls, only_tls="TLSv1"))
    assert isinstance(part, Finding)
    assert [reason.tag for reason in part.reasons] == ["offers-old-tls"]


def test_what_has_no_evidence_is_unknown() -> None:
    unknown = Unobserved("connection-closed")
    assert refuses(ASKED, unknown) is unknown


def test_versions_are_shown_as_people_write_them() -> None:
    assert [*map(shown_version, VERSIONS)] == [
        "SSLv2", "SSLv3", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3",
    ]  # fmt: skip
