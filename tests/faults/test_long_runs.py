"""Many questions: none is lost, nothing is left behind."""

from __future__ import annotations

import asyncio
import gc
import tracemalloc
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from mailcheck.facts.dns import DnsAnswer
from tests.faults.long_run import QuickServer, ask, live

FEW = 64
"""Sockets that one resolver may cost, and a loop, and a listing of open files."""


def open_files() -> int:
    """Return how many file descriptors this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


needs_proc = pytest.mark.skipif(
    not Path("/proc/self/fd").is_dir(), reason="this system does not list a process's open files"
)


def test_with_five_percent_loss_20000_questions_lose_nothing() -> None:
    heard: Counter[str] = Counter()

    def take(answer: Any) -> None:
        heard["data" if isinstance(answer, DnsAnswer) else answer.cause] += 1
        assert not isinstance(answer, DnsAnswer) or answer.texts[0].startswith("10 mail.d")

    async def run() -> int:
        server = QuickServer(loss=0.05)
        with server.serving(asyncio.get_running_loop()):
            world = live(server.port)
            await ask(world, range(20_000), take)
            await world.closed()
        return server.lost

    assert asyncio.run(run()) > 500
    assert heard == {"data": 20_000}


@needs_proc
def test_file_descriptors_stay_few_and_are_given_back() -> None:
    most = 0

    def look(_: Any) -> None:
        nonlocal most
        most = max(most, open_files())

    async def run() -> None:
        server = QuickServer()
        with server.serving(asyncio.get_running_loop()):
            world = live(server.port)
            await ask(world, range(2_000), look)
            await world.closed()

    before = open_files()
    asyncio.run(run())
    assert open_files() == before
    assert most <= before + FEW


def test_questions_that_are_answered_leave_nothing_behind() -> None:
    """Whoever asked keeps the facts; the world keeps nothing of them."""
    sizes: list[int] = []

    def measure() -> None:
        gc.collect()
        sizes.append(tracemalloc.get_traced_memory()[0])

    async def run() -> None:
        server = QuickServer()
        with server.serving(asyncio.get_running_loop()):
            world = live(server.port)
            await ask(world, range(2_000), lambda _: None)
            measure()
            await ask(world, range(2_000, 10_000), lambda _: None)
            measure()
            await world.closed()

    tracemalloc.start()
    try:
        asyncio.run(run())
    finally:
        tracemalloc.stop()
    assert sizes[1] - sizes[0] < 32 * 8_000
