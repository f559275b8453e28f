"""A record of MTA-STS that a change takes away."""

from __future__ import annotations

import pytest

from mailcheck.facts.change.loss import told_published
from mailcheck.facts.change.proposed import Proposed, ProposedFact
from mailcheck.facts.dns import told
from mailcheck.facts.mta_sts.removal import remedy_of_no_record, with_removal
from mailcheck.facts.mta_sts.telling import to_be_discovered
from mailcheck.facts.mta_sts.told import told_policy
from mailcheck.facts.run import told_date
from mailcheck.facts.tls.handshake import told_tls
from mailcheck.facts.tls.trust import told_trust
from mailcheck.finding import Finding, Reason, unmet
from tests.facts.smtp.test_hosts import found

NAME, HOST = "_mta-sts.example.com", "mta-sts.example.com"
A_CHANGE = (Proposed(NAME), ProposedFact("example.com.zone"))
LIVE = told_published(f"{NAME} TXT", '"v=STSv1; id=1;"')
GONE = told(f"{NAME} TXT", "NXDOMAIN")
NO_RECORD = unmet("no-record", "there is none")


def removed(mode: str, host: str = "192.0.2.1") -> Finding:
    body = f"version: STSv1\nmode: {mode}\nmx: mx.example.com\nmax_age: 86400\n"
    seen: Finding = found(
        with_removal(NO_RECORD, "example.com", "any"), GONE, A_CHANGE, LIVE, told_date("2026-01-31"),
        told(f"{HOST} A", host), told(f"{HOST} AAAA", "NODATA"), told_trust(told_tls(HOST)),
        told_policy(f"{HOST} 192.0.2.1", body),
    )  # fmt: skip
    return seen


@pytest.mark.parametrize(
    ("mode", "advice"),
    [
        pytest.param("enforce", ["still-served"], id="senders keep to it"),
        pytest.param("testing", ["still-served"], id="and report"),
        pytest.param("none", [], id="senders were told"),
    ],
)
def test_whether_senders_were_told(mode: str, advice: list[str]) -> None:
    seen = removed(mode)
    assert [one.tag for one in seen.advice] == advice
    assert all(f"mode {mode}" in one.text for one in seen.advice)
    assert [reason.tag for reason in seen.reasons] == ["no-record"]


def test_a_policy_host_that_goes_too_says_nothing() -> None:
    assert removed("enforce", "NODATA").advice == ()


def test_the_record_comes_back() -> None:
    remedy = remedy_of_no_record("example.com", removed("none").reasons[0])
    assert remedy.publish == (f'{NAME}.  3600  IN  TXT  "v=STSv1; id=1;"',)
    assert "mode: none" in remedy.instruction


@pytest.mark.parametrize(
    "live", [pytest.param('"x"', id="something else"), pytest.param("NODATA", id="nothing")]
)
def test_what_was_no_record_does_not(live: str) -> None:
    answers = (GONE, A_CHANGE, told_published(f"{NAME} TXT", live))
    assert found(with_removal(NO_RECORD, "example.com", "any"), *answers) == NO_RECORD


def test_without_a_change_nothing_is_asked() -> None:
    assert found(with_removal(NO_RECORD, "example.com", "any"), GONE, LIVE) == NO_RECORD


@pytest.mark.parametrize(
    ("about", "says"),
    [
        pytest.param("", "Once the policy is served", id="nothing is there"),
        pytest.param("example.com", "Once the policy is served", id="the zone denies it"),
        pytest.param("record", "In place of the record that is there", id="something like it"),
        pytest.param("CNAME", "where the CNAME record leads", id="an alias"),
    ],
)
def test_where_a_record_goes(about: str, says: str) -> None:
    remedy = remedy_of_no_record("example.com", Reason("no-record", "", about))
    assert says in remedy.instruction
    assert remedy.publish[0].startswith("_mta-sts.example.com. ")


@pytest.mark.parametrize(
    ("live", "publish"),
    [
        pytest.param("192.0.2.80", f"{HOST}.  3600  IN  A  192.0.2.80", id="addresses"),
        pytest.param("-> web.example.net | 192.0.2.80", "192.0.2.25", id="an alias that may stay"),
    ],
)
def test_the_addresses_of_the_policy_host_come_back(live: str, publish: str) -> None:
    change = (Proposed(HOST), ProposedFact("example.com.zone"))
    was = (told_published(f"{HOST} A", live), told_published(f"{HOST} AAAA", "NODATA"))
    no_host = unmet("no-address", "there is none", HOST)
    [reason] = found(with_removal(no_host, "example.com", "any"), change, *was).reasons
    [record] = to_be_discovered("example.com", reason).publish
    assert publish in record
