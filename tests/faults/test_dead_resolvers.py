"""Resolvers that do not answer at all: one error of the run, not a thousand."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from mailcheck.testing import ending
from tests.faults.replies import honest, silent, stalls
from tests.faults.rig import Network, Site, World

if TYPE_CHECKING:
    from collections.abc import Iterable

SILENT = Site(silent, stalls)
CLOSED = Site(silent, None, deaf=True)


def sentences(start: int, stop: int) -> list[str]:
    """Return sentences that need a question each."""
    return [f"domain d{number}.example.com accepts no mail" for number in range(start, stop)]


async def judged(network: Network, *batches: Iterable[str]) -> tuple[list[list[str]], list[int]]:
    """Return how the sentences of each batch end, and the datagrams that each server heard."""
    async with World(network) as world:
        ends = [
            [" ".join(ending(verdict)) for verdict in await world.judge(*batch)]
            for batch in batches
        ]
        return ends, [sum(server.heard.values()) for server in world.servers.values()]


@pytest.mark.parametrize(
    ("resolvers", "causes"),
    [
        pytest.param((SILENT,), {"timeout"}, id="silent"),
        pytest.param((CLOSED,), {"unreachable"}, id="at a closed port"),
        pytest.param((SILENT, CLOSED), {"timeout", "unreachable"}, id="one of each"),
    ],
)
def test_the_first_sentence_says_so_and_the_rest_is_not_evaluated(
    resolvers: tuple[Site, ...], causes: set[str]
) -> None:
    [[first, *rest]], _ = asyncio.run(judged(Network(resolvers), sentences(0, 40)))
    assert first in {f"inconclusive: {cause}" for cause in causes}
    assert set(rest) == {"not evaluated: resolver-dead"}


def test_dead_resolvers_are_not_asked_what_they_agree_on() -> None:
    """A question to one of them by name is a question to a dead resolver, too."""
    later = [f"resolvers agree on MX of d{number}.example.com" for number in range(40)]
    network = Network((CLOSED, CLOSED))
    [_, ends], _ = asyncio.run(judged(network, sentences(0, 40), later))
    assert set(ends) == {"not evaluated: resolver-dead"}


def test_what_comes_later_is_hardly_asked_any_more() -> None:
    async def packets(*batches: Iterable[str]) -> int:
        _, heard = await judged(Network((SILENT,)), *batches)
        return sum(heard)

    alone = asyncio.run(packets(sentences(0, 40)))
    followed = asyncio.run(packets(sentences(0, 40), sentences(40, 1040)))
    assert followed - alone < 100


def test_a_dead_resolver_beside_one_that_answers_is_asked_less() -> None:
    """It is remembered, not dropped, and nothing is lost to it."""
    network = Network((SILENT, Site(honest)))
    [ends], [dead, alive, *_] = asyncio.run(judged(network, sentences(0, 1000)))
    assert set(ends) == {"no-such-domain"}
    assert 0 < dead < 500
    assert alive >= 1000
