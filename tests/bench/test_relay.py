"""The relay delays, loses and counts as it says; told the time, so that nobody waits."""

from __future__ import annotations

import socket
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.bench.relay import Relay

if TYPE_CHECKING:
    from collections.abc import Iterator

QUERY = b"\x12\x34" + bytes(10) + b"\x01A\x04test\0" + b"\x00\x0f\x00\x01"

Ends = tuple[socket.socket, socket.socket]


@pytest.fixture
def ends() -> Iterator[Ends]:
    """A client and a server."""
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server,
    ):
        for end in (client, server):
            end.bind(("127.0.0.1", 0))
            end.settimeout(0)
        yield client, server


def test_a_response_is_held_back(ends: Ends) -> None:
    client, server = ends
    with closing(Relay(server.getsockname()[1], delay=0.02, loss=0)) as relay:
        client.sendto(QUERY, relay.client.getsockname())
        relay.take_requests(10.0)
        wire, origin = server.recvfrom(512)
        assert wire[2:] == QUERY[2:]
        server.sendto(wire, origin)
        relay.take_responses()
        assert relay.release(10.01) == pytest.approx(0.01)
        assert not _receives(client)
        assert relay.release(10.02) is None
        assert client.recv(512) == QUERY


def test_questions_are_counted_whatever_their_case_and_id(ends: Ends) -> None:
    client, server = ends
    with closing(Relay(server.getsockname()[1], delay=0, loss=0)) as relay:
        for query in (QUERY, b"\x99" + QUERY[1:].lower(), QUERY.replace(b"\x0f", b"\x10")):
            client.sendto(query, relay.client.getsockname())
        relay.take_requests(0)
        told = relay.report()
    assert told == '{"sent": 3, "distinct": 2, "lost": 0, "again": ["a.test TYPE15"]}'


def test_what_is_not_answered_is_lost(ends: Ends) -> None:
    client, server = ends
    received = 0
    with closing(Relay(server.getsockname()[1], delay=0, loss=0.5)) as relay:
        for _ in range(400):
            client.sendto(QUERY, relay.client.getsockname())
            relay.take_requests(0)
            _answer(server)
            relay.take_responses()
            relay.release(0)
            received += _receives(client)
        assert received == 400 - relay.lost
        assert 120 < relay.lost < 240


def _answer(server: socket.socket) -> None:
    try:
        wire, origin = server.recvfrom(512)
    except BlockingIOError:
        return
    server.sendto(wire, origin)


def _receives(client: socket.socket) -> bool:
    try:
        client.recv(512)
    except BlockingIOError:
        return False
    return True
