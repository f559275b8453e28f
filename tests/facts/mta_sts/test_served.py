"""What one address of a policy host serves, as senders take it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.evidence import visible
from mailcheck.facts.https import HttpsGetFact
from mailcheck.facts.mta_sts.policy import Policy
from mailcheck.facts.mta_sts.served import served
from mailcheck.facts.mta_sts.told import told_policy
from mailcheck.facts.run import told_date
from mailcheck.facts.tls.certificate import read_certificate
from mailcheck.facts.tls.handshake import NoTls, Tls, told_tls
from mailcheck.facts.tls.trust import told_trust
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.facts.run import RunDateFact
    from mailcheck.facts.tls.trust import Problem

HOST = "mta-sts.example.com"
BODY = "version: STSv1\nmode: none\nmax_age: 86400\n"
GOOD = told_tls(HOST)
TODAY: RunDateFact = told_date("2026-01-31")[1]


def judged(
    says: str = BODY,
    *,
    tls: Tls | NoTls = GOOD,
    problem: Problem | None = None,
    today: RunDateFact | Unobserved = TODAY,
    **more: Any,
) -> tuple[list[str], Policy | None]:
    """Tags, the cause of what is unknown, and the policy that senders would apply."""
    fact = told_policy(f"{HOST} 192.0.2.80", says, tls=tls, **more)[1]
    assert isinstance(fact, HttpsGetFact)
    trust = told_trust(tls, problem)[1] if isinstance(tls, Tls) else None
    finding, policy = served(fact, trust, today)
    assert all(visible(reason.text, 10_000) == reason.text for reason in finding.reasons)
    ends = [reason.tag for reason in finding.reasons]
    if finding.unknown:
        ends.append(f"? {finding.unknown.cause}")
    ends += [f"+ {advice.tag}" for advice in finding.advice]
    return ends, policy


def test_a_policy_that_is_served_well_is_applied() -> None:
    assert judged() == ([], Policy("none", 86400))


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "text/plain; charset=utf-8", "Text/Plain;charset=us-ascii", "text/plain ;a=b"],
)
def test_parameters_and_case_of_the_media_type_do_not_matter(content_type: str) -> None:
    assert judged(content_type=content_type) == ([], Policy("none", 86400))


@pytest.mark.parametrize(
    ("more", "ends"),
    [
        pytest.param({"status": 301, "location": "/x\x1b"}, "redirected", id="301"),
        pytest.param({"status": 308}, "redirected", id="308 to nowhere"),
        pytest.param({"status": 304}, "redirected", id="304"),
        pytest.param({"status": 404}, "not-served", id="404"),
        pytest.param({"status": 403}, "not-served", id="403"),
        pytest.param({"status": 204}, "not-served", id="204"),
        pytest.param({"status": 206}, "not-served", id="206"),
        pytest.param({"status": 500}, "not-served", id="500"),
        pytest.param({"status": 503}, "? service-unavailable", id="503"),
        pytest.param({"status": 429}, "? service-unavailable", id="429"),
        pytest.param({"content_type": ""}, "not-plain-text", id="no media type"),
        pytest.param({"content_type": "text/html"}, "not-plain-text", id="a page"),
        pytest.param({"content_type": "text/plain, text/html"}, "not-plain-text", id="two types"),
        pytest.param({"content_type": "application/octet-stream"}, "not-plain-text", id="octets"),
        pytest.param({"is_cut_short": True}, "policy-too-large", id="endless"),
        pytest.param({"says": "<html>"}, "malformed-policy", id="no policy"),
        pytest.param({"breaks": "connection-closed"}, "? connection-closed", id="cut off"),
        pytest.param({"status": 0, "breaks": "timeout"}, "? timeout", id="no response"),
        pytest.param({"status": 0}, "? connection-closed", id="no response, and no reason"),
        pytest.param({"says": "REFUSED"}, "connection-refused", id="refused"),
        pytest.param({"tls": NoTls("http request")}, "no-tls", id="no TLS"),
        pytest.param({"tls": told_tls("example.com")}, "other-certificate", id="another's"),
        pytest.param({"tls": told_tls("*.mta-sts.example.com")}, "other-certificate", id="below"),
        pytest.param({"tls": told_tls("*.com")}, "other-certificate", id="two labels"),
        pytest.param(
            {"tls": told_tls(HOST, lasts="2025-01-01 to 2026-01-30")},
            "certificate-expired", id="expired",
        ),
        pytest.param(
            {"tls": told_tls(HOST, lasts="2026-02-01 to 2027-01-30")},
            "certificate-not-yet-valid", id="not yet",
        ),
        pytest.param({"problem": "self-signed"}, "self-signed", id="its own"),
        pytest.param({"problem": "chain-incomplete"}, "chain-incomplete", id="incomplete"),
        pytest.param({"problem": "untrusted-issuer"}, "untrusted-issuer", id="a stranger's"),
        pytest.param({"problem": "bad-chain"}, "bad-chain", id="bad"),
        pytest.param({"tls": told_tls(HOST, version="TLSv1")}, "old-tls", id="TLS 1.0"),
        pytest.param({"tls": told_tls(HOST, version="TLSv1.1")}, "old-tls", id="TLS 1.1"),
        pytest.param({"today": Unobserved("not-told")}, "? not-told", id="no date"),
        pytest.param(
            {"tls": Tls("TLSv1.3", "x", (read_certificate(b"junk"),))},
            "? unreadable-certificate", id="a certificate that cannot be read",
        ),
    ],
)  # fmt: skip
def test_nothing_else_is_applied(more: dict[str, Any], ends: str) -> None:
    assert judged(**more) == ([ends], None)


@pytest.mark.parametrize(
    ("name", "version"),
    [("*.example.com", "TLSv1.2"), (HOST, "TLSv1.3"), (HOST.upper(), "TLSv1.3")],
)
def test_a_wildcard_of_one_label_and_tls_1_2_will_do(name: str, version: str) -> None:
    assert judged(tls=told_tls(name.lower(), version=version))[0] == []


def test_a_certificate_that_ends_soon_is_worth_a_word() -> None:
    ends = told_tls(HOST, lasts="2025-11-01 to 2026-02-13")
    assert judged(tls=ends) == (["+ certificate-ends-soon"], Policy("none", 86400))
    assert judged(tls=told_tls(HOST, lasts="2025-11-01 to 2026-02-14"))[0] == []


def test_what_is_wrong_with_server_and_policy_is_told_at_once() -> None:
    assert judged("junk", problem="self-signed")[0] == ["self-signed", "malformed-policy"]


def test_a_bad_certificate_decides_whatever_else_is_unknown() -> None:
    ends, policy = judged(problem="self-signed", breaks="timeout")
    assert (ends, policy) == (["self-signed", "? timeout"], None)
