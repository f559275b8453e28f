"""All tries of one query: whom an answer may still come from."""

from __future__ import annotations

import asyncio

from mailcheck.facts.dns import name_server
from mailcheck.probes.dns.datagrams.pace import START
from mailcheck.probes.dns.transport import Transport
from mailcheck.probes.dns.under_way import UnderWay
from mailcheck.probes.dns.upstream import SILENT_FOR, SILENT_TRIES, Upstream
from mailcheck.probes.dns.wire.query import Query
from tests.probes.dns.echo import Echo

QUERY = Query("a.example", "A", recursive=True)


def test_what_is_under_way_knows_whom_an_answer_may_still_come_from() -> None:
    async def run() -> None:
        transport = Transport(asyncio.get_running_loop())
        async with Echo(lambda *_: []).serving() as endpoint:
            channel = transport.channel(endpoint)
            upstream = Upstream(name_server("192.0.2.1"), endpoint, channel)
            under_way = UnderWay()
            assert not under_way.is_hopeful(0.0)
            for _ in range(START + 1):
                attempt = channel.ask(QUERY, lambda *_: None)
                under_way[attempt] = upstream
            assert under_way.tries(upstream) == START + 1
            assert under_way.unsent() == [(attempt, upstream)]
            assert under_way.is_hopeful(0.0)
            first = next(iter(under_way))
            first.late = True
            assert under_way.in_time() == [upstream] * START
            under_way[first] = None  # it was heard
            assert under_way.tries(upstream) == START
            upstream.failed, upstream.failing_since = SILENT_TRIES, -SILENT_FOR
            assert not under_way.is_hopeful(0.0)
            under_way.forget()
            assert not under_way
            assert first.forgotten
            transport.shut()

    asyncio.run(run())
