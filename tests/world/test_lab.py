"""The world of a lab: what the lab does not tell is unknown, not absent."""

from __future__ import annotations

import asyncio
import datetime
from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.facts.dns import DnsQuery, ServerQuery, name_server
from mailcheck.facts.run import RunDate, RunDateFact
from mailcheck.facts.scope import DOCUMENTATION, AddressScope
from mailcheck.facts.smtp.session import SmtpSession
from mailcheck.names import is_under, parse_address
from mailcheck.probes.routes import Routes
from mailcheck.question import Question, Unobserved
from mailcheck.world.lab import LabWorld

if TYPE_CHECKING:
    from collections.abc import Iterator

A_DAY = datetime.date(2026, 1, 31)
SERVER = name_server("192.0.2.53")


@pytest.fixture
def world() -> Iterator[LabWorld]:
    """The network of a lab that holds example.com, all of whose servers are somewhere else."""
    loop = asyncio.new_event_loop()
    world = LabWorld(
        loop,
        routes=Routes(closed=True),
        resolvers=(SERVER,),
        public=DOCUMENTATION,
        ehlo="",
        today=A_DAY,
        covers=lambda name: is_under(name, "example.com"),
    )
    yield world
    loop.run_until_complete(world.closed())
    loop.close()


def answers_at_once(world: LabWorld, asked: Question[Any]) -> list[Any]:
    """Return what *world* answers before it is given time."""
    given: list[Any] = []
    world.answer(asked, given.append)
    return given


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(DnsQuery("example.org", "MX"), id="a name"),
        pytest.param(DnsQuery("com", "NS"), id="the zone above"),
        pytest.param(DnsQuery("badexample.com", "MX"), id="a name that ends alike"),
        pytest.param(ServerQuery("example.org", "MX", SERVER), id="a name, of one server"),
    ],
)
def test_a_name_outside_the_lab_is_unknown(world: LabWorld, asked: Question[Any]) -> None:
    [said] = answers_at_once(world, asked)
    assert isinstance(said, Unobserved)
    assert (said.cause, said.not_evaluated) == ("not-in-lab", False)
    assert "--mail-live" in said.text


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(DnsQuery("mail.example.com", "A"), id="a name in a zone"),
        pytest.param(ServerQuery("example.com", "MX", SERVER), id="a zone, of one server"),
        pytest.param(SmtpSession(parse_address("203.0.113.25"), 25), id="a host"),
    ],
)
def test_what_the_lab_may_know_is_asked_on_its_network(
    world: LabWorld, asked: Question[Any]
) -> None:
    """Where these find nobody, as nothing is declared."""
    given: list[Any] = []
    world.answer(asked, given.append)
    world.step()
    assert [said.cause for said in given] == ["not-in-lab"]
    assert "declares nothing at" in given[0].text


@pytest.mark.parametrize("address", ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1"])
def test_documentation_addresses_are_public(world: LabWorld, address: str) -> None:
    [scope] = answers_at_once(world, AddressScope(parse_address(address)))
    assert scope.public


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "fe80::1"])
def test_other_special_addresses_are_not(world: LabWorld, address: str) -> None:
    [scope] = answers_at_once(world, AddressScope(parse_address(address)))
    assert not scope.public


def test_the_date_is_the_run_s(world: LabWorld) -> None:
    assert answers_at_once(world, RunDate()) == [RunDateFact(A_DAY)]
