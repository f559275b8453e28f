"""A program that asks one server for the MX of many names, in one of several ways.

    python -m tests.bench.asking WAY PORT COUNT

It prints the seconds of clock and CPU between the first question and the last answer as JSON. All
ways hold the same number of questions open, and insist on an answer to each.
"""

from __future__ import annotations

import asyncio
import datetime
import json
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.bench import zones

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mailcheck.finding import Finding
    from mailcheck.probes.dns.datagrams.attempt import Attempt
    from mailcheck.world.opening import Opened

WINDOW = 500
"""Questions that are open at a time."""

Answered = int
"""How many names turned out to have an MX."""


def raw(port: int, count: int) -> Answered:
    """Ask through the transport alone, and look into no answer."""
    from mailcheck.probes.dns.transport import Transport
    from mailcheck.probes.dns.wire.query import Query

    loop = asyncio.new_event_loop()
    transport = Transport(loop)
    server = ("127.0.0.1", port)
    left, found = iter(zones.names(count)), 0

    def ask() -> None:
        for name in left:
            transport.ask(Query(name, "MX", recursive=True), server, deliver)
            return

    def deliver(attempt: Attempt, wire: bytes | None) -> None:
        nonlocal found
        if wire is None:
            attempt.forget()
            transport.ask(attempt.query, server, deliver)
            return
        found += 1
        if found == count:
            loop.stop()
        ask()

    for _ in range(WINDOW):
        ask()
    loop.run_forever()
    transport.shut()
    return found


def decoded(port: int, count: int) -> Answered:
    """Ask the world of a live run, and read the records of every answer."""
    from mailcheck.facts.dns import DnsAnswer, DnsQuery

    loop, opened = _open(port)
    world = opened.world
    left, found, open_now = iter(zones.names(count)), 0, 0

    def ask() -> None:
        nonlocal open_now
        for name in left:
            open_now += 1
            world.answer(DnsQuery(name, "MX"), deliver)
            return

    def deliver(answer: Any) -> None:
        nonlocal found, open_now
        open_now -= 1
        if isinstance(answer, DnsAnswer):
            found += len(answer.records)
        ask()

    for _ in range(WINDOW):
        ask()
    while open_now:
        world.step()
    loop.run_until_complete(opened.close())
    return found


def engine(port: int, count: int) -> Answered:
    """Judge through the engine: a coroutine for each name that awaits one question."""
    from mailcheck.engine import Engine
    from mailcheck.facts.dns import DnsQuery
    from mailcheck.finding import Finding
    from mailcheck.verdict import Outcome

    loop, opened = _open(port)
    driver = Engine(opened.world)

    async def judge(name: str) -> Finding:
        answer = await DnsQuery(name, "MX")
        assert answer.records
        return Finding()

    nodes = [driver.plan(partial(judge, name)) for name in zones.names(count)]
    outcomes: Iterator[Outcome] = (driver.finish(node).outcome for node in nodes)
    found = sum(isinstance(outcome, Finding) for outcome in outcomes)
    driver.close()
    loop.run_until_complete(opened.close())
    return found


def asyncresolver(port: int, count: int) -> Answered:
    """Ask with dnspython's resolver for asyncio, as many at a time."""
    import dns.asyncresolver

    resolver = dns.asyncresolver.Resolver(configure=False)
    resolver.nameservers = ["127.0.0.1"]
    resolver.port = port
    left = iter(zones.names(count))

    async def work() -> int:
        return sum([len(await resolver.resolve(name, "MX")) for name in left])

    async def everybody() -> int:
        return sum(await asyncio.gather(*(work() for _ in range(WINDOW))))

    return asyncio.run(everybody())


WAYS: dict[str, Callable[[int, int], Answered]] = {
    way.__name__: way for way in (raw, decoded, engine, asyncresolver)
}


def main(way: str, port: int, count: int) -> None:
    """Ask, and print what it cost."""
    WAYS[way](port, 1)  # what is imported and opened for the first time
    wall, cpu = time.perf_counter(), time.process_time()
    found = WAYS[way](port, count)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    if found != count:
        raise SystemExit(f"{found} of {count} names were found to have an MX")
    sys.stdout.write(json.dumps({"wall": wall, "cpu": cpu}))


def _open(port: int) -> tuple[asyncio.AbstractEventLoop, Opened]:
    from mailcheck.settings import settings_of
    from mailcheck.world.opening import open_live

    settings = settings_of({"mail_live": True, "mail_resolver": [f"127.0.0.1:{port}"]})
    loop = asyncio.new_event_loop()
    today = datetime.datetime.now(datetime.UTC).date()
    return loop, loop.run_until_complete(open_live(settings, today))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
