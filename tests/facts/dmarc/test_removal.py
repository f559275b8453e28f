"""What a change takes away from DMARC."""

from __future__ import annotations

import pytest

from mailcheck.facts.change.loss import told_published
from mailcheck.facts.change.proposed import Proposed, ProposedFact
from mailcheck.facts.dmarc.record import Policy
from mailcheck.facts.dmarc.removal import record_before
from tests.facts.smtp.test_hosts import found

NAME = "_dmarc.example.com"
RECORD = "v=DMARC1; p=quarantine; rua=mailto:d@example.net"
CHANGE = (Proposed(NAME), ProposedFact("example.com.zone"))


def line(text: str, ttl: int = 3600) -> tuple[str, ...]:
    return (f'{NAME}.  {ttl}  IN  TXT  "{text}"',)


@pytest.mark.parametrize("policy", ["none", "quarantine"])
def test_it_comes_back_as_it_was(policy: Policy) -> None:
    live = told_published(f"{NAME} TXT", f'"{RECORD}"', ttl=300)
    assert found(record_before("example.com", policy), CHANGE, live) == line(RECORD, 300)


def test_it_asks_for_what_is_wanted() -> None:
    live = told_published(f"{NAME} TXT", f'"{RECORD}"')
    stronger = line(RECORD.replace("quarantine", "reject"))
    assert found(record_before("example.com", "reject"), CHANGE, live) == stronger


def test_a_subdomain_has_what_it_inherited() -> None:
    live = told_published(f"{NAME} TXT", f'"{RECORD}"')
    nothing = told_published("_dmarc.news.example.com TXT", "NXDOMAIN")
    change = (Proposed("_dmarc.news.example.com"), ProposedFact("example.com.zone"))
    told = (change, nothing, CHANGE, live)
    assert found(record_before("news.example.com", "reject"), *told) == line(RECORD)


def test_an_alias_comes_back() -> None:
    live = told_published(f"{NAME} TXT", f'-> d.example.net | "{RECORD}"')
    alias = (f"{NAME}.  3600  IN  CNAME  d.example.net.",)
    assert found(record_before("example.com", "reject"), CHANGE, live) == alias


@pytest.mark.parametrize("live", ['"x"', f'"{RECORD}" | "v=DMARC1; p=none"', "NODATA", "TIMEOUT"])
def test_what_was_no_record_does_not(live: str) -> None:
    assert found(record_before("example.com"), CHANGE, told_published(f"{NAME} TXT", live)) == ()
