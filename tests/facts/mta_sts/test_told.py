"""Fetches that are written down by hand."""

from __future__ import annotations

from mailcheck.facts.https import HttpsGetFact
from mailcheck.facts.mta_sts.told import told_policy
from mailcheck.facts.tls.handshake import NoTls, Tls
from mailcheck.question import Unobserved

AT = "mta-sts.example.com 192.0.2.80"


def told(says: str, **more: object) -> HttpsGetFact:
    fact = told_policy(AT, says, **more)[1]  # type: ignore[arg-type]  # keywords of one table
    assert isinstance(fact, HttpsGetFact)
    return fact


def test_a_policy_comes_in_a_certificate_of_its_host() -> None:
    fact = told("version: STSv1\n")
    assert (fact.status, fact.content_type, fact.body) == (200, "text/plain", b"version: STSv1\n")
    assert isinstance(fact.tls, Tls)
    assert fact.tls.certificate.names == ("mta-sts.example.com",)


def test_a_refusal_and_silence() -> None:
    assert told("REFUSED").refused
    silent = told_policy(AT, "TIMEOUT")[1]
    assert isinstance(silent, Unobserved)
    assert (silent.cause, silent.evidence[0].subject[-8:]) == ("timeout", " connect")


def test_what_breaks_off_and_what_is_no_tls() -> None:
    broken = told("vers", breaks="connection-closed").broken
    assert broken is not None
    assert broken.cause == "connection-closed"
    assert told("", status=0, breaks="timeout").status is None
    assert told("", tls=NoTls("http request")).tls == NoTls("http request")
