"""IMAP works: every address, every port that is named, and no password in clear."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.imap.imap_works import CHECK, ImapWorks
from mailcheck.errors import SourceError
from mailcheck.facts.dns import told
from mailcheck.facts.imap.told import told_imap
from mailcheck.facts.tls.handshake import NoTls, told_tls
from mailcheck.finding import Reason
from mailcheck.names import Domain
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told

HOST = "mail.example.com"
SENTENCE = f"IMAP of {HOST} works"
BOTH = f"{{{SENTENCE}: {{ports: [993, 143]}}}}"
TLS = told_tls(HOST)
A = told(f"{HOST} A", "192.0.2.25")
AAAA = told(f"{HOST} AAAA", "2001:db8::25")
NO_AAAA = told(f"{HOST} AAAA", "NODATA")
ON_993 = told_imap(f"{HOST} 192.0.2.25:993", tls=TLS)
SHUT_143 = told_imap(f"{HOST} 192.0.2.25:143", "REFUSED")
OFFER = "IMAP4rev1 STARTTLS LOGINDISABLED"


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("session", "end"),
    [
        pytest.param(ON_993, "met", id="works"),
        pytest.param(told_imap(f"{HOST} 192.0.2.25:993", "REFUSED"), "connection-refused", id="refused"),
        pytest.param(told_imap(f"{HOST} 192.0.2.25:993", "TIMEOUT"), "inconclusive: timeout", id="silent"),
        pytest.param(
            told_imap(f"{HOST} 192.0.2.25:993", tls=NoTls("wrong version number")), "no-tls", id="clear"
        ),
        pytest.param(
            told_imap(f"{HOST} 192.0.2.25:993", "BYE busy", tls=TLS),
            "inconclusive: turned-away",
            id="BYE",
        ),
        pytest.param(
            told_imap(f"{HOST} 192.0.2.25:993", "PREAUTH you", tls=TLS), "preauth", id="PREAUTH"
        ),
        pytest.param(
            told_imap(f"{HOST} 192.0.2.25:993", can="IMAP4rev1 LOGINDISABLED", tls=TLS),
            "no-login",
            id="no login",
        ),
    ],
)  # fmt: skip
def test_port_993_must_be_there(session: Told, end: str) -> None:
    assert ending(judged(CHECK, SENTENCE, A, NO_AAAA, session, SHUT_143)) == (end,)


@pytest.mark.parametrize(
    ("session", "ends"),
    [
        pytest.param(SHUT_143, ("met",), id="refused"),
        pytest.param(told_imap(f"{HOST} 192.0.2.25:143", "TIMEOUT"), ("met",), id="silent"),
        pytest.param(told_imap(f"{HOST} 192.0.2.25:143", can=OFFER, tls=TLS), ("met",), id="works"),
        pytest.param(
            told_imap(f"{HOST} 192.0.2.25:143", can="IMAP4rev1 STARTTLS", tls=TLS),
            ("login-in-clear",),
            id="takes passwords in clear",
        ),
        pytest.param(
            told_imap(f"{HOST} 192.0.2.25:143", breaks="greeting TIMEOUT"),
            ("inconclusive: timeout",),
            id="takes the connection and is silent",
        ),
    ],
)
def test_port_143_is_judged_where_anybody_answers(session: Told, ends: tuple[str, ...]) -> None:
    assert ending(judged(CHECK, SENTENCE, A, NO_AAAA, ON_993, session)) == ends


def test_port_993_alone_is_asked_where_it_is_named() -> None:
    only = f"{{{SENTENCE}: {{ports: 993}}}}"
    assert ending(judged(CHECK, only, A, NO_AAAA, ON_993)) == ("met",)


@pytest.mark.parametrize(
    ("session", "ends"),
    [
        pytest.param(told_imap(f"{HOST} 192.0.2.25:143", can=OFFER, tls=TLS), ("met",), id="works"),
        pytest.param(
            told_imap(f"{HOST} 192.0.2.25:143", "REFUSED"), ("connection-refused",), id="refused"
        ),
        pytest.param(
            told_imap(f"{HOST} 192.0.2.25:143", "TIMEOUT"), ("inconclusive: timeout",), id="silent"
        ),
        pytest.param(
            told_imap(f"{HOST} 192.0.2.25:143"),
            ("login-in-clear", "no-starttls"),
            id="all in clear",
        ),
        pytest.param(
            told_imap(f"{HOST} 192.0.2.25:143", client="192.0.2.25", can="IMAP4rev1 STARTTLS", tls=TLS),
            ("not evaluated: same-machine",),
            id="asked from the server's own machine",
        ),
    ],
)  # fmt: skip
def test_port_143_is_asked_where_it_is_named(session: Told, ends: tuple[str, ...]) -> None:
    assert ending(judged(CHECK, BOTH, A, NO_AAAA, ON_993, session)) == ends


@pytest.mark.parametrize(
    ("answer", "end"),
    [
        pytest.param("NO-IPV6-ROUTE", "met", id="no IPv6 here"),
        pytest.param("REFUSED", "connection-refused", id="refused over IPv6"),
        pytest.param("TIMEOUT", "inconclusive: timeout", id="silent over IPv6"),
    ],
)
def test_every_address_counts(answer: str, end: str) -> None:
    over_ipv6 = told_imap(f"{HOST} [2001:db8::25]:993", answer)
    shut = told_imap(f"{HOST} [2001:db8::25]:143", "REFUSED")
    verdict = judged(CHECK, SENTENCE, A, AAAA, ON_993, over_ipv6, SHUT_143, shut)
    assert ending(verdict) == (end,)
    assert [a.tag for a in verdict.advice] == (["ipv6-not-asked"] if end == "met" else [])


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
    assert ending(judged(CHECK, BOTH, *said)) == (end,)


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        pytest.param("IMAP works", "host", id="nobody named"),
        pytest.param(f"{{{SENTENCE}: {{ports: 99999}}}}", "port", id="no such port"),
    ],
)
def test_a_sentence_nobody_can_mean_is_an_error(sentence: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        judged(CHECK, sentence)


@pytest.mark.parametrize("tag", sorted(CHECK.unmet_tags))
def test_every_reason_has_a_remedy_that_names_what_to_touch(tag: str) -> None:
    wanted = ImapWorks(host=Domain(HOST))
    remedy = CHECK.remedy(wanted, Reason(tag, "text", about="example.com"))
    assert "example.com" in f"{remedy.publish}{remedy.instruction}"
