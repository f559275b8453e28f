"""Clients that no receiver on the Internet sees."""

from __future__ import annotations

import pytest

from mailcheck.engine import Engine
from mailcheck.facts.scope import AddressScope, AddressScopeFact
from mailcheck.facts.spf.evaluation.reach import on_reach
from mailcheck.finding import Finding
from mailcheck.names import parse_address
from mailcheck.world.told import ToldWorld


@pytest.mark.parametrize(
    ("ip", "allowed", "advice"),
    [
        pytest.param("8.8.8.8", False, (), id="public"),
        pytest.param("192.0.2.1", False, (), id="of documentation, where that counts"),
        pytest.param("10.0.0.1", True, (), id="allowed by the run"),
        pytest.param(
            "10.0.0.1",
            False,
            ("10.0.0.1 is not public (private use (RFC 1918)): receivers on the Internet",),
            id="private",
        ),
        pytest.param("fe80::1", False, ("fe80::1 is not public (link-local",), id="of IPv6"),
    ],
)
def test_who_is_advised(ip: str, advice: tuple[str, ...], *, allowed: bool) -> None:
    address = parse_address(ip)

    async def judge() -> Finding:
        return Finding(advice=await on_reach(address))

    told = [(AddressScope(address), AddressScopeFact(address, public=True))] if allowed else []
    engine = Engine(ToldWorld(told))
    outcome = engine.finish(engine.plan(judge)).outcome
    assert isinstance(outcome, Finding)
    assert len(outcome.advice) == len(advice)
    assert all(one.text.startswith(text) for one, text in zip(outcome.advice, advice, strict=True))
