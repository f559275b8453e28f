"""Submission works: both ports unless one is named, a login in TLS, no password in clear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.checks.smtp.submission_works import CHECK, SubmissionWorks
from mailcheck.errors import SourceError
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.session import SmtpSessionFact
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import NoTls, told_tls
from mailcheck.finding import Reason
from mailcheck.names import Domain
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told

HOST = "mail.example.com"
SENTENCE = f"submission of {HOST} works"
ONLY_465 = f"{{{SENTENCE}: {{ports: 465}}}}"
TLS = told_tls(HOST)
A = told(f"{HOST} A", "192.0.2.25")
NO_AAAA = told(f"{HOST} AAAA", "NODATA")
LOGIN = "250-mail\n250 AUTH PLAIN LOGIN"
OFFER = "250-mail\n250 STARTTLS"


def on(port: int, greeting: str = "220 mail", **said: Any) -> Told:
    """A session that comes to a login in TLS, unless *said* has it otherwise."""
    usual = {"ehlo": LOGIN if port == 465 else OFFER, "tls": TLS, "again": LOGIN}
    return told_smtp(f"{HOST} 192.0.2.25:{port}", greeting, **{**usual, **said})


def in_clear_on_465() -> Told:
    """A session with a port 465 that does not begin with TLS."""
    asked, _ = on(465)
    failed = NoTls("wrong version number")
    return asked, SmtpSessionFact(asked.address, 465, HOST, tls=failed)  # type: ignore[attr-defined]  # it is an SmtpSession


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("session", "ends"),
    [
        pytest.param(on(587), ("met",), id="works"),
        pytest.param(on(587, "REFUSED"), ("connection-refused",), id="refused"),
        pytest.param(on(587, "TIMEOUT"), ("inconclusive: timeout",), id="silent"),
        pytest.param(on(587, "521 no"), ("no-smtp-service",), id="521"),
        pytest.param(on(587, "554 5.7.1 no"), ("inconclusive: refused-this-client",), id="5.7.1"),
        pytest.param(on(587, "421 busy"), ("inconclusive: temporary-failure",), id="421"),
        pytest.param(on(587, ehlo="502 no", helo="502 no"), ("no-ehlo",), id="no EHLO"),
        pytest.param(on(587, ehlo="502 no", helo="250 mail"), ("no-starttls",), id="HELO only"),
        pytest.param(on(587, ehlo="250 mail"), ("no-starttls",), id="no STARTTLS"),
        pytest.param(on(587, ehlo=LOGIN), ("auth-in-clear", "no-starttls"), id="all in clear"),
        pytest.param(
            on(587, ehlo=f"{OFFER[:8]}\n250-STARTTLS\n250 AUTH LOGIN"),
            ("auth-in-clear",),
            id="a password in clear beside STARTTLS",
        ),
        pytest.param(
            on(587, ehlo="250-mail\n250-STARTTLS\n250 AUTH CRAM-MD5"), ("met",), id="CRAM-MD5"
        ),
        pytest.param(on(587, starttls="502 5.5.1 no"), ("starttls-refused",), id="refused TLS"),
        pytest.param(
            on(587, starttls="454 4.7.0 later"), ("inconclusive: temporary-failure",), id="454"
        ),
        pytest.param(on(587, tls=NoTls("no cipher")), ("handshake-failed",), id="no handshake"),
        pytest.param(on(587, again="250 mail"), ("no-auth",), id="no AUTH"),
        pytest.param(on(587, again="250-mail\n250 AUTH"), ("no-auth",), id="AUTH with nothing"),
        pytest.param(
            on(587, again="451 4.3.0 later"), ("inconclusive: temporary-failure",), id="451 in TLS"
        ),
        pytest.param(
            on(587, again="550 5.7.1 no"), ("inconclusive: refused-this-client",), id="550 in TLS"
        ),
        pytest.param(
            on(587, breaks="TLS TIMEOUT"), ("inconclusive: timeout",), id="no end of the handshake"
        ),
        pytest.param(
            on(587, breaks="EHLO in TLS CONNECTION-CLOSED"),
            ("inconclusive: connection-closed",),
            id="closed in TLS",
        ),
    ],
)
def test_what_port_587_adds_to_a_465_that_works(session: Told, ends: tuple[str, ...]) -> None:
    assert ending(judged(CHECK, SENTENCE, A, NO_AAAA, on(465), session)) == ends


@pytest.mark.parametrize(
    ("session", "ends"),
    [
        pytest.param(on(465), ("met",), id="works"),
        pytest.param(on(465, "REFUSED"), ("connection-refused",), id="refused"),
        pytest.param(on(465, "TIMEOUT"), ("inconclusive: timeout",), id="silent"),
        pytest.param(in_clear_on_465(), ("no-tls",), id="in clear"),
        pytest.param(on(465, ehlo="250 mail"), ("no-auth",), id="no AUTH"),
    ],
)
def test_a_port_may_be_named_alone(session: Told, ends: tuple[str, ...]) -> None:
    """587 is not asked then: nothing was told of it, and nothing is missed."""
    assert ending(judged(CHECK, ONLY_465, A, NO_AAAA, session)) == ends
    if ends != ("met",):
        assert ending(judged(CHECK, SENTENCE, A, NO_AAAA, session, on(587))) == ends


def test_a_reason_stands_beside_a_port_that_is_silent() -> None:
    verdict = judged(CHECK, SENTENCE, A, NO_AAAA, on(465, "TIMEOUT"), on(587, "REFUSED"))
    assert verdict.tags == ("connection-refused",)


def test_ipv6_may_be_left_out() -> None:
    aaaa = told(f"{HOST} AAAA", "2001:db8::25")
    no_route = told_smtp(f"{HOST} [2001:db8::25]:465", "NO-IPV6-ROUTE")
    verdict = judged(CHECK, ONLY_465, A, aaaa, on(465), no_route)
    assert (verdict.kind, [a.tag for a in verdict.advice]) == ("met", ["ipv6-not-asked"])


@pytest.mark.parametrize(
    ("answer", "end"),
    [
        pytest.param("NXDOMAIN", "no-such-domain", id="no host"),
        pytest.param("NODATA", "no-address", id="no address"),
        pytest.param("REFUSED-BY-AUTHORITY", "refused-by-authority", id="refused by DNS"),
    ],
)
def test_a_host_that_is_not_there(answer: str, end: str) -> None:
    said = [told(f"{HOST} {t}", answer, denier="example.com") for t in ("A", "AAAA")]
    assert ending(judged(CHECK, SENTENCE, *said)) == (end,)


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        pytest.param("submission works", "host", id="nobody named"),
        pytest.param(f"{{{SENTENCE}: {{ports: []}}}}", "ports", id="no ports"),
    ],
)
def test_a_sentence_nobody_can_mean_is_an_error(sentence: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        judged(CHECK, sentence)


@pytest.mark.parametrize("tag", sorted(CHECK.unmet_tags))
def test_every_reason_has_a_remedy_that_names_what_to_touch(tag: str) -> None:
    wanted = SubmissionWorks(host=Domain(HOST))
    remedy = CHECK.remedy(wanted, Reason(tag, "text", about="example.com"))
    assert "example.com" in f"{remedy.publish}{remedy.instruction}"
