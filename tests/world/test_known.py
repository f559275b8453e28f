"""What is known without asking anybody."""

from __future__ import annotations

import datetime
from ipaddress import ip_network
from typing import Any

import pytest

from mailcheck.facts.change.changes import Changes, NamesInUse, NamesInUseFact
from mailcheck.facts.change.proposed import NOTHING_PROPOSED, Proposed, ProposedFact, Published
from mailcheck.facts.dns import name_server
from mailcheck.facts.run import RunDate, RunDateFact, RunResolvers, RunResolversFact
from mailcheck.facts.scope import AddressScope
from mailcheck.names import parse_address
from mailcheck.world.known import known

A_DAY = datetime.date(2026, 1, 31)
RESOLVER = name_server("192.0.2.1")


def answer(question: Any) -> Any:
    """What is known of *question* where 10.1.0.0/16 counts as public."""
    return known(A_DAY, (RESOLVER,), (ip_network("10.1.0.0/16"),))[type(question)](question)


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        pytest.param(RunDate(), RunDateFact(A_DAY), id="the day"),
        pytest.param(RunResolvers(), RunResolversFact((RESOLVER,)), id="the resolvers"),
        pytest.param(Proposed("example.com"), ProposedFact(), id="nothing is proposed"),
        pytest.param(Published("example.com", "MX"), NOTHING_PROPOSED, id="so nothing changes"),
        pytest.param(Changes(), NOTHING_PROPOSED, id="and there is no change"),
        pytest.param(NamesInUse(), NamesInUseFact(), id="nobody asks who uses what"),
    ],
)
def test_what_is_known(question: Any, fact: Any) -> None:
    assert answer(question) == fact


@pytest.mark.parametrize(("address", "public"), [("10.1.0.1", True), ("10.2.0.1", False)])
def test_which_addresses_are_public(address: str, *, public: bool) -> None:
    assert answer(AddressScope(parse_address(address))).public is public
