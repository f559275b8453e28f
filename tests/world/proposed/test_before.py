"""The network before a change: no resolver is asked for a name of a zone that is proposed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mailcheck.engine import Engine, Layer
from mailcheck.facts.dns import DnsAnswer, DnsQuery, ServerQuery, name_server, told
from mailcheck.finding import Finding, met
from mailcheck.question import Unobserved, each_of
from mailcheck.world.proposed import NetworkBefore, ProposedNetwork
from mailcheck.world.told import ToldWorld
from tests.world.proposed.zones import proposed

RESOLVER = name_server("198.51.100.1")
NEW = proposed("example.com", "@ MX 10 mail\n")


@pytest.mark.parametrize(
    ("name", "asks_the_resolver"),
    [
        pytest.param("example.com", False, id="a proposed zone"),
        pytest.param("new.example.com", False, id="a name in it"),
        pytest.param("example.net", True, id="another zone"),
    ],
)
@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(DnsQuery("", "MX"), id="the run's resolver"),
        pytest.param(ServerQuery("", "MX", RESOLVER, recursive=True), id="a resolver by name"),
    ],
)
def test_whom_a_name_is_asked_of(
    asked: DnsQuery | ServerQuery, name: str, *, asks_the_resolver: bool
) -> None:
    question, (_, answer) = replace(asked, name=name), told(f"{name} MX", "10 mx.example.net.")
    live = Engine(ToldWorld([(question, answer)]))
    engine = Engine(Layer(live, NetworkBefore(ProposedNetwork({NEW.origin: NEW})).answer))
    got: list[Any] = []

    async def judge() -> Finding:
        got.extend(await each_of([question]))
        return met()

    engine.finish(engine.plan(judge))
    assert isinstance(got[0], DnsAnswer if asks_the_resolver else Unobserved)
