"""One family is walked through at a time; all else is in test_networks.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.engine import Engine
from mailcheck.facts.dns import told
from mailcheck.facts.spf.networks.walk import Walk
from mailcheck.facts.spf.record.syntax import read_record
from mailcheck.finding import met
from mailcheck.world.told import ToldWorld

if TYPE_CHECKING:
    from mailcheck.finding import Finding


@pytest.mark.parametrize(
    ("version", "size"), [pytest.param(4, 256, id="IPv4"), pytest.param(6, 2**96, id="IPv6")]
)
def test_a_walk_is_about_one_family(version: int, size: int) -> None:
    walk = Walk("example.com", version, read_record)

    async def judge() -> Finding:
        await walk.through()
        return met()

    record = '"v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all"'
    engine = Engine(ToldWorld([told("example.com TXT", record)]))
    engine.finish(engine.plan(judge))
    [(_, _, [(first, last)])] = walk.passing.terms
    assert (last - first + 1, walk.ends) == (size, [])
