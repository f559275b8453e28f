"""What a change takes away from DMARC."""

from __future__ import annotations

import pytest

from mailcheck.facts.change.loss import told_published
from mailcheck.facts.change.proposed import Proposed, ProposedFact
from mailcheck.facts.dmarc.published import PublishedDmarcFact
from mailcheck.facts.dmarc.record import Policy
from mailcheck.facts.dmarc.removal import record_before
from mailcheck.facts.dns import DnsAnswer
from tests.facts.smtp.test_hosts import found

NAME = "_dmarc.example.com"
RECORD = "v=DMARC1; p=quarantine; rua=mailto:d@example.net"
CHANGE = (Proposed(NAME), ProposedFact("example.com.zone"))


GONE = PublishedDmarcFact("example.com", (), (), DnsAnswer(NAME, "TXT", "nxdomain"))


def line(text: str, ttl: int = 3600) -> tuple[str, ...]:
    return (f'{NAME}.  {ttl}  IN  TXT  "{text}"',)


@pytest.mark.parametrize("policy", ["none", "quarantine"])
def test_it_comes_back_as_it_was(policy: Policy) -> None:
    live = told_published(f"{NAME} TXT", f'"{RECORD}"', ttl=300)
    assert found(record_before((GONE,), policy), CHANGE, live) == line(RECORD, 300)


def test_it_asks_for_what_is_wanted() -> None:
    live = told_published(f"{NAME} TXT", f'"{RECORD}"')
    stronger = line(RECORD.replace("quarantine", "reject"))
    assert found(record_before((GONE,), "reject"), CHANGE, live) == stronger


def test_a_subdomain_has_what_it_inherited() -> None:
    live = told_published(f"{NAME} TXT", f'"{RECORD}"')
    news = DnsAnswer("_dmarc.news.example.com", "TXT", "nxdomain")
    below = PublishedDmarcFact("news.example.com", (), (), news)
    nothing = told_published("_dmarc.news.example.com TXT", "NXDOMAIN")
    change = (Proposed("_dmarc.news.example.com"), ProposedFact("example.com.zone"))
    told = (change, nothing, CHANGE, live)
    assert found(record_before((below, GONE), "reject"), *told) == line(RECORD)


def test_an_alias_comes_back() -> None:
    live = told_published(f"{NAME} TXT", f'-> d.example.net | "{RECORD}"')
    alias = (f"{NAME}.  3600  IN  CNAME  d.example.net.",)
    assert found(record_before((GONE,), "reject"), CHANGE, live) == alias


@pytest.mark.parametrize("live", ['"x"', f'"{RECORD}" | "v=DMARC1; p=none"', "NODATA", "TIMEOUT"])
def test_what_was_no_record_does_not(live: str) -> None:
    assert found(record_before((GONE,)), CHANGE, told_published(f"{NAME} TXT", live)) == ()


def test_what_an_alias_led_to_comes_back_there() -> None:
    target = "d.example.com"
    change = (Proposed(target), ProposedFact("example.com.zone"))
    live = told_published(f"{target} TXT", f'"{RECORD}"')
    led = DnsAnswer(NAME, "TXT", "nxdomain", aliases=(target,))
    gone = PublishedDmarcFact("example.com", (), (), led)
    [back] = found(record_before((gone,)), change, live)
    assert back == f'{target}.  3600  IN  TXT  "{RECORD}"'
