"""With EDNS or without, over datagrams alone or a stream too; whole courses are in tests/faults."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import dns.message
import pytest

from mailcheck.facts.dns import name_server
from mailcheck.probes.dns.clock import Clock
from mailcheck.probes.dns.manner import FEW, fitting, learn, may_take_streams, takes_a_stream
from mailcheck.probes.dns.streams.stream import Streams
from mailcheck.probes.dns.transport import Transport
from mailcheck.probes.dns.turns import Turns
from mailcheck.probes.dns.upstream import Upstream
from mailcheck.probes.dns.wire.query import Query

if TYPE_CHECKING:
    from collections.abc import Iterator

QUERY = Query("a.example", "A", recursive=True)
ENDPOINT = "127.0.0.1", 53


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """Return a loop that does not turn."""
    made = asyncio.new_event_loop()
    yield made
    made.close()


@pytest.fixture
def upstream(loop: asyncio.AbstractEventLoop) -> Upstream:
    """Return a server that was never heard."""
    return Upstream(name_server("192.0.2.1"), ENDPOINT, Transport(loop).channel(ENDPOINT))


@pytest.fixture
def streams(loop: asyncio.AbstractEventLoop) -> Streams:
    """Return streams none of which is open."""
    return Streams(loop, Clock())


def hear(upstream: Upstream) -> None:
    """Let a datagram of *upstream* be taken in."""
    assert upstream.channel is not None
    upstream.channel.overtaken = 1.0


def test_a_silent_server_of_others_is_asked_for_short_answers(upstream: Upstream) -> None:
    query = Query("a.example", "A", recursive=False)
    asked = [
        dns.message.from_wire(b"id" + fitting(query, upstream, tries, ()).wire)
        for tries in range(5)
    ]
    assert [(one.edns, one.payload) for one in asked] == [
        (0, 1232),
        (0, 1232),
        (0, 512),
        (0, 1232),
        (0, 512),
    ]


def test_a_silent_resolver_is_asked_with_and_without_edns(upstream: Upstream) -> None:
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


def test_a_stream_goes_with_the_last_datagram_to_who_was_never_heard(
    upstream: Upstream, streams: Streams
) -> None:
    turns = Turns([upstream], sends=3, rounds=2)
    found = []
    for tries in range(3):
        assert turns.take() is upstream
        found.append(takes_a_stream(QUERY, upstream, tries, turns, streams))
    assert found == [False, False, True]
    hear(upstream)
    assert not takes_a_stream(QUERY, upstream, 2, turns, streams)


def test_nobody_is_asked_over_a_stream_with_his_first_datagram(
    upstream: Upstream, streams: Streams
) -> None:
    turns = Turns([upstream], sends=1, rounds=2)
    turns.take()
    assert not takes_a_stream(QUERY, upstream, 0, turns, streams)


def test_who_answers_streams_only_is_asked_so_at_once(upstream: Upstream, streams: Streams) -> None:
    turns = Turns([upstream], sends=6, rounds=2)
    upstream.heard_streaming()
    assert takes_a_stream(QUERY, upstream, 0, turns, streams)
    hear(upstream)
    assert not takes_a_stream(QUERY, upstream, 0, turns, streams)


@pytest.mark.parametrize(
    ("recursive", "is_heard", "is_left", "expected"),
    [
        pytest.param(True, False, False, True, id="a resolver"),
        pytest.param(True, False, True, False, id="there is another to ask"),
        pytest.param(True, True, False, False, id="it did take datagrams"),
        pytest.param(False, False, False, False, id="a server of others"),
    ],
)
def test_a_stream_is_tried_where_no_datagram_is_taken(
    upstream: Upstream, *, recursive: bool, is_heard: bool, is_left: bool, expected: bool
) -> None:
    turns = Turns([upstream], sends=6, rounds=2)
    turns.refused(upstream, for_good=not is_left)
    if is_heard:
        hear(upstream)
    query = Query("a.example", "A", recursive=recursive)
    assert may_take_streams(query, upstream, turns) is expected


def test_servers_never_heard_leave_streams_to_those_that_answer(upstream: Upstream) -> None:
    """Many are dead, and a stream to such a one is held until it takes too long."""
    turns = Turns([upstream], sends=1, rounds=2)
    turns.take()

    async def run() -> list[bool]:
        streams = Streams(asyncio.get_running_loop(), Clock())
        found = [takes_a_stream(QUERY, upstream, 1, turns, streams)]
        for number in range(1, FEW + 1):
            host = name_server(f"192.0.2.{number}")
            streams.ask(QUERY, host, ("127.0.0.1", number), 9.0, lambda _: None)
            found.append(takes_a_stream(QUERY, upstream, 1, turns, streams))
        of_another_kind = Query("a.example", "A", recursive=False)
        found.append(takes_a_stream(of_another_kind, upstream, 1, turns, streams))
        await streams.closed()
        return found

    assert asyncio.run(run()) == [True] * FEW + [False, True]
