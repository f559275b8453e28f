"""With EDNS or without, over datagrams alone or a stream too; whole courses are in tests/faults."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.dns import name_server
from mailcheck.probes.dns.manner import fitting, learn, takes_a_stream
from mailcheck.probes.dns.query import Query
from mailcheck.probes.dns.transport import Transport
from mailcheck.probes.dns.turns import Turns
from mailcheck.probes.dns.upstream import Upstream

if TYPE_CHECKING:
    from collections.abc import Iterator

QUERY = Query("a.example", "A", recursive=True)
ENDPOINT = "127.0.0.1", 53


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """Return a server that was never heard."""
    loop = asyncio.new_event_loop()
    transport = Transport(loop)
    yield Upstream(name_server("192.0.2.1"), ENDPOINT, transport.channel(ENDPOINT))
    transport.shut()
    loop.close()


def hear(upstream: Upstream) -> None:
    """Let a datagram of *upstream* be taken in."""
    assert upstream.channel is not None
    upstream.channel.overtaken = 1.0


def test_silence_is_met_with_and_without_edns(upstream: Upstream) -> None:
    asked = [fitting(QUERY, upstream, tries, ()).edns for tries in range(6)]
    assert asked == [True, True, False, True, False, True]


def test_who_says_that_it_knows_no_edns_is_asked_without(upstream: Upstream) -> None:
    assert (
        fitting(QUERY, upstream, 0, {upstream}).wire == QUERY.varied(edns=False, checking=True).wire
    )


@pytest.mark.parametrize(
    ("is_heard", "complained", "plain"),
    [
        pytest.param(False, False, True, id="nothing else was ever answered"),
        pytest.param(True, True, True, id="it said so"),
        pytest.param(True, False, False, id="a packet was lost"),
    ],
)
def test_an_answer_without_edns_is_remembered(
    upstream: Upstream, *, is_heard: bool, complained: bool, plain: bool
) -> None:
    if is_heard:
        hear(upstream)
    learn(upstream, {upstream} if complained else ())
    assert upstream.is_plain is plain
    assert fitting(QUERY, upstream, 0, ()).edns is not plain


def test_a_stream_goes_with_the_last_datagram_to_who_was_never_heard(upstream: Upstream) -> None:
    turns = Turns([upstream], sends=3, rounds=2)
    found = []
    for tries in range(3):
        assert turns.take() is upstream
        found.append(takes_a_stream(upstream, tries, turns))
    assert found == [False, False, True]
    hear(upstream)
    assert not takes_a_stream(upstream, 2, turns)


def test_nobody_is_asked_over_a_stream_with_his_first_datagram(upstream: Upstream) -> None:
    turns = Turns([upstream], sends=1, rounds=2)
    turns.take()
    assert not takes_a_stream(upstream, 0, turns)


def test_who_answers_streams_only_is_asked_so_at_once(upstream: Upstream) -> None:
    turns = Turns([upstream], sends=6, rounds=2)
    upstream.heard_streaming()
    assert takes_a_stream(upstream, 0, turns)
    hear(upstream)
    assert not takes_a_stream(upstream, 0, turns)
