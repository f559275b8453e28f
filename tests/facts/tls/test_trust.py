"""Trust written down by hand belongs to the chain that a told handshake shows."""

from __future__ import annotations

from mailcheck.facts.tls.handshake import told_tls
from mailcheck.facts.tls.trust import ChainTrust, ChainTrustFact, told_trust


def test_a_trusted_chain_needs_no_evidence() -> None:
    tls = told_tls("mail.example.com")
    assert told_trust(tls) == (
        ChainTrust((tls.certificate.der,)),
        ChainTrustFact("CN=mail.example.com"),
    )
    assert told_trust(tls)[1].evidence == ()


def test_a_problem_is_evidence() -> None:
    _, fact = told_trust(told_tls("mail.example.com"), "self-signed", "it signs itself")
    [line] = fact.evidence
    assert str(line) == "chain of CN=mail.example.com → it signs itself"


def test_a_certificate_need_not_have_a_subject() -> None:
    [line] = ChainTrustFact("", "chain-incomplete", "no issuer").evidence
    assert line.subject == "chain of a certificate without subject"


def test_the_world_answers() -> None:
    assert ChainTrust.is_leaf()


def test_other_certificates_are_other_questions() -> None:
    several = [
        told_tls("mail.example.com"),
        told_tls("mx.example.com"),
        told_tls("mail.example.com", lasts="2025-01-01 to 2026-01-01"),
        told_tls("mail.example.com", issuer="CN=mail.example.com"),
    ]
    assert len({told_trust(tls)[0] for tls in several}) == 4
