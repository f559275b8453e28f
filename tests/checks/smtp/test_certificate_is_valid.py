"""certificate of H port P is valid: the chain and the dates, at every address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.smtp.certificate_is_valid import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.dns import told
from mailcheck.facts.imap.told import told_imap
from mailcheck.facts.run import told_date
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.certificate import read_certificate
from mailcheck.facts.tls.handshake import NoTls, Tls, told_tls
from mailcheck.facts.tls.trust import ChainTrust, told_trust
from mailcheck.question import Unobserved
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told
    from mailcheck.facts.tls.trust import Problem
    from mailcheck.verdict import Verdict

SENTENCE = "certificate of mail.example.com port 25 is valid"
TODAY = told_date("2026-01-31")
A = told("mail.example.com A", "192.0.2.25")
TWO = told("mail.example.com A", "192.0.2.25 | 192.0.2.26")
NO_AAAA = told("mail.example.com AAAA", "NODATA")
OFFER = "250-mx\n250 STARTTLS"
GOOD = told_tls("mail.example.com")
BAD = told_tls("mail.example.com", issuer="CN=Nobody")
ENDED = told_tls("mail.example.com", lasts="2025-01-01 to 2026-01-01")
UNTRUSTED: Problem = "untrusted-issuer"


def session(tls: Tls | NoTls | None, last: int = 25, **said: str) -> Told:
    at = f"mail.example.com 192.0.2.{last}:25"
    return told_smtp(at, "220 mx", **{"ehlo": OFFER, **said}, tls=tls)  # type: ignore[arg-type]  # keywords of one table


def found(*answers: Told, tls: Tls = GOOD) -> Verdict:
    """The verdict on a host with one address, which shows *tls*."""
    return judged(CHECK, SENTENCE, TODAY, A, NO_AAAA, session(tls), *answers)


def test_examples() -> None:
    run_examples(CHECK)


def test_a_good_certificate_at_one_address_is_valid() -> None:
    assert ending(found(told_trust(GOOD))) == ("met",)


@pytest.mark.parametrize(
    "problem", ["self-signed", "chain-incomplete", "untrusted-issuer", "bad-chain"]
)
def test_each_problem_of_the_chain_is_a_tag(problem: Problem) -> None:
    verdict = found(told_trust(GOOD, problem, "CN=Root has expired"))
    assert verdict.tags == (problem,)
    [reason] = verdict.reasons
    where = "mail.example.com (192.0.2.25 port 25)"
    assert reason.text == f"{where}: the certificate is not trusted: CN=Root has expired"
    assert reason.about == "mail.example.com"


@pytest.mark.parametrize(
    ("lasts", "end"),
    [
        ("2025-01-01 to 2026-01-30", "certificate-expired"),
        ("2025-01-01 to 2026-01-31T12:00", "inconclusive: ends-today"),
        ("2025-01-01 to 2026-02-01", "met"),
        ("2026-01-31 to 2026-03-01", "met"),
        ("2026-02-01 to 2026-03-01", "certificate-not-yet-valid"),
    ],
)
def test_the_dates_are_those_of_the_run(lasts: str, end: str) -> None:
    tls = told_tls("mail.example.com", lasts=lasts)
    assert ending(found(told_trust(tls), tls=tls)) == (end,)


def test_chain_and_dates_are_told_apart() -> None:
    verdict = found(told_trust(ENDED, UNTRUSTED), tls=ENDED)
    assert verdict.tags == ("certificate-expired", "untrusted-issuer")


@pytest.mark.parametrize(
    ("answers", "end"),
    [
        pytest.param((told_trust(GOOD), told_trust(BAD, UNTRUSTED)), UNTRUSTED, id="untrusted"),
        pytest.param(
            (told_trust(GOOD), (ChainTrust.of(BAD), Unobserved("no-trust-anchors"))),
            "inconclusive: no-trust-anchors",
            id="not known whether it is trusted",
        ),
        pytest.param(
            (told_trust(BAD, UNTRUSTED), (ChainTrust.of(GOOD), Unobserved("no-trust-anchors"))),
            UNTRUSTED,
            id="one is known not to be trusted",
        ),
        pytest.param((told_trust(GOOD), told_trust(BAD)), "met", id="both are trusted"),
    ],
)
def test_the_other_address_may_show_another(answers: tuple[Told, ...], end: str) -> None:
    sessions = session(GOOD), session(BAD, 26)
    assert ending(judged(CHECK, SENTENCE, TODAY, TWO, NO_AAAA, *sessions, *answers)) == (end,)


@pytest.mark.parametrize(
    ("answer", "end"),
    [
        pytest.param(session(None, ehlo="250 mx"), "no-starttls", id="no STARTTLS"),
        pytest.param(session(None, starttls="501 no"), "starttls-refused", id="refused"),
        pytest.param(session(NoTls("no cipher")), "handshake-failed", id="no handshake"),
        pytest.param(
            session(None, starttls="454 later"), "inconclusive: temporary-failure", id="later"
        ),
        pytest.param(
            session(None, breaks="TLS TIMEOUT"), "inconclusive: timeout", id="silent in TLS"
        ),
        pytest.param(
            session(Tls("TLSv1.3", "", (read_certificate(b"junk"),))),
            "inconclusive: unreadable-certificate",
            id="unreadable",
        ),
        pytest.param(
            session(Tls("TLSv1.3", "")), "inconclusive: unreadable-certificate", id="none"
        ),
        pytest.param(
            told_smtp("mail.example.com 192.0.2.25:25", "REFUSED"), "connection-refused", id="shut"
        ),
        pytest.param(
            told_smtp("mail.example.com 192.0.2.25:25", "TIMEOUT"), "inconclusive: timeout", id="-"
        ),
    ],
)
def test_where_there_is_no_certificate(answer: Told, end: str) -> None:
    assert ending(judged(CHECK, SENTENCE, TODAY, A, NO_AAAA, answer)) == (end,)


def test_what_breaks_off_after_the_handshake_was_seen_before() -> None:
    answer = session(GOOD, breaks="EHLO in TLS CONNECTION-CLOSED")
    verdict = judged(CHECK, SENTENCE, TODAY, A, NO_AAAA, answer, told_trust(GOOD))
    assert ending(verdict) == ("met",)


def test_an_unknown_date_hides_no_problem() -> None:
    verdict = judged(CHECK, SENTENCE, A, NO_AAAA, session(GOOD), told_trust(GOOD, UNTRUSTED))
    assert verdict.tags == ("untrusted-issuer",)


def test_the_mx_hosts_of_a_domain_are_asked() -> None:
    sentence = "{certificate port 25 is valid: {domain: example.com}}"
    mx = told("example.com MX", "10 mail.example.com.")
    told_too = (TODAY, mx, A, NO_AAAA, session(BAD), told_trust(BAD, UNTRUSTED))
    verdict = judged(CHECK, sentence, *told_too)
    assert verdict.tags == ("untrusted-issuer",)
    assert "certbot certonly -d mail.example.com" in verdict.remedies[0].instruction


def test_on_port_465_tls_comes_first() -> None:
    sentence = "certificate of mail.example.com port 465 is valid"
    answer = told_smtp("mail.example.com 192.0.2.25:465", "220 mx", tls=GOOD)
    told_too = (TODAY, A, NO_AAAA, answer, told_trust(GOOD))
    assert ending(judged(CHECK, sentence, *told_too)) == ("met",)


def test_a_sentence_without_host_and_domain_is_an_error() -> None:
    with pytest.raises(SourceError, match="host"):
        judged(CHECK, "certificate port 25 is valid")


@pytest.mark.parametrize(
    ("problem", "does"),
    [
        ("self-signed", "certbot certonly -d mail.example.com"),
        ("chain-incomplete", "fullchain.pem"),
        ("untrusted-issuer", "--mail-ca-file"),
        ("bad-chain", "openssl verify"),
    ],
)
def test_the_remedy_says_what_to_do(problem: Problem, does: str) -> None:
    [remedy] = found(told_trust(GOOD, problem)).remedies
    assert does in remedy.instruction


def test_a_certificate_that_ended_is_renewed_and_read() -> None:
    [remedy] = found(told_trust(ENDED), tls=ENDED).remedies
    assert "postfix reload" in remedy.instruction


@pytest.mark.parametrize(
    ("port", "who", "not_who"),
    [
        pytest.param(25, "senders that verify", "mail programs", id="senders"),
        pytest.param(465, "mail programs", "senders", id="submission"),
        pytest.param(993, "mail programs", "senders", id="IMAP"),
    ],
)
@pytest.mark.parametrize("ended", [GOOD, ENDED], ids=["self-signed", "ended"])
def test_what_matters_is_true_of_the_port(port: int, who: str, not_who: str, ended: Tls) -> None:
    at = f"mail.example.com 192.0.2.25:{port}"
    answers = {
        25: session(ended),
        465: told_smtp(at, "220 mx", tls=ended),
        993: told_imap(at, tls=ended),
    }
    sentence = f"certificate of mail.example.com port {port} is valid"
    trust = told_trust(ended, "self-signed")
    verdict = judged(CHECK, sentence, TODAY, A, NO_AAAA, answers[port], trust)
    assert verdict.matters
    for matters in verdict.matters:
        assert who in matters.lower()
        assert not_who not in matters.lower()


def test_what_matters_where_nobody_answers_is_true_of_the_port_too() -> None:
    sentence = "certificate of mail.example.com port 993 is valid"
    refused = told_imap("mail.example.com 192.0.2.25:993", "REFUSED")
    verdict = judged(CHECK, sentence, TODAY, A, NO_AAAA, refused)
    assert verdict.matters == ("Mail programs cannot connect.",)
