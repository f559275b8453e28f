"""Two loops in one thread: ours turns, and the other keeps its place."""

from __future__ import annotations

import asyncio
import contextlib
import gc

import pytest

from mailcheck.world.turning import at_most, end_tasks, our_loop, turn


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


@pytest.mark.parametrize(("error", "is_told"), [(KeyboardInterrupt, False), (KeyError, True)])
def test_what_an_interrupt_ended_is_not_told_again(
    error: type[BaseException], caplog: pytest.LogCaptureFixture, *, is_told: bool
) -> None:
    loop = our_loop()

    async def end() -> None:
        await asyncio.sleep(0)  # so that whoever waits has begun
        raise error

    task = loop.create_task(end())
    with contextlib.suppress(KeyboardInterrupt):
        turn(loop, answer())
    turn(loop, answer())  # to its end: the interrupted one is done as well
    assert task.done()
    loop.close()
    del task
    gc.collect()
    assert ("never retrieved" in caplog.text) is is_told


def test_what_is_left_comes_to_its_end() -> None:
    loop = our_loop()
    ended: list[str] = []

    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("waiting")

    waiting, never_begun = loop.create_task(wait()), loop.create_task(wait())
    turn(loop, asyncio.sleep(0))
    end_tasks(loop)
    loop.close()
    assert waiting.cancelled()
    assert never_begun.cancelled()
    assert set(ended) == {"waiting"}


def test_work_has_its_time_and_keeps_its_faults_to_itself() -> None:
    done: list[str] = []

    async def work() -> None:
        done.append("begun")
        await asyncio.Event().wait()

    async def fail() -> None:
        raise ValueError

    loop = our_loop()
    turn(loop, at_most(work(), 0.01))
    turn(loop, at_most(fail(), 5))
    loop.close()
    assert done == ["begun"]
