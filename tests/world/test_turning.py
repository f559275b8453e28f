"""Two loops in one thread: ours turns, and the other keeps its place."""

from __future__ import annotations

import asyncio

import pytest

from mailcheck.world.turning import turn


async def answer() -> int:
    await asyncio.sleep(0)
    return 42


async def fault() -> int:
    raise KeyError("of ours")


def test_our_loop_turns_inside_another() -> None:
    ours = asyncio.new_event_loop()

    async def theirs() -> int:
        found = turn(ours, answer())
        assert asyncio.get_running_loop() is not ours
        return found + await answer()

    assert asyncio.run(theirs()) == 84
    ours.close()


def test_the_other_has_its_place_back_after_a_fault() -> None:
    ours = asyncio.new_event_loop()

    async def theirs() -> int:
        with pytest.raises(KeyError):
            turn(ours, fault())
        return await answer()

    assert asyncio.run(theirs()) == 42
    ours.close()
