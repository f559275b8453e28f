"""Which source port a query goes out from."""

from __future__ import annotations

import asyncio

from mailcheck.probes.dns.datagrams.ports import SOCKETS, Ports
from mailcheck.probes.dns.transport import Transport
from mailcheck.probes.dns.wire.query import Query
from tests.probes.dns.echo import Echo

QUERY = Query("a.example", "A", recursive=True)


async def numbers(*asked: tuple[float, int, int]) -> list[int]:
    """Take a port at each time, after so many tries, so many queries being open; number them."""
    transport = Transport(asyncio.get_running_loop())
    async with Echo().serving() as endpoint:
        channel = transport.channel(endpoint)
        ports = Ports(channel, transport)
        taken = []
        for now, tries, channel.in_flight in asked:
            taken.append(ports.take(now, tries))
            taken[-1].sent += 1
        distinct = list(dict.fromkeys(taken))
        for socket in ports.open:
            ports.close(socket)
    return [distinct.index(one) for one in taken]


def test_one_is_enough_for_one_query_at_a_time() -> None:
    assert asyncio.run(numbers(*[(0.0, 0, 0)] * 3)) == [0, 0, 0]


def test_many_queries_are_spread_over_a_few() -> None:
    taken = asyncio.run(numbers(*[(0.0, 0, open_now) for open_now in range(200)]))
    assert len(set(taken)) == SOCKETS
    assert max(taken.count(one) for one in set(taken)) < 200 / 4


def test_what_was_lost_twice_goes_out_from_a_fresh_one_as_long_as_there_are_few() -> None:
    taken = asyncio.run(numbers(*[(0.0, tries, 0) for tries in (0, 1, 2, 3, *[5] * 100)]))
    assert taken[:4] == [0, 0, 1, 2]
    assert max(taken) + 1 == 2 * SOCKETS


def test_one_that_is_worn_or_old_is_replaced() -> None:
    assert asyncio.run(numbers(*[(0.0, 0, 0)] * 4097)).count(1) == 1
    assert asyncio.run(numbers((0.0, 0, 0), (61.0, 0, 0))) == [0, 1]


def test_worn_ones_are_kept_as_long_as_somebody_waits_there() -> None:
    async def run() -> list[int]:
        transport = Transport(asyncio.get_running_loop())
        async with Echo().serving() as endpoint:
            channel = transport.channel(endpoint)
            ports = Ports(channel, transport)
            first = ports.take(0.0)
            attempt = channel.ask(QUERY, lambda *_: None)
            first.pending[b"id"] = attempt
            ports.take(61.0)
            counts = [len(ports.open)]
            ports.tidy()
            counts.append(len(ports.open))
            first.pending.clear()
            ports.tidy()
            counts.append(len(ports.open))
            for socket in ports.open:
                ports.close(socket)
            transport.shut()
        return counts

    assert asyncio.run(run()) == [2, 2, 1]
