"""SMTP port P of H offers TLS 1.2: the newest version counts, and the old ones if that is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.smtp.smtp_port_offers_tls import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import NoTls, Tls, told_tls
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told

OFFER = "250-mx\n250 STARTTLS"
HOST = (told("mail.example.com A", "192.0.2.25"), told("mail.example.com AAAA", "NODATA"))
NO = NoTls("tlsv1 alert protocol version")
VERSIONS = ("TLSv1", "TLSv1.1", "TLSv1.2")


def session(tls: Tls | NoTls | None, only_tls: str = "", **said: str) -> Told:
    replies = {"greeting": "220 mx", "ehlo": OFFER, **said}
    return told_smtp("mail.example.com 192.0.2.25:25", **replies, tls=tls, only_tls=only_tls)  # type: ignore[arg-type]  # keywords of one table


def agrees(version: str) -> Tls:
    return told_tls("mail.example.com", version=version)


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("spoken", "wanted", "end"),
    [
        ("TLSv1.3", "1.2", "met"),
        ("TLSv1.2", "1.2", "met"),
        ("TLSv1.1", "1.2", "old-tls"),
        ("TLSv1", "1.2", "old-tls"),
        ("SSLv3", "1.2", "old-tls"),
        ("TLSv1.3", "1.3", "met"),
        ("TLSv1.2", "1.3", "old-tls"),
    ],
)
def test_the_newest_version_of_both_counts(spoken: str, wanted: str, end: str) -> None:
    sentence = f"SMTP port 25 of mail.example.com offers TLS {wanted}"
    assert ending(judged(CHECK, sentence, *HOST, session(agrees(spoken)))) == (end,)


STRICT = "{{SMTP port 25 of mail.example.com offers TLS {}: {{refuses_older: true}}}}"


@pytest.mark.parametrize(
    ("wanted", "agreed", "end"),
    [
        ("1.2", set(), "met"),
        ("1.2", {"TLSv1"}, "offers-old-tls"),
        ("1.2", {"TLSv1.1"}, "offers-old-tls"),
        ("1.2", {"TLSv1.2"}, "met"),
        ("1.3", set(), "met"),
        ("1.3", {"TLSv1.2"}, "offers-old-tls"),
    ],
)
def test_each_older_version_is_offered_alone(wanted: str, agreed: set[str], end: str) -> None:
    older = [session(agrees(v) if v in agreed else NO, v) for v in VERSIONS]
    verdict = judged(CHECK, STRICT.format(wanted), *HOST, session(agrees("TLSv1.3")), *older)
    assert ending(verdict) == (end,)


def test_every_old_version_is_told() -> None:
    older = [session(agrees(v), v) for v in VERSIONS]
    verdict = judged(CHECK, STRICT.format("1.2"), *HOST, session(agrees("TLSv1.3")), *older)
    assert [reason.text for reason in verdict.reasons] == [
        f"mail.example.com (192.0.2.25 port 25) agrees to {version} too, if nothing else is offered"
        for version in ("TLS 1.0", "TLS 1.1")
    ]
    assert "smtpd_tls_protocols = >=TLSv1.2" in verdict.remedies[0].instruction


@pytest.mark.parametrize(
    ("answer", "end"),
    [
        pytest.param(session(NO, "TLSv1"), "met", id="an alert"),
        pytest.param(
            session(None, "TLSv1", breaks="TLS CONNECTION-CLOSED"), "met", id="it hangs up"
        ),
        pytest.param(session(None, "TLSv1", breaks="TLS CONNECTION-RESET"), "met", id="it resets"),
        pytest.param(
            session(None, "TLSv1", breaks="TLS TIMEOUT"), "inconclusive: timeout", id="silence"
        ),
        pytest.param(
            session(None, "TLSv1", breaks="EHLO CONNECTION-CLOSED"),
            "inconclusive: connection-closed",
            id="it hangs up before",
        ),
        pytest.param(
            session(None, "TLSv1", greeting="421 too many"),
            "inconclusive: temporary-failure",
            id="too many sessions",
        ),
        pytest.param(
            session(None, "TLSv1", greeting="TLS-VERSION-NOT-HERE"),
            "not evaluated: tls-version-not-here",
            id="our own OpenSSL cannot",
        ),
        pytest.param(
            session(agrees("TLSv1"), "TLSv1", breaks="EHLO in TLS CONNECTION-CLOSED"),
            "offers-old-tls",
            id="it hangs up afterwards",
        ),
    ],
)
def test_how_a_server_takes_an_old_version(answer: Told, end: str) -> None:
    told_too = (session(agrees("TLSv1.3")), session(NO, "TLSv1.1"), answer)
    assert ending(judged(CHECK, STRICT.format("1.2"), *HOST, *told_too)) == (end,)


def test_what_is_known_of_one_version_decides() -> None:
    silent = session(None, "TLSv1", breaks="TLS TIMEOUT")
    told_too = (session(agrees("TLSv1.3")), session(agrees("TLSv1.1"), "TLSv1.1"), silent)
    assert judged(CHECK, STRICT.format("1.2"), *HOST, *told_too).tags == ("offers-old-tls",)


def test_old_versions_are_not_offered_unless_that_is_asked() -> None:
    sentence = "SMTP port 25 of mail.example.com offers TLS 1.2"
    older = session(agrees("TLSv1"), "TLSv1")
    assert ending(judged(CHECK, sentence, *HOST, session(agrees("TLSv1.3")), older)) == ("met",)


@pytest.mark.parametrize(
    ("answer", "end"),
    [
        pytest.param(session(None, ehlo="250 mx"), "no-starttls", id="no STARTTLS"),
        pytest.param(session(NO), "handshake-failed", id="no handshake"),
        pytest.param(session(None, greeting="TIMEOUT"), "inconclusive: timeout", id="silent"),
    ],
)
@pytest.mark.parametrize("strict", [True, False])
def test_where_there_is_no_tls(answer: Told, end: str, *, strict: bool) -> None:
    sentence = STRICT.format("1.2") if strict else STRICT.format("1.2").replace("true", "false")
    assert ending(judged(CHECK, sentence, *HOST, answer)) == (end,)


@pytest.mark.parametrize("version", ["1.0", "1.4", "2"])
def test_a_version_that_nobody_should_demand_is_an_error(version: str) -> None:
    with pytest.raises(SourceError, match=r"1\.2"):
        judged(CHECK, f"SMTP port 25 of mail.example.com offers TLS {version}")


def test_the_remedies_say_what_to_set() -> None:
    sentence = "SMTP port 25 of mail.example.com offers TLS 1.3"
    [remedy] = judged(CHECK, sentence, *HOST, session(agrees("TLSv1.2"))).remedies
    assert "TLS 1.3" in remedy.instruction
    [remedy] = judged(CHECK, sentence, *HOST, session(None, ehlo="250 mx")).remedies
    assert "smtpd_tls_security_level" in remedy.instruction
    [remedy] = judged(CHECK, sentence, *HOST, session(None, greeting="REFUSED")).remedies
    assert "Start the mail server" in remedy.instruction
